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
import { addressOfSearch } from '#components/reports/queue/read-search.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { personsPhoneOf } from '#server/platform/rules/phone.ts'
import type { Choices } from '#server/reports/queries/choices.ts'
import { departuresNow } from './departures.ts'

const { Panel: PhoneSearch } = lazyPanel(
  () => import('#components/disclosures/PhoneSearch.tsx').then((search) => search.PhoneSearch),
  { onDemand: true },
)

export type SearchHandler = (words: string) => void

const hour = 3_600_000
/** Milliseconds a search waits for the names that its operators may refer to. */
const patience = 500

/** Where the names that its operators refer to cannot be loaded, those operators count as words. */
async function leadingTo(words: string, choices: () => Promise<Choices>): Promise<string> {
  return addressOfSearch(words, words.includes(':') ? await inTime(choices().catch(() => undefined)) : undefined)
}

const inTime = <Value,>(value: Promise<Value>): Promise<Value | undefined> =>
  Promise.race([value, new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), patience))])

type Search = {
  box: RefObject<HTMLInputElement | null>
  handler: RefObject<SearchHandler | null>
  /** Whether the page below searches only among what its filters show. */
  isNarrowed: boolean
  setNarrowed: (narrowed: boolean) => void
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
  const [isNarrowed, setNarrowed] = useState(false)
  const [phone, setPhone] = useState<string | null>(null)
  const trpc = useTRPC()
  const queries = useQueryClient()
  const searches = useRef(0)
  const take = useCallback(
    async (words: string) => {
      searches.current += 1
      const [search, departures] = [searches.current, departuresNow()]
      if (handler.current) return handler.current(words)
      const choices = { ...trpc.reports.choices.queryOptions(), staleTime: hour }
      const address = await leadingTo(words, () => queries.fetchQuery(choices))
      // If the user has opened another page or searched again meanwhile, this search is dropped.
      if (searches.current === search && departuresNow() === departures) router.push(address)
    },
    [router, queries, trpc],
  )
  const value = useMemo<Search>(
    () => ({
      box,
      handler,
      isNarrowed,
      setNarrowed,
      submit: (words) => {
        const number = mayFindByPhone ? personsPhoneOf(words) : null
        if (number) setPhone(number)
        else take(words)
      },
      findByPhone: setPhone,
    }),
    [take, mayFindByPhone, isNarrowed],
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
export function useSearchHandler(take: SearchHandler, narrowed: boolean): void {
  const { handler, setNarrowed } = useSearch()
  const latest = useRef(take)
  useEffect(() => {
    latest.current = take
  })
  useEffect(() => {
    setNarrowed(narrowed)
    return () => setNarrowed(false)
  }, [setNarrowed, narrowed])
  useEffect(() => {
    const own: SearchHandler = (words) => latest.current(words)
    handler.current = own
    return () => {
      if (handler.current === own) handler.current = null
    }
  }, [handler])
}
