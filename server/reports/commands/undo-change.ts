import { and, desc, eq } from 'drizzle-orm'
import { categories, events } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { Settings } from '#server/platform/rules/settings.ts'
import { readSettings } from '#server/platform/settings.ts'
import { assertStandsAsSet } from '../queries/stands-as-set.ts'
import type { ReportField } from '../rules/field-merge.ts'
import { heldUntil } from '../rules/hold.ts'
import { type Change, changeIn } from '../rules/inverse.ts'
import { activityBefore, type Kept, keptIn } from '../rules/kept.ts'
import type { ChangeInput } from '../rules/schemas.ts'
import { restoreSuggestions } from '../suggestions.ts'
import { setPlace } from './change-report.ts'
import { changeReport, type Desk, type Moved, moveReport, type Outcome } from './move-report.ts'
import { alteringPromise, type Promised, restorePromise } from './promises.ts'

export const isTooLate = (done: Date, now: Date, settings: Pick<Settings, 'undoSeconds'>): boolean =>
  now >= heldUntil(done, settings)

/**
 * Undoes what the actor has just set, identified by the version that it made: the log has the value before. Refused,
 * with the name, where a colleague has changed it since; also where the actors themselves have.
 */
export async function undoChange(ctx: Context, seen: ChangeInput): Promise<Moved> {
  const [made, settings] = await Promise.all([changeMadeIn(ctx, seen), readSettings(ctx.db)])
  if (isTooLate(made.at, ctx.now(), settings)) throw new DomainError('undo_too_late')
  try {
    return await putBack(ctx, seen, made)
  } catch (error) {
    throw overtaken(error, made.inverse.field)
  }
}

/** The same for a change that was part of a run in bulk, which has its own time limit for undo. */
export async function takeChangeBack(ctx: Context, seen: ChangeInput): Promise<Moved> {
  return putBack(ctx, seen, await changeMadeIn(ctx, seen))
}

type Made = Change & { at: Date; kept: Kept }

async function changeMadeIn({ db, actor }: Context, { reportId, version }: ChangeInput): Promise<Made> {
  const [logged] = await db
    .select({ event: events.event, at: events.at, details: events.details })
    .from(events)
    .where(and(eq(events.reportId, reportId), eq(events.version, version), eq(events.actorId, actor.id ?? '')))
    .orderBy(desc(events.id))
    .limit(1)
  const change = logged && changeIn(logged)
  if (!change) throw new DomainError('nothing_to_undo')
  return { ...change, at: logged.at, kept: keptIn(logged.details) }
}

/**
 * A change like any other, with a separate event; only, the value need not be selectable today, because it was set
 * before.
 */
async function putBack(ctx: Context, seen: ChangeInput, made: Made): Promise<Moved> {
  const { act, event, inverse } = made
  const { field } = inverse
  await assertStandsAsSet(ctx, seen, field)
  const work = async (desk: Desk): Promise<Outcome> => {
    const outcome = await restoring(desk, made)
    const activity = activityBefore(desk.report, made.kept)
    return { ...outcome, activity, details: { ...outcome.details, undoes: seen.version } }
  }
  return act === 'assign_person'
    ? moveReport(ctx, act, seen, work, { field })
    : changeReport(ctx, act, event, seen, work, { field })
}

async function restoring(desk: Desk, made: Made): Promise<Outcome> {
  const { tx, report } = desk
  const { inverse, kept } = made
  switch (inverse.field) {
    case 'category': {
      const [category] = await tx.select().from(categories).where(eq(categories.code, inverse.value))
      if (!category) throw new DomainError('category_unknown', { code: inverse.value })
      const details = { category: [report.categoryCode, category.code] }
      return promising(desk, made, { category }, { set: { categoryCode: category.code }, details })
    }
    case 'severity': {
      const severity = inverse.value
      const details = { severity: [report.severity, severity] }
      return promising(desk, made, { severity }, { set: { severity }, details })
    }
    case 'incident': {
      const incidentId = inverse.value
      const linking = { reportId: report.id, from: report.incidentId, to: incidentId }
      const suggestions = await restoreSuggestions(tx, linking, kept.suggestions ?? [])
      const details = { incidentId: [report.incidentId, incidentId] }
      return promising(desk, made, { incidentId }, { set: { incidentId }, details, kept: { suggestions } })
    }
    case 'place':
      return setPlace(desk, inverse.value)
    case 'tags':
      return { set: { tags: inverse.value }, details: { tags: [report.tags, inverse.value] } }
    case 'assignee':
      return { set: { assigneeId: inverse.value }, details: { assigneeId: [report.assigneeId, inverse.value] } }
  }
}

async function promising(desk: Desk, { at, kept }: Made, back: Partial<Promised>, outcome: Outcome): Promise<Outcome> {
  const { category, severity, incidentId } = desk.report
  const promised = { category, severity, incidentId, ...back }
  const altered = await alteringPromise(desk, () => restorePromise(desk, promised, { terms: kept.clock, at }))
  return {
    ...outcome,
    details: { ...outcome.details, ...altered.details },
    kept: { ...outcome.kept, ...altered.kept },
  }
}

/** A colleague has changed the same field since: they are named, and their value stays. */
function overtaken(error: unknown, field: ReportField): unknown {
  if (!(error instanceof DomainError) || error.code !== 'conflict') return error
  const changes = error.details.changes as readonly { actorName: string | null }[]
  return new DomainError('undo_overtaken', { field, name: changes.at(-1)?.actorName ?? '' })
}
