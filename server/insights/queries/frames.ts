import { and, type SQL, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { type FilterSql, filterConditions } from '#server/platform/filter-sql.ts'
import { hoursAheadOfUtc } from '#server/platform/rules/local-day.ts'
import { textArray, visibleTo } from '#server/reports/queries/scope.ts'
import { scopeOf } from '#server/reports/rules/scope.ts'
import { lastCounted, lastOpen } from '../rules/counted-state.ts'
import { type BoardFilters, boardFilters } from '../rules/filters.ts'
import type { Frame } from '../rules/measure-rules.ts'
import type { Grain, Span } from '../rules/period.ts'
import { type Retold, rowsIn } from './relations.ts'

/** What a count depends on: the filters, the time range with its moment, and the account that asks. */
export type Under = {
  filters: BoardFilters
  span: Span
  actor: Actor
  /** Reports that were not known as they are now, where figures are asked for as issued. */
  retold?: Retold | null
  /** Where the counted state of each row has been worked out already. */
  countedState?: SQL
  /** Where each row is told apart as of a moment of its own, at or before that of the figures. */
  eachAt?: SQL
}

export const moment = (at: Date): SQL => sql`${at.toISOString()}::timestamptz`

const momentOf = ({ span, eachAt }: Under): SQL => eachAt ?? moment(span.asOf)

/** The number of the counted state at the moment of the figures. */
export const countedState = (under: Under): SQL => {
  const { countedState: known } = under
  const at = momentOf(under)
  return (
    known ??
    sql`(case when f.standing_at <= ${at} then f.standing when f.turns_at is null then 0
    else f.turns_to[width_bucket(${at}, f.turns_at)] end)`
  )
}

/** The version of a row that is valid at the moment of the figures. */
export const isValid = (under: Under, row = 'f'): SQL => {
  const at = momentOf(under)
  const of = sql.raw(row)
  return sql`(${of}.valid_from <= ${at} and ${of}.valid_to > ${at})`
}

/** The states it had gone through by the moment of the figures. */
export const pathThen = ({ span }: Under): SQL => {
  const at = moment(span.asOf)
  return sql`(case when f.settled_at <= ${at} then f.path else left(f.path, width_bucket(${at}, f.path_at)) end)`
}

/** An agency that a row counts for, and from when on this is known: an index finds the column, not a case. */
export type AgencyColumn = { column: SQL; isKnown?: SQL }

export const agencyValue = ({ column, isKnown }: AgencyColumn): SQL =>
  isKnown ? sql`(case when ${isKnown} then ${column} end)` : column

/** The agency of the rows of a frame. A report is at none before it is assigned, and its intake ends with that. */
export function agencyIn(frame: Frame, under: Under): AgencyColumn {
  const column = sql`f.agency_id`
  const at = momentOf(under)
  switch (frame) {
    case 'received':
    case 'cohort':
    case 'open':
    case 'touched':
      return { column, isKnown: sql`coalesce(f.assigned_at, f.received_at) <= ${at}` }
    case 'intakes':
      return { column, isKnown: sql`(f.done_at is null or f.done_at <= ${at})` }
    default:
      return { column }
  }
}

/** The counted reports of docs/domain.md, at the moment of the figures. */
const isCounted = (under: Under): SQL =>
  sql`(${isValid(under)} and ${countedState(under)} <= ${sql.raw(String(lastCounted))})`
export const isCountedPart = (under: Under): SQL =>
  sql`(${isValid(under)} and (f.out_spells is null or not f.out_spells @> ${moment(under.span.asOf)}))`

const within = (column: SQL, { from, to, asOf }: Span): SQL =>
  sql`(${column} >= ${moment(from)} and ${column} < ${moment(to)} and ${column} <= ${moment(asOf)})`

const longDays = 60

/**
 * Rows that were not settled yet at a moment: those of the last weeks before it, and the few that took longer, by the
 * instant that puts them into a period. Each half has a separate index (`db/schema/insights.ts`).
 */
function unsettledHalves(asOf: Date, column: string): [recent: SQL, lasting: SQL] {
  const at = moment(asOf)
  const since = moment(new Date(asOf.getTime() - longDays * 86_400_000))
  const of = sql.raw(`f.${column}`)
  return [
    sql`(f.settled_at > ${at} and ${of} > ${since})`,
    sql`(f.settled_at > ${at} and f.settled_at - ${of} >= interval '${sql.raw(String(longDays))} days')`,
  ]
}

/** Half by half: as one condition the server would search for both of them by the index of one. */
const eachHalf = (table: SQL, asOf: Date, column: string): SQL[] => {
  const [recent, lasting] = unsettledHalves(asOf, column)
  return [
    sql`select f.* from ${table} where ${recent}`,
    sql`select f.* from ${table} where ${lasting} and not ${recent}`,
  ]
}
const allOf = (selects: SQL[]): SQL => sql`(${sql.join(selects, sql` union all `)}) f`

export const unsettledRows = (table: SQL, asOf: Date, column: string): SQL => allOf(eachHalf(table, asOf, column))

/** What is still open or was not settled at a moment: all that may have been open then. */
const maybeOpen = (under: Under): SQL => {
  const facts = rowsIn('facts', under)
  const isOpen = sql`(f.standing <= ${sql.raw(String(lastOpen))} and f.valid_to = 'infinity')`
  const turned = eachHalf(facts, under.span.asOf, 'received_at').map((half) => sql`${half} and not (${isOpen})`)
  return allOf([sql`select f.* from ${facts} where ${isOpen}`, ...turned])
}

/** Promises of both kinds, commitments and ages are in one table, and their indexes begin with the kind. */
export const kinds: Partial<Record<string, SQL>> = {
  due: sql`f.kind = 'resolution'`,
  firstDue: sql`f.kind = 'resolution'`,
  intakes: sql`f.kind = 'intake'`,
  commitments: sql`f.kind = 'commitment'`,
  answerAges: sql`f.kind = 'answer_age'`,
  closeAges: sql`f.kind = 'close_age'`,
}

/**
 * Which rows are read at all, before any measure narrows them. Each keeps to one index. In every statement the table
 * that is counted is called `f`.
 */
export const frames = {
  /** Received in the period, what has left the figures included. */
  received: {
    table: (under: Under) => rowsIn('facts', under),
    where: (under: Under) => and(within(sql`f.received_at`, under.span), isValid(under)) as SQL,
  },
  /** The cohort of most figures. */
  cohort: {
    table: (under: Under) => rowsIn('facts', under),
    where: (under: Under) => and(within(sql`f.received_at`, under.span), isCounted(under)) as SQL,
  },
  /** Open at the moment of the figures, whenever received. */
  open: {
    table: maybeOpen,
    where: (under: Under) => {
      const at = moment(under.span.asOf)
      // The moment of a period that is over is the first of the next: what comes in at that instant belongs to the next
      // one.
      return and(
        sql`f.received_at <= ${at} and f.received_at < ${moment(under.span.to)}`,
        isValid(under),
        sql`${countedState(under)} <= ${sql.raw(String(lastOpen))}`,
      ) as SQL
    },
  },
  /**
   * Whatever may have changed its counted state within the period, or where it counts: every version that was received
   * before its end, began before it, and was still changing after its beginning.
   */
  touched: {
    table: (under: Under) =>
      unsettledRows(rowsIn('facts', under), new Date(under.span.from.getTime() - 1), 'received_at'),
    where: (under: Under) =>
      and(
        sql`f.received_at < ${moment(under.span.to)} and f.settled_at >= ${moment(under.span.from)}`,
        sql`f.valid_from < ${moment(under.span.to)} and f.valid_from <= ${moment(under.span.asOf)}`,
      ) as SQL,
  },
  closes: {
    table: (under: Under) => rowsIn('closes', under),
    where: (under: Under) => and(within(sql`f.at`, under.span), isCountedPart(under)) as SQL,
  },
  reopenings: {
    table: (under: Under) => rowsIn('closes', under),
    where: (under: Under) => and(within(sql`f.reopened_at`, under.span), isCountedPart(under)) as SQL,
  },
  due: {
    table: (under: Under) => rowsIn('promises', under),
    where: (under: Under) => and(kinds.due, within(sql`f.due_at`, under.span), isCountedPart(under)) as SQL,
  },
  firstDue: {
    table: (under: Under) => rowsIn('promises', under),
    where: (under: Under) => and(kinds.firstDue, within(sql`f.first_due_at`, under.span), isCountedPart(under)) as SQL,
  },
  intakes: {
    table: (under: Under) => rowsIn('promises', under),
    where: (under: Under) => and(kinds.intakes, within(sql`f.due_at`, under.span), isCountedPart(under)) as SQL,
  },
  commitments: {
    table: (under: Under) => rowsIn('promises', under),
    where: (under: Under) => and(kinds.commitments, within(sql`f.due_at`, under.span), isCountedPart(under)) as SQL,
  },
  answerAges: {
    table: (under: Under) => rowsIn('promises', under),
    where: (under: Under) => and(kinds.answerAges, within(sql`f.due_at`, under.span), isCountedPart(under)) as SQL,
  },
  closeAges: {
    table: (under: Under) => rowsIn('promises', under),
    where: (under: Under) => and(kinds.closeAges, within(sql`f.due_at`, under.span), isCountedPart(under)) as SQL,
  },
  stays: {
    table: (under: Under) => rowsIn('stays', under),
    where: (under: Under) => and(within(sql`f.to_at`, under.span), isCountedPart(under)) as SQL,
  },
} as const satisfies Record<Frame, { table: (under: Under) => SQL; where: (under: Under) => SQL }>

/** The rows of a frame: its period, the filters of the board, and the scope of the account. */
export function rowsOf(
  frame: Frame,
  under: Under,
  agency: AgencyColumn = agencyIn(frame, under),
): { from: SQL; where: SQL } {
  const { table, where } = frames[frame]
  const isKnown = under.filters.agency === null ? undefined : agency.isKnown
  return {
    from: table(under),
    where: and(where(under), filtered(under.filters, agency.column), isKnown, seen(under)) as SQL,
  }
}

/** The condition of each filter on a row; `column` names the agency that a frame counts it for. */
const boardFilterSql = {
  agency: (agency, column) => sql`${column} = any(array(${agenciesBelow(agency)}))`,
  area: (area) => sql`f.area_id = ${area}::int`,
  category: (category) => inCategory(category),
  channel: (channel) => sql`f.channel = ${channel}::text`,
  severity: (severity) => sql`f.severity = ${severity}::text`,
  incident: (incident) => sql`f.incident_id = ${incident}::uuid`,
} satisfies FilterSql<typeof boardFilters, SQL>

export const filtered = (filters: BoardFilters, agency: SQL): SQL | undefined =>
  and(...filterConditions(boardFilters, boardFilterSql, filters, agency))

export const agenciesBelow = (id: string): SQL => sql`with recursive below as (
    select id from agencies where id = ${id}::text
    union select agencies.id from agencies join below on agencies.parent_id = below.id)
  select id from below`

export const categoriesBelow = (code: string): SQL =>
  sql`select code from categories where code = ${code}::text or parent_code = ${code}::text`

export const inCategory = (code: string): SQL => sql`f.category_code = any(array(${categoriesBelow(code)}))`

/**
 * The same rule as the queue, without reports that first came to the agencies of the account after the moment of the
 * figures. Accounts that see the whole city need no condition.
 */
export function seen(under: Under): SQL | undefined {
  const { actor, span } = under
  const scope = scopeOf(actor)
  if (scope.all) return undefined
  const isVisible = sql`f.report_id in (select ${reports.id} from ${reports} where ${visibleTo(actor)})`
  const first = seenFrom(under)
  if (!first) return isVisible
  // As issued, a report that came to them later has no such period yet; others have none at all.
  const unknown = under.retold ? sql`not exists (select ${ownStays(under, {})})` : sql`true`
  return sql`(${isVisible} and coalesce(${first} <= ${moment(span.asOf)}, ${unknown}))`
}

/** When a report first came to the agencies of the account; nothing for accounts that see it from its receipt on. */
export function seenFrom(under: Under): SQL | undefined {
  const scope = scopeOf(under.actor)
  if (scope.all || scope.reportId !== undefined) return undefined
  return sql`(select min(own.from_at) ${ownStays(under, under)})`
}

function ownStays({ actor }: Under, known: Pick<Under, 'retold'>): SQL {
  const scope = scopeOf(actor)
  return sql`from ${rowsIn('stays', known, 'own')} where own.report_id = f.report_id
    and own.valid_to = 'infinity' and own.agency_id = any(${textArray(scope.all ? [] : scope.agencyIds)})`
}

/** The step of a chart that contains an hour of Hanoi's clocks: the same number as `stepOf`. */
export function stepOfHour(hour: SQL, grain: Grain): SQL {
  if (grain === 'day') return sql`(${hour} / 24)`
  if (grain === 'week') return sql`((${hour} / 24 + 3) / 7)`
  const day = sql`(date '1970-01-01' + ${hour} / 24)`
  return sql`(date_part('year', ${day})::int * 12 + date_part('month', ${day})::int - 1)`
}

/** Whole hours since 1970 on Hanoi's clocks, of an instant that has no separate column for them. */
export const hourOf = (at: SQL): SQL =>
  sql`(floor(date_part('epoch', ${at}) / 3600)::int + ${sql.raw(String(hoursAheadOfUtc))})`
