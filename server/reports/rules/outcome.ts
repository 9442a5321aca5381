import * as z from 'zod/mini'
import { laterLimits } from '#server/platform/rules/limits.ts'
import { dayAfter, type LocalDay, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { normalise } from '#server/platform/rules/text.ts'

/** What an answer says was the end of the matter (docs/domain.md, outcomes). */
export const statedOutcomes = ['fixed', 'temporary', 'planned', 'nothing_found', 'not_ours'] as const
export type StatedOutcome = (typeof statedOutcomes)[number]

/** `not_stated`: answers from before outcomes were asked for. */
export const outcomes = [...statedOutcomes, 'not_stated'] as const
export type Outcome = (typeof outcomes)[number]

/**
 * The outcome of a stored answer, null of a rejection. `plannedFor`: the day for which it is planned. `referredTo`:
 * where a matter went that is not the agency's.
 */
export type OutcomeOf<O extends Outcome | null = Outcome | null> = {
  outcome: O
  plannedFor: LocalDay | null
  referredTo: string
}

export const noOutcome: OutcomeOf = { outcome: null, plannedFor: null, referredTo: '' }

/** Only these three fields of an answer. */
export const outcomeOf = <O extends Outcome | null>({
  outcome,
  plannedFor,
  referredTo,
}: OutcomeOf<O>): OutcomeOf<O> => ({
  outcome,
  plannedFor,
  referredTo,
})

/** As the log tells it. Where a matter went stays with the words of the answer: the log is permanent. */
export const loggedOutcome = ({ outcome, plannedFor }: OutcomeOf) =>
  outcome === null ? {} : { outcome, ...(plannedFor !== null && { plannedFor }) }

export const outcomeFields = {
  outcome: z.enum(statedOutcomes, 'required'),
  /** Empty in a form that has none. */
  plannedFor: z._default(
    z.union([
      z.pipe(
        z.literal(''),
        z.transform(() => null),
      ),
      z.nullable(z.iso.date('required')),
    ]),
    null,
  ),
  referredTo: z._default(z.string().check(z.overwrite(normalise), z.trim(), z.maxLength(300, 'too_long')), ''),
}

/** A plan has a day and nothing else has one; the same of where a matter went. The table checks it, too. */
export const fitsOutcome = [
  z.refine<OutcomeOf>(({ outcome, plannedFor }) => (outcome === 'planned') === (plannedFor !== null), {
    path: ['plannedFor'],
    error: 'required',
  }),
  z.refine<OutcomeOf>(({ outcome, referredTo }) => (outcome === 'not_ours') === (referredTo !== ''), {
    path: ['referredTo'],
    error: 'required',
  }),
] as const

/**
 * Why nothing can be planned for this day, as a code for the screen; null where it can. `sentOn`: the day on which the
 * citizen is told, of an answer that is sent later.
 */
export function refusalReasonToPlan(
  day: LocalDay,
  today: LocalDay,
  sentOn = today,
): 'planned_passed' | 'planned_before_sent' | 'planned_too_far' | null {
  if (day < today) return 'planned_passed'
  if (day < sentOn) return 'planned_before_sent'
  const days = (Date.parse(day) - Date.parse(today)) / 86_400_000
  return days > laterLimits.plannedDays ? 'planned_too_far' : null
}

/** Until when an answer that plans something commits its agency: the last instant of that day. */
export const commitmentDueAt = (plannedFor: LocalDay | null): Date | null =>
  plannedFor === null ? null : endOfDay(plannedFor)

const endOfDay = (day: LocalDay) => new Date(startOfDay(dayAfter(day)).getTime() - 1)

/** How many calendar days before the day of a commitment its agency is reminded. */
export const reminderDays = 3

/** The last commitment of which agencies are reminded by now. */
export const remindedUntil = (now: Date): Date => endOfDay(dayAfter(localDayOf(now), reminderDays))

/** As a form holds it: empty as long as nothing was chosen. */
export type OutcomeDraft = { outcome: StatedOutcome | ''; plannedFor: LocalDay | ''; referredTo: string }

export const emptyOutcome: OutcomeDraft = { outcome: '', plannedFor: '', referredTo: '' }

export const draftOfOutcome = ({ outcome, plannedFor, referredTo }: OutcomeOf): OutcomeDraft => ({
  outcome: outcome === null || outcome === 'not_stated' ? '' : outcome,
  plannedFor: plannedFor ?? '',
  referredTo,
})

/** An outcome that comes with a text is taken as long as none was chosen; of a plan the day is still to be named. */
export const withUsual = (draft: OutcomeDraft, usual: StatedOutcome | null | undefined): Partial<OutcomeDraft> =>
  usual && !draft.outcome ? { ...emptyOutcome, outcome: usual } : {}

/** Where the text of a template replaces another, its outcome does so too: what was chosen was of the other text. */
export const outcomeWithText = (usual: StatedOutcome | null | undefined): OutcomeDraft => ({
  ...emptyOutcome,
  outcome: usual ?? '',
})

/** What the draft states; null as long as something is missing. */
export function statedIn({ outcome, plannedFor, referredTo }: OutcomeDraft): OutcomeOf<StatedOutcome> | null {
  if (outcome === '') return null
  if (outcome === 'planned') return plannedFor === '' ? null : { outcome, plannedFor, referredTo: '' }
  if (outcome !== 'not_ours') return { outcome, plannedFor: null, referredTo: '' }
  return referredTo.trim() === '' ? null : { outcome, plannedFor: null, referredTo }
}
