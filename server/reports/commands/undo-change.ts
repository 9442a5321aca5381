import { and, desc, eq } from 'drizzle-orm'
import { events } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { readSettings } from '#server/platform/settings.ts'
import { assertStandsAsSet } from '../queries/stands-as-set.ts'
import type { ReportField } from '../rules/field-merge.ts'
import { inverseOf } from '../rules/inverse.ts'
import type { ChangeInput } from '../rules/schemas.ts'
import { assignPerson } from './assign-person.ts'
import { changeCategory, changePlace, changeSeverity, changeTags, linkIncident } from './change-report.ts'
import type { Moved } from './move-report.ts'

/** The line and the hand are slower than the countdown on the screen. */
const graceSeconds = 5

/**
 * Takes back what the actor himself has just set, by the version that it made: the log knows what was there before. What a colleague has
 * set anew meanwhile stays, and he is named; so does what he set anew himself. It is a change like any other, with its own event.
 */
export async function undoChange(ctx: Context, { reportId, version }: ChangeInput): Promise<Moved> {
  const [[logged], { undoSeconds }] = await Promise.all([
    ctx.db
      .select({ event: events.event, at: events.at, details: events.details })
      .from(events)
      .where(and(eq(events.reportId, reportId), eq(events.version, version), eq(events.actorId, ctx.actor.id ?? '')))
      .orderBy(desc(events.id))
      .limit(1),
    readSettings(ctx.db),
  ])
  const inverse = logged && inverseOf(logged)
  if (!inverse) throw new DomainError('nothing_to_undo')
  if (ctx.now().getTime() - logged.at.getTime() > (undoSeconds + graceSeconds) * 1000)
    throw new DomainError('undo_too_late')
  const seen = { reportId, version }
  await assertStandsAsSet(ctx, seen, inverse.field)
  try {
    switch (inverse.field) {
      case 'category':
        return await changeCategory(ctx, { ...seen, categoryCode: inverse.value })
      case 'severity':
        return await changeSeverity(ctx, { ...seen, severity: inverse.value, reason: '' })
      case 'place':
        return await changePlace(ctx, { ...seen, ...inverse.value })
      case 'tags':
        return await changeTags(ctx, { ...seen, tags: inverse.value })
      case 'incident':
        return await linkIncident(ctx, { ...seen, incidentId: inverse.value })
      case 'assignee':
        return await assignPerson(ctx, { ...seen, accountId: inverse.value })
    }
  } catch (error) {
    throw overtaken(error, inverse.field)
  }
}

/** A colleague set the same field since: he is named, and his value stays. */
function overtaken(error: unknown, field: ReportField): unknown {
  if (!(error instanceof DomainError) || error.code !== 'conflict') return error
  const changes = error.details.changes as readonly { actorName: string | null }[]
  return new DomainError('undo_overtaken', { field, name: changes.at(-1)?.actorName ?? '' })
}
