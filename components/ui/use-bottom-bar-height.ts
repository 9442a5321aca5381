import type { RefCallback } from 'react'
import { usePublishedHeight } from './use-published-height.ts'

/**
 * Tells the page how high the buttons are that stand at its foot, as `--bottom-bar-height`: what is said meanwhile
 * stands above them.
 */
export const useBottomBarHeight = (): RefCallback<HTMLElement> => usePublishedHeight('--bottom-bar-height')
