import { z } from 'zod'
import { type Actor, holds } from '#server/accounts/rules/actor.ts'
import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { dayAfter, type LocalDay, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { calendarDay } from '#server/platform/rules/moment.ts'
import { riskActionInput } from './risk-actions.ts'

export const explanationLimits = {
  /** The reports that a request keeps and on whose timelines it stands; the risk may count more. */
  reports: 200,
  /** How far ahead it may be due, in days. */
  days: 60,
  wordsLength: 500,
  answerLength: 4000,
  /** Answers are shown on the page of today for so many days. */
  shownDays: 7,
} as const

export const askExplanationInput = riskActionInput.extend({
  /** Chosen by the browser: sent twice, it is one request. */
  id: z.uuid(),
  dueOn: calendarDay('bad_date'),
  words: z.string().trim().max(explanationLimits.wordsLength, 'too_long'),
})
export type AskExplanation = z.output<typeof askExplanationInput>

export const answerExplanationInput = z.object({
  id: z.uuid(),
  answer: z.string().trim().min(1, 'required').max(explanationLimits.answerLength, 'too_long'),
})
export type AnswerExplanation = z.output<typeof answerExplanationInput>
export const withdrawExplanationInput = z.object({ id: z.uuid() })

/** The first of the reports that a risk counts. */
export const keptOf = (ids: readonly number[]): number[] => ids.slice(0, explanationLimits.reports)

/** Never past, and no further ahead than the limit. */
export const isDueDay = (day: LocalDay, today: LocalDay): boolean =>
  day >= today && day <= dayAfter(today, explanationLimits.days)

/** The next day on which the office is open at all. */
export function workingDayAfter(day: LocalDay, time: Pick<WorkingTime, 'sliceFrom'>): LocalDay {
  const next = dayAfter(day, 1)
  const slice = time.sliceFrom(startOfDay(next).getTime())
  return slice ? localDayOf(new Date(Math.max(slice.from, startOfDay(next).getTime()))) : next
}

type Asked = { agencyId: string; byId: string; isOpen: boolean }

/** The head of the agency, or of one above it; nobody answers what they asked themselves. */
export const mayAnswer = (actor: Actor, { agencyId, byId, isOpen }: Asked): boolean =>
  isOpen && actor.id !== byId && holds(actor, 'approver', agencyId)

export const mayWithdraw = (actor: Actor, { byId, isOpen }: Asked): boolean => isOpen && actor.id === byId
