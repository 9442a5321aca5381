import { inArray } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { agencies, categories } from '#db/schema/index.ts'
import { type PublishedCopy, publishedCopies } from '#server/publication/queries/published-copies.ts'
import { commitmentDueAt } from '#server/reports/rules/outcome.ts'
import { closedStates } from '#server/reports/rules/told-state.ts'
import type { OpenRequest } from '../rules/documents.ts'
import type { RequestFilter } from '../rules/filters.ts'
import { type Ended, requestStatusOf, type StatusWords, statusNotes } from '../rules/status.ts'

/**
 * What everyone may read: the published copies that a filter finds, the newest first, up to `most`, without those that
 * `notFrom` sent. Answers are not among what was reviewed, so the notes of a closed request only name its end.
 */
export async function publishedRequests(
  db: Connection,
  filter: RequestFilter,
  most: number,
  words: StatusWords,
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
  return found.map((copy) => openRequestOf(copy, names, words))
}

type Cursor = Awaited<ReturnType<typeof publishedCopies>>['next']

function conditionsOf({ ids, serviceCodes, statuses, requested, updated }: RequestFilter) {
  if (ids) return { codes: ids }
  // Both ends of a span belong to it.
  const after = (at: Date) => new Date(at.getTime() + 1)
  return {
    ...(serviceCodes && { categoryCodes: serviceCodes }),
    ...(statuses?.length === 1 && { isEnded: statuses[0] === 'closed' }),
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

function openRequestOf(copy: PublishedCopy, names: Names, words: StatusWords): OpenRequest {
  const { state, outcome, plannedFor } = copy
  const isAnswered = (closedStates as readonly string[]).includes(state)
  const isHeld = state !== 'awaiting_intake' && copy.agencyId !== null
  const answered = isAnswered ? 'closed' : 'open'
  // Why it was refused, and where a matter went, is said in words that nobody has reviewed for the public.
  const ended: Ended = {
    ...{ outcome, plannedFor, referredTo: '' },
    ...{ isRejected: state === 'rejected', rejectReason: null },
  }
  const told = { state, transferCount: 0, answer: null, question: null }
  return {
    code: copy.code,
    status: requestStatusOf(answered, ended),
    isAnswered,
    notes: statusNotes(answered, told, ended, words),
    serviceCode: copy.categoryCode,
    serviceName: names.categories.get(copy.categoryCode) ?? copy.categoryCode,
    description: copy.body,
    agencyName: isHeld ? (names.agencies.get(copy.agencyId ?? '') ?? null) : null,
    requestedAt: copy.receivedAt,
    updatedAt: copy.changedAt,
    expectedAt: isAnswered ? commitmentDueAt(plannedFor) : isHeld ? copy.dueAt : null,
    address: copy.address,
    lat: copy.point?.lat ?? null,
    lon: copy.point?.lon ?? null,
    photoPath: copy.photos[0]?.path ?? null,
    outcome,
    plannedFor,
    rejectReason: null,
  }
}
