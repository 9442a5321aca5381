import { and, desc, eq, inArray, isNotNull } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { incidents, mailingRuns, mailings } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { conflictOver } from '#server/events/queries.ts'
import { changesBetween, changesFromNothing, isUnchanged } from '#server/events/rules/changes.ts'
import { environment } from '#server/platform/environment.ts'
import { DomainError } from '#server/platform/errors.ts'
import { queueJob } from '#server/platform/jobs.ts'
import type { MailSettings } from '#server/platform/mail.ts'
import { dayAfter, type LocalDay, startOfDay } from '#server/platform/rules/local-day.ts'
import { cityTime } from '../queries/city-time.ts'
import { assertRecipients, lockMailing } from '../queries/mailings.ts'
import {
  type AnyRhythm,
  isSameRhythm,
  isTimed,
  nextRunAt,
  repeatableStates,
  type SaveMailing,
} from '../rules/mailing.ts'

type Saved = { id: string; version: number }
type Seen = { id: string; version: number }

/**
 * Sets up a report that is sent by mail (id null), or changes one. A run in progress goes to the recipients it was
 * begun for.
 */
export async function saveMailing(ctx: Context, { id, version: seen, ...fields }: SaveMailing): Promise<Saved> {
  const isWorkingDay = await workingDays(ctx)
  const nextAt = nextTimeOf(fields, ctx.now(), isWorkingDay)
  return ctx.db.transaction(async (tx) => {
    if (id === null) {
      await assertRecipients(ctx, tx, fields.recipientIds)
      const ownerId = ctx.actor.id
      if (!ownerId) throw new DomainError('forbidden')
      const [added] = await tx
        .insert(mailings)
        .values({ ...fields, ownerId, nextAt })
        .returning({ id: mailings.id })
      if (!added) throw new Error('no mailing was written')
      const subject = { kind: 'mailing', id: added.id } as const
      await recordEvent(tx, ctx, { event: 'mailing.created', subject, version: 1, details: changesFromNothing(fields) })
      return { id: added.id, version: 1 }
    }
    const mailing = await lockMailing(tx, ctx.actor, id)
    const subject = { kind: 'mailing', id } as const
    if (mailing.version !== seen) throw await conflictOver(tx, subject, mailing.version)
    await assertRecipients(
      ctx,
      tx,
      fields.recipientIds.filter((each) => !mailing.recipientIds.includes(each)),
    )
    const changes = changesBetween(mailing, fields)
    if (isUnchanged(changes)) return { id, version: mailing.version }
    const version = mailing.version + 1
    // A run that is due and waits for a worker is not lost by a rename.
    const goesOn = mailing.isActive && fields.isActive && isSameRhythm(mailing, fields)
    await tx
      .update(mailings)
      .set({ ...fields, nextAt: goesOn ? mailing.nextAt : nextAt, version })
      .where(eq(mailings.id, id))
    await recordEvent(tx, ctx, { event: 'mailing.changed', subject, version, details: changes })
    return { id, version }
  })
}

/** Switches a mailing off, or on again: then it continues with the next time from now, and none is caught up. */
export async function switchMailing(
  ctx: Context,
  { id, version: seen, isActive }: Seen & { isActive: boolean },
): Promise<Saved> {
  const isWorkingDay = await workingDays(ctx)
  return ctx.db.transaction(async (tx) => {
    const mailing = await lockMailing(tx, ctx.actor, id)
    const subject = { kind: 'mailing', id } as const
    if (mailing.version !== seen) throw await conflictOver(tx, subject, mailing.version)
    if (mailing.isActive === isActive) return { id, version: mailing.version }
    const version = mailing.version + 1
    const nextAt = nextTimeOf(mailing, ctx.now(), isWorkingDay)
    await tx.update(mailings).set({ isActive, nextAt, version }).where(eq(mailings.id, id))
    const details = changesBetween(mailing, { isActive })
    await recordEvent(tx, ctx, { event: 'mailing.changed', subject, version, details })
    return { id, version }
  })
}

/** Removes a mailing with its list of runs; the event log keeps what was sent. */
export async function removeMailing(ctx: Context, { id, version }: Seen): Promise<{ id: string }> {
  return ctx.db.transaction(async (tx) => {
    const mailing = await lockMailing(tx, ctx.actor, id)
    const subject = { kind: 'mailing', id } as const
    if (mailing.version !== version) throw await conflictOver(tx, subject, mailing.version)
    await tx.delete(mailings).where(eq(mailings.id, id))
    await recordEvent(tx, ctx, { event: 'mailing.removed', subject, details: { name: mailing.name } })
    return { id }
  })
}

/** Sends the report as it would be sent now to the caller only. */
export async function testMailing(
  ctx: Context,
  { id, version: seen }: Seen,
  mail: MailSettings | undefined = environment().mail,
): Promise<Saved> {
  if (!mail) throw new DomainError('mail_not_set_up')
  return ctx.db.transaction(async (tx) => {
    const mailing = await lockMailing(tx, ctx.actor, id)
    const subject = { kind: 'mailing', id } as const
    if (mailing.version !== seen) throw await conflictOver(tx, subject, mailing.version)
    const [at, me] = [ctx.now(), ctx.actor.id]
    if (!me) throw new DomainError('forbidden')
    const incidentId = isTimed(mailing) ? null : await lastClosed(tx)
    await tx
      .insert(mailingRuns)
      .values({ mailingId: id, dueAt: at, notBefore: at, isTest: true, recipientIds: [me], incidentId })
    await queueJob(tx, 'send_mailings', {})
    await recordEvent(tx, ctx, { event: 'mailing.tested', subject, details: { name: mailing.name } })
    return { id, version: mailing.version }
  })
}

/**
 * Sends it once more to those who have not received it for certain: the caller accepts that someone may get it twice.
 */
export async function sendMailingAgain(
  ctx: Context,
  { id, version: seen, runId }: Seen & { runId: string },
  mail: MailSettings | undefined = environment().mail,
): Promise<Saved> {
  if (!mail) throw new DomainError('mail_not_set_up')
  return ctx.db.transaction(async (tx) => {
    const mailing = await lockMailing(tx, ctx.actor, id)
    const subject = { kind: 'mailing', id } as const
    if (mailing.version !== seen) throw await conflictOver(tx, subject, mailing.version)
    const fresh = { attempts: 0, unsure: [], error: null, startedAt: null, finishedAt: null }
    const again = await tx
      .update(mailingRuns)
      .set({ state: 'waiting', notBefore: ctx.now(), ...fresh })
      .where(
        and(
          eq(mailingRuns.id, runId),
          eq(mailingRuns.mailingId, id),
          inArray(mailingRuns.state, [...repeatableStates]),
        ),
      )
      .returning({ dueAt: mailingRuns.dueAt })
    const [run] = again
    if (!run) throw new DomainError('mailing_not_repeatable')
    await queueJob(tx, 'send_mailings', {})
    const details = { name: mailing.name, dueAt: run.dueAt.toISOString() }
    await recordEvent(tx, ctx, { event: 'mailing.sent_again', subject, details })
    return { id, version: mailing.version }
  })
}

/** The incident that a test letter reports. */
async function lastClosed(tx: Transaction): Promise<string> {
  const [incident] = await tx
    .select({ id: incidents.id })
    .from(incidents)
    .where(isNotNull(incidents.closedAt))
    .orderBy(desc(incidents.closedAt))
    .limit(1)
  if (!incident) throw new DomainError('no_closed_incident')
  return incident.id
}

/** When it is sent next; one that waits for incidents counts those that are closed from now on. */
const nextTimeOf = (rhythm: AnyRhythm, now: Date, isWorkingDay: (day: LocalDay) => boolean): Date =>
  isTimed(rhythm) ? nextRunAt(rhythm, now, isWorkingDay) : now

/** Which days are working days by the city's own calendar. */
export async function workingDays(ctx: Pick<Context, 'db' | 'now'>): Promise<(day: LocalDay) => boolean> {
  const time = await cityTime(ctx)
  return (day) => time.openBefore(startOfDay(dayAfter(day)).getTime()) > time.openBefore(startOfDay(day).getTime())
}
