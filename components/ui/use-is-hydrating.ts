'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** True on the server and in the first rendering of what the server sent; false wherever React renders anew. */
export function useIsHydrating(): boolean {
  return useSyncExternalStore(
    never,
    () => false,
    () => true,
  )
}
