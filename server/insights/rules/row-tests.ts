import { ratings } from '#server/reports/rules/lifecycle.ts'
import { countedStates } from './counted-state.ts'
import type { Condition, Flag, Instant } from './measure-rules.ts'
import { reopenedBy, type Span } from './period.ts'

/**
 * Rows of figures, column by column; of a table that has no such column nothing is asked for it. No comparison holds
 * for what there is not, as for null in the database.
 */
export type RowColumns = {
  /** In milliseconds; 0 is none. */
  instant: (name: Instant) => readonly number[]
  /** 1 is yes, 2 is no, 0 is unknown. */
  flag: (name: Flag) => readonly number[]
  /** The number of the counted state. */
  state: () => readonly number[]
  agencyChanges: () => readonly number[]
  /** Its rank among the ratings, from 1 on; 0 is none. */
  rating: readonly number[]
  /** The next close of the report by the same agency that was rated: when, and when rated. */
  laterAt: readonly number[]
  laterRated: readonly number[]
}

type Test = (row: number) => boolean
type Moment = Pick<Span, 'to' | 'asOf' | 'isPartial' | 'issuedAt'>

const dayLength = 86_400_000

/** Whether a condition holds for a row: what its SQL in `queries/row-conditions.ts` says. */
export function testOf(condition: Condition, columns: RowColumns, moment: Moment): Test {
  const each = (conditions: readonly Condition[]) => conditions.map((one) => testOf(one, columns, moment))
  switch (condition.is) {
    case 'all':
      return each(condition.of).reduce((one, other) => (row) => one(row) && other(row))
    case 'any':
      return each(condition.of).reduce((one, other) => (row) => one(row) || other(row))
    case 'in_state': {
      const isIn = countedStates.map((state) => condition.states.includes(state))
      const states = columns.state()
      return (row) => isIn[states[row] as number] === true
    }
    case 'known':
      return isBy(columns.instant(condition.at), moment.asOf)
    case 'coming': {
      const [at, asOf] = [columns.instant(condition.at), moment.asOf.getTime()]
      return (row) => (at[row] as number) > asOf
    }
    case 'never': {
      const at = columns.instant(condition.at)
      return (row) => at[row] === 0
    }
    case 'by': {
      const [at, limit] = [columns.instant(condition.at), columns.instant(condition.limit)]
      const more = (condition.days ?? 0) * dayLength
      return (row) => at[row] !== 0 && limit[row] !== 0 && (at[row] as number) <= (limit[row] as number) + more
    }
    case 'after': {
      const [at, limit] = [columns.instant(condition.at), columns.instant(condition.limit)]
      return (row) => at[row] !== 0 && limit[row] !== 0 && (at[row] as number) > (limit[row] as number)
    }
    case 'so':
    case 'not_so': {
      const [flag, wanted] = [columns.flag(condition.flag), condition.is === 'so' ? 1 : 2]
      return (row) => flag[row] === wanted
    }
    case 'agency_changed': {
      const changes = columns.agencyChanges()
      return (row) => (changes[row] as number) >= condition.times
    }
    case 'rated_as': {
      const { rating } = columns
      const isIn = [false, ...ratings.map((one) => condition.ratings?.includes(one) ?? true)]
      return (row) => isIn[rating[row] as number] === true
    }
    case 'reopening_known': {
      const until = reopenedBy(moment)
      return until ? isBy(columns.instant('reopened_at'), until) : () => true
    }
    case 'last_rating': {
      const { laterAt, laterRated } = columns
      const [to, asOf] = [moment.to.getTime(), moment.asOf.getTime()]
      return (row) => laterAt[row] === 0 || (laterAt[row] as number) >= to || (laterRated[row] as number) > asOf
    }
  }
}

function isBy(at: readonly number[], limit: Date): Test {
  const until = limit.getTime()
  return (row) => at[row] !== 0 && (at[row] as number) <= until
}
