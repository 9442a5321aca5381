import { and, asc, eq, gt, isNotNull, sql } from 'drizzle-orm'
import type { Connection, Transaction } from '#db/client.ts'
import { accounts, categories, events, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { MergeFact, Subject } from '../rules/policy.ts'
import { visibleTo } from './scope.ts'

/** The report as a command works on it: the row, what its category asks, and the facts the policy judges by. */
export type LockedReport = Awaited<ReturnType<typeof lockReport>>

/** Locks a report that the actor may see; one he may not see does not exist for him (`not_found`). */
export async function lockReport(tx: Transaction, ctx: Pick<Context, 'actor'>, reportId: number) {
  const [row] = await tx
    .select({
      report: reports,
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
    .where(and(eq(reports.id, reportId), visibleTo(ctx.actor)))
    .for('update', { of: reports })
  if (!row) throw new DomainError('not_found')
  return { ...row.report, category: row.category, facts: row.facts }
}

type Facts = {
  answer: {
    authorId: string
    status: 'submitted' | 'sent_back' | 'queued' | 'sent' | 'withdrawn'
    sendAt: string | null
  } | null
  pendingRequests: Subject['pendingRequests']
  merge: MergeFact | null
  handlers: number
}

/** What the policy must know beside the row, as one JSON value: usable in any select over `reports`. */
export const factsOf = sql<Facts>`json_build_object(
  'answer', (
    select json_build_object('authorId', a.author_id, 'status', a.status, 'sendAt', a.send_at)
    from report_answers a where a.report_id = ${reports.id} order by a.created_at desc, a.id desc limit 1),
  'pendingRequests', (
    select coalesce(json_agg(q.kind), '[]'::json) from report_requests q
    where q.report_id = ${reports.id} and q.status = 'pending'),
  'merge', case when ${reports.state} = 'merged' then (
    select json_build_object('at', e.at, 'stateBefore', e.from_state, 'innerBefore', e.details ->> 'stateBefore')
    from events e where e.report_id = ${reports.id} and e.event = 'report.merged' order by e.id desc limit 1) end,
  'handlers', (
    select count(distinct r.account_id) from account_roles r join accounts c on c.id = r.account_id and c.is_active
    where r.agency_id = ${reports.agencyId} and r.role in ('officer', 'approver'))
)`.as('facts')

/** The policy's view of a report row with its facts. */
export function subjectOf(
  report: Pick<
    typeof reports.$inferSelect,
    'state' | 'stateBefore' | 'agencyId' | 'pausedAt' | 'answeredAt' | 'closedAt'
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
    pausedAt: report.pausedAt,
    needsApproval,
    answer: answer && { ...answer, sendAt: answer.sendAt ? new Date(answer.sendAt) : null },
    soleAccount: soleAccountMayApprove && facts.handlers <= 1,
    pendingRequests: facts.pendingRequests,
    answeredAt: report.answeredAt,
    closedAt: report.closedAt,
    mergedAt: facts.merge ? new Date(facts.merge.at) : null,
  }
}

/** What colleagues changed after the version a person saw: the screen says who did what. */
export async function changesSince(db: Connection, reportId: number, version: number) {
  const rows = await db
    .select({ event: events.event, at: events.at, actorName: accounts.name, details: events.details })
    .from(events)
    .leftJoin(accounts, eq(accounts.id, events.actorId))
    .where(and(eq(events.reportId, reportId), isNotNull(events.version), gt(events.version, version)))
    .orderBy(asc(events.id))
    .limit(20)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
