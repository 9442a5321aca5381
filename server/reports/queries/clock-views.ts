import { pausedAtOf, remainingMinutes, timeOf } from '#server/calendars/rules/deadlines.ts'
import {
  type ClockHours,
  type CountFromDue,
  countFromDue,
  type Standing,
  standingOf,
} from '#server/calendars/rules/standing.ts'
import { alwaysOpen, minutesPerDay, nextClosedGap, type WorkingTime } from '#server/calendars/rules/working-time.ts'
import type { ClockFact, RequestFact } from './report-facts.ts'
import { type OfficeTimes, openTimeOf } from './working-times.ts'

export type ClockView = ReturnType<typeof clockView>

/** Both promises with everything their due instants follow from, for the popover of the deadline. */
export function clockViews(
  clocks: readonly ClockFact[],
  requests: readonly RequestFact[],
  times: OfficeTimes,
  now: Date,
) {
  return clocks.map((clock) => clockView(clock, requests, times, now))
}

function clockView(fact: ClockFact, requests: readonly RequestFact[], { calendars, city }: OfficeTimes, now: Date) {
  const working = calendars.get(fact.calendarId) ?? alwaysOpen
  const startedAt = new Date(fact.startedAt)
  const stoppedAt = instant(fact.stoppedAt)
  const pauses = fact.pauses.map(({ from, to, reason }) => ({ from: new Date(from), to: instant(to), reason }))
  const clock = {
    kind: fact.kind,
    startedAt,
    targetMinutes: fact.targetMinutes,
    extendedMinutes: fact.extendedMinutes,
    pauses,
    stoppedAt,
    time: fact.time,
    spells: fact.spells.map(({ until, time }) => ({ until: new Date(until), time })),
  }
  const time = timeOf(fact.time, working)
  const dueAt = instant(fact.dueAt)
  const isRunning = stoppedAt === null && pausedAtOf(clock) === null
  const standing = standingOf(
    { dueAt, soonAt: null, pausedAt: null },
    now,
    { time: fact.time, working },
    city ?? working,
  )
  return {
    kind: fact.kind,
    round: fact.round,
    calendarName: fact.calendarName,
    time: fact.time,
    startedAt,
    stoppedAt,
    dueAt,
    firstDueAt: instant(fact.firstDueAt),
    targetMinutes: fact.targetMinutes,
    extendedMinutes: fact.extendedMinutes,
    /** Negative once overdue; of a stopped clock, at its stop. */
    remainingMinutes: remainingMinutes(clock, now, working),
    minutesPerDay: minutesPerDay(time, now),
    /** How late the clock is that runs now, as its chip says. */
    overdue: isRunning && standing.kind === 'overdue' ? standing : null,
    pauses,
    extensions: fact.kind === 'resolution' ? extensionsWithin(requests, startedAt, stoppedAt) : [],
    nextGap: stoppedAt || fact.time === 'always' ? null : nextClosedGap(now, working),
  }
}

function extensionsWithin(requests: readonly RequestFact[], from: Date, to: Date | null) {
  return requests
    .filter(({ kind, status }) => kind === 'extension' && status === 'approved')
    .map(({ minutes, reason, decidedAt }) => ({ minutes: minutes ?? 0, reason, grantedAt: instant(decidedAt) ?? from }))
    .filter(({ grantedAt }) => grantedAt >= from && (to === null || grantedAt <= to))
}

type Row = { dueAt: Date | null; soonAt: Date | null; pausedAt: Date | null }

export type DeadlineView = Row & Standing & { fromDue: CountFromDue | null }

/** The state of a deadline, with what a list on the screen needs to count on once it has fallen due. */
export function deadlineOf(deadline: Row, hours: ClockHours, city: WorkingTime | null, now: Date): DeadlineView {
  const { dueAt, pausedAt } = deadline
  const standing = standingOf(deadline, now, hours, city ?? hours.working)
  return { ...deadline, ...standing, fromDue: city && dueAt && !pausedAt ? countFromDue(dueAt, now, city) : null }
}

const runningClock = (facts: readonly ClockFact[]) => facts.findLast(({ stoppedAt }) => stoppedAt === null)

/** The text of the deadline chip: the clock that runs now, in its own time. */
export function deadlineView(
  { dueAt, soonAt, pausedAt }: Row,
  facts: readonly ClockFact[],
  { calendars, city }: OfficeTimes,
  now: Date,
): DeadlineView {
  const running = runningClock(facts)
  const working = (running && calendars.get(running.calendarId)) ?? alwaysOpen
  return deadlineOf({ dueAt, soonAt, pausedAt }, { time: running?.time ?? 'working', working }, city, now)
}

/** What a list needs to count the deadline down, in the form of its rows. */
export function countingOf(facts: readonly ClockFact[], { calendars, city }: OfficeTimes, now: Date) {
  const running = runningClock(facts)
  const clockTime = running ? (running.time === 'always' ? 'always' : running.calendarId) : null
  const time = calendars.get(clockTime ?? '')
  const own = new Map(time && clockTime ? [[clockTime, time]] : [])
  return { clockTime, countedAt: now, openTime: openTimeOf({ calendars: own, city }, now) }
}

const instant = (text: string | null) => (text === null ? null : new Date(text))
