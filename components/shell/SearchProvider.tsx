'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import {
  createContext,
  type ReactNode,
  type RefObject,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { personsPhoneOf } from '#server/platform/rules/text.ts'
import type { Choices } from '#server/reports/queries/choices.ts'
import { addresses } from './addresses.ts'

const { Panel: PhoneSearch } = lazyPanel(
  () => import('#components/disclosures/PhoneSearch.tsx').then((search) => search.PhoneSearch),
  { onDemand: true },
)

export type SearchHandler = (words: string) => void

/** Loaded with the first search. Where it or the names cannot be loaded, the whole input counts as words. */
async function leadingTo(words: string, choices: () => Promise<Choices>): Promise<string> {
  try {
    const [{ addressOfSearch }, names] = await Promise.all([
      import('#components/reports/queue/read-search.ts'),
      choices().catch(() => undefined),
    ])
    return addressOfSearch(words, names)
  } catch {
    return addresses.search(words)
  }
}

type Search = {
  box: RefObject<HTMLInputElement | null>
  handler: RefObject<SearchHandler | null>
  submit: SearchHandler
  /** Asks for a reason, and then shows the reports of the caller. */
  findByPhone: (phone: string) => void
}

const SearchContext = createContext<Search | null>(null)

type Props = { mayFindByPhone: boolean; children: ReactNode }

/**
 * Connects the search box of the bar with the page below it. Without a page that handles the search, it opens the
 * queue. A caller's number is not a search of the queue: it is never stored in an address, and only users who may see
 * reporters can search for it.
 */
export function SearchProvider({ mayFindByPhone, children }: Props) {
  const router = useRouter()
  const box = useRef<HTMLInputElement>(null)
  const handler = useRef<SearchHandler>(null)
  const [phone, setPhone] = useState<string | null>(null)
  const trpc = useTRPC()
  const queries = useQueryClient()
  const take = useCallback(
    async (words: string) => {
      if (handler.current) return handler.current(words)
      router.push(await leadingTo(words, () => queries.fetchQuery(trpc.reports.choices.queryOptions())))
    },
    [router, queries, trpc],
  )
  const value = useMemo<Search>(
    () => ({
      box,
      handler,
      submit: (words) => {
        const number = mayFindByPhone ? personsPhoneOf(words) : null
        if (number) setPhone(number)
        else take(words)
      },
      findByPhone: setPhone,
    }),
    [take, mayFindByPhone],
  )
  return (
    <SearchContext value={value}>
      {children}
      {phone && <PhoneSearch phone={phone} handler={handler} onWords={take} onClose={() => setPhone(null)} />}
    </SearchContext>
  )
}

export function useSearch(): Search {
  const search = useContext(SearchContext)
  if (!search) throw new Error('useSearch needs a SearchProvider above it')
  return search
}

/** Lets the page on screen handle searches, instead of a navigation to the queue. */
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
