import { and, eq, lte } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { reportDrafts, scheduledAnswers } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'

type Turn = { tx: Transaction; now: Date }

/**
 * Cancels what is scheduled, or only the one with this id; returns who wrote it, null where there was none any more.
 * The text is a draft of its writer again, unless they have begun another.
 */
export async function dropSchedule({ tx, now }: Turn, reportId: number, id?: string): Promise<string | null> {
  const [row] = await tx
    .delete(scheduledAnswers)
    .where(and(eq(scheduledAnswers.reportId, reportId), id ? eq(scheduledAnswers.id, id) : undefined))
    .returning()
  if (!row) return null
  if (row.words) {
    const { what, where, when, next } = row.words
    const value = { what, where, when, next, without: [] }
    const draft = { accountId: row.accountId, reportId, kind: 'answer' as const, value, savedAt: now }
    await tx.insert(reportDrafts).values(draft).onConflictDoNothing()
  }
  return row.accountId
}

/** Within the move that it was scheduled for: taken by one process only, and again there if the move is refused. */
export async function takeSchedule({ tx, now }: Turn, id: string): Promise<void> {
  const [row] = await tx
    .delete(scheduledAnswers)
    .where(and(eq(scheduledAnswers.id, id), lte(scheduledAnswers.sendAt, now)))
    .returning({ id: scheduledAnswers.id })
  if (!row) throw new DomainError('nothing_scheduled')
}
