import { and, type SQL, sql } from 'drizzle-orm'
import { dayAfter, startOfDay } from '#server/platform/rules/local-day.ts'
import type { AgeingBounds } from '../rules/ageing.ts'
import { type CountedState, countedStateNumber } from '../rules/counted-state.ts'
import type { BoundDataPoint, DataPointCell, DeadlineBucket, Measure } from '../rules/data-point.ts'
import { laterOf, reopenedBy, resolvePeriod } from '../rules/period.ts'
import { cellCondition, spanWithin, timesMoved } from './cells.ts'
import { type AgencyColumn, agencyIn, countedState, type Frame, isValid, moment, rowsOf, type Under } from './frames.ts'
import { rowsIn } from './relations.ts'

type Rule = {
  frame: Frame
  /** In addition to the frame. */
  where?: (under: Under) => SQL
  /** The agency column, where it is not the agency of the row. */
  agency?: SQL
  /** Several rows may belong to one report that counts once. */
  distinct?: true
}

const stands = (...wanted: CountedState[]) => {
  const numbers = sql.raw(wanted.map(countedStateNumber).join(', '))
  return (under: Under): SQL => sql`${countedState(under)} in (${numbers})`
}
const known =
  (column: SQL) =>
  (under: Under): SQL =>
    sql`${column} <= ${moment(under.span.asOf)}`
const given = known(sql`f.assigned_at`)
const withAll =
  (...parts: ((under: Under) => SQL)[]) =>
  (under: Under): SQL =>
    and(...parts.map((part) => part(under))) as SQL
const plain = (condition: SQL) => (): SQL => condition

const firstAgency = sql`f.first_agency_id`
const isKept = plain(sql`f.done_at <= f.due_at`)
const isMissed = plain(sql`(f.done_at is null or f.done_at > f.due_at)`)
/** Only an extension moves one and not the other: a pause moves both. */
const isExtended = plain(sql`f.due_at > f.first_due_at`)
const isFirstKept = plain(sql`f.done_at <= f.first_due_at`)

/**
 * Reopenings are counted for thirty days after the close, also once the period is over: until then the figure is
 * provisional.
 */
const isReopened = withAll(plain(sql`f.reopened_at <= f.at + interval '30 days'`), ({ span }) => {
  const until = reopenedBy(span)
  return until ? sql`f.reopened_at <= ${moment(until)}` : sql`true`
})
/** Of several ratings within the period the latest of a report counts. */
const isRated = withAll(
  plain(sql`f.answered and f.rating is not null`),
  known(sql`f.rated_at`),
  (under) => sql`(f.reopened_at is null or not exists (select from ${rowsIn('closes', under, 'later')}
    where later.report_id = f.report_id and later.number > f.number and later.rating is not null
      and later.at < ${moment(under.span.to)} and later.rated_at <= ${moment(under.span.asOf)}))`,
)

/** What each measure counts: the one place from which a figure, its drill-down and its export take it. */
export const rules: Record<Measure, Rule> = {
  received: { frame: 'cohort' },
  handled: { frame: 'cohort', where: stands('handled_in_time', 'handled_late') },
  handled_in_time: { frame: 'cohort', where: stands('handled_in_time') },
  handled_late: { frame: 'cohort', where: stands('handled_late') },
  refused: { frame: 'cohort', where: stands('refused') },
  open_in_time: { frame: 'cohort', where: stands('open_in_time', 'paused') },
  open_overdue: { frame: 'cohort', where: stands('open_overdue') },
  still_open: { frame: 'cohort', where: stands('open_in_time', 'open_overdue', 'paused') },
  ended: { frame: 'cohort', where: stands('handled_in_time', 'handled_late', 'refused') },
  first_answered: { frame: 'cohort', where: known(sql`f.first_answer_at`) },
  taken_in: { frame: 'cohort', where: given },
  assigned: { frame: 'cohort', where: given },
  first_given: { frame: 'cohort', where: given, agency: firstAgency },
  forwarded: { frame: 'cohort', where: withAll(given, plain(sql`f.forwarded`)), agency: firstAgency },
  changed_twice: { frame: 'cohort', where: withAll(given, plain(sql`f.agency_changes >= 2`)) },
  ping_pong: { frame: 'cohort', where: withAll(given, plain(sql`f.ping_pong`)) },
  moved: { frame: 'cohort' },
  spam_or_test: { frame: 'received', where: stands('spam_or_test') },
  merged: { frame: 'received', where: stands('merged') },
  closes: { frame: 'closes' },
  closed_reports: { frame: 'closes', distinct: true },
  reopened: { frame: 'closes', where: isReopened, distinct: true },
  reopened_by_citizen: {
    frame: 'closes',
    where: withAll(isReopened, plain(sql`f.reopened_by_citizen`)),
    distinct: true,
  },
  reopened_by_staff: {
    frame: 'closes',
    where: withAll(isReopened, plain(sql`not f.reopened_by_citizen`)),
    distinct: true,
  },
  answered_reports: { frame: 'closes', where: plain(sql`f.answered`), distinct: true },
  rated: { frame: 'closes', where: isRated },
  rated_content: { frame: 'closes', where: withAll(isRated, plain(sql`f.rating in ('satisfied', 'acceptable')`)) },
  reopenings: { frame: 'reopenings' },
  promises_due: { frame: 'due' },
  promises_kept: { frame: 'due', where: isKept },
  promises_missed: { frame: 'due', where: isMissed },
  promises_extended: { frame: 'due', where: isExtended },
  first_promises_due: { frame: 'firstDue' },
  first_promises_kept: { frame: 'firstDue', where: isFirstKept },
  closed_promises: { frame: 'due', where: known(sql`f.done_at`) },
  closed_promises_kept: { frame: 'due', where: isKept },
  intakes_due: { frame: 'intakes' },
  intakes_kept: { frame: 'intakes', where: isKept },
  intakes_missed: { frame: 'intakes', where: isMissed },
  backlog: { frame: 'open' },
  coming_due: { frame: 'open' },
  oldest: { frame: 'open', where: stands('open_in_time', 'open_overdue') },
  stays: { frame: 'stays' },
}

/** A number to select: how many of the rows of its frame a measure counts. */
export function countOf(measure: Measure, under: Under): SQL {
  const { where, distinct } = rules[measure]
  const counted = distinct ? sql`count(distinct f.report_id)` : sql`count(*)`
  return sql`${counted}${where ? sql` filter (where ${where(under)})` : sql``}::int`
}

export function agencyOf(measure: Measure, under: Under): AgencyColumn {
  const { frame, agency } = rules[measure]
  return agency ? { column: agency } : agencyIn(frame, under)
}

/** The rows a data point counts. `from` names one of the tables of figures as `f`. */
export function rowsOfDataPoint(
  { dataPoint, filters, asOf }: BoundDataPoint,
  actor: Under['actor'],
  bounds: AgeingBounds,
  retold: Under['retold'] = null,
) {
  const rule = rules[dataPoint.measure]
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
      rule.where?.(under),
      cellCondition(cell, agency, under),
      age && ofAge(age, bounds),
      bucket && standsAgainstPromise(bucket, under, bounds),
      ended && endedWithin(ended, under),
      isComing && days ? comesDue(days, under) : undefined,
    ) as SQL,
  }
}

/** The number that the board says of the rows. */
function numberOf({ distinct }: Rule, move: DataPointCell['move'], under: Under): SQL {
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
  where p.report_id = f.report_id and p.began_at <= ${moment(under.span.asOf)} and ${isValid(under, 'p')} order by p.kind desc, p.number desc limit 1)`

/** Each open report is in exactly one of the buckets. */
export function standsAgainstPromise(
  bucket: DeadlineBucket,
  under: Under,
  bounds: AgeingBounds,
  due = dueThen(under),
): SQL {
  const now = moment(under.span.asOf)
  const paused = sql`${countedState(under)} = ${sql.raw(String(countedStateNumber('paused')))}`
  const running = (condition: SQL) => sql`(not ${paused} and ${condition})`
  switch (bucket) {
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
