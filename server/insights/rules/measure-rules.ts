import type { Rating } from '#server/reports/rules/lifecycle.ts'
import type { Outcome } from '#server/reports/rules/outcome.ts'
import { type CountedState, handledAs, handledStatesOf } from './counted-state.ts'
import type { Measure } from './data-point.ts'

/** Which rows are read at all, before a measure narrows them: the frames of `queries/frames.ts`. */
export type Frame =
  | 'received'
  | 'cohort'
  | 'open'
  | 'touched'
  | 'closes'
  | 'reopenings'
  | 'due'
  | 'firstDue'
  | 'intakes'
  | 'commitments'
  | 'answerAges'
  | 'closeAges'
  | 'stays'

/** The columns of the rows of figures that conditions compare. */
export type Instant =
  | 'first_answer_at'
  | 'assigned_at'
  | 'matures_at'
  | 'at'
  | 'reopened_at'
  | 'rated_at'
  | 'done_at'
  | 'moved_at'
  | 'due_at'
  | 'first_due_at'
export type Flag = 'forwarded' | 'ping_pong' | 'answered' | 'reopened_by_citizen'

/**
 * A condition on a row of figures. Each has its SQL in `queries/row-conditions.ts` and its evaluation in
 * `row-tests.ts`; what is compared with nothing does not hold in either.
 */
export type Condition =
  | { is: 'all' | 'any'; of: readonly Condition[] }
  | { is: 'in_state'; states: readonly CountedState[] }
  /** It had happened by the moment of the figures. */
  | { is: 'known'; at: Instant }
  /** It comes after the moment of the figures. */
  | { is: 'coming'; at: Instant }
  | { is: 'never'; at: Instant }
  | { is: 'by'; at: Instant; limit: Instant; days?: number }
  | { is: 'after'; at: Instant; limit: Instant }
  | { is: 'so' | 'not_so'; flag: Flag }
  | { is: 'agency_changed'; times: number }
  /** Null: whichever rating. */
  | { is: 'rated_as'; ratings: readonly Rating[] | null }
  /** Reopened by the moment up to which reopenings are known (`reopenedBy`). */
  | { is: 'reopening_known' }
  /** No later close of the report by the same agency within the period was rated by the moment of the figures. */
  | { is: 'last_rating' }

export type MeasureRule = {
  frame: Frame
  /** In addition to the frame. */
  where?: Condition
  /** Counted at the agency that had the report first, not at that of the row. */
  atFirstAgency?: true
  /** Several rows may belong to one report that counts once. */
  distinct?: true
}

/** How long after a close a reopening counts. */
export const reopenedWithinDays = 30
const contentRatings = ['satisfied', 'acceptable'] as const satisfies readonly Rating[]
/** Handled: in time or late, whatever the outcome. */
export const handledStates: readonly CountedState[] = [
  ...handledStatesOf('handled_in_time'),
  ...handledStatesOf('handled_late'),
]
const handledWith = (outcome: Outcome): MeasureRule => ({
  frame: 'cohort',
  where: inState(handledAs('handled_in_time', outcome), handledAs('handled_late', outcome)),
})

function inState(...states: CountedState[]): Condition {
  return { is: 'in_state', states }
}
const all = (...of: Condition[]): Condition => ({ is: 'all', of })

const isMatured: Condition = { is: 'known', at: 'matures_at' }
const isGiven: Condition = { is: 'known', at: 'assigned_at' }
const isKept: Condition = { is: 'by', at: 'done_at', limit: 'due_at' }
const isMissed: Condition = {
  is: 'any',
  of: [
    { is: 'never', at: 'done_at' },
    { is: 'after', at: 'done_at', limit: 'due_at' },
  ],
}
const isMovedInTime: Condition = { is: 'by', at: 'moved_at', limit: 'due_at' }
const isNotMovedInTime: Condition = {
  is: 'any',
  of: [
    { is: 'never', at: 'moved_at' },
    { is: 'after', at: 'moved_at', limit: 'due_at' },
  ],
}
/** Only an extension moves one and not the other: a pause moves both. */
const isExtended: Condition = { is: 'after', at: 'due_at', limit: 'first_due_at' }
const isFirstKept: Condition = { is: 'by', at: 'done_at', limit: 'first_due_at' }

/** Reopenings count for some days, also once the period is over: until then the figure is provisional. */
const isReopened = all(
  { is: 'by', at: 'reopened_at', limit: 'at', days: reopenedWithinDays },
  { is: 'reopening_known' },
)
/** Of several ratings within the period the latest of a report counts for each agency whose answers were rated. */
const isRated = all(
  { is: 'so', flag: 'answered' },
  { is: 'rated_as', ratings: null },
  { is: 'known', at: 'rated_at' },
  { is: 'last_rating' },
)

/** What each measure counts: the one place from which a figure, its drill-down and its export take it. */
export const measureRules: Record<Measure, MeasureRule> = {
  received: { frame: 'cohort' },
  handled: { frame: 'cohort', where: inState(...handledStates) },
  matured: { frame: 'cohort', where: isMatured },
  matured_handled: { frame: 'cohort', where: all(isMatured, inState(...handledStates)) },
  unmatured: { frame: 'cohort', where: { is: 'coming', at: 'matures_at' } },
  handled_in_time: { frame: 'cohort', where: inState(...handledStatesOf('handled_in_time')) },
  handled_late: { frame: 'cohort', where: inState(...handledStatesOf('handled_late')) },
  handled_fixed: handledWith('fixed'),
  handled_temporary: handledWith('temporary'),
  handled_planned: handledWith('planned'),
  handled_nothing_found: handledWith('nothing_found'),
  handled_not_ours: handledWith('not_ours'),
  handled_not_stated: handledWith('not_stated'),
  refused: { frame: 'cohort', where: inState('refused') },
  open_in_time: { frame: 'cohort', where: inState('open_in_time', 'paused') },
  open_overdue: { frame: 'cohort', where: inState('open_overdue') },
  still_open: { frame: 'cohort', where: inState('open_in_time', 'open_overdue', 'paused') },
  ended: { frame: 'cohort', where: inState(...handledStates, 'refused') },
  first_answered: { frame: 'cohort', where: { is: 'known', at: 'first_answer_at' } },
  taken_in: { frame: 'cohort', where: isGiven },
  assigned: { frame: 'cohort', where: isGiven },
  first_given: { frame: 'cohort', where: isGiven, atFirstAgency: true },
  forwarded: { frame: 'cohort', where: all(isGiven, { is: 'so', flag: 'forwarded' }), atFirstAgency: true },
  changed_twice: { frame: 'cohort', where: all(isGiven, { is: 'agency_changed', times: 2 }) },
  ping_pong: { frame: 'cohort', where: all(isGiven, { is: 'so', flag: 'ping_pong' }) },
  moved: { frame: 'cohort' },
  spam_or_test: { frame: 'received', where: inState('spam_or_test') },
  merged: { frame: 'received', where: inState('merged') },
  closes: { frame: 'closes' },
  closed_reports: { frame: 'closes', distinct: true },
  reopened: { frame: 'closes', where: isReopened, distinct: true },
  reopened_by_citizen: {
    frame: 'closes',
    where: all(isReopened, { is: 'so', flag: 'reopened_by_citizen' }),
    distinct: true,
  },
  reopened_by_staff: {
    frame: 'closes',
    where: all(isReopened, { is: 'not_so', flag: 'reopened_by_citizen' }),
    distinct: true,
  },
  answered_reports: { frame: 'closes', where: { is: 'so', flag: 'answered' }, distinct: true },
  rated: { frame: 'closes', where: isRated },
  rated_content: { frame: 'closes', where: all(isRated, { is: 'rated_as', ratings: contentRatings }) },
  reopenings: { frame: 'reopenings' },
  promises_due: { frame: 'due' },
  promises_kept: { frame: 'due', where: isKept },
  promises_missed: { frame: 'due', where: isMissed },
  promises_extended: { frame: 'due', where: isExtended },
  first_promises_due: { frame: 'firstDue' },
  first_promises_kept: { frame: 'firstDue', where: isFirstKept },
  closed_promises: { frame: 'due', where: { is: 'known', at: 'done_at' } },
  closed_promises_kept: { frame: 'due', where: isKept },
  intakes_due: { frame: 'intakes' },
  intakes_kept: { frame: 'intakes', where: isKept },
  intakes_missed: { frame: 'intakes', where: isMissed },
  commitments_due: { frame: 'commitments' },
  commitments_kept: { frame: 'commitments', where: isKept },
  commitments_moved: { frame: 'commitments', where: all(isMissed, isMovedInTime) },
  commitments_broken: { frame: 'commitments', where: all(isMissed, isNotMovedInTime) },
  reached_answer_age: { frame: 'answerAges' },
  answered_by_age: { frame: 'answerAges', where: isKept },
  reached_close_age: { frame: 'closeAges' },
  closed_by_age: { frame: 'closeAges', where: isKept },
  backlog: { frame: 'open' },
  overdue: { frame: 'open', where: inState('open_overdue') },
  coming_due: { frame: 'open' },
  oldest: { frame: 'open', where: inState('open_in_time', 'open_overdue') },
  stays: { frame: 'stays' },
}
