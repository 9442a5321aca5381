import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { reportAnswers, reportRequests } from '#db/schema/index.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { RequestKind } from '../rules/lifecycle.ts'
import type { AnswerStatus } from '../rules/parts.ts'

/** The pending requests of an officer are withdrawn when the report leaves their agency; returns their ids. */
export async function withdrawRequests(tx: Transaction, reportId: number, now: Date): Promise<string[]> {
  const withdrawn = await tx
    .update(reportRequests)
    .set({ status: 'withdrawn', decidedAt: now })
    .where(and(eq(reportRequests.reportId, reportId), eq(reportRequests.status, 'pending')))
    .returning({ id: reportRequests.id, answerId: reportRequests.answerId })
  await setFollowUps(tx, withdrawn, 'submitted', 'withdrawn')
  return withdrawn.map(({ id }) => id)
}

/** The requests are pending again: the move that had withdrawn them was undone. */
export async function restoreRequests(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const restored = await tx
    .update(reportRequests)
    .set({ status: 'pending', decidedAt: null })
    .where(and(inArray(reportRequests.id, [...ids]), eq(reportRequests.status, 'withdrawn')))
    .returning({ answerId: reportRequests.answerId })
  await setFollowUps(tx, restored, 'withdrawn', 'submitted')
}

/** A follow-up waits as long as its request does. */
async function setFollowUps(
  tx: Transaction,
  requests: readonly { answerId: string | null }[],
  from: AnswerStatus,
  to: AnswerStatus,
): Promise<void> {
  const ids = requests.flatMap(({ answerId }) => answerId ?? [])
  if (ids.length === 0) return
  const isWaiting = and(inArray(reportAnswers.id, ids), eq(reportAnswers.status, from))
  await tx.update(reportAnswers).set({ status: to }).where(isWaiting)
}

type Asked = {
  id?: string | undefined
  kind: RequestKind
  reason: string
  minutes?: number
  agencyId?: string
  answerId?: string
}

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
