import {
  type InvalidateOptions,
  type InvalidateQueryFilters,
  type Query,
  QueryClient,
  type QueryKey,
} from '@tanstack/react-query'
import { TRPCClientError } from '@trpc/client'

/** Two retries, one and two seconds after the first attempt: then the user sees the error, and can retry. */
const attempts = 2

/**
 * One for each page load: nothing of one session outlives it. Without a connection a request fails and says so at once:
 * one that waited unnoticed would be sent when no one expects it any more.
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
  // Written so that server-only code is not sent to browsers.
  return typeof window === 'undefined' ? withoutTimers(client) : client
}

/**
 * On the server a client lives as long as one page is rendered. With a finite `gcTime`, the timer of a query would keep
 * the client, and with it all the data of the page, in memory until it fires: without a timer it is released with the
 * page.
 */
function withoutTimers(client: QueryClient): QueryClient {
  const withDefaults = client.defaultQueryOptions.bind(client)
  client.defaultQueryOptions = (options) => withDefaults({ ...options, gcTime: Number.POSITIVE_INFINITY })
  return client
}

/**
 * Connection and server may recover; what was processed and refused stays refused, and what took too long would do so
 * again.
 */
function isWorthRetrying(failures: number, error: Error): boolean {
  const { httpStatus: status, refusal } = (error instanceof TRPCClientError && error.data) || {}
  return failures < attempts && (typeof status !== 'number' || status >= 500) && refusal?.code !== 'too_slow'
}

class DeskQueries extends QueryClient {
  /** Queries that were sent before a change and will be sent once more. */
  readonly #again = new Map<Query, Promise<void>>()

  /**
   * A first load may have been sent before the change as well, but TanStack would accept its result. Here it is sent
   * once more when it has arrived: cancelled instead, it would never arrive on a slow connection while change follows
   * change.
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
    // An error is shown where the data is shown, and retried from there.
    await query.fetch().catch(() => undefined)
    this.#again.delete(query)
    if (query.state.data !== undefined) await super.invalidateQueries({ queryKey: query.queryKey, exact: true })
  }
}
