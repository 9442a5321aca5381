import { createTranslator } from 'next-intl'
import { messagesOf } from '#messages/catalog.ts'
import { needsAnswer } from '#server/reports/rules/lifecycle.ts'
import { type AttributeWords, attributeCodes } from './rules/documents.ts'
import type { StatusWords } from './rules/status.ts'

/** The answers are in Vietnamese, for whoever reads them to a citizen. */
const words = createTranslator({ locale: 'vi', messages: messagesOf('vi'), namespace: 'open311' })
const reportWords = createTranslator({ locale: 'vi', messages: messagesOf('vi'), namespace: 'reports' })

export const statusWords: StatusWords = {
  state: (label) => words(`states.${label}`),
  ended({ isRejected, rejectReason, outcome, plannedFor, referredTo }) {
    // The notes are for the citizen, who is told nothing of spam and tests.
    if (isRejected && rejectReason && needsAnswer(rejectReason))
      return words('refusedFor', { reason: reportWords(`rejectReasons.${rejectReason}`) })
    if (isRejected) return words('refused')
    if (outcome === null || outcome === 'not_stated') return null
    const date = (plannedFor ?? '').split('-').reverse().join('/')
    return words('ended', { outcome, date, isReferred: referredTo === '' ? 'no' : 'yes', place: referredTo })
  },
}

/** Below the words of an update: the status that its sender names. */
export const statusLine = (status: string): string => words('sentStatus', { status })
export const mediaNotFetched = (): string => words('notices.media_not_fetched')

export const attributeWords = (): AttributeWords =>
  Object.fromEntries(
    attributeCodes.map((code) => [
      code,
      {
        description: words(`attributes.${code}.description`),
        datatypeDescription: words(`attributes.${code}.datatype`),
      },
    ]),
  ) as AttributeWords
