import { and, desc, eq, getTableColumns } from 'drizzle-orm'
import { events, reportClocks, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { changesSince } from '../queries/lock.ts'
import { activityBefore, clockFromLog, type Kept, keptIn } from '../rules/kept.ts'
import type { ChangeInput } from '../rules/schemas.ts'
import { undoneBy, withoutUndone } from '../rules/taken-back.ts'
import { restoreSuggestions } from '../suggestions.ts'
import { type Desk, type Moved, moveReport, type Outcome } from './move-report.ts'
import { switchRestored } from './promises.ts'
import { restoreParts } from './restore-parts.ts'

type Row = typeof reports.$inferSelect
type Decision = { version: number; event: string; at: Date; details: Record<string, unknown>; kept: Kept }

/**
 * Takes back a decision of the actor's own, identified by the version that it made, while its time runs: state, holder,
 * person, clocks, counters and requests are as before. Refused, with the name, where someone has acted since.
 */
export function takeBack(ctx: Context, decided: ChangeInput): Promise<Moved> {
  return restoring(ctx, decided)
}

/**
 * The same for a decision that was part of a run in bulk, which has its own time: the first reports of a long run have
 * been released before the run ends.
 */
export function takeBackInRun(ctx: Context, decided: ChangeInput): Promise<Moved> {
  return restoring(ctx, decided, { exemptFrom: 'undo_too_late' })
}

async function restoring(ctx: Context, decided: ChangeInput, options: { exemptFrom?: 'undo_too_late' } = {}) {
  const decision = await decisionMadeIn(ctx, decided)
  const version = await versionNow(ctx, decided)
  const seen = { reportId: decided.reportId, version }
  try {
    return await moveReport(ctx, 'take_back', seen, (desk) => asBefore(desk, decision), options)
  } catch (error) {
    // Someone was faster: the same question now has their name for an answer.
    if (error instanceof DomainError && error.code === 'conflict') await versionNow(ctx, decided)
    throw error
  }
}

async function decisionMadeIn({ db, actor }: Context, { reportId, version }: ChangeInput): Promise<Decision> {
  if (actor.id === null) throw new DomainError('nothing_to_undo')
  const isOwn = and(eq(events.reportId, reportId), eq(events.version, version), eq(events.actorId, actor.id))
  const [made] = await db.select().from(events).where(isOwn).orderBy(desc(events.id)).limit(1)
  const kept = keptIn(made?.details ?? {})
  if (!made || !kept.row) throw new DomainError('nothing_to_undo')
  return { version, event: made.event, at: made.at, details: made.details, kept }
}

/** The version of the report, if all that has happened since the decision has been undone. */
async function versionNow({ db }: Context, { reportId, version }: ChangeInput): Promise<number> {
  const since = await changesSince(db, reportId, version)
  const changes = withoutUndone(since.map((change) => ({ ...change, undoes: undoneBy(change.details) })))
  const last = changes.at(-1)
  if (last?.undoes === version) throw new DomainError('nothing_to_undo')
  if (last) throw new DomainError('take_back_overtaken', { name: last.actorName ?? '' })
  return since.at(-1)?.version ?? version
}

async function asBefore(desk: Desk, decision: Decision): Promise<Outcome> {
  const { tx, report, clocks } = desk
  const { version, event, at, kept } = decision
  const { state, ...set } = columnsOf(kept.row ?? {})
  const before = { ...report, ...set }
  await restoreParts(desk, decision)
  const linking = { reportId: report.id, from: report.incidentId, to: before.incidentId }
  await restoreSuggestions(tx, linking, kept.suggestions ?? [])
  for (const { before: clock, ...which } of kept.clocks ?? []) {
    const begun = clocks.restore({ ...which, before: clock && clockFromLog(clock) })
    if (begun !== null) await tx.delete(reportClocks).where(eq(reportClocks.id, begun))
  }
  if (kept.clocks) await switchRestored(desk, before, at)
  return {
    set,
    circumstances: { stateBefore: state ?? report.state },
    activity: activityBefore(report, kept),
    details: { undoes: version, decision: event.replace('report.', '') },
  }
}

/** The columns of the report as the log has them, with their instants. */
function columnsOf(logged: Readonly<Record<string, unknown>>): Partial<Row> {
  const columns = getTableColumns(reports)
  return Object.fromEntries(
    Object.entries(logged).map(([name, value]) => {
      const isInstant = columns[name as keyof Row]?.dataType === 'date'
      return [name, isInstant && typeof value === 'string' ? new Date(value) : value]
    }),
  )
}
