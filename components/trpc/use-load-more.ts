import type { FetchNextPageOptions } from '@tanstack/react-query'
import { useCallback } from 'react'

/** Loads the next page of a list; called again while that page is on its way, it does not request it a second time. */
export function useLoadMore<Result>(fetchNextPage: (options: FetchNextPageOptions) => Promise<Result>) {
  return useCallback(() => fetchNextPage({ cancelRefetch: false }), [fetchNextPage])
}
