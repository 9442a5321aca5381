import { and, asc, eq, gt, inArray, isNotNull, sql } from 'drizzle-orm'
import { builtOnce, builtTogether } from '#db/built-once.ts'
import type { Connection, Transaction } from '#db/client.ts'
import { accounts, categories, events, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { calendarStamp, calendarsOfStamp } from '#server/calendars/queries.ts'
import { DomainError } from '#server/platform/errors.ts'
import { settingRows, settingsOf } from '#server/platform/settings.ts'
import { clockOf, clockRows, ReportClocks } from '../clocks.ts'
import { mayActDuring } from '../rules/hold.ts'
import type { MergeFact, Subject } from '../rules/policy.ts'
import { scopeValues, visibleInScope, visibleTo } from './scope.ts'

export type ReportRow = typeof reports.$inferSelect

/** The report as a command works on it: the row, its category, and the facts that the policy judges by. */
export type LockedReport = ReportRow & Awaited<ReturnType<typeof readBeside>>['facts']

/**
 * Locks a report that the actor may see; an invisible report is `not_found`. The statement reads nothing else: after
 * waiting for the lock, a statement sees the locked row as it is now, but other rows as they were before.
 */
export async function lockReport(
  tx: Transaction,
  { actor }: Pick<Context, 'actor'>,
  reportId: number,
): Promise<ReportRow> {
  const [report] = await lockedReport(tx, { ...scopeValues(actor), reportId })
  if (!report) throw new DomainError('not_found')
  return report
}

const lockedReport = builtOnce((db) =>
  db
    .select()
    .from(reports)
    .where(and(eq(reports.id, sql.placeholder('reportId')), visibleInScope))
    .for('no key update'),
)

/** Refuses a change of a locked report while another agency can still take back a decision on it. */
export async function refuseDuringHold(tx: Transaction, { actor, now }: Context, report: ReportRow): Promise<void> {
  const decider = report.decidedById === actor.id ? null : await deciderOf(tx, report, now())
  if (!decider || mayActDuring(actor, decider)) return
  const { name, seconds } = decider
  throw new DomainError('decision_held', { name, seconds })
}

/**
 * Who can still take back the last decision on a locked report, and for how many seconds; null where no one can. By the
 * clock of the database, which ends the hold.
 */
async function deciderOf(tx: Transaction, { decidedById, releasedAt }: ReportRow, now: Date) {
  if (decidedById === null || releasedAt === null || releasedAt <= now) return null
  const isHeld = sql`${releasedAt.toISOString()}::timestamptz > now()`
  const [decider] = await tx
    .select({ id: accounts.id, name: accounts.name, agencyId: accounts.agencyId })
    .from(accounts)
    .where(and(eq(accounts.id, decidedById), isHeld))
  return decider ? { ...decider, seconds: Math.ceil((releasedAt.getTime() - now.getTime()) / 1000) } : null
}

/**
 * Locks several reports in the order of their ids, so that two moves over the same ones queue up and never deadlock.
 */
export async function lockInOrder(tx: Transaction, { actor }: Pick<Context, 'actor'>, ids: number[]): Promise<void> {
  await tx
    .select({ id: reports.id })
    .from(reports)
    .where(and(inArray(reports.id, ids), visibleTo(actor)))
    .orderBy(asc(reports.id))
    .for('no key update')
}

/** Everything that a command needs besides the row: read by one statement, once the lock is held. */
export async function readBeside(tx: Transaction, reportId: number) {
  const { known, clocks, stamp, settings } = await besideReport(tx, { reportId })
  const [facts] = known
  if (!facts) throw new DomainError('not_found')
  const times = await calendarsOfStamp(tx, stamp)
  return { facts, clocks: new ReportClocks(reportId, clocks.map(clockOf), times), settings: settingsOf(settings) }
}

type Facts = {
  answer: {
    authorId: string
    authorFor: string | null
    status: 'submitted' | 'sent_back' | 'queued' | 'sent' | 'withdrawn'
    isFollowUp: boolean
    sendAt: string | null
  } | null
  sentBy: Subject['sentBy']
  pendingRequests: Subject['pendingRequests']
  merge: MergeFact | null
  onlyAssigneeAnswers: boolean
  isScheduled: boolean
  /** Of the agency that holds it: the accounts that answer, and its only account that handles reports, if it is one. */
  accounts: { handlers: number; onlyId: string | null }
}

/** What the policy must know besides the row, as one JSON value: usable in any select over `reports`. */
export const factsOf = sql<Facts>`json_build_object(
  'answer', (
    select json_build_object('authorId', a.author_id, 'authorFor', a.author_for, 'status', a.status, 'isFollowUp', a.is_follow_up,
      'sendAt', a.send_at)
    from report_answers a where a.report_id = ${reports.id} order by a.created_at desc, a.id desc limit 1),
  'sentBy', (
    select json_build_object('id', a.author_id, 'onBehalfOf', a.author_for)
    from report_answers a where a.report_id = ${reports.id} and a.status = 'sent' order by a.created_at desc, a.id desc limit 1),
  'pendingRequests', (
    select coalesce(json_agg(q.kind), '[]'::json) from report_requests q
    where q.report_id = ${reports.id} and q.status = 'pending'),
  'merge', case when ${reports.state} = 'merged' then (
    select json_build_object('at', e.at, 'stateBefore', e.from_state, 'innerBefore', e.details ->> 'stateBefore',
      'answered', exists (select from events p
        where p.report_id = ${reports.id} and p.event = 'report.answer_passed_on' and p.id > e.id))
    from events e where e.report_id = ${reports.id} and e.event = 'report.merged' order by e.id desc limit 1) end,
  'onlyAssigneeAnswers', exists (
    select from agencies g where g.id = ${reports.agencyId} and g.only_assignee_answers),
  'isScheduled', exists (select from scheduled_answers s
    where s.report_id = ${reports.id} and s.cancelled_in is null),
  'accounts', (
    select json_build_object(
      'handlers', count(distinct r.account_id) filter (where r.role in ('officer', 'approver')),
      'onlyId', case when count(distinct r.account_id) = 1 then min(r.account_id::text) end)
    from account_roles r join accounts c on c.id = r.account_id and c.is_active
    where r.agency_id = ${reports.agencyId} and r.role in ('dispatcher', 'officer', 'approver'))
)`.as('facts')

/** What the category of the report requires, and what the policy must know besides its row. */
const factsOfReport = (db: Connection) =>
  db
    .select({
      category: {
        code: categories.code,
        intakeMinutes: categories.intakeMinutes,
        normalMinutes: categories.normalMinutes,
        urgentMinutes: categories.urgentMinutes,
        complexMinutes: categories.complexMinutes,
        needsApproval: categories.needsApproval,
        needsPhoto: categories.needsPhoto,
      },
      facts: factsOf,
    })
    .from(reports)
    .innerJoin(categories, eq(categories.code, reports.categoryCode))
    .where(eq(reports.id, sql.placeholder('reportId')))

const besideReport = builtTogether((db) => ({
  known: factsOfReport(db),
  clocks: clockRows(db),
  stamp: calendarStamp(db),
  settings: settingRows(db),
}))

/** The policy's view of a report row with its facts. */
export function subjectOf(
  report: Pick<
    typeof reports.$inferSelect,
    | 'state'
    | 'stateBefore'
    | 'agencyId'
    | 'assigneeId'
    | 'pausedAt'
    | 'answeredAt'
    | 'closedAt'
    | 'decidedById'
    | 'releasedAt'
  >,
  facts: Facts,
  needsApproval: boolean,
  soleAccountMayApprove: boolean,
): Subject {
  const { answer } = facts
  return {
    state: report.state,
    stateBefore: report.stateBefore,
    agencyId: report.agencyId,
    assigneeId: report.assigneeId,
    onlyAssigneeAnswers: facts.onlyAssigneeAnswers,
    pausedAt: report.pausedAt,
    needsApproval,
    answer: answer && { ...answer, sendAt: answer.sendAt ? new Date(answer.sendAt) : null },
    sentBy: facts.sentBy,
    soleAccount: soleAccountMayApprove && facts.accounts.handlers <= 1,
    onlyAccountId: facts.accounts.onlyId,
    pendingRequests: facts.pendingRequests,
    isScheduled: facts.isScheduled,
    answeredAt: report.answeredAt,
    closedAt: report.closedAt,
    mergedAt: facts.merge ? new Date(facts.merge.at) : null,
    answeredSinceMerge: facts.merge?.answered ?? false,
    decidedById: report.decidedById,
    releasedAt: report.releasedAt,
  }
}

/** A version further behind than this is always a conflict. */
export const mostChanges = 50

/** The changes after the version that the user saw: the screen says who did what. */
export async function changesSince(db: Connection, reportId: number, version: number) {
  const rows = await db
    .select({
      event: events.event,
      version: events.version,
      at: events.at,
      actorId: events.actorId,
      actorName: accounts.name,
      details: events.details,
    })
    .from(events)
    .leftJoin(accounts, eq(accounts.id, events.actorId))
    .where(and(eq(events.reportId, reportId), isNotNull(events.version), gt(events.version, version)))
    .orderBy(asc(events.id))
    .limit(mostChanges)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
