'use client'

import { useRouter } from 'next/navigation'
import { createContext, type ReactNode, type RefObject, useContext, useEffect, useMemo, useRef } from 'react'
import { addresses } from './addresses.ts'

export type SearchHandler = (words: string) => void

type Search = {
  box: RefObject<HTMLInputElement | null>
  handler: RefObject<SearchHandler | null>
  submit: SearchHandler
}

const SearchContext = createContext<Search | null>(null)

/** Ties the search box of the bar to the page below it. Without a page that takes the words, they open the queue. */
export function SearchProvider({ children }: { children: ReactNode }) {
  const router = useRouter()
  const box = useRef<HTMLInputElement>(null)
  const handler = useRef<SearchHandler>(null)
  const value = useMemo<Search>(
    () => ({
      box,
      handler,
      submit: (words) => (handler.current ? handler.current(words) : router.push(addresses.search(words))),
    }),
    [router],
  )
  return <SearchContext value={value}>{children}</SearchContext>
}

export function useSearch(): Search {
  const search = useContext(SearchContext)
  if (!search) throw new Error('useSearch needs a SearchProvider above it')
  return search
}

/** Lets the page on screen take what is searched for, instead of a fresh visit to the queue. */
export function useSearchHandler(take: SearchHandler): void {
  const { handler } = useSearch()
  const latest = useRef(take)
  useEffect(() => {
    latest.current = take
  })
  useEffect(() => {
    const own: SearchHandler = (words) => latest.current(words)
    handler.current = own
    return () => {
      if (handler.current === own) handler.current = null
    }
  }, [handler])
}
