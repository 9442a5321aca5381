import type { RefCallback } from 'react'
import { usePublishedHeight } from './use-published-height.ts'

/**
 * Publishes the height of the buttons at the bottom of the page as `--bottom-bar-height`: toasts are shown above them.
 */
export const useBottomBarHeight = (): RefCallback<HTMLElement> => usePublishedHeight('--bottom-bar-height')
