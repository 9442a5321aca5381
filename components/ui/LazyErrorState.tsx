'use client'

import { lazyPanel } from './lazy-panel.ts'

/**
 * What is said where a page or a part of it failed, fetched when that happens or when the browser has time: every page would otherwise
 * bring it along. Where it cannot be fetched, that is what is said.
 */
export const { Panel: LazyErrorState } = lazyPanel(() => import('./ErrorState.tsx').then((state) => state.ErrorState), {
  takesFocus: () => false,
  plain: true,
})
