import type { LocalDay } from '#server/platform/rules/local-day.ts'
import type { Channel, Rating, ReportState } from '#server/reports/rules/lifecycle.ts'
import type { Outcome } from '#server/reports/rules/outcome.ts'
import type { UsageOfSource } from '#server/usage/rules/usage.ts'
import type { Coordinated } from './coordinated.ts'
import type { AgeBucket, DeadlineBucket, Measure } from './data-point.ts'
import type { CommitmentFate, GoodDirection, HandledPart, HeadlineKpi, KpiId, KpiUnit } from './definitions.ts'
import type { BoardFilters, Comparison } from './filters.ts'
import type { Bucket, Grain } from './period.ts'
import type { Usual, UsualTotal } from './usual.ts'

/** A figure as of one moment. Shares are 0…1, durations minutes. */
export type Figure = {
  /** Null: there is no value (nothing to divide by, too few, or not reached yet). */
  value: number | null
  /** Numerator and denominator; of a duration, those that have it and the whole cohort. */
  numerator: number
  denominator: number | null
  n: number
}

/**
 * On a change that was tested: beyond chance for the better or the worse, or, where neither direction is good, just
 * beyond chance; or what chance may explain.
 */
export type Verdict = 'better' | 'worse' | 'differs' | 'unclear'

/** How a value stands to its target; near: short of it, but within the band. */
export type Standing = 'reached' | 'near' | 'missed'

/**
 * A target with the one value that is held against it. Value, denominator, distance and standing belong together: what
 * shows one of them takes it from here, so that no target stands beside another value than its own.
 */
export type Judged = {
  target: number
  /** Within this distance from the target a value still counts as near. */
  band: number | null
  /** Of what matures: the share of the matured alone. Null: there is no value, or of too few. */
  compared: (Figure & { value: number; distance: number; standing: Standing }) | null
}

/**
 * Of the reports of a cohort, those that can be judged: the limits of intake and resolution have passed that they had
 * at receipt. A target is compared with these alone.
 */
export type Matured = {
  handled: number
  of: number
  /** Those that cannot be judged yet. */
  notYet: number
}

export type KpiFigure = Figure & {
  id: KpiId
  unit: KpiUnit
  good: GoodDirection
  previous: Figure | null
  /** value − previous value: in points of share, minutes or count. */
  change: number | null
  /** Null: the change is not judged, as where too few were compared. */
  verdict: Verdict | null
  /** Of a share: the range of its change, 95 %, after Newcombe. */
  changeRange: { low: number; high: number } | null
  /** Null: there is no target. */
  judged: Judged | null
  /** Null: all of the figure can be judged at once. */
  matured: Matured | null
  /** The same figure step by step over the period; future steps are left out. */
  spark: (Bucket & { value: number | null })[]
  /** A percentile that is not reached: this many of the cohort are still open. */
  notReached: { open: number; of: number } | null
  /** Too few to be shown at all. */
  isHidden: boolean
  /** Still able to change although the period is over: reopenings are counted for 30 days after the close. */
  provisionalUntil: LocalDay | null
  /** 95 %, after Wilson. */
  interval: { low: number; high: number } | null
  /** The data points that the figure opens: pass them to `drillDownAddress` with the board's filters and moment. */
  marks: { numerator: Measure; denominator: Measure | null }
}

export type BoardHeader = {
  filters: BoardFilters
  /** The figures are those of this moment. */
  asOf: Date
  fromDay: LocalDay
  toDay: LocalDay
  /** The period is not over. */
  isPartial: boolean
  grain: Grain
  compared: {
    kind: Exclude<Comparison, 'none'>
    from: Date
    to: Date
    agency: NamedAgency | null
    /** Of the agency compared with, the account sees only a part. */
    isPart: boolean
  } | null
  /**
   * Whose figures they are: the whole city, or what these agencies hold, held or coordinate. `isPart`: the filters
   * cover more than that.
   */
  scope: { all: true } | { all: false; agencies: NamedAgency[]; isPart: boolean }
  /** Reports of the period within the filters: those of them that the account may open. */
  counted: number
  /**
   * Whether the account may see any report received since the launch: an empty board over a full city has another
   * sentence.
   */
  isAnyKnown: boolean
  /** Left the figures: spam and tests, and duplicates of another report. */
  spamOrTest: number
  merged: number
  /** Length of an ordinary working day, for durations in words. */
  minutesPerDay: number
  /** The names of what is filtered by. */
  names: {
    agency: string | null
    comparedAgency: string | null
    area: string | null
    category: LocalName | null
    incident: LocalName | null
  }
  /** Recent changes that the figures do not hold yet: 0 unless catching up had to be cut short. */
  behind: number
  /** The last check of the figures against a recount; a `failed` above 0 is shown on the board as a warning. */
  check: { at: Date; failed: number } | null
}

export type NamedAgency = { id: string; name: string; shortName: string }
export type LocalName = { name: string; nameEn: string }

/** Commitments whose day has passed: each is exactly one of these. */
export type Commitments = Record<CommitmentFate, number>

export type HandledParts = Record<HandledPart, number>

/** A row of the tables by agency, category, area and channel: the same counts over a part of the reports. */
export type Share = {
  received: number
  parts: HandledParts
  /** Promises that fell due, and those kept of them; by agency: of the one responsible when due. */
  due: number
  kept: number
  /** Open at the moment of the board, and how many of those are past their promise. */
  open: number
  overdue: number
}

export type AgencyRow = Share & {
  /** Null: not assigned to any agency yet. */
  id: string | null
  name: string
  shortName: string
  /** Working minutes from receipt to close, of what this agency closed; null: not reached. */
  closeMedian: number | null
  /** Reports this agency was the first to get, and how many of them it passed on. */
  first: number
  forwarded: number
}

export type CategoryRow = Share & LocalName & { code: string }
export type AreaRow = Share & { id: number | null; code: string; name: string }
export type ChannelRow = Share & { channel: Channel }

/** The step at the same place of the period compared with. */
export type PreviousPoint = Bucket & { received: number; closed: number; matured: Matured }
export type FlowPoint = Bucket & {
  received: number
  closed: number
  reopened: number
  backlog: number
  /** How many usually come in on such a day; null: too few such days before, or no whole day. */
  usual: Usual | null
  previous: PreviousPoint | null
}
/** With the target on its last day. */
export type HandledPoint = Bucket & {
  received: number
  parts: HandledParts
  matured: Matured
  target: number | null
  band: number | null
  previous: PreviousPoint | null
}

export type Charts = {
  /** Received, closed and reopened per step, and the backlog at its end. */
  flow: FlowPoint[]
  /** What usually comes in on its whole days together; null: not known of any. */
  usual: UsualTotal | null
  /** Of what was received in each step, the five parts at the moment of the board. */
  handled: HandledPoint[]
  agencies: AgencyRow[]
  /** Groups of categories; the categories of a group where the board is narrowed to one. */
  categories: CategoryRow[]
  areas: AreaRow[]
  channels: ChannelRow[]
  ageing: { byAge: { bucket: AgeBucket; count: number }[]; byDeadline: { bucket: DeadlineBucket; count: number }[] }
  /**
   * The next five working days, the rest of today included; what falls due on days off (`from` on) is counted on the
   * working day after.
   */
  coming: { from: LocalDay; day: LocalDay; count: number; urgent: number }[]
  /** Reports received per hour of the week, 168 of them from Monday 00:00. */
  hours: number[]
  /** How often reports of the period went from one state to another. */
  moves: { from: ReportState; to: ReportState; count: number; reports: number }[]
  /** Working time for which agencies held reports, of the holding periods that ended in the period. */
  holdingPeriods: { agency: NamedAgency; holdingPeriods: number; minutes: number; median: number }[]
  /** Missed promises by escalation level. */
  missed: { level: number; count: number }[]
  ratings: { rating: Rating; count: number }[]
  /** What happened meanwhile: time ranges and moments to be drawn on every time chart. */
  annotations: BoardAnnotation[]
}

export type BoardAnnotation = {
  kind: 'incident' | 'bulletin' | 'note'
  id: string
  label: string
  /** Of an incident that has an English name. */
  labelEn?: string
  from: Date
  /** Null: still in progress. The same as `from`: a moment. */
  to: Date | null
}

export type Board = {
  header: BoardHeader
  /** What the agency of the filters only coordinates: in none of the figures. Null of a moment that has passed. */
  coordinated: Coordinated | null
  kpis: Record<KpiId, KpiFigure>
  /** Of "percentage handled": they sum to the reports received. */
  parts: { now: HandledParts; previous: HandledParts | null }
  commitments: { now: Commitments; previous: Commitments | null }
  /** What became of those handled, by the latest answer that was known. */
  outcomes: { now: Record<Outcome, number>; previous: Record<Outcome, number> | null }
  /** The oldest open report that is not paused. */
  oldest: { code: string; receivedAt: Date; minutes: number } | null
  charts: Charts
  /** Always of the whole city; the filters do not apply. */
  usage: UsageOfSource[]
}

/** What moved a headline figure between the two periods, by one dimension. */
export const explainDimensions = ['agency', 'category', 'area', 'outcome'] as const
export type ExplainDimension = (typeof explainDimensions)[number]
/** What every report is of, handled or not. */
export type GroupDimension = Exclude<ExplainDimension, 'outcome'>

export type Contribution = {
  /** Null: has none. */
  key: string | null
  /** Empty for an outcome, which is named by the messages. */
  name: string
  nameEn: string
  /** rate + mix; all contributions sum to the change of the figure. */
  total: number
  /**
   * Of a share: the effect of the part's own rate, and that of its weight among the whole. Of a count all is `rate`.
   */
  rate: number
  mix: number
  now: Figure
  previous: Figure
  /** On the part by itself: whether its own figure differs beyond chance. Null: it is not judged. */
  verdict: Verdict | null
}

export type Explanation = {
  kpi: HeadlineKpi
  dimension: ExplainDimension
  /** Null where one of the periods has nothing to divide by. */
  change: number | null
  /** Largest first, whichever its sign. */
  contributions: Contribution[]
}

/** The page of an incident, and the wall screen. */
export type Storm = {
  incident: {
    id: string
    name: string
    nameEn: string
    kind: string
    startsAt: Date
    endsAt: Date | null
    stormMode: boolean
  }
  asOf: Date
  /** Counted over the whole city, not only over what the account may see. */
  isWholeCity: boolean
  /** Reports whose last changes the figures do not hold yet: 0 unless catching up had to be cut short. */
  behind: number
  /** When the first of its reports came in, merged ones included; null: none yet. */
  firstReceivedAt: Date | null
  total: number
  /** Reports merged into others: their senders are affected too. */
  citizens: number
  handled: number
  refused: number
  /** Of "percentage handled": they sum to the total. */
  parts: HandledParts
  open: number
  overdue: number
  urgentOpen: number
  /** The highest number open at once, and since when. */
  peak: { count: number; at: Date } | null
  /** Minutes of the clock from receipt to close: how long danger lasted; null: not reached. */
  safeMedian: number | null
  safeNotReached: { open: number; of: number } | null
  lastHour: number
  hourBefore: number
  /** First publications tied to the incident, corrections left out. */
  bulletins: number
  /** Reports by the hour in which it happened (or was received); hours without any are left out. */
  hours: { at: Date; count: number; closed: number; open: number }[]
  days: { day: LocalDay; count: number; closed: number }[]
  kinds: (LocalName & { code: string; total: number; open: number; handled: number })[]
  areas: { id: number | null; code: string; name: string; total: number; open: number; handled: number }[]
  /**
   * What happened and what was closed in an hour, by kind and commune: the parts that hours, days and the playable map
   * are made of. Cells without either are left out.
   */
  cells: { at: Date; category: string; area: number | null; count: number; closed: number }[]
  oldest: { code: string; title: string; receivedAt: Date; areaName: string | null; agencyName: string | null }[]
  /** Reports that were entered later than they happened, and the median delay in minutes. */
  lateEntered: { count: number; medianLag: number } | null
}

/** What the queue shows above the rows that a data point opened. */
export type DataPointCount = {
  /** The number on the board: reports, or promises, closes and holding periods of reports. */
  count: number
  /** The rows of the queue. */
  reports: number
  /** The data point covers more than the account may see: the agencies whose part this is. */
  part: NamedAgency[] | null
}
