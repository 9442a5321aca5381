import { and, asc, gt, inArray, lte, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { reportEscalations, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import { type ClockTime, timeOf } from '#server/calendars/rules/deadlines.ts'
import { alwaysOpen, type WorkingTime } from '#server/calendars/rules/working-time.ts'
import { recordEvent } from '#server/events/commands.ts'
import { readSettings } from '#server/platform/settings.ts'
import { countsNowhere } from '#server/reports/queries/taken-back.ts'
import { handledStates, type ReportState, workedStates } from '#server/reports/rules/lifecycle.ts'
import { remindedUntil } from '#server/reports/rules/outcome.ts'
import { isOpenReport, stateIs } from '#server/reports/states.ts'
import {
  daysAfter,
  type EscalationDays,
  forgottenAt,
  isNews,
  type Reached,
  stepsReached,
  withoutWork,
} from '../rules/escalation.ts'
import type { EscalationStep } from '../rules/kinds.ts'

/** Reports processed in one transaction. */
const batch = 500

type Row = EscalationDays & {
  id: number
  state: ReportState
  agencyId: string | null
  dueAt: Date | null
  soonAt: Date | null
  pausedAt: Date | null
  /** When the citizen was asked a question that is still unanswered. */
  askedAt: Date | null
  lastWorkAt: Date
  isAssigned: boolean
  calendarId: string | null
  time: ClockTime | null
  known: string[]
}

/**
 * Escalates every report whose time is running out, that is forgotten, or whose citizen does not reply: each step once,
 * as an event of the log, which determines the recipients. Any number of processes may run it at once. Returns how many
 * steps were taken.
 */
export async function escalate(ctx: Context): Promise<number> {
  const [times, { citizenReplyDays }] = await Promise.all([compiledCalendars(ctx.db), readSettings(ctx.db)])
  const ids = await candidates(ctx)
  let taken = 0
  for (let from = 0; from < ids.length; from += batch) {
    const rows = await rowsOf(ctx, ids.slice(from, from + batch))
    taken +=
      rows.length === 0 ? 0 : await ctx.db.transaction((tx) => takeSteps(tx, ctx, rows, { times, citizenReplyDays }))
  }
  return taken + (await remindOfCommitments(ctx))
}

/** Reminds the holder of each commitment whose day comes soon, once. */
async function remindOfCommitments(ctx: Context): Promise<number> {
  const [now, step] = [ctx.now(), 'commitment_soon' as const]
  const { id, state, agencyId, commitmentDueAt: about } = reports
  return ctx.db.transaction(async (tx) => {
    const rows = await tx
      .select({ id, state, agencyId, about })
      .from(reports)
      .where(
        and(
          gt(about, now),
          lte(about, remindedUntil(now)),
          inArray(state, [...handledStates]),
          // What commits to the day can still be taken back, or has not been sent yet.
          sql`(${reports.releasedAt} is null or ${reports.releasedAt} <= ${now.toISOString()}::timestamptz)`,
          sql`not exists (select from report_answers leaving where leaving.report_id = ${id} and leaving.status = 'queued')`,
          sql`not exists (select from report_escalations known
            where known.report_id = ${id} and known.step = ${step} and known.about = ${about})`,
        ),
      )
      .orderBy(asc(id))
      .limit(batch)
    const values = rows.flatMap((row) => (row.about ? [{ reportId: row.id, step, about: row.about }] : []))
    if (values.length === 0) return 0
    const written = await tx.insert(reportEscalations).values(values).onConflictDoNothing().returning()
    const mine = new Set(written.map(({ reportId }) => reportId))
    const told = rows.filter((row) => mine.has(row.id))
    await recordEvent(
      tx,
      ctx,
      ...told.map((row) => ({
        event: 'report.escalated' as const,
        subject: { kind: 'report' as const, id: row.id },
        agencyId: row.agencyId,
        from: row.state,
        to: row.state,
        details: { step, about: row.about?.toISOString() },
      })),
    )
    return told.length
  })
}

const isAssigned = stateIs(workedStates)

const isCandidate = (now: Date): SQL => {
  const at = sql`${now.toISOString()}::timestamptz`
  // The agency does not know yet of a report whose assignment can still be taken back.
  return sql`${isOpenReport} and (reports.known_to is null or reports.released_at <= ${at})
    and (reports.state = 'awaiting_citizen' or reports.paused_at is null
      and (reports.soon_at <= ${at} or reports.due_at < ${at} or ${mayBeForgotten(now)}))`
}

/** Only for these reports the event log is searched for the last work, as only the log contains notes. */
const mayBeForgotten = (now: Date): SQL => sql`(${isAssigned}
  and (reports.last_activity_by = 'citizen' or reports.last_activity_at < ${now.toISOString()}::timestamptz - make_interval(days => categories.forgotten_after_days)))`

/** One scan of the open reports: with batches, each batch would scan all of them again. */
async function candidates({ db, now }: Context): Promise<number[]> {
  const rows = await db.execute<{ id: number }>(sql`
    select id from reports join categories on categories.code = reports.category_code where ${isCandidate(now())} order by id`)
  return rows.map(({ id }) => id)
}

async function rowsOf({ db, now }: Context, ids: readonly number[]): Promise<Row[]> {
  return [
    ...(await db.execute<Row>(sql`
      select reports.id, reports.state, reports.agency_id as "agencyId", reports.due_at as "dueAt",
        reports.soon_at as "soonAt", reports.paused_at as "pausedAt",
        case when reports.state = 'awaiting_citizen' then (select max(created_at) from report_messages
          where report_id = reports.id and kind = 'question') end as "askedAt",
        case when reports.last_activity_by = 'citizen'
          then coalesce(worked.at, reports.last_activity_at)
          else greatest(worked.at, reports.last_activity_at) end as "lastWorkAt",
        ${isAssigned} as "isAssigned",
        categories.head_after_days as "headAfterDays", categories.city_after_days as "cityAfterDays",
        categories.forgotten_after_days as "forgottenAfterDays",
        clock.calendar_id as "calendarId", clock.time,
        array(select step || ' ' || extract(epoch from about)::numeric(20, 3)
          from report_escalations where report_id = reports.id) as known
      from reports join categories on categories.code = reports.category_code
      left join lateral (
        select calendar_id, time from report_clocks
        where report_id = reports.id and stopped_at is null order by kind desc, round desc limit 1) clock on true
      left join lateral (
        select max(at) as at from events
        where report_id = reports.id and event <> all(${`{${withoutWork.join(',')}}`}::text[])
          and not (event = 'report.photo_added' and details->>'kind' = 'citizen')
          and not ${countsNowhere(sql`events`)}
          and ${mayBeForgotten(now())}) worked on true
      where reports.id = any(${`{${ids.join(',')}}`}::bigint[]) and ${isCandidate(now())}
      order by reports.id`)),
  ]
}

/** After how many working days this step is notified, if the category sets it. */
const daysOf = (step: EscalationStep, days: EscalationDays): { days?: number } => {
  if (step === 'overdue_day') return { days: days.headAfterDays }
  if (step === 'overdue_days') return { days: days.cityAfterDays }
  return step === 'forgotten' ? { days: days.forgottenAfterDays } : {}
}

async function takeSteps(
  tx: Transaction,
  ctx: Context,
  rows: readonly Row[],
  { times, citizenReplyDays }: { times: ReadonlyMap<string, WorkingTime>; citizenReplyDays: number },
): Promise<number> {
  const now = ctx.now()
  const reached = rows.flatMap((row) => {
    const hours = times.get(row.calendarId ?? '') ?? alwaysOpen
    const time = timeOf(row.time ?? 'working', hours)
    const known = new Set(row.known)
    const isNew = ({ step, about }: Reached) => !known.has(`${step} ${(about.getTime() / 1000).toFixed(3)}`)
    const reachedAt = forgottenAt(row, now, time)
    const forgotten: Reached[] = reachedAt ? [{ step: 'forgotten', about: row.lastWorkAt, at: reachedAt }] : []
    const silentAt = row.askedAt && daysAfter(row.askedAt, citizenReplyDays, hours)
    const unanswered: Reached[] =
      row.askedAt && silentAt && silentAt <= now ? [{ step: 'citizen_silent', about: row.askedAt, at: silentAt }] : []
    // Of the steps of the deadline only the highest is notified, and only if it was not reached before.
    const steps = stepsReached(row, now, time)
    return [...steps, ...forgotten, ...unanswered].filter(isNew).map((each) => ({
      row,
      ...each,
      isNotified: isNews(each.at, now) && (!steps.includes(each) || each === steps.at(-1)),
    }))
  })
  if (reached.length === 0) return 0
  const values = reached.map(({ row, step, about }) => ({ reportId: row.id, step, about }))
  // Another process may handle the same reports: the one that writes a step first sends its notifications.
  const written = await tx.insert(reportEscalations).values(values).onConflictDoNothing().returning()
  const mine = new Set(written.map(({ reportId, step }) => `${reportId} ${step}`))
  const told = reached.filter(({ row, step, isNotified }) => isNotified && mine.has(`${row.id} ${step}`))
  await recordEvent(
    tx,
    ctx,
    ...told.map(({ row, step, about }) => ({
      event: 'report.escalated' as const,
      subject: { kind: 'report' as const, id: row.id },
      agencyId: row.agencyId,
      from: row.state,
      to: row.state,
      details: { step, about: about.toISOString(), ...daysOf(step, row) },
    })),
  )
  return told.length
}
