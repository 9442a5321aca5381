import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { reportRequests } from '#db/schema/index.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { RequestKind } from '../rules/lifecycle.ts'

/** The pending requests of an officer are withdrawn when the report leaves their agency; returns their ids. */
export async function withdrawRequests(tx: Transaction, reportId: number, now: Date): Promise<string[]> {
  const withdrawn = await tx
    .update(reportRequests)
    .set({ status: 'withdrawn', decidedAt: now })
    .where(and(eq(reportRequests.reportId, reportId), eq(reportRequests.status, 'pending')))
    .returning({ id: reportRequests.id })
  return withdrawn.map(({ id }) => id)
}

/** The requests are pending again: the move that had withdrawn them was undone. */
export async function restoreRequests(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx
    .update(reportRequests)
    .set({ status: 'pending', decidedAt: null })
    .where(and(inArray(reportRequests.id, [...ids]), eq(reportRequests.status, 'withdrawn')))
}

type Asked = { id?: string | undefined; kind: RequestKind; reason: string; minutes?: number; agencyId?: string }

export async function askRequest(
  tx: Transaction,
  reportId: number,
  { id, onBehalfOf }: Pick<Actor, 'id' | 'onBehalfOf'>,
  now: Date,
  asked: Asked,
): Promise<string> {
  if (id === null) throw new DomainError('forbidden')
  const [row] = await tx
    .insert(reportRequests)
    .values({ reportId, askedById: id, askedFor: onBehalfOf, askedAt: now, ...asked })
    .returning({ id: reportRequests.id })
  if (!row) throw new Error('no request was written')
  return row.id
}
