import { useLayoutEffect, useState } from 'react'

/**
 * MUI's Autocomplete resets its pointer to the first line at the render after the one that changed its lines, whenever
 * that comes: an arrow pressed in between was undone, and Enter chose another line than the highlighted one. This hook
 * triggers that render immediately. `lines`: everything that the lines depend on, compared by identity.
 */
export function useStillPointer(lines: readonly unknown[]): void {
  const [settled, settle] = useState(lines)
  useLayoutEffect(() => {
    if (lines.some((each, i) => each !== settled[i])) settle(lines)
  })
}
