import { minutesPerDay, openMinutesBetween, type WorkingTime } from '#server/calendars/rules/working-time.ts'
import type { EscalationStep } from './kinds.ts'

/** A step reached so long ago, in days, is passed over: where the ladder is climbed for the first time nobody is told of years. */
const oldNewsDays = 14
/** Whoever has read of a deadline is left alone about that report for so long, in working minutes. */
const quietMinutes = 240

export type Ticking = {
  dueAt: Date | null
  soonAt: Date | null
  pausedAt: Date | null
  /** When it last moved, or somebody of the staff did something about it. */
  lastWorkAt: Date
  isAssigned: boolean
} & Ladder
/** Of the category, in working days: after the due instant the head of the agency, then the city's dispatchers; without a sign of work, its head. */
export type Ladder = { headAfterDays: number; cityAfterDays: number; forgottenAfterDays: number }
export type Reached = { step: EscalationStep; about: Date }

/**
 * The steps that a report has reached, lowest first. Only the highest is told; those below it are passed over, so that a ladder begun
 * late does not repeat itself.
 */
export function stepsReached(ticking: Ticking, now: Date, time: WorkingTime): Reached[] {
  const { dueAt, soonAt, pausedAt, headAfterDays, cityAfterDays } = ticking
  if (pausedAt || !dueAt) return []
  const steps: EscalationStep[] = []
  if (soonAt && soonAt <= now) steps.push('due_soon')
  if (dueAt < now) {
    const days = openMinutesBetween(dueAt, now, time) / minutesPerDay(time, dueAt)
    steps.push('overdue')
    if (days >= headAfterDays) steps.push('overdue_day')
    if (days >= cityAfterDays) steps.push('overdue_days')
  }
  return steps.map((step) => ({ step, about: dueAt }))
}

/** Whether it is still news that something was due, or last touched, at this instant. */
export const isNews = (about: Date, now: Date): boolean => now.getTime() - about.getTime() < oldNewsDays * 86_400_000

/**
 * What is no sign of work: that the citizen goes on asking, that somebody looked, and what the desk does by itself. An answer of his to a
 * question is one: until then nobody was to do anything.
 */
export const withoutWork = [
  'report.information_added',
  'report.reporter_revealed',
  'report.rated',
  'report.escalated',
  'report.deadline_recomputed',
] as const

/** Whether an assigned report has lain without work for as many working days as its category allows, deadline or not. */
export function isForgotten(
  { lastWorkAt, isAssigned, pausedAt, forgottenAfterDays }: Ticking,
  now: Date,
  time: WorkingTime,
): boolean {
  if (!isAssigned || pausedAt) return false
  const idle = openMinutesBetween(lastWorkAt, now, time)
  return idle >= forgottenAfterDays * minutesPerDay(time, lastWorkAt)
}

/** When the citizen has left a question without an answer for so many working days: whoever asked looks to it again. */
export const silentAt = (askedAt: Date, days: number, hours: WorkingTime): Date =>
  new Date(hours.reach(hours.openBefore(askedAt.getTime()) + days * minutesPerDay(hours, askedAt) * 60_000))

/** When somebody is told: at once within his hours, else when they begin; a report that runs day and night waits for nobody's. */
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
