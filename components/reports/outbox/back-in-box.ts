import type { AnswerDraft } from '#components/reports/report/answer-draft.ts'
import { draftOfOutcome, type OutcomeOf } from '#server/reports/rules/outcome.ts'
import type { WaitingAnswer } from './outbox.ts'

type Words = Pick<WaitingAnswer, 'what' | 'where' | 'when' | 'next' | 'without' | keyof OutcomeOf>

/** An answer returns to its box above what has been begun there since: no word of either is lost. */
export function backInBox(
  { what, where, when, next, without, ...answer }: Words,
  there: AnswerDraft | undefined,
): AnswerDraft {
  const { outcome = null, plannedFor = null, referredTo = '' } = answer
  const own = draftOfOutcome({ outcome, plannedFor, referredTo })
  if (!there) return { what, where, when, next, ...own, without: [...without] }
  return {
    what: both(what, there.what, '\n\n'),
    where: both(where, there.where, '; '),
    when: both(when, there.when, '; '),
    next: both(next, there.next, '; '),
    ...(there.outcome ? { outcome: there.outcome, plannedFor: there.plannedFor, referredTo: there.referredTo } : own),
    without: [...new Set([...without, ...there.without])],
  }
}

const both = (above: string, below: string, between: string): string =>
  [...new Set([above.trim(), below.trim()])].filter(Boolean).join(between)
