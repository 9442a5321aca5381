import type { OpenRequest } from './documents.ts'
import type { RequestFilter } from './filters.ts'

/** One page of two lists, the newest first: what the client sent itself, and what others sent. */
export function pageOf(
  own: readonly OpenRequest[],
  published: readonly OpenRequest[],
  { page, pageSize }: Pick<RequestFilter, 'page' | 'pageSize'>,
): OpenRequest[] {
  const sorted =
    published.length === 0
      ? own
      : [...own, ...published].toSorted((a, b) => b.requestedAt.getTime() - a.requestedAt.getTime())
  return sorted.slice((page - 1) * pageSize, page * pageSize)
}
