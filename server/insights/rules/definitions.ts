import type { Outcome } from '#server/reports/rules/outcome.ts'
import type { Measure } from './data-point.ts'

/**
 * Every figure of the board. The texts of each (name, formula, what is left out) are in the messages under
 * `insights.kpis.<id>`; the ⓘ of a card and docs/numbers.md are both printed from here and there.
 */
export const kpiIds = [
  'received',
  'handled',
  'clearance',
  'on_time',
  'on_time_first',
  'extensions',
  'on_time_closed',
  'intake_on_time',
  'commitments_kept',
  'answered_in_3_days',
  'closed_in_5_days',
  'first_answer_median',
  'first_answer_p90',
  'close_median',
  'close_p90',
  'close_calendar_median',
  'close_calendar_p90',
  'intake_median',
  'intake_p90',
  'backlog',
  'oldest_open',
  'reopened',
  'reopened_by_citizen',
  'reopened_by_staff',
  'satisfaction',
  'rating_response',
  'agency_changes_median',
  'changed_twice',
  'forwarded',
  'ping_pong',
] as const
export type KpiId = (typeof kpiIds)[number]

/** The eight figures of which a change is explained: five at the top of the board, three below. */
export const headlineKpis = [
  'received',
  'handled',
  'on_time',
  'first_answer_median',
  'close_median',
  'backlog',
  'reopened',
  'satisfaction',
] as const satisfies readonly KpiId[]
export type HeadlineKpi = (typeof headlineKpis)[number]

/** `working_minutes` are shown in working days of `minutesPerDay`; `calendar_minutes` in days of 24 hours. */
export type KpiUnit = 'count' | 'share' | 'working_minutes' | 'calendar_minutes'

/** Which direction is good; `none` is neither: more reports are no failure and no success. */
export type GoodDirection = 'up' | 'down' | 'none'

/** How two periods are compared (`chance.ts`); null: by no test, so that a change is never called better or worse. */
export type KpiTest = 'shares' | 'medians' | 'counts' | null

export type KpiDefinition = {
  unit: KpiUnit
  good: GoodDirection
  /** A share: the measures of numerator and denominator. A count or a duration: what it counts, and of what. */
  numerator: Measure
  denominator: Measure | null
  /** Of a duration: the part of the cohort that has reached it. */
  quantile?: 0.5 | 0.9
  test: KpiTest
  /** Default until a target is set: share, minutes or count. */
  target: number | null
  /** Below this number of reports the value is not shown at all. */
  leastN: number
}

const share = (
  numerator: Measure,
  denominator: Measure,
  good: GoodDirection,
  more: Partial<KpiDefinition> = {},
): KpiDefinition => ({ unit: 'share', good, numerator, denominator, test: 'shares', target: null, leastN: 1, ...more })

const duration = (
  numerator: Measure,
  quantile: 0.5 | 0.9,
  unit: KpiUnit = 'working_minutes',
  more: Partial<KpiDefinition> = {},
): KpiDefinition => ({
  unit,
  good: 'down',
  numerator,
  denominator: 'received',
  quantile,
  test: quantile === 0.5 ? 'medians' : null,
  target: null,
  leastN: 1,
  ...more,
})

const count = (numerator: Measure, good: GoodDirection, test: KpiTest = null): KpiDefinition => ({
  unit: 'count',
  good,
  numerator,
  denominator: null,
  test,
  target: null,
  leastN: 0,
})

export const definitions: Record<KpiId, KpiDefinition> = {
  received: count('received', 'none', 'counts'),
  handled: share('handled', 'received', 'up', { target: 0.8 }),
  // Not a part of a whole.
  clearance: share('closes', 'received', 'up', { target: 1, test: null }),
  on_time: share('promises_kept', 'promises_due', 'up', { target: 0.9 }),
  on_time_first: share('first_promises_kept', 'first_promises_due', 'up'),
  extensions: count('promises_extended', 'none'),
  on_time_closed: share('closed_promises_kept', 'closed_promises', 'up'),
  intake_on_time: share('intakes_kept', 'intakes_due', 'up', { target: 0.95 }),
  commitments_kept: share('commitments_kept', 'commitments_due', 'up'),
  answered_in_3_days: share('answered_by_age', 'reached_answer_age', 'up'),
  closed_in_5_days: share('closed_by_age', 'reached_close_age', 'up'),
  first_answer_median: duration('first_answered', 0.5),
  first_answer_p90: duration('first_answered', 0.9),
  close_median: duration('ended', 0.5),
  close_p90: duration('ended', 0.9),
  close_calendar_median: duration('ended', 0.5, 'calendar_minutes'),
  close_calendar_p90: duration('ended', 0.9, 'calendar_minutes'),
  intake_median: duration('taken_in', 0.5),
  intake_p90: duration('taken_in', 0.9),
  backlog: count('backlog', 'down', 'counts'),
  oldest_open: { ...count('backlog', 'down'), unit: 'working_minutes' },
  reopened: share('reopened', 'closed_reports', 'down'),
  reopened_by_citizen: share('reopened_by_citizen', 'closed_reports', 'down'),
  reopened_by_staff: share('reopened_by_staff', 'closed_reports', 'down'),
  satisfaction: share('rated_content', 'rated', 'up', { target: 0.7, leastN: 5 }),
  rating_response: share('rated', 'answered_reports', 'up'),
  agency_changes_median: { ...duration('assigned', 0.5, 'count'), denominator: 'assigned', test: null },
  changed_twice: share('changed_twice', 'assigned', 'down'),
  forwarded: share('forwarded', 'first_given', 'down'),
  ping_pong: share('ping_pong', 'assigned', 'down'),
}

/** What those still wait for of which a duration is not reached. */
export function awaitedOf(id: KpiId): 'answer' | 'intake' | 'close' {
  const { numerator } = definitions[id]
  return numerator === 'first_answered' ? 'answer' : numerator === 'taken_in' ? 'intake' : 'close'
}

/** The five parts of "percentage handled": they sum to the reports received. */
export const handledParts = [
  'handled_in_time',
  'handled_late',
  'refused',
  'open_in_time',
  'open_overdue',
] as const satisfies readonly Measure[]
export type HandledPart = (typeof handledParts)[number]

/** "Handled" by what the latest answer says: these six sum to it. */
export const outcomeMeasures = {
  fixed: 'handled_fixed',
  temporary: 'handled_temporary',
  planned: 'handled_planned',
  nothing_found: 'handled_nothing_found',
  not_ours: 'handled_not_ours',
  not_stated: 'handled_not_stated',
} as const satisfies Record<Outcome, Measure>

/** What became of a commitment whose day has passed. */
export const commitmentFates = ['kept', 'moved', 'broken'] as const
export type CommitmentFate = (typeof commitmentFates)[number]

/** Below this number the fraction is shown beside or in place of the percentage. */
export const fractionBelow = 20
/** From this number on percentages have one decimal. */
export const decimalFrom = 1000
