import { type Outcome, outcomes, type StatedOutcome, statedOutcomes } from '#server/reports/rules/outcome.ts'

type Handled<Way extends string> = Way | `${Way}_${StatedOutcome}`
type HandledWay = 'handled_in_time' | 'handled_late'

/** What is handled, in time or late, by what its latest answer says; as such where that states no outcome. */
export const handledAs = (way: HandledWay, outcome: Outcome): Handled<HandledWay> =>
  outcome === 'not_stated' ? way : `${way}_${outcome}`

export const handledStatesOf = (way: HandledWay): Handled<HandledWay>[] =>
  outcomes.map((outcome) => handledAs(way, outcome))

/**
 * The state of a report in the figures, at any moment exactly one of these. The first three are open, the last two have
 * left the figures, those between ended. Stored as numbers, in this order.
 */
export const countedStates = [
  'open_in_time',
  'open_overdue',
  'paused',
  'handled_in_time',
  'handled_late',
  ...statedOutcomes.flatMap((outcome) => [`handled_in_time_${outcome}`, `handled_late_${outcome}`] as const),
  'refused',
  'spam_or_test',
  'merged',
] as const
export type CountedState = (typeof countedStates)[number]

export const countedStateNumber = (countedState: CountedState): number => countedStates.indexOf(countedState)

/** Open are the states up to the first of these, counted those up to the second: the others have left the figures. */
export const lastOpen = countedStateNumber('paused')
export const lastCounted = countedStateNumber('refused')

/** From one moment on. */
export type Turn = { at: Date; to: CountedState }

/** Its counted state at a moment: the last change that was not after it; null before the first, its receipt. */
export function countedStateAt(turns: readonly Turn[], moment: Date): CountedState | null {
  return turns.findLast(({ at }) => at <= moment)?.to ?? null
}

export const isOut = (countedState: CountedState): boolean => countedStateNumber(countedState) > lastCounted

/** The states without their outcomes, which only the figure of those handled tells apart: sums of charts stay short. */
const plainStates = [
  'open_in_time',
  'open_overdue',
  'paused',
  'handled_in_time',
  'handled_late',
  'refused',
  'spam_or_test',
  'merged',
] as const satisfies readonly CountedState[]

/** By the number of a counted state, that of its plain state. */
export const plainNumbers: readonly number[] = countedStates.map((state) =>
  plainStates.findIndex((plain) => state === plain || state.startsWith(`${plain}_`)),
)
export const ofPlainNumber = (plain: number): number => countedStateNumber(plainStates[plain] as CountedState)
