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
  const then: Then = { later: events.filter(({ at }) => at > moment), isPast: (at) => at <= moment }
  return clocksThen(stored, then, timeOf).map((one) => promiseClock(one, timeOf))
}

/** How it was before some events: these, and whether an instant of a clock had come by then. */
export type Then = { later: readonly LoggedEvent[]; isPast: (instant: Date) => boolean }

/** The clocks as they would be stored then. */
export function clocksThen(stored: readonly StoredClock[], then: Then, timeOf: TimeOf): StoredClock[] {
  return stored
    .filter(({ clock }) => then.isPast(clock.startedAt))
    .map((one) => {
      const clock = clockThen(one, then)
      const runsAsStored = termsOf(clock) === termsOf(one.clock)
      const time = timeOf(one.calendarId)
      const due = runsAsStored ? {} : { dueAt: dueOf(clock, time), firstDueAt: firstDueOf(clock, time) }
      return { ...one, clock, ...due }
    })
}

/** All that its due instants follow from. */
const termsOf = ({ targetMinutes, extendedMinutes, time, spells, pauses }: Clock): string =>
  JSON.stringify([targetMinutes, extendedMinutes, time, spells, pauses])

function clockThen({ round, clock }: StoredClock, { later, isPast }: Then): Clock {
  const isOfIt = ({ at }: LoggedEvent) => at >= clock.startedAt && (clock.stoppedAt === null || at <= clock.stoppedAt)
  const extendedLater = later.filter(isOfIt).reduce((sum, { extended }) => sum + (extended ?? 0), 0)
  const extendedMinutes =
    clock.kind === 'resolution' ? Math.max(0, clock.extendedMinutes - extendedLater) : clock.extendedMinutes
  const target = targetBefore(later, clock.kind, round) ?? clock.targetMinutes - clock.extendedMinutes
  const spells = clock.spells.filter(({ until }) => isPast(until))
  return {
    ...clock,
    targetMinutes: target + extendedMinutes,
    extendedMinutes,
    pauses: clock.pauses
      .filter(({ from }) => isPast(from))
      .map((pause) => ({ ...pause, to: pause.to && isPast(pause.to) ? pause.to : null })),
    stoppedAt: clock.stoppedAt && isPast(clock.stoppedAt) ? clock.stoppedAt : null,
    spells,
    time: clock.spells[spells.length]?.time ?? clock.time,
  }
}

/** The target, without extensions, that the first of these events replaced. */
function targetBefore(events: readonly LoggedEvent[], kind: ClockKind, round: number): number | null {
  const targets = events.flatMap((event) => event.targets ?? [])
  return targets.find((target) => target.kind === kind && target.round === round)?.minutes ?? null
}
