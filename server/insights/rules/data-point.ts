import { code, number, slug } from '#server/platform/rules/filters/ids.ts'
import { isWrittenInstant } from '#server/platform/rules/filters/kinds.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import {
  type Channel,
  channels,
  type Rating,
  type ReportState,
  ratings,
  reportStates,
  severities,
} from '#server/reports/rules/lifecycle.ts'
import { type BoardFilters, boardParameters, momentAsked, parseBoard } from './filters.ts'
import { resolvePeriod } from './period.ts'

/** What a figure counts reports by. Each has one rule in `measure-rules.ts`. */
export const measures = [
  // Of the reports received in the period, as of its last moment:
  'received',
  'handled',
  'handled_in_time',
  'handled_late',
  'matured',
  'matured_handled',
  'unmatured',
  'handled_fixed',
  'handled_temporary',
  'handled_planned',
  'handled_nothing_found',
  'handled_not_ours',
  'handled_not_stated',
  'refused',
  'open_in_time',
  'open_overdue',
  'still_open',
  'first_answered',
  'ended',
  'taken_in',
  'assigned',
  'first_given',
  'changed_twice',
  'forwarded',
  'ping_pong',
  'moved',
  // Of those received in the period, what is outside the figures:
  'spam_or_test',
  'merged',
  // Of what was closed in the period:
  'closes',
  'closed_reports',
  'reopened',
  'reopened_by_citizen',
  'reopened_by_staff',
  'answered_reports',
  'rated',
  'rated_content',
  // Of what was reopened in the period:
  'reopenings',
  // Of the promises that fell due in the period:
  'promises_due',
  'promises_kept',
  'promises_missed',
  'promises_extended',
  'first_promises_due',
  'first_promises_kept',
  'closed_promises',
  'closed_promises_kept',
  'intakes_due',
  'intakes_kept',
  'intakes_missed',
  // Of the commitments whose day has passed in the period:
  'commitments_due',
  'commitments_kept',
  'commitments_moved',
  'commitments_broken',
  // Of those that reached an age in the period, at which all are looked at (`equal-age.ts`):
  'reached_answer_age',
  'answered_by_age',
  'reached_close_age',
  'closed_by_age',
  // Of what was open at its last moment, whenever received:
  'backlog',
  'overdue',
  'coming_due',
  'oldest',
  // Of the holding periods of agencies that ended in the period:
  'stays',
] as const
export type Measure = (typeof measures)[number]

/** Working days since a report was received. */
export const ageBuckets = ['0-1', '2-3', '4-5', '6-10', '11-20', '21-'] as const
export type AgeBucket = (typeof ageBuckets)[number]

/** The state of an open report against its promise. */
export const deadlineBuckets = [
  'overdue_5d',
  'overdue_1d',
  'overdue_0d',
  'today',
  'in_2d',
  'later',
  'paused',
  'none',
] as const
export type DeadlineBucket = (typeof deadlineBuckets)[number]
export const overdueBuckets = ['overdue_5d', 'overdue_1d', 'overdue_0d'] as const satisfies readonly DeadlineBucket[]
/** The same, and all that are overdue together. */
const deadlineCells = [...deadlineBuckets, 'overdue'] as const
export type DeadlineCell = (typeof deadlineCells)[number]

/**
 * How far a missed promise was escalated: not at all, to the agency's head, to the dispatchers of the city, to its
 * leaders.
 */
export const escalationLevels = [0, 1, 2, 3] as const

/** A severity, or all but the urgent ones together. */
const severityCells = [...severities, 'not_urgent'] as const
export type SeverityCell = (typeof severityCells)[number]

/** A bar or cell within a figure: the values that narrow it. `none` is what has no such value. */
export type DataPointCell = {
  /** Exactly this agency, without those below it. */
  agency?: string
  area?: number | 'none'
  /** With all below it. */
  category?: string
  channel?: Channel
  severity?: SeverityCell
  /** Local days, both included. */
  days?: { from: LocalDay; to: LocalDay }
  /** Hour of the week it was received: 0 is Monday 00:00, 167 Sunday 23:00. */
  hour?: number
  /** When it happened, or, where that is unknown, came in: from one instant up to another. */
  happened?: { from: string; to: string }
  /** When it came in, and when it was last closed: from one instant up to another. */
  came?: { from: string; to: string }
  ended?: { from: string; to: string }
  age?: AgeBucket
  standing?: DeadlineCell
  rating?: Rating
  level?: number
  /** Went from one state to another. */
  move?: { from: ReportState; to: ReportState }
}

/** One figure, bar or cell. */
export type DataPoint = { measure: Measure; by?: DataPointCell }

/** A data point with what it was counted under, the moment included: years later it still opens the same reports. */
export type BoundDataPoint = { dataPoint: DataPoint; filters: BoardFilters; asOf: Date }

/**
 * A data point in one parameter of the queue:
 * `handled~agency=cvcx~~period=2026-11-01..2026-11-25&…~~2026-11-25T03:40:00.000Z`. Presets are written out as days, so
 * that a stored or shared link does not move with the calendar.
 */
export function formatDrillDown({ dataPoint, filters, asOf }: BoundDataPoint): string {
  const cell = new URLSearchParams()
  for (const [name, value] of Object.entries(dataPoint.by ?? {})) {
    if (value !== undefined) cell.append(name, formatCellValue(value))
  }
  const { fromDay, toDay } = resolvePeriod({ period: filters.period, compare: 'none' }, asOf)
  const fixed = { ...filters, period: { from: fromDay, to: toDay }, compare: 'none', comparedAgency: null } as const
  const parts = [dataPoint.measure, cell.toString(), boardParameters(fixed).toString(), asOf.toISOString()]
  return parts.join('~').replaceAll('%2C', ',').replaceAll('%3A', ':')
}

type CellValue = NonNullable<DataPointCell[keyof DataPointCell]>

const formatCellValue = (value: CellValue): string =>
  typeof value === 'object' ? `${value.from}..${value.to}` : String(value)

/** The target of a data point: the queue, with exactly the reports it counts. */
export const drillDownAddress = (bound: BoundDataPoint): string =>
  `/reports?${new URLSearchParams({ view: 'all', mark: formatDrillDown(bound) })}`

/** Null where the text is no data point. */
export function parseDrillDown(text: string): BoundDataPoint | null {
  const [measure, cell = '', filters = '', moment = ''] = text.split('~')
  if (!measures.includes(measure as Measure) || !isWrittenInstant(moment)) return null
  const by = parseCell(new URLSearchParams(cell))
  const under = new URLSearchParams(filters)
  const board = parseBoard(Object.fromEntries(under))
  const asOf = new Date(moment)
  // What counts as known is a condition like those of the cell, and says nothing of the time after it.
  if (!by || (under.has('as') && !board.asked) || momentAsked(board, asOf) < asOf) return null
  return { dataPoint: { measure: measure as Measure, by }, filters: { ...board, compare: 'none' }, asOf }
}

const isOneOf = <T extends string>(values: readonly T[], value: string): value is T => values.includes(value as T)
/** The cells that reach from one instant up to another. */
export const instantCells = ['happened', 'came', 'ended'] as const
const isLocalDay = (text: string): boolean => isWrittenInstant(`${text}T00:00:00.000Z`)

/**
 * Each value must be as it was written, else there is no data point: a figure that silently lost a condition would
 * count too much.
 */
function parseCell(parameters: URLSearchParams): DataPointCell | null {
  const cell: DataPointCell = {}
  for (const [name, value] of parameters) {
    const [from = '', to = ''] = value.split('..')
    if (name === 'agency' && (value === 'none' || slug.read(value))) cell.agency = value
    else if (name === 'area' && (value === 'none' || number.read(value)))
      cell.area = value === 'none' ? value : Number(value)
    else if (name === 'category' && code.read(value)) cell.category = value
    else if (name === 'channel' && isOneOf(channels, value)) cell.channel = value
    else if (name === 'severity' && isOneOf(severityCells, value)) cell.severity = value
    else if (name === 'days' && isLocalDay(from) && isLocalDay(to)) cell.days = { from, to }
    else if (name === 'hour' && /^\d{1,3}$/.test(value) && Number(value) < 168) cell.hour = Number(value)
    else if (isOneOf(instantCells, name) && isWrittenInstant(from) && isWrittenInstant(to) && from <= to)
      cell[name] = { from, to }
    else if (name === 'age' && isOneOf(ageBuckets, value)) cell.age = value
    else if (name === 'standing' && isOneOf(deadlineCells, value)) cell.standing = value
    else if (name === 'rating' && isOneOf(ratings, value)) cell.rating = value
    else if (name === 'level' && /^[0-3]$/.test(value)) cell.level = Number(value)
    else if (name === 'move' && isOneOf(reportStates, from) && isOneOf(reportStates, to)) cell.move = { from, to }
    else return null
  }
  return cell
}
