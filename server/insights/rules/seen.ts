import { type CountedState, countedStates } from './counted-state.ts'
import type { FactRows } from './fact-rows.ts'
import type { Figures } from './replay.ts'

/** The rows of a report as they follow from what had happened by some moment. */
export type Bundle = { rows: FactRows; spells: Figures['outSpells'] }
/** From one moment on up to another, in between which nothing happened: only deadlines may pass. */
export type Stretch = { from: Date; to: Date }

type Facts = FactRows['facts']
type Promise = FactRows['promises'][number]
type Close = FactRows['closes'][number]
type HoldingPeriod = FactRows['holdingPeriods'][number]
type Subject = Pick<Facts, 'areaId' | 'categoryCode' | 'channel' | 'severity' | 'incidentId'>

const subjectOf = ({ areaId, categoryCode, channel, severity, incidentId }: Subject) => [
  areaId,
  categoryCode,
  channel,
  severity,
  incidentId,
]
const isKnown = (at: Date | null, { from }: Stretch): boolean => at !== null && at <= from
const isOut = ({ spells }: Bundle, { from: at }: Stretch): boolean =>
  spells.some(({ from, to }) => from <= at && (to === null || at < to))

/**
 * What the figures of any moment of a stretch can see of a row, as the conditions of `queries/` read it: what happened
 * later is not seen. Rows that look alike need no versions.
 */
export const seen = {
  facts(row: Facts | undefined, { rows }: Bundle, stretch: Stretch): unknown {
    if (!row) return null
    const { assignedAt, firstAgencyId, agencyChanges, forwarded, pingPong } = row
    const closed = rows.closes.findLast(({ at }) => at <= stretch.from)
    return [
      subjectOf(row),
      statesIn(row, stretch),
      pathAt(row, stretch.from),
      isKnown(assignedAt ?? row.receivedAt, stretch) ? row.agencyId : null,
      isKnown(assignedAt, stretch)
        ? [assignedAt, row.intakeMinutes, firstAgencyId, agencyChanges, forwarded, pingPong]
        : null,
      isKnown(row.firstAnswerAt, stretch) ? [row.firstAnswerAt, row.firstAnswerMinutes] : null,
      isKnown(row.closedAt, stretch)
        ? [row.closeMinutes, row.closeCalendarMinutes]
        : closed
          ? [closed.minutes, closed.calendarMinutes]
          : [null, null],
    ]
  },
  promise(row: Promise | undefined, bundle: Bundle, stretch: Stretch): unknown {
    if (!row || row.beganAt > stretch.from) return null
    const { kind, beganAt, dueAt, firstDueAt, doneAt, movedAt, level } = row
    const done = isKnown(doneAt, stretch) ? doneAt : null
    const fallsDue = [dueAt, firstDueAt].some((due) => due !== null && due < stretch.to)
    if (!fallsDue) return [kind, beganAt, dueAt, done]
    const moved = isKnown(movedAt, stretch) ? movedAt : null
    const isOfHolder = kind !== 'intake' || doneAt === null || done !== null
    const agencyId = isOfHolder ? row.agencyId : null
    return [kind, beganAt, dueAt, done, moved, firstDueAt, level, agencyId, subjectOf(row), isOut(bundle, stretch)]
  },
  close(row: Close | undefined, bundle: Bundle, stretch: Stretch): unknown {
    if (!row || row.at > stretch.from) return null
    const { at, agencyId, answered, minutes, calendarMinutes, reopenedAt, reopenedByCitizen } = row
    const rating = isKnown(row.ratedAt, stretch) ? [row.rating, row.ratedAt] : null
    const close = [at, agencyId, answered, minutes, calendarMinutes, reopenedAt, reopenedByCitizen]
    return [close, rating, subjectOf(row), isOut(bundle, stretch)]
  },
  holdingPeriod(row: HoldingPeriod | undefined, bundle: Bundle, stretch: Stretch): unknown {
    if (!row || !isKnown(row.toAt, stretch)) return null
    return [row.agencyId, row.fromAt, row.toAt, row.minutes, subjectOf(row), isOut(bundle, stretch)]
  },
}

/** As `countedState` in `queries/frames.ts` reads it. */
export function stateAt({ countedState, countedStateAt, turnsAt, turnsTo }: Facts, at: Date): CountedState {
  if (countedStateAt <= at) return countedStates[countedState] as CountedState
  if (!turnsAt || !turnsTo) return 'open_in_time'
  const turn = turnsAt.findLastIndex((turned) => new Date(turned) <= at)
  return countedStates[turnsTo[turn] ?? 0] as CountedState
}

/** As `pathThen` in `queries/frames.ts` reads it. */
export const pathAt = ({ path, pathAt: steps }: Facts, at: Date): string =>
  path.slice(0, (steps ?? []).filter((step) => new Date(step) <= at).length)

/** The state at the beginning of the stretch, and each change within it. */
function statesIn(facts: Facts, { from, to }: Stretch): unknown[] {
  const turns = [...(facts.turnsAt ?? []).map((at) => new Date(at)), facts.countedStateAt]
  const within = turns.filter((at) => at > from && at < to).sort((a, b) => a.getTime() - b.getTime())
  const states: { at: Date | null; to: CountedState }[] = [{ at: null, to: stateAt(facts, from) }]
  for (const at of within) {
    const state = stateAt(facts, at)
    if (state !== states.at(-1)?.to) states.push({ at, to: state })
  }
  return states
}
