'use client'

import { useTranslations } from 'next-intl'
import type { PublicFailure } from '#server/platform/rules/public-failure.ts'
import { useRefusalSentence } from './use-refusal-sentence.ts'

/** What the user can do about a failure; for a refusal, its own sentence. */
export function useFailureSentence(): (failure: PublicFailure) => string {
  const t = useTranslations('failures')
  const refusalSentence = useRefusalSentence()
  return ({ kind, refusal }) => (kind === 'refused' && refusal && refusalSentence(refusal)) || t(`${kind}.sentence`)
}
