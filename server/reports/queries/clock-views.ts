import { type DeadlineState, deadlineStateOf, remainingMinutes, timeOf } from '#server/calendars/rules/deadlines.ts'
import { alwaysOpen, minutesPerDay, nextClosedGap, type WorkingTime } from '#server/calendars/rules/working-time.ts'
import type { ClockFact, RequestFact } from './report-facts.ts'
import { openTimeOf } from './working-times.ts'

type Times = ReadonlyMap<string, WorkingTime>

export type ClockView = ReturnType<typeof clockView>

/** Both promises with everything their due instants follow from, for the popover of the deadline. */
export function clockViews(clocks: readonly ClockFact[], requests: readonly RequestFact[], times: Times, now: Date) {
  return clocks.map((clock) => clockView(clock, requests, times, now))
}

function clockView(fact: ClockFact, requests: readonly RequestFact[], times: Times, now: Date) {
  const working = times.get(fact.calendarId) ?? alwaysOpen
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
  return {
    kind: fact.kind,
    round: fact.round,
    calendarName: fact.calendarName,
    time: fact.time,
    startedAt,
    stoppedAt,
    dueAt: instant(fact.dueAt),
    firstDueAt: instant(fact.firstDueAt),
    targetMinutes: fact.targetMinutes,
    extendedMinutes: fact.extendedMinutes,
    /** Negative once overdue; of a stopped clock, at its stop. */
    remainingMinutes: remainingMinutes(clock, now, working),
    minutesPerDay: minutesPerDay(time, now),
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

export type DeadlineView = Row & DeadlineState & { minutesPerDay: number }

const runningClock = (facts: readonly ClockFact[]) => facts.findLast(({ stoppedAt }) => stoppedAt === null)

/** The text of the deadline chip: the clock that runs now, in its own time. */
export function deadlineView(row: Row, facts: readonly ClockFact[], times: Times, now: Date): DeadlineView {
  const running = runningClock(facts)
  const working = (running && times.get(running.calendarId)) ?? alwaysOpen
  const time = timeOf(running?.time ?? 'working', working)
  const { dueAt, soonAt, pausedAt } = row
  return { dueAt, soonAt, pausedAt, ...deadlineStateOf(row, now, time), minutesPerDay: minutesPerDay(time, now) }
}

/** What a list needs to count the deadline down, in the form of its rows. */
export function countingOf(facts: readonly ClockFact[], times: Times, now: Date) {
  const running = runningClock(facts)
  const clockTime = running ? (running.time === 'always' ? 'always' : running.calendarId) : null
  const time = times.get(clockTime ?? '')
  return { clockTime, countedAt: now, openTime: time && clockTime ? openTimeOf(new Map([[clockTime, time]]), now) : {} }
}

const instant = (text: string | null) => (text === null ? null : new Date(text))
