import type { AnswerDraft } from '#components/reports/report/answer-draft.ts'
import type { WaitingAnswer } from './outbox.ts'

type Words = Pick<WaitingAnswer, 'what' | 'where' | 'when' | 'next' | 'without'>

/** An answer returns to its box above what has been begun there since: no word of either is lost. */
export function backInBox({ what, where, when, next, without }: Words, there: AnswerDraft | undefined): AnswerDraft {
  if (!there) return { what, where, when, next, without: [...without] }
  return {
    what: both(what, there.what, '\n\n'),
    where: both(where, there.where, '; '),
    when: both(when, there.when, '; '),
    next: both(next, there.next, '; '),
    without: [...new Set([...without, ...there.without])],
  }
}

const both = (above: string, below: string, between: string): string =>
  [...new Set([above.trim(), below.trim()])].filter(Boolean).join(between)
