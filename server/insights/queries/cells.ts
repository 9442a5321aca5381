import { and, type SQL, sql } from 'drizzle-orm'
import { dayAfter, startOfDay } from '#server/platform/rules/local-day.ts'
import type { DataPointCell } from '../rules/data-point.ts'
import { earlierOf, laterOf, type Span } from '../rules/period.ts'
import { letterOf } from '../rules/replay.ts'
import { type AgencyColumn, agencyValue, inCategory, pathThen, type Under } from './frames.ts'

/** A bar or cell of a figure narrows its rows further; days narrow the span and are not among these. */
export function cellCondition(
  cell: Omit<DataPointCell, 'days' | 'age' | 'standing' | 'ended'>,
  agency: AgencyColumn,
  under: Under,
): SQL | undefined {
  const { area, category, channel, severity, hour, happened, came, rating, level, move } = cell
  return and(
    cell.agency === undefined
      ? undefined
      : cell.agency === 'none'
        ? sql`${agencyValue(agency)} is null`
        : and(sql`${agency.column} = ${cell.agency}::text`, agency.isKnown),
    area === undefined ? undefined : area === 'none' ? sql`f.area_id is null` : sql`f.area_id = ${area}::int`,
    category === undefined ? undefined : inCategory(category),
    channel === undefined ? undefined : sql`f.channel = ${channel}::text`,
    severity && ofSeverity(severity),
    hour === undefined ? undefined : sql`${hourOfWeek} = ${hour}::int`,
    happened && happenedWithin(happened),
    came && sql`(f.received_at >= ${came.from}::timestamptz and f.received_at < ${came.to}::timestamptz)`,
    rating === undefined ? undefined : sql`f.rating = ${rating}::text`,
    level === undefined ? undefined : sql`f.level = ${level}::int`,
    move === undefined ? undefined : moved(move, under),
  )
}

const ofSeverity = (severity: NonNullable<DataPointCell['severity']>): SQL =>
  severity === 'not_urgent' ? sql`f.severity <> 'urgent'` : sql`f.severity = ${severity}::text`

const happenedWithin = ({ from, to }: NonNullable<DataPointCell['happened']>): SQL =>
  sql`exists (select from reports r where r.id = f.report_id
    and coalesce(r.occurred_at, r.received_at) >= ${from}::timestamptz
    and coalesce(r.occurred_at, r.received_at) < ${to}::timestamptz)`

/** 1970 began on a Thursday. */
export const hourOfWeek: SQL = sql.raw('((f.received_hour + 72) % 168)')

type Move = NonNullable<DataPointCell['move']>

const lettersOf = ({ from, to }: Move): SQL => sql`${letterOf(from) + letterOf(to)}::text`
const moved = (move: Move, under: Under): SQL => sql`strpos(${pathThen(under)}, ${lettersOf(move)}) > 0`

/** How often a report went from one state to another: no two of these overlap in its path. */
export const timesMoved = (move: Move, under: Under): SQL =>
  sql`(length(${pathThen(under)}) - length(replace(${pathThen(under)}, ${lettersOf(move)}, ''))) / 2`

/** The span of a cell that covers some days of the period. */
export function spanWithin(span: Span, days: DataPointCell['days']): Span {
  if (!days) return span
  const [from, to] = [startOfDay(days.from), startOfDay(dayAfter(days.to))]
  return { ...span, from: laterOf(from, span.from), to: earlierOf(to, span.to) }
}
