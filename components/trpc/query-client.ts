import {
  type InvalidateOptions,
  type InvalidateQueryFilters,
  type Query,
  QueryClient,
  type QueryKey,
} from '@tanstack/react-query'
import { TRPCClientError } from '@trpc/client'

/** Two more tries, a second and two after the first: then the person is told, and tries again as he likes. */
const attempts = 2

/**
 * One per page load: nothing of one sign-in outlives it. Without a line a request fails and is told so at once: one
 * that waited unseen would go off when nobody thinks of it any more.
 */
export function makeQueryClient(): QueryClient {
  const client = new DeskQueries({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        gcTime: 10 * 60_000,
        retry: isWorthRetrying,
        networkMode: 'always',
        refetchOnReconnect: true,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
  // Written so that what only the server needs does not travel to browsers.
  return typeof window === 'undefined' ? withoutTimers(client) : client
}

/**
 * On the server a client lives as long as one page is drawn. However long a query asks to be kept, the timer that would
 * forget it there would hold the client, and with it all that the page shows, until it rings: without one it goes with
 * the page.
 */
function withoutTimers(client: QueryClient): QueryClient {
  const withDefaults = client.defaultQueryOptions.bind(client)
  client.defaultQueryOptions = (options) => withDefaults({ ...options, gcTime: Number.POSITIVE_INFINITY })
  return client
}

/**
 * The line or the server may come back; what was understood and refused stays refused, and what took too long would
 * again.
 */
function isWorthRetrying(failures: number, error: Error): boolean {
  const { httpStatus: status, refusal } = (error instanceof TRPCClientError && error.data) || {}
  return failures < attempts && (typeof status !== 'number' || status >= 500) && refusal?.code !== 'too_slow'
}

class DeskQueries extends QueryClient {
  /** What was asked for before a change and will be asked for once more. */
  readonly #again = new Map<Query, Promise<void>>()

  /**
   * What loads for the first time was asked for before the change as well, and TanStack takes it for what was wanted.
   * Here it is asked for once more when it has come: called off instead, it would never come on a slow line while
   * change follows change.
   */
  override async invalidateQueries<Key extends QueryKey = QueryKey>(
    filters?: InvalidateQueryFilters<Key>,
    options?: InvalidateOptions,
  ): Promise<void> {
    const coming = this.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' })
    const first = coming.filter(({ state }) => state.data === undefined)
    await Promise.all([super.invalidateQueries(filters, options), ...first.map((query) => this.#askAgain(query))])
  }

  #askAgain(query: Query): Promise<void> {
    const again = this.#again.get(query) ?? this.#afterFirst(query)
    this.#again.set(query, again)
    return again
  }

  async #afterFirst(query: Query): Promise<void> {
    // What fails is told where it is shown, and asked for anew from there.
    await query.fetch().catch(() => undefined)
    this.#again.delete(query)
    if (query.state.data !== undefined) await super.invalidateQueries({ queryKey: query.queryKey, exact: true })
  }
}
