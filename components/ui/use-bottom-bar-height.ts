import type { RefCallback } from 'react'
import { useToldHeight } from './use-published-height.ts'

/** Tells the page how high the buttons are that stand at its foot, as `--foot`: what is said meanwhile stands above them. */
export const useFoot = (): RefCallback<HTMLElement> => useToldHeight('--foot')
