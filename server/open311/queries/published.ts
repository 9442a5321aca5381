import { inArray } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { agencies, categories } from '#db/schema/index.ts'
import { type PublishedCopy, publishedCopies } from '#server/publication/queries/published-copies.ts'
import { openStates } from '#server/reports/rules/lifecycle.ts'
import { closedStates, type OpenLabel, openLabelOf } from '#server/reports/rules/told-state.ts'
import type { OpenRequest } from '../rules/documents.ts'
import type { RequestFilter } from '../rules/filters.ts'

/**
 * What everyone may read: the published copies that a filter finds, the newest first, up to `most`, without those that
 * `notFrom` sent. Answers are not among what was reviewed, so a closed request has no notes.
 */
export async function publishedRequests(
  db: Connection,
  filter: RequestFilter,
  most: number,
  nameOf: (label: OpenLabel) => string,
  notFrom?: string,
): Promise<OpenRequest[]> {
  const conditions = { ...conditionsOf(filter), ...(notFrom !== undefined && { notFrom }) }
  const found: PublishedCopy[] = []
  for (let cursor: Cursor = null; found.length < most; ) {
    const { copies, next } = await publishedCopies(db, { ...conditions, cursor, limit: most - found.length })
    found.push(...copies)
    if (!next) break
    cursor = next
  }
  const names = await namesFor(db, found)
  return found.map((copy) => openRequestOf(copy, names, nameOf))
}

type Cursor = Awaited<ReturnType<typeof publishedCopies>>['next']

function conditionsOf({ ids, serviceCodes, statuses, requested, updated }: RequestFilter) {
  if (ids) return { codes: ids }
  // Both ends of a span belong to it.
  const after = (at: Date) => new Date(at.getTime() + 1)
  return {
    ...(serviceCodes && { categoryCodes: serviceCodes }),
    ...(statuses && {
      states: statuses.flatMap((status) => (status === 'open' ? [...openStates] : [...closedStates])),
    }),
    ...(requested && { receivedFrom: requested.from, receivedBefore: after(requested.to) }),
    ...(updated && { changedFrom: updated.from, changedBefore: after(updated.to) }),
  }
}

type Names = { categories: ReadonlyMap<string, string>; agencies: ReadonlyMap<string, string> }

async function namesFor(db: Connection, copies: readonly PublishedCopy[]): Promise<Names> {
  const codes = [...new Set(copies.map(({ categoryCode }) => categoryCode))]
  const ids = [...new Set(copies.flatMap(({ agencyId }) => agencyId ?? []))]
  const [services, holders] = await Promise.all([
    codes.length === 0
      ? []
      : db
          .select({ id: categories.code, name: categories.name })
          .from(categories)
          .where(inArray(categories.code, codes)),
    ids.length === 0
      ? []
      : db.select({ id: agencies.id, name: agencies.name }).from(agencies).where(inArray(agencies.id, ids)),
  ])
  const book = (rows: readonly { id: string; name: string }[]) => new Map(rows.map(({ id, name }) => [id, name]))
  return { categories: book(services), agencies: book(holders) }
}

function openRequestOf(copy: PublishedCopy, names: Names, nameOf: (label: OpenLabel) => string): OpenRequest {
  const isClosed = (closedStates as readonly string[]).includes(copy.state)
  const isHeld = copy.state !== 'awaiting_intake' && copy.agencyId !== null
  return {
    code: copy.code,
    status: isClosed ? 'closed' : 'open',
    notes: isClosed ? null : nameOf(openLabelOf({ state: copy.state, transferCount: 0 })),
    serviceCode: copy.categoryCode,
    serviceName: names.categories.get(copy.categoryCode) ?? copy.categoryCode,
    description: copy.body,
    agencyName: isHeld ? (names.agencies.get(copy.agencyId ?? '') ?? null) : null,
    requestedAt: copy.receivedAt,
    updatedAt: copy.changedAt,
    expectedAt: isHeld && !isClosed ? copy.dueAt : null,
    address: copy.address,
    lat: copy.point?.lat ?? null,
    lon: copy.point?.lon ?? null,
    photoPath: copy.photos[0]?.path ?? null,
    outcome: copy.outcome,
    plannedFor: copy.plannedFor,
  }
}
