import { and, eq, gt, isNotNull, isNull, lte, type SQL } from 'drizzle-orm'
import type { Connection, Transaction } from '#db/client.ts'
import { events, reportDrafts, scheduledAnswers } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import { queueJob } from '#server/platform/jobs.ts'
import { draftOfOutcome } from '../rules/outcome.ts'
import type { ScheduledWords } from '../rules/scheduling.ts'

type Turn = { tx: Transaction; now: Date }

type Row = typeof scheduledAnswers.$inferSelect

/** What is scheduled for the report now: what was cancelled is not. */
export const standsOn = (reportId: number): SQL | undefined =>
  and(eq(scheduledAnswers.reportId, reportId), isNull(scheduledAnswers.cancelledIn))

/** A job that gives it then; it replaces the one that the report has. */
export const queueSchedule = (db: Connection, reportId: number, runAt: Date): Promise<void> =>
  queueJob(db, 'send_scheduled_answer', { reportId }, { runAt, jobKey: `send_scheduled_answer:${reportId}` })

/**
 * Cancels what is scheduled, or only the one with this id; returns who wrote it, null where there was none any more.
 * The text is a draft of its writer again, unless they have begun another.
 */
export async function dropSchedule(turn: Turn, reportId: number, id?: string): Promise<string | null> {
  const which = and(standsOn(reportId), id ? eq(scheduledAnswers.id, id) : undefined)
  const [row] = await turn.tx.delete(scheduledAnswers).where(which).returning()
  return row ? giveBack(turn, row) : null
}

/** The same by a change of the report that can be undone, identified by the version that it makes. */
export async function suspendSchedule(turn: Turn, reportId: number, version: number): Promise<string | null> {
  const [row] = await turn.tx
    .update(scheduledAnswers)
    .set({ cancelledIn: version })
    .where(standsOn(reportId))
    .returning()
  return row ? giveBack(turn, row) : null
}

/**
 * The change that cancelled it is undone: it is scheduled for the same moment again, and its text is no longer a draft.
 * Returns the moment; its job waits still. It stays cancelled, and null is returned, where the moment has passed or its
 * writer has changed or discarded the draft since: what they no longer want to say is not sent.
 */
export async function resumeSchedule({ tx, now }: Turn, reportId: number, version: number): Promise<Date | null> {
  const cancelled = and(eq(scheduledAnswers.reportId, reportId), eq(scheduledAnswers.cancelledIn, version))
  const [row] = await tx
    .update(scheduledAnswers)
    .set({ cancelledIn: null })
    .where(and(cancelled, gt(scheduledAnswers.sendAt, now)))
    .returning()
  if (!row) return null
  if (row.words && !(await takeDraft(tx, { ...row, words: row.words }, version))) {
    await tx.delete(scheduledAnswers).where(eq(scheduledAnswers.id, row.id))
    return null
  }
  return row.sendAt
}

/**
 * Deletes the draft that cancelling made of the text; one that the writer had begun before stays. Returns whether they
 * have left it alone since.
 */
async function takeDraft(
  tx: Transaction,
  { accountId, reportId, words }: Row & { words: ScheduledWords },
  version: number,
) {
  const own = and(
    eq(reportDrafts.accountId, accountId),
    eq(reportDrafts.reportId, reportId),
    eq(reportDrafts.kind, 'answer'),
  )
  const same = await tx
    .delete(reportDrafts)
    .where(and(own, eq(reportDrafts.value, draftOf(words))))
    .returning({ kind: reportDrafts.kind })
  if (same.length > 0) return true
  const [begun] = await tx.select({ savedAt: reportDrafts.savedAt }).from(reportDrafts).where(own).for('update')
  const [cancelling] = await tx
    .select({ at: events.at })
    .from(events)
    .where(and(eq(events.reportId, reportId), eq(events.version, version)))
  return begun !== undefined && cancelling !== undefined && begun.savedAt <= cancelling.at
}

/** Deletes one that was cancelled: nothing brings it back, because another takes its place or its moment has passed. */
export async function forgetCancelled({ tx }: Pick<Turn, 'tx'>, reportId: number, id?: string): Promise<void> {
  const cancelled = and(eq(scheduledAnswers.reportId, reportId), isNotNull(scheduledAnswers.cancelledIn))
  await tx.delete(scheduledAnswers).where(and(cancelled, id ? eq(scheduledAnswers.id, id) : undefined))
}

async function giveBack({ tx, now }: Turn, { reportId, accountId, words }: Row): Promise<string> {
  if (words) {
    const draft = { accountId, reportId, kind: 'answer' as const, value: draftOf(words), savedAt: now }
    await tx.insert(reportDrafts).values(draft).onConflictDoNothing()
  }
  return accountId
}

const draftOf = ({ what, where, when, next, ...words }: ScheduledWords) => ({
  ...{ what, where, when, next },
  ...draftOfOutcome(words),
  without: [],
})

/** Within the move that it was scheduled for: taken by one process only, and again there if the move is refused. */
export async function takeSchedule({ tx, now }: Turn, id: string): Promise<void> {
  const [row] = await tx
    .delete(scheduledAnswers)
    .where(and(eq(scheduledAnswers.id, id), isNull(scheduledAnswers.cancelledIn), lte(scheduledAnswers.sendAt, now)))
    .returning({ id: scheduledAnswers.id })
  if (!row) throw new DomainError('nothing_scheduled')
}
