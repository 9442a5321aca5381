import type { ClockKind } from '#server/calendars/rules/deadlines.ts'
import type { EscalationStep } from '#server/notifications/rules/kinds.ts'
import { type CountedState, handledAs, type Turn } from './counted-state.ts'
import { type Holder, holderAt } from './holders.ts'
import { type ClosedPhase, isClosed, type Phase } from './phases.ts'
import type { LoggedEvent, PromiseFact } from './replay.ts'

/** A clock as the figures use it. `dueAt`, `firstDueAt`: null while paused, unless it fell due before the pause. */
export type PromiseClock = {
  kind: ClockKind
  calendarId: string
  startedAt: Date
  stoppedAt: Date | null
  firstDueAt: Date | null
  dueAt: Date | null
  pauses: readonly { from: Date; to: Date | null }[]
}

type Ground = {
  clocks: readonly PromiseClock[]
  ends: readonly ClosedPhase[]
  holders: readonly Holder[]
  takenInAt: Date | null
  events: readonly LoggedEvent[]
}

/** Each clock is a separate promise: an early, quick close cannot hide that a later one was missed. */
export function promisesOf({ clocks, ends, holders, takenInAt, events }: Ground): PromiseFact[] {
  const lastHolder = holders.findLast(({ agencyId }) => agencyId !== null)?.agencyId ?? null
  return clocks.map(({ kind, startedAt, firstDueAt, dueAt }) => {
    const isIntake = kind === 'intake'
    const doneAt = isIntake ? takenInAt : (ends.find(({ at }) => at >= startedAt)?.at ?? null)
    return {
      kind,
      // Intake is the dispatchers' work: its figures count at the agency the report came to.
      agencyId: isIntake ? lastHolder : dueAt ? holderAt(holders, dueAt) : lastHolder,
      beganAt: startedAt,
      firstDueAt,
      dueAt,
      doneAt,
      movedAt: null,
      level: levelOf(events, startedAt, doneAt),
    }
  })
}

/**
 * The escalation level of each step: to the head of the agency, then to the dispatchers of the city. Earlier steps only
 * remind.
 */
const levels: Partial<Record<EscalationStep, number>> = { overdue_day: 1, overdue_days: 2 }

export const levelOfStep = (step: string | null): number | null => levels[step as EscalationStep] ?? null

/** The highest escalation level reached while the promise was in force. */
function levelOf(events: readonly LoggedEvent[], from: Date, to: Date | null): number {
  let level = 0
  for (const { event, at, details } of events) {
    if (event === 'report.escalated' && at >= from && (to === null || at <= to))
      level = Math.max(level, details.level ?? 0)
  }
  return level
}

/** Every change of the counted state, from receipt on; the last may be a future deadline. */
export function turnsOf(phases: readonly Phase[], clocks: readonly PromiseClock[]): Turn[] {
  const turns: Turn[] = []
  for (const at of momentsOf(phases, clocks)) {
    const to = countedStateOf(at, phases, clocks)
    if (to !== turns.at(-1)?.to) turns.push({ at: new Date(at), to })
  }
  return turns
}

/** Every moment at which it may change, in order. Exactly due is not late yet: the change comes a millisecond later. */
function momentsOf(phases: readonly Phase[], clocks: readonly PromiseClock[]): number[] {
  const received = phases[0]?.at.getTime() ?? 0
  const moments = phases.flatMap((phase) => [
    phase.at.getTime(),
    ...(isClosed(phase) ? phase.outcomes.map(({ at }) => at.getTime()) : []),
  ])
  for (const { startedAt, dueAt, pauses } of clocks) {
    moments.push(startedAt.getTime())
    if (dueAt) moments.push(dueAt.getTime() + 1)
    for (const { from, to } of pauses) {
      moments.push(from.getTime())
      if (to) moments.push(to.getTime())
    }
  }
  return moments.filter((at) => at >= received).sort((a, b) => a - b)
}

function countedStateOf(at: number, phases: readonly Phase[], clocks: readonly PromiseClock[]): CountedState {
  const phase = phases.findLast((one) => one.at.getTime() <= at) as Phase
  if (phase.phase === 'spam_or_test' || phase.phase === 'merged') return phase.phase
  if (phase.phase === 'refused') return 'refused'
  if (isClosed(phase)) {
    const way = isLate(clockAt(phase.at.getTime(), clocks), phase.at) ? 'handled_late' : 'handled_in_time'
    return handledAs(way, phase.outcomes.findLast((told) => told.at.getTime() <= at)?.outcome ?? 'not_stated')
  }
  const clock = clockAt(at, clocks)
  if (clock?.pauses.some((pause) => covers(pause, clock, at))) return 'paused'
  return isLate(clock, new Date(at)) ? 'open_overdue' : 'open_in_time'
}

const isLate = (clock: PromiseClock | undefined, at: Date): boolean => !!clock?.dueAt && at > clock.dueAt

const covers = ({ from, to }: PromiseClock['pauses'][number], { stoppedAt }: PromiseClock, at: number): boolean =>
  from.getTime() <= at && at < ((to ?? stoppedAt)?.getTime() ?? Number.POSITIVE_INFINITY)

/** The promise in force: the newest resolution clock that has begun; before there is one, the intake clock. */
function clockAt(at: number, clocks: readonly PromiseClock[]): PromiseClock | undefined {
  const begun = clocks.filter(({ startedAt }) => startedAt.getTime() <= at)
  return begun.findLast(({ kind }) => kind === 'resolution') ?? begun.at(-1)
}
