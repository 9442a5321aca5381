import { type Clock, type ClockKind, dueOf, firstDueOf, pausedAtOf } from '#server/calendars/rules/deadlines.ts'
import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import type { PromiseClock } from './promises.ts'
import type { LoggedEvent } from './replay.ts'

type TimeOf = (calendarId: string) => WorkingTime

/** A clock as it is stored, with the due instants it was stored with. */
export type StoredClock = {
  round: number
  calendarId: string
  clock: Clock
  dueAt: Date | null
  firstDueAt: Date | null
}

/**
 * A clock as the figures use it: a paused one has no known due instant, unless its time was up before it was paused.
 */
export function promiseClock({ calendarId, clock, dueAt, firstDueAt }: StoredClock, timeOf: TimeOf): PromiseClock {
  const { kind, startedAt, stoppedAt, pauses } = clock
  const promise = { kind, calendarId, startedAt, stoppedAt, firstDueAt, dueAt, pauses }
  const pausedAt = pausedAtOf(clock)
  if (!pausedAt) return promise
  const upToPause = { ...clock, stoppedAt: pausedAt }
  const known = (due: Date | null) => (due && due <= pausedAt ? due : null)
  const time = timeOf(calendarId)
  return { ...promise, dueAt: known(dueOf(upToPause, time)), firstDueAt: known(firstDueOf(upToPause, time)) }
}

/** The clocks as they were at a moment, by what is stored with them and by the events after it. */
export function clocksAt(
  stored: readonly StoredClock[],
  events: readonly LoggedEvent[],
  moment: Date,
  timeOf: TimeOf,
): PromiseClock[] {
  return stored
    .filter(({ clock }) => clock.startedAt <= moment)
    .map((one) => {
      const clock = clockAt(one, events, moment)
      const runsAsStored = termsOf(clock) === termsOf(one.clock)
      const time = timeOf(one.calendarId)
      const due = runsAsStored ? {} : { dueAt: dueOf(clock, time), firstDueAt: firstDueOf(clock, time) }
      return promiseClock({ ...one, clock, ...due }, timeOf)
    })
}

/** All that its due instants follow from. */
const termsOf = ({ targetMinutes, extendedMinutes, time, spells, pauses }: Clock): string =>
  JSON.stringify([targetMinutes, extendedMinutes, time, spells, pauses])

function clockAt({ round, clock }: StoredClock, events: readonly LoggedEvent[], moment: Date): Clock {
  const later = events.filter(({ at }) => at > moment)
  const isOfIt = ({ at }: LoggedEvent) => at >= clock.startedAt && (clock.stoppedAt === null || at <= clock.stoppedAt)
  const extendedLater = later.filter(isOfIt).reduce((sum, { extended }) => sum + (extended ?? 0), 0)
  const extendedMinutes =
    clock.kind === 'resolution' ? Math.max(0, clock.extendedMinutes - extendedLater) : clock.extendedMinutes
  const target = targetBefore(later, clock.kind, round) ?? clock.targetMinutes - clock.extendedMinutes
  const spells = clock.spells.filter(({ until }) => until <= moment)
  return {
    ...clock,
    targetMinutes: target + extendedMinutes,
    extendedMinutes,
    pauses: clock.pauses
      .filter(({ from }) => from <= moment)
      .map((pause) => ({ ...pause, to: pause.to && pause.to <= moment ? pause.to : null })),
    stoppedAt: clock.stoppedAt && clock.stoppedAt <= moment ? clock.stoppedAt : null,
    spells,
    time: clock.spells[spells.length]?.time ?? clock.time,
  }
}

/** The target, without extensions, that the first of these events replaced. */
function targetBefore(events: readonly LoggedEvent[], kind: ClockKind, round: number): number | null {
  const targets = events.flatMap((event) => event.targets ?? [])
  return targets.find((target) => target.kind === kind && target.round === round)?.minutes ?? null
}
