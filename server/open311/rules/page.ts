import type { OpenRequest } from './documents.ts'
import type { RequestFilter } from './filters.ts'

/** One page of two lists, the newest first. What the client sent itself counts before its published copy. */
export function pageOf(
  own: readonly OpenRequest[],
  published: readonly OpenRequest[],
  { page, pageSize }: Pick<RequestFilter, 'page' | 'pageSize'>,
): OpenRequest[] {
  const isOwn = new Set(own.map(({ code }) => code))
  const all = published.length === 0 ? own : [...own, ...published.filter(({ code }) => !isOwn.has(code))]
  const sorted =
    published.length === 0 ? all : all.toSorted((a, b) => b.requestedAt.getTime() - a.requestedAt.getTime())
  return sorted.slice((page - 1) * pageSize, page * pageSize)
}
