import { DomainError } from '#server/platform/errors.ts'
import { alwaysOpen, dueAt, openMinutesBetween, type WorkingTime } from './working-time.ts'
import { minuteMillis } from './zoned-days.ts'

export const clockKinds = ['intake', 'resolution'] as const
export type ClockKind = (typeof clockKinds)[number]

/** Working time of a calendar, or day and night. */
export const clockTimes = ['working', 'always'] as const
export type ClockTime = (typeof clockTimes)[number]

/** `to` null: still paused, or paused until the stop. */
type Pause = { from: Date; to: Date | null; reason: string }

/** A past stretch in which the clock ran in a different time than it does now. */
type Spell = { until: Date; time: ClockTime }

/**
 * One promise: a number of minutes from a start. It stores everything from which the due instant follows, so a changed
 * calendar or category needs only a new computation. The functions take the compiled calendar of the clock (`working`)
 * and use day-and-night time themselves where the clock runs in it.
 */
export type Clock = {
  kind: ClockKind
  startedAt: Date
  /** Granted extensions included. */
  targetMinutes: number
  /** The part of the target granted by extensions: it stays granted when the target changes. */
  extendedMinutes: number
  /** In order, without overlaps. */
  pauses: Pause[]
  stoppedAt: Date | null
  time: ClockTime
  /** In order; empty for a clock that was never switched. */
  spells: Spell[]
}

/** The columns of the report row about its running clock. */
export type Deadline = { dueAt: Date | null; soonAt: Date | null; pausedAt: Date | null }

export type DeadlineState = { kind: 'none' | 'paused' | 'in_time' | 'soon' | 'overdue'; minutes: number }

/** Urgent reports are handled within 4 working hours: the limit the city's rule book names. */
export const urgentMinutes = 240

/** From this share on a quarter or less of the target is left. */
const soonShare = 0.75

export type CategoryLimits = { normalMinutes: number; urgentMinutes: number | null; complexMinutes: number | null }

export function resolutionMinutes(limits: CategoryLimits, severity: 'urgent' | 'normal' | 'complex'): number {
  if (severity === 'urgent') return limits.urgentMinutes ?? urgentMinutes
  if (severity === 'complex') return limits.complexMinutes ?? 2 * limits.normalMinutes
  return limits.normalMinutes
}

export type FirstLimits = CategoryLimits & { intakeMinutes: number; defaultSeverity: 'urgent' | 'normal' | 'complex' }

/**
 * From when on a report can be judged by how far it has come: once the limits of intake and of resolution have passed,
 * by the category under which it was first recorded. It is fixed at receipt: nothing that happens later changes it.
 */
export const maturesAt = (receivedAt: Date, category: FirstLimits, cityTime: WorkingTime): Date =>
  dueAt(receivedAt, category.intakeMinutes + resolutionMinutes(category, category.defaultSeverity), cityTime)

export function startClock(
  kind: ClockKind,
  startedAt: Date,
  targetMinutes: number,
  time: ClockTime = 'working',
): Clock {
  return { kind, startedAt, targetMinutes, extendedMinutes: 0, pauses: [], stoppedAt: null, time, spells: [] }
}

export function timeOf(time: ClockTime, working: WorkingTime): WorkingTime {
  return time === 'always' ? alwaysOpen : working
}

/** Since when the clock is paused; null if it runs or has stopped. */
export function pausedAtOf(clock: Clock): Date | null {
  const last = clock.pauses.at(-1)
  return clock.stoppedAt === null && last?.to === null ? last.from : null
}

type Run = { from: number; to: number; time: ClockTime }

/**
 * The stretches in which the clock runs, without pauses, each in one kind of time; the last has no end unless the clock
 * is paused.
 */
function runsOf(clock: Clock): Run[] {
  const runs: Run[] = []
  const run = (from: number, to: number) => {
    let start = from
    for (const spell of clock.spells) {
      const end = Math.min(spell.until.getTime(), to)
      if (end <= start) continue
      runs.push({ from: start, to: end, time: spell.time })
      start = end
    }
    if (start < to) runs.push({ from: start, to, time: clock.time })
  }
  let from = clock.startedAt.getTime()
  for (const pause of clock.pauses) {
    run(from, pause.from.getTime())
    from = (pause.to ?? clock.stoppedAt)?.getTime() ?? Number.POSITIVE_INFINITY
  }
  run(from, Number.POSITIVE_INFINITY)
  return runs
}

/** The instant at which the clock has run for `millis` milliseconds; null if an open pause comes first. */
function instantAfter(clock: Clock, millis: number, working: WorkingTime): Date | null {
  let left = millis
  for (const { from, to, time: kind } of runsOf(clock)) {
    const time = timeOf(kind, working)
    const open = to === Number.POSITIVE_INFINITY ? to : time.openBefore(to) - time.openBefore(from)
    if (left <= open) return dueAt(new Date(from), left / minuteMillis, time)
    left -= open
  }
  return null
}

const targetInstant = (clock: Clock, working: WorkingTime) =>
  instantAfter(clock, clock.targetMinutes * minuteMillis, working)

/** When the promise falls due; null while paused. A stopped clock keeps the instant it was measured against. */
export function dueOf(clock: Clock, working: WorkingTime): Date | null {
  return pausedAtOf(clock) ? null : targetInstant(clock, working)
}

/** When it would have fallen due without extensions; null while paused. */
export function firstDueOf(clock: Clock, working: WorkingTime): Date | null {
  return dueOf({ ...clock, targetMinutes: clock.targetMinutes - clock.extendedMinutes }, working)
}

/** The instant from which a quarter or less of the target is left; null while paused and once stopped. */
export function soonAt(clock: Clock, working: WorkingTime): Date | null {
  if (clock.stoppedAt || pausedAtOf(clock)) return null
  return instantAfter(clock, clock.targetMinutes * minuteMillis * soonShare, working)
}

/** For the row of the report: nothing is due once the clock has stopped. */
export function deadlineOf(clock: Clock, working: WorkingTime): Deadline {
  if (clock.stoppedAt) return { dueAt: null, soonAt: null, pausedAt: null }
  return { dueAt: dueOf(clock, working), soonAt: soonAt(clock, working), pausedAt: pausedAtOf(clock) }
}

/** Minutes the clock has run by `at`, pauses left out; a stopped clock keeps what it had at the stop. */
export function elapsedMinutes(clock: Clock, at: Date, working: WorkingTime): number {
  const until = Math.min(at.getTime(), clock.stoppedAt?.getTime() ?? Number.POSITIVE_INFINITY)
  let elapsed = 0
  for (const { from, to, time: kind } of runsOf(clock)) {
    const time = timeOf(kind, working)
    const end = Math.min(to, until)
    if (end > from) elapsed += time.openBefore(end) - time.openBefore(from)
  }
  return elapsed / minuteMillis
}

/**
 * Minutes left at `at`, or at the stop or the open pause before it; negative once overdue. Lateness is counted from the
 * due instant in the time the clock runs in now: a pause granted after the due instant shortens nothing, and what the
 * row of the report gives (`deadlineStateOf`) is the same number.
 */
export function remainingMinutes(clock: Clock, at: Date, working: WorkingTime): number {
  const halt = clock.stoppedAt ?? pausedAtOf(clock)
  const until = halt && halt < at ? halt : at
  const due = targetInstant(clock, working)
  if (due && due < until) return -openMinutesBetween(due, until, timeOf(clock.time, working))
  return clock.targetMinutes - elapsedMinutes(clock, until, working)
}

/**
 * The state of a report's deadline; `time` is the one its running clock counts in. Exactly due is not late yet;
 * `minutes` are those left, or those since the due instant (0 outside hours right after closing time).
 */
export function deadlineStateOf(deadline: Deadline, at: Date, time: WorkingTime): DeadlineState {
  if (deadline.pausedAt) return { kind: 'paused', minutes: 0 }
  if (!deadline.dueAt) return { kind: 'none', minutes: 0 }
  if (at > deadline.dueAt) return { kind: 'overdue', minutes: openMinutesBetween(deadline.dueAt, at, time) }
  const kind = deadline.soonAt && at >= deadline.soonAt ? 'soon' : 'in_time'
  return { kind, minutes: openMinutesBetween(at, deadline.dueAt, time) }
}

function assertGoing(clock: Clock) {
  if (clock.stoppedAt) throw new DomainError('clock_stopped')
}

/** The clocks of two machines may differ slightly: no change to a clock is earlier than the one before. */
function notBeforeLast(clock: Clock, at: Date): Date {
  const last = clock.pauses.at(-1)
  const known = last?.to ?? last?.from ?? clock.startedAt
  return at < known ? known : at
}

export function pauseClock(clock: Clock, at: Date, reason: string): Clock {
  assertGoing(clock)
  if (pausedAtOf(clock)) throw new DomainError('clock_paused')
  return { ...clock, pauses: [...clock.pauses, { from: notBeforeLast(clock, at), to: null, reason }] }
}

export function resumeClock(clock: Clock, at: Date): Clock {
  assertGoing(clock)
  const last = clock.pauses.at(-1)
  if (last?.to !== null) throw new DomainError('clock_not_paused')
  return { ...clock, pauses: [...clock.pauses.slice(0, -1), { ...last, to: notBeforeLast(clock, at) }] }
}

export function extendClock(clock: Clock, minutes: number): Clock {
  assertGoing(clock)
  return {
    ...clock,
    targetMinutes: clock.targetMinutes + minutes,
    extendedMinutes: clock.extendedMinutes + minutes,
  }
}

/**
 * Another severity or category: the time spent stays spent, extensions stay granted; the due instant may be in the
 * past.
 */
export function retargetClock(clock: Clock, newTargetMinutes: number): Clock {
  assertGoing(clock)
  return { ...clock, targetMinutes: newTargetMinutes + clock.extendedMinutes }
}

/**
 * Emergency mode on (`always`) or off (`working`). The minutes spent so far stay spent and keep the time they ran in;
 * the remaining ones run from `at` on in the other time. So emergency mode never counts the nights before it began, and
 * a night that ran under it is not returned when it ends; an overdue clock keeps its due instant. A clock already in
 * that time, or stopped, is unchanged, so that switching many clocks may be repeated.
 */
export function switchTime(clock: Clock, to: ClockTime, at: Date): Clock {
  if (clock.stoppedAt || clock.time === to) return clock
  if (at <= clock.startedAt) return { ...clock, time: to, spells: [] }
  const last = clock.spells.at(-1)
  const until = last && at < last.until ? last.until : at
  return { ...clock, time: to, spells: [...clock.spells, { until, time: clock.time }] }
}

/** A pause that is open at the stop counts up to it. */
export function stopClock(clock: Clock, at: Date): Clock {
  assertGoing(clock)
  return { ...clock, stoppedAt: notBeforeLast(clock, at) }
}

/** Undoes the stop (an answer withdrawn before it was sent, a merge undone), as if it had never happened. */
export function continueClock(clock: Clock): Clock {
  return { ...clock, stoppedAt: null }
}

/**
 * The promise after a reopening: what was left at the stop, but at least one working day, so that nothing is late the
 * moment it is reopened. It starts in working time; a report still in emergency mode is switched at the same instant.
 */
export function reopenedClock(previous: Clock, at: Date, working: WorkingTime, minutesPerDay: number): Clock {
  const left = Math.ceil(remainingMinutes(previous, previous.stoppedAt ?? at, working))
  return startClock('resolution', at, Math.max(left, minutesPerDay))
}
