import { minutesPerDay, type WorkingTime } from '#server/calendars/rules/working-time.ts'
import type { EscalationStep } from './kinds.ts'

/**
 * A step reached so long ago, in days, is passed over: where the ladder is climbed for the first time nobody is told of
 * years.
 */
const oldNewsDays = 14
/** Whoever has read of a deadline is left alone about that report for so long, in working minutes. */
const quietMinutes = 240

export type EscalationClock = {
  dueAt: Date | null
  soonAt: Date | null
  pausedAt: Date | null
  /** When it last moved, or somebody of the staff did something about it. */
  lastWorkAt: Date
  isAssigned: boolean
} & EscalationDays
/**
 * Of the category, in working days: after the due instant the head of the agency, then the city's dispatchers; without
 * a sign of work, its head.
 */
export type EscalationDays = { headAfterDays: number; cityAfterDays: number; forgottenAfterDays: number }
/** `about`: what the step is counted from; `at`: when it was reached. */
export type Reached = { step: EscalationStep; about: Date; at: Date }

/**
 * The steps that a report has reached, lowest first. Only the highest is told; those below it are passed over, so that
 * a ladder begun late does not repeat itself.
 */
export function stepsReached(ticking: EscalationClock, now: Date, time: WorkingTime): Reached[] {
  const { dueAt, soonAt, pausedAt, headAfterDays, cityAfterDays } = ticking
  if (pausedAt || !dueAt) return []
  const steps: Reached[] = []
  if (soonAt && soonAt <= now) steps.push({ step: 'due_soon', about: dueAt, at: soonAt })
  if (dueAt >= now) return steps
  const late = [
    { step: 'overdue_day', about: dueAt, at: daysAfter(dueAt, headAfterDays, time) },
    { step: 'overdue_days', about: dueAt, at: daysAfter(dueAt, cityAfterDays, time) },
  ] as const
  return [...steps, { step: 'overdue', about: dueAt, at: dueAt }, ...late.filter(({ at }) => at <= now)]
}

/** Whether it is still news that a step was reached at this instant. */
export const isNews = (at: Date, now: Date): boolean => now.getTime() - at.getTime() < oldNewsDays * 86_400_000

/**
 * What is no sign of work: that the citizen goes on asking, that somebody looked, what the city says to everybody, and
 * what the desk does by itself. An answer of his to a question is one: until then nobody was to do anything.
 */
export const withoutWork = [
  'report.information_added',
  'report.reporter_revealed',
  'report.rated',
  'report.escalated',
  'report.deadline_recomputed',
  'report.notice_sent',
  'report.notice_covered',
] as const

/**
 * When an assigned report has lain without work for as many working days as its category allows, deadline or not; null
 * while it has not.
 */
export function forgottenAt(ticking: EscalationClock, now: Date, time: WorkingTime): Date | null {
  const { lastWorkAt, isAssigned, pausedAt, forgottenAfterDays } = ticking
  if (!isAssigned || pausedAt) return null
  const at = daysAfter(lastWorkAt, forgottenAfterDays, time)
  return at <= now ? at : null
}

/**
 * So many working days after: by then a late agency's head hears of it, or whoever asked a citizen who has not
 * answered.
 */
export const daysAfter = (from: Date, days: number, time: WorkingTime): Date =>
  new Date(time.reach(time.openBefore(from.getTime()) + days * minutesPerDay(time, from) * 60_000))

/**
 * When somebody is told: at once within his hours, else when they begin; a report that runs day and night waits for
 * nobody's.
 */
export function shownAt(at: Date, hours: WorkingTime, isDayAndNight: boolean): Date {
  if (isDayAndNight) return at
  const slice = hours.sliceFrom(at.getTime())
  return slice && slice.from > at.getTime() ? new Date(slice.from) : at
}

/** The same for one who read of this report's deadline a short while ago. */
export function afterQuiet(shown: Date, readAt: Date | null, hours: WorkingTime): Date {
  if (!readAt) return shown
  const again = new Date(hours.reach(hours.openBefore(readAt.getTime()) + quietMinutes * 60_000))
  return again > shown ? again : shown
}
