import type { Transaction } from '#db/client.ts'
import { changedRow, writeRows } from '#db/rows.ts'
import { reports, scheduledAnswers } from '#db/schema/index.ts'
import { withCommit } from '#db/transactions.ts'
import type { Context } from '#server/accounts/context.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { bestCapacity } from '#server/accounts/rules/substitution.ts'
import { eventWrite } from '#server/events/commands.ts'
import type { EventDetails } from '#server/events/rules/detail-fields.ts'
import type { EventName } from '#server/events/rules/event-names.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { Settings } from '#server/platform/rules/settings.ts'
import type { ReportClocks } from '../clocks.ts'
import {
  changesSince,
  type LockedReport,
  lockInOrder,
  lockReport,
  mostChanges,
  type ReportRow,
  readBeside,
  refuseDuringHold,
  subjectOf,
} from '../queries/lock.ts'
import { type ReportField, standingAgainst } from '../rules/field-merge.ts'
import { type activityBefore, clockForLog, type Kept } from '../rules/kept.ts'
import { actedBy, awaitsReply } from '../rules/last-word.ts'
import { moveRules, nextState, type ReportMove, type ReportState } from '../rules/lifecycle.ts'
import { mayAct, mayMove, type ReportAct, refusalReasonForAct, refusalReasonTo, type Subject } from '../rules/policy.ts'
import { endsSchedule } from '../rules/scheduling.ts'
import type { ChangeInput } from '../rules/schemas.ts'
import { canBeUndone } from '../rules/undo.ts'
import { decisionOn, keptOf, queueRelease } from './decisions.ts'
import { dropSchedule, resumeSchedule, standsOn, suspendSchedule } from './scheduled-answers.ts'

export type Moved = { id: number; code: string; version: number; state: ReportState }

/** What a change works on: the locked report, its clocks, the city's settings and the time. */
export type Desk = {
  tx: Transaction
  ctx: Context
  report: LockedReport
  subject: Subject
  clocks: ReportClocks
  settings: Settings
  now: Date
}

/** What a change writes besides the state: columns of the report and details of its event. */
export type Outcome = {
  set?: Partial<typeof reports.$inferInsert>
  details?: EventDetails
  /** What undo needs to know besides them. */
  kept?: Kept
  /** The last activity to restore, where undoing a change is no activity itself. */
  activity?: ReturnType<typeof activityBefore>
  /** What the targets `before` and `last_agency` resolve to. */
  circumstances?: { stateBefore?: ReportState | null; lastAgencyEnded?: boolean }
  /** Where only the work decides the result (a request granted or refused). */
  event?: EventName
  state?: ReportState
  /** Where the work found that only another of the actor's capacities allows it: the one they acted in. */
  capacity?: Actor
  /** The version of the change that this undoes, where its event does not say so: what that cancelled is on again. */
  undoneVersion?: number | null
  /** The citizen's words were recorded: the queue shows that the citizen wrote last. */
  byCitizen?: boolean
}

type Options<Read = undefined> = {
  /** Another report that the move writes to: both are locked first, in the order of their ids. */
  beside?: (tx: Transaction) => Promise<number | null> | number
  /** The one field that this sets: changes of other fields by colleagues do not conflict with it. */
  field?: ReportField
  /** What the work needs besides the desk: queried in parallel with it, once the lock is held. */
  read?: (tx: Transaction) => Promise<Read>
  /** The refusal reason that does not apply to this action. */
  exemptFrom?: 'not_assignee' | 'undo_too_late'
}

/**
 * The five steps of every move, in one transaction: lock the report within the actor's scope (outside it: `not_found`),
 * check the permission (`forbidden`), compare the version (`conflict`, with who changed what; a change of one field
 * only conflicts on that field), check the rules, then write the report, its clocks and exactly one event.
 */
export async function moveReport<Read = undefined>(
  ctx: Context,
  move: ReportMove,
  input: ChangeInput,
  work: (desk: Desk, read: Read) => Promise<Outcome> | Outcome,
  { beside, field, read, exemptFrom }: Options<Read> = {},
): Promise<Moved> {
  return ctx.db.transaction(async (tx) => {
    await lockBoth(tx, ctx, input.reportId, await beside?.(tx))
    const [desk, more] = await Promise.all([
      takeToDesk(tx, ctx, input, (report) => mayMove(ctx.actor, move, report), field),
      read?.(tx),
    ])
    const judge = (capacity: Actor) => {
      const found = refusalReasonTo(capacity, move, desk.subject, desk.now, desk.settings)
      return found === exemptFrom ? null : found
    }
    const { capacity, refusalReason } = bestCapacity(ctx.actor, judge)
    if (refusalReason === 'wrong_state') throw new DomainError('invalid_move', { state: desk.report.state, move })
    if (refusalReason) throw new DomainError(refusalReason)
    const acting = actingBy(desk, capacity)
    const outcome = await work(acting, more as Read)
    const circumstances = { stateBefore: desk.report.stateBefore, ...outcome.circumstances }
    const state = nextState(desk.report.state, move, circumstances)
    return writeChange(acting, { act: move, event: moveRules[move].event, state, field }, outcome)
  })
}

/** The same steps for an act that is no move. `event` null: the outcome names it. */
export async function changeReport(
  ctx: Context,
  act: ReportAct,
  event: EventName | null,
  input: ChangeInput,
  work: (desk: Desk) => Promise<Outcome> | Outcome,
  { beside, field }: Options = {},
): Promise<Moved> {
  return ctx.db.transaction(async (tx) => {
    await lockBoth(tx, ctx, input.reportId, await beside?.(tx))
    const desk = await takeToDesk(tx, ctx, input, (report) => mayAct(ctx.actor, act, report.agencyId), field)
    const { capacity, refusalReason } = bestCapacity(ctx.actor, (actor) => refusalReasonForAct(actor, act, desk.report))
    if (refusalReason === 'wrong_state') throw new DomainError('report_ended', { state: desk.report.state })
    if (refusalReason) throw new DomainError(refusalReason)
    const acting = actingBy(desk, capacity)
    const outcome = await work(acting)
    const name = outcome.event ?? event
    if (!name) throw new Error(`${act} named no event`)
    return writeChange(
      outcome.capacity ? actingBy(desk, outcome.capacity) : acting,
      { act, event: name, state: outcome.state ?? desk.report.state, field },
      outcome,
    )
  })
}

async function lockBoth(tx: Transaction, ctx: Context, reportId: number, other: number | null | undefined) {
  if (other) await lockInOrder(tx, ctx, [reportId, other])
}

const actingBy = (desk: Desk, actor: Actor): Desk => ({ ...desk, ctx: { ...desk.ctx, actor } })

async function takeToDesk(
  tx: Transaction,
  ctx: Context,
  input: ChangeInput,
  may: (report: ReportRow) => boolean,
  field: ReportField | undefined,
): Promise<Desk> {
  // Sent together, the lock first: the second statement runs once the lock is held, and sees the data that it waited
  // for.
  const [row, { facts, clocks, settings }] = await Promise.all([
    lockReport(tx, ctx, input.reportId),
    readBeside(tx, input.reportId),
  ])
  if (!may(row)) throw new DomainError('forbidden')
  await refuseDuringHold(tx, ctx, row)
  if (row.version !== input.version) {
    const changes = await changesSince(tx, row.id, input.version)
    const isKnown = input.version < row.version && changes.length < mostChanges
    const colleagues = changes.filter(({ actorId }) => actorId === null || actorId !== ctx.actor.id)
    const against = field && isKnown ? standingAgainst(field, colleagues) : changes
    if (!field || !isKnown || against.length > 0)
      throw new DomainError('conflict', { version: row.version, state: row.state, changes: against })
  }
  const report: LockedReport = { ...row, ...facts }
  const subject = subjectOf(report, report.facts, report.category.needsApproval, settings.soleAccountMayApprove)
  return { tx, ctx, report, subject, clocks, settings, now: ctx.now() }
}

export type Written = {
  act: ReportMove | ReportAct
  event: EventName
  state: ReportState
  field: ReportField | undefined
}

async function writeChange(desk: Desk, written: Written, outcome: Outcome): Promise<Moved> {
  const { tx, ctx, report, clocks } = desk
  const { event, state } = written
  const version = report.version + 1
  const ended = await endSchedule(desk, written, outcome)
  const undoes = outcome.details?.undoes ?? outcome.undoneVersion
  const again = typeof undoes === 'number' ? await resumeSchedule(desk, report.id, undoes) : null
  const decision = decisionOn(desk, written, outcome)
  const changed = { ...outcome.set, ...decision.set, state }
  const { activity, details: made } = activityAndDetails(desk, written, {
    ...outcome,
    kept: { ...outcome.kept, ...keptOf(desk, written, { changed, until: decision.until }) },
  })
  const details = {
    ...made,
    ...(ended && { unscheduled: { accountId: ended } }),
    ...(again && { scheduledAgain: again.toISOString() }),
    ...clocksLeft(desk, event, undoes),
  }
  const row = { ...changed, ...clocks.deadline(), ...activity, version }
  const queued =
    decision.until && queueRelease(tx, { act: written.act, reportId: report.id, version, at: decision.until })
  const writing = writeRows(tx, [
    ...clocks.writes(),
    changedRow(reports, report.id, row),
    eventWrite(ctx, {
      event,
      subject: { kind: 'report', id: report.id },
      agencyId: report.agencyId ?? outcome.set?.agencyId ?? null,
      from: report.state,
      to: state,
      version,
      details,
    }),
  ])
  await withCommit(tx, Promise.all([queued, writing]))
  return { id: report.id, code: report.code, version, state }
}

/**
 * What was taken back counts in the figures that were issued before: the clocks that it had set are kept with the event
 * that takes it back, and nowhere else.
 */
function clocksLeft({ clocks }: Desk, event: EventName, undoes: unknown): EventDetails {
  const takesBack = typeof undoes === 'number' || event === 'report.answer_withdrawn'
  const left = takesBack ? clocks.left() : []
  return left.length === 0
    ? {}
    : {
        clocksLeft: left.map(({ dueAt, firstDueAt, ...one }) => ({
          ...one,
          clock: clockForLog(one.clock),
          dueAt: dueAt?.toISOString() ?? null,
          firstDueAt: firstDueAt?.toISOString() ?? null,
        })),
      }
}

/** Cancels a scheduled answer that this change makes impossible; returns who wrote it. */
async function endSchedule({ tx, report, subject, now }: Desk, { act, state }: Written, { set }: Outcome) {
  if (!subject.isScheduled) return null
  const after = { state, agencyId: report.agencyId, assigneeId: report.assigneeId, ...set }
  const [known] = await tx.select().from(scheduledAnswers).where(standsOn(report.id))
  if (!known) return null
  const { accountId: writerId, move } = known
  const { onlyAssigneeAnswers } = subject
  if (!endsSchedule(report, { ...after, state }, { writerId, move, onlyAssigneeAnswers })) return null
  const turn = { tx, now }
  return canBeUndone(act) ? suspendSchedule(turn, report.id, report.version + 1) : dropSchedule(turn, report.id)
}

/** The last activity; for changes that can be undone, the previous one is kept in the event. */
function activityAndDetails({ ctx, report, now }: Desk, { act, field }: Written, outcome: Outcome) {
  const isUnmoved = field !== undefined && awaitsReply(report)
  const by = actedBy(ctx.actor, outcome.byCitizen)
  const worked = outcome.activity ?? { lastActivityAt: now, lastActivityBy: by }
  const activity: Partial<typeof worked> = isUnmoved ? {} : worked
  if (!canBeUndone(act)) return { activity, details: outcome.details }
  const { lastActivityAt, lastActivityBy } = report
  const until = activity.lastActivityAt?.toISOString()
  const before = until && { at: lastActivityAt.toISOString(), by: lastActivityBy, until }
  const kept: Kept = { ...outcome.kept, ...(before && { activity: before }) }
  return { activity, details: { ...outcome.details, ...(Object.keys(kept).length > 0 && { kept }) } }
}
