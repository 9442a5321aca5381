'use client'

import { lazyPanel } from './lazy-panel.ts'

/**
 * The error state, loaded when something fails or when the browser is idle, to keep it out of every page's first
 * script. If it cannot be loaded, a plain sentence says so.
 */
export const { Panel: LazyErrorState } = lazyPanel(() => import('./ErrorState.tsx').then((state) => state.ErrorState), {
  takesFocus: () => false,
  plain: true,
})
