import { useLayoutEffect, useState } from 'react'

/**
 * MUI's Autocomplete points to the first line again at the render after the one that changed its lines, whenever that
 * comes: an arrow pressed in between was undone, and Enter chose another line than the one gone to. Here that render
 * comes in the same breath. `lines`: everything that the lines shown follow from, compared by identity.
 */
export function useStillPointer(lines: readonly unknown[]): void {
  const [settled, settle] = useState(lines)
  useLayoutEffect(() => {
    if (lines.some((each, i) => each !== settled[i])) settle(lines)
  })
}
