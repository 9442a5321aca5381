import { sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'
import { incidentById } from '#server/incidents/queries.ts'
import { dayAfter, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { scopeOf } from '#server/reports/rules/scope.ts'
import type { Storm } from '../rules/board.ts'
import { lastOpen } from '../rules/counted-state.ts'
import { noBoardFilters } from '../rules/filters.ts'
import { type StormReport, stormFigures } from '../rules/storm.ts'
import { agencyIn, agencyValue, countedState, isValid, moment, rowsOf, type Under } from './frames.ts'
import { makeFresh } from './freshness.ts'
import { run } from './run.ts'

const mostOldest = 5

/** The page of an incident as of one moment: all its reports in one statement, counted in memory. */
export async function readStorm(ctx: Context, incidentId: string, asOf: Date = ctx.now()): Promise<Storm> {
  const { db, actor } = ctx
  const behind = await makeFresh(db)
  // Every report of the incident, whenever it came in.
  const span = { from: new Date(0), to: startOfDay(dayAfter(localDayOf(asOf), 2)), asOf, isPartial: true }
  const under: Under = { filters: { ...noBoardFilters, incident: incidentId }, span, actor }
  const { from, where } = rowsOf('received', under)
  const [incident, rows, bulletins] = await Promise.all([
    incidentById(db, incidentId, asOf),
    run<StormReport>(
      db,
      sql`select r.code, r.title, f.received_at as "receivedAt", r.occurred_at as "occurredAt", f.severity,
          coalesce(shut.at, f.closed_at) as "closedAt", coalesce(shut.calendar_minutes, f.close_calendar_minutes) as "closeMinutes",
          ${countedState(under)} as "countedState",
          to_json(coalesce(f.turns_at, array[f.received_at, f.standing_at])) as "turnsAt",
          to_json(coalesce(f.turns_to, array[0::smallint, f.standing])) as "turnsTo",
          f.category_code as "categoryCode", f.area_id as "areaId", c.name, c.name_en as "nameEn",
          (select short_name from areas where areas.id = f.area_id) as "areaName",
          (select code from areas where areas.id = f.area_id) as "areaCode",
          (select short_name from agencies where agencies.id = ${agencyValue(agencyIn('received', under))}) as "agencyName"
        from ${from} join reports r on r.id = f.report_id join categories c on c.code = f.category_code
          -- A close that came after the moment of the figures is not known yet: then the last one before.
          left join lateral (select c.at, c.calendar_minutes from report_closes c
            where f.closed_at > ${moment(asOf)} and c.report_id = f.report_id and c.at <= ${moment(asOf)} and ${isValid(under, 'c')}
            order by c.number desc limit 1) shut on true
        where ${where} order by f.received_at, f.report_id`,
    ),
    countBulletins(ctx, incidentId, asOf),
  ])
  const { id, name, nameEn, kind, startsAt, endsAt, stormMode } = incident
  const figures = stormFigures(rows, asOf)
  return {
    incident: { id, name, nameEn, kind, startsAt, endsAt, stormMode },
    asOf,
    isWholeCity: scopeOf(actor).all,
    behind,
    bulletins,
    ...figures,
    oldest: rows
      .filter((row) => row.countedState <= lastOpen)
      .slice(0, mostOldest)
      .map(({ code, title, receivedAt, areaName, agencyName }) => ({ code, title, receivedAt, areaName, agencyName })),
  }
}

/** First publications tied to the incident: a correction is not a separate bulletin, an exercise is none at all. */
async function countBulletins({ db }: Context, incidentId: string, asOf: Date): Promise<number> {
  const [row] = await run<{ count: number }>(
    db,
    sql`select count(*)::int as count from bulletins
      where incident_id = ${incidentId}::uuid and first_published_at <= ${moment(asOf)} and not is_exercise`,
  )
  return row?.count ?? 0
}
