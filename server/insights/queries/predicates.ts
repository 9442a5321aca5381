import { and, type SQL, sql } from 'drizzle-orm'
import { dayAfter, startOfDay } from '#server/platform/rules/local-day.ts'
import type { AgeingBounds } from '../rules/ageing.ts'
import { countedStateNumber } from '../rules/counted-state.ts'
import type { BoundDataPoint, DataPointCell, DeadlineCell, Measure } from '../rules/data-point.ts'
import { measureRules } from '../rules/measure-rules.ts'
import { laterOf, resolvePeriod } from '../rules/period.ts'
import { cellCondition, spanWithin, timesMoved } from './cells.ts'
import { type AgencyColumn, agencyIn, countedState, isValid, moment, rowsOf, type Under } from './frames.ts'
import { rowsIn } from './relations.ts'
import { sqlOf } from './row-conditions.ts'

/** The condition of a measure on the rows of its frame, if it has one. */
export function conditionOf(measure: Measure, under: Under): SQL | undefined {
  const { where } = measureRules[measure]
  return where && sqlOf(where, under)
}

/** A number to select: how many of the rows of its frame a measure counts. */
export function countOf(measure: Measure, under: Under): SQL {
  const { distinct } = measureRules[measure]
  const where = conditionOf(measure, under)
  const counted = distinct ? sql`count(distinct f.report_id)` : sql`count(*)`
  return sql`${counted}${where ? sql` filter (where ${where})` : sql``}::int`
}

export function agencyOf(measure: Measure, under: Under): AgencyColumn {
  const { frame, atFirstAgency } = measureRules[measure]
  return atFirstAgency ? { column: sql`f.first_agency_id` } : agencyIn(frame, under)
}

/** The rows a data point counts. `from` names one of the tables of figures as `f`. */
export function rowsOfDataPoint(
  { dataPoint, filters, asOf }: BoundDataPoint,
  actor: Under['actor'],
  bounds: AgeingBounds,
  retold: Under['retold'] = null,
) {
  const rule = measureRules[dataPoint.measure]
  const { days, age, standing: bucket, ended, ...cell } = dataPoint.by ?? {}
  const whole = resolvePeriod({ ...filters, compare: 'none' }, asOf)
  const isComing = dataPoint.measure === 'coming_due'
  const under: Under = { filters, actor, retold, span: isComing ? whole : spanWithin(whole, days) }
  const agency = agencyOf(dataPoint.measure, under)
  const { from, where } = rowsOf(rule.frame, under, agency)
  return {
    from,
    count: numberOf(rule, cell.move, under),
    where: and(
      where,
      conditionOf(dataPoint.measure, under),
      cellCondition(cell, agency, under),
      age && ofAge(age, bounds),
      bucket && standsAgainstPromise(bucket, under, bounds),
      ended && endedWithin(ended, under),
      isComing && days ? comesDue(days, under) : undefined,
    ) as SQL,
  }
}

/** The number that the board says of the rows. */
function numberOf({ distinct }: (typeof measureRules)[Measure], move: DataPointCell['move'], under: Under): SQL {
  if (move) return sql`coalesce(sum(${timesMoved(move, under)}), 0)`
  return distinct ? sql`count(distinct f.report_id)` : sql`count(*)`
}

/** Closed for the last time, as far as is known at the moment of the figures. */
const endedWithin = ({ from, to }: NonNullable<DataPointCell['ended']>, under: Under): SQL =>
  sql`(select max(c.at) from ${rowsIn('closes', under, 'c')}
    where c.report_id = f.report_id and c.at <= ${moment(under.span.asOf)})
    <@ tstzrange(${from}::timestamptz, ${to}::timestamptz)`

/** Received this many working days ago. */
export function ofAge(age: NonNullable<DataPointCell['age']>, { ages }: AgeingBounds): SQL {
  const { after, upTo } = ages[age]
  return and(
    after ? sql`f.received_at > ${moment(after)}` : sql`true`,
    upTo ? sql`f.received_at <= ${moment(upTo)}` : undefined,
  ) as SQL
}

/** When the promise in force at the moment of the figures falls due. */
export const dueThen = (under: Under): SQL => sql`(select p.due_at from ${rowsIn('promises', under, 'p')}
  where p.report_id = f.report_id and p.kind in ('intake', 'resolution') and p.began_at <= ${moment(under.span.asOf)} and ${isValid(under, 'p')} order by p.kind desc, p.number desc limit 1)`

/** Each open report is in exactly one of the buckets; `overdue` is three of them together. */
export function standsAgainstPromise(
  bucket: DeadlineCell,
  under: Under,
  bounds: AgeingBounds,
  due = dueThen(under),
): SQL {
  const now = moment(under.span.asOf)
  const paused = sql`${countedState(under)} = ${sql.raw(String(countedStateNumber('paused')))}`
  const running = (condition: SQL) => sql`(not ${paused} and ${condition})`
  switch (bucket) {
    case 'overdue':
      return running(sql`${due} < ${now}`)
    case 'overdue_5d':
      return running(sql`${due} < ${moment(bounds.fiveDaysAgo)}`)
    case 'overdue_1d':
      return running(sql`${due} >= ${moment(bounds.fiveDaysAgo)} and ${due} <= ${moment(bounds.oneDayAgo)}`)
    case 'overdue_0d':
      return running(sql`${due} > ${moment(bounds.oneDayAgo)} and ${due} < ${now}`)
    case 'today':
      return running(sql`${due} >= ${now} and ${due} < ${moment(bounds.endOfToday)}`)
    case 'in_2d':
      return running(sql`${due} >= ${moment(bounds.endOfToday)} and ${due} < ${moment(bounds.endOfSecondDay)}`)
    case 'later':
      return running(sql`${due} >= ${moment(bounds.endOfSecondDay)}`)
    case 'paused':
      return paused
    case 'none':
      return running(sql`${due} is null`)
  }
}

/** Falls due on these days and has not yet. */
export function comesDue({ from, to }: NonNullable<DataPointCell['days']>, under: Under, due = dueThen(under)): SQL {
  const { asOf } = under.span
  const start = startOfDay(from)
  return sql`(${countedState(under)} <> ${sql.raw(String(countedStateNumber('paused')))}
    and ${due} >= ${moment(laterOf(start, asOf))} and ${due} < ${moment(startOfDay(dayAfter(to)))})`
}
