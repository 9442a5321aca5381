import { minutesPerDay, type WorkingTime } from '#server/calendars/rules/working-time.ts'
import type { EscalationStep } from './kinds.ts'

/**
 * A step reached longer ago than this, in days, is skipped: the first escalation run must not notify of deadlines of
 * past years.
 */
const oldNewsDays = 14
/** After an account has read about a deadline, it gets nothing about that report for this long, in working minutes. */
const quietMinutes = 240

export type EscalationClock = {
  dueAt: Date | null
  soonAt: Date | null
  pausedAt: Date | null
  /** When it last moved, or a staff member last worked on it. */
  lastWorkAt: Date
  isAssigned: boolean
} & EscalationDays
/**
 * Set by the category, in working days: after the due instant the head of the agency is notified, then the city's
 * dispatchers; without a sign of work, the head.
 */
export type EscalationDays = { headAfterDays: number; cityAfterDays: number; forgottenAfterDays: number }
/** `about`: what the step is counted from; `at`: when it was reached. */
export type Reached = { step: EscalationStep; about: Date; at: Date }

/**
 * The steps that a report has reached, lowest first. Only the highest is notified; those below it are skipped, so that
 * an escalation that begins late does not repeat itself.
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

/** Whether a step reached at this instant is recent enough to be notified. */
export const isNews = (at: Date, now: Date): boolean => now.getTime() - at.getTime() < oldNewsDays * 86_400_000

/**
 * Events that are no sign of work: further questions of the citizen, disclosures, notices to all, and what the desk
 * does automatically. A citizen's reply to a question counts as work: until then no one had to do anything.
 */
export const withoutWork = [
  'report.information_added',
  'report.reporter_revealed',
  'report.rated',
  'report.escalated',
  'report.deadline_recomputed',
  'report.notice_sent',
  'report.notice_covered',
  'report.copy_saved',
  'report.copy_published',
  'report.copy_withdrawn',
  'report.explanation_asked',
  'report.explanation_given',
  'report.explanation_withdrawn',
] as const

/**
 * When an assigned report has been without work for as many working days as its category allows, regardless of its
 * deadline; null while it has not.
 */
export function forgottenAt(ticking: EscalationClock, now: Date, time: WorkingTime): Date | null {
  const { lastWorkAt, isAssigned, pausedAt, forgottenAfterDays } = ticking
  if (!isAssigned || pausedAt) return null
  const at = daysAfter(lastWorkAt, forgottenAfterDays, time)
  return at <= now ? at : null
}

/**
 * The instant `days` working days after another: then the head of a late agency is notified, or the account that asked
 * a citizen who has not replied.
 */
export const daysAfter = (from: Date, days: number, time: WorkingTime): Date =>
  new Date(time.reach(time.openBefore(from.getTime()) + days * minutesPerDay(time, from) * 60_000))

/**
 * When a notification is shown: at once within the recipient's office hours, else when they begin; for a report that
 * runs day and night always at once.
 */
export function shownAt(at: Date, hours: WorkingTime, isDayAndNight: boolean): Date {
  if (isDayAndNight) return at
  const slice = hours.sliceFrom(at.getTime())
  return slice && slice.from > at.getTime() ? new Date(slice.from) : at
}

/** The same for a recipient who recently read about this report's deadline. */
export function afterQuiet(shown: Date, readAt: Date | null, hours: WorkingTime): Date {
  if (!readAt) return shown
  const again = new Date(hours.reach(hours.openBefore(readAt.getTime()) + quietMinutes * 60_000))
  return again > shown ? again : shown
}
