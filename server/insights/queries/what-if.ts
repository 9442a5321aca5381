import { eq, type SQL, sql } from 'drizzle-orm'
import { agencies } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { holds } from '#server/accounts/rules/actor.ts'
import { workingCalendars } from '#server/calendars/queries.ts'
import { DomainError } from '#server/platform/errors.ts'
import { dayAfter, type LocalDay, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { noBoardFilters } from '../rules/filters.ts'
import { ownAgency } from '../rules/own-agency.ts'
import type { LoggedReport } from '../rules/what-if/model.ts'
import { type AgencyLog, mostDays, mostLogged, type WhatIf, whatIfOf } from '../rules/what-if/what-if.ts'
import { agenciesBelow, isCountedPart, kinds, moment, seen, type Under } from './frames.ts'
import { makeFresh } from './freshness.ts'
import { rowsIn } from './relations.ts'
import { run } from './run.ts'

const mayAsk = ({ actor }: Context, agencyId: string): boolean =>
  holds(actor, 'approver', agencyId) || holds(actor, 'manager', agencyId)

/** What an agency and those below it did up to the beginning of today, fitted and held against its last quarter. */
export async function readWhatIf(ctx: Context, asked: string | null): Promise<WhatIf> {
  const id = asked ?? ownAgency(ctx.actor)
  if (id === null) return { state: 'choose' }
  if (!mayAsk(ctx, id)) throw new DomainError('not_found', { subject: 'agency' })
  const { db } = ctx
  await makeFresh(db)
  const until = startOfDay(localDayOf(ctx.now()))
  const [[agency], calendars, { log, isCut }] = await Promise.all([
    db
      .select({ id: agencies.id, name: agencies.name, calendarId: agencies.calendarId })
      .from(agencies)
      .where(eq(agencies.id, id)),
    workingCalendars(db),
    readAgencyLog(ctx, id, until),
  ])
  const calendar = calendars.find((each) => each.id === agency?.calendarId)
  if (!agency || !calendar) throw new DomainError('not_found', { subject: 'agency' })
  return { agency: { id: agency.id, name: agency.name }, ...whatIfOf({ log, calendar, until, isCut }) }
}

type Read = Pick<Context, 'db' | 'actor'>

/** The log of an agency and those below it up to an instant, and whether there was more than is read. */
export async function readAgencyLog(ctx: Read, id: string, until: Date): Promise<{ log: AgencyLog; isCut: boolean }> {
  const reports = await reportsOf(ctx, id, until)
  const isCut = reports.length > mostLogged
  // Of the day of which not all may have been read, nothing is taken.
  const since = isCut ? startOfDay(dayAfter(localDayOf(reports[0]?.beganAt ?? until))) : null
  const logged = reports.filter(({ beganAt }) => since === null || beganAt >= since)
  const log: AgencyLog = {
    reports: logged.map(
      ({ beganAt, dueAt, doneAt }): LoggedReport => ({
        beganAt: beganAt.getTime(),
        dueAt: dueAt.getTime(),
        doneAt: doneAt?.getTime() ?? null,
      }),
    ),
    ...(await workOf(ctx, id, logged, until)),
  }
  return { log, isCut }
}

type Row = { reportId: number; beganAt: Date; dueAt: Date; doneAt: Date | null }

/** The deadlines for which the agency was responsible, by their beginning: the latest, and one more than are read. */
async function reportsOf({ db, actor }: Read, id: string, until: Date): Promise<Row[]> {
  const from = startOfDay(dayAfter(localDayOf(until), -mostDays))
  const span = { from, to: until, asOf: until, isPartial: true }
  const under: Under = { filters: noBoardFilters, span, actor }
  const rows = await run<Row>(
    db,
    sql`select f.report_id as "reportId", f.began_at as "beganAt", f.due_at as "dueAt", f.done_at as "doneAt"
      from ${rowsIn('promises', under)}
      where ${kinds.due} and f.agency_id = any(array(${agenciesBelow(id)}))
        -- Due after its beginning: the index has the due instants.
        and f.due_at >= ${moment(from)} and f.began_at >= ${moment(from)} and f.began_at < ${moment(until)}
        and ${isCountedPart(under)} ${andSeen(under)}
      order by f.began_at desc limit ${mostLogged + 1}`,
  )
  return rows.reverse()
}

function andSeen(under: Under): SQL {
  const condition = seen(under)
  return condition ? sql`and ${condition}` : sql``
}

/** Acts that handle a report. Reading, approving and forwarding are left out. */
const handlingEvents = ['report.accepted', 'report.answer_submitted', 'report.answered', 'report.note_added']
const endingEvents = ['report.answer_submitted', 'report.answered']
const steps = 20
const fewestTimes = 40

type Day = { day: LocalDay; people: number; minutes: number[] }

/** People and times of work, from the acts of staff on these reports while the agency had them. */
async function workOf(
  { db }: Read,
  id: string,
  reports: readonly Row[],
  until: Date,
): Promise<Pick<AgencyLog, 'workBefore'>> {
  const ids = `{${[...new Set(reports.map(({ reportId }) => reportId))].join(',')}}`
  const list = (events: readonly string[]) => sql`${`{${events.join(',')}}`}::text[]`
  const days = await run<Day>(
    db,
    sql`with acts as (
        select e.actor_id, e.event, e.at, e.at at time zone 'Asia/Ho_Chi_Minh' as shown
        from events e
        where e.report_id = any(${ids}::bigint[]) and e.at < ${moment(until)} and e.actor_kind = 'staff'
          -- Answers to many at once leave seconds apart, however long they took.
          and not e.details ? 'batchId'
          and e.agency_id = any(array(${agenciesBelow(id)})) and e.event = any(${list(handlingEvents)})),
      timed as (
        select shown::date::text as day, actor_id, event, extract(epoch from at - lag(at) over (
          partition by actor_id, shown::date, extract(hour from shown) < 12 order by at)) / 60 as minutes
        from acts)
      select day, count(distinct actor_id)::int as people,
        coalesce(json_agg(round(minutes, 1)) filter (where minutes >= 0.1 and event = any(${list(endingEvents)})), '[]') as minutes
      from timed group by day order by day`,
  )
  return {
    workBefore(end) {
      const known = days.filter(({ day }) => startOfDay(day).getTime() < end)
      const people = known.map((each) => each.people).sort((a, b) => a - b)
      const minutes = known.flatMap((each) => each.minutes.map(Number)).sort((a, b) => a - b)
      return {
        people: people[Math.floor(people.length / 2)] ?? 1,
        minutes:
          minutes.length < fewestTimes
            ? null
            : Array.from(
                { length: steps },
                (_, step) => minutes[Math.floor(((step + 0.5) / steps) * minutes.length)] ?? 0,
              ),
      }
    },
  }
}
