import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { reportRequests } from '#db/schema/index.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { RequestKind } from '../rules/lifecycle.ts'

/** What an officer had asked for falls away when the report leaves his desk. */
export async function withdrawRequests(tx: Transaction, reportId: number, now: Date): Promise<void> {
  await tx
    .update(reportRequests)
    .set({ status: 'withdrawn', decidedAt: now })
    .where(and(eq(reportRequests.reportId, reportId), eq(reportRequests.status, 'pending')))
}

type Asked = { kind: RequestKind; reason: string; minutes?: number; agencyId?: string }

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
