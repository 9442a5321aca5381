'use client'

import { lazyPanel } from './lazy-panel.ts'

/**
 * The error state, loaded when something fails or when the browser is idle, to keep it out of every page's first
 * script. If it cannot be loaded, a plain sentence says so.
 */
export const { Panel: LazyErrorState } = lazyPanel(() => import('./panels.ts').then((panels) => panels.ErrorState), {
  takesFocus: () => false,
})
