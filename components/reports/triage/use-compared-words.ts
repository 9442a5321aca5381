'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { LikelyDuplicate } from '#server/reports/queries/duplicates.ts'
import type { Agreement, Difference } from '#server/reports/rules/compared.ts'

/** What agrees and what differs, in plain words. */
export function useComparedWords() {
  const t = useTranslations('triage.duplicates')
  const format = useFormat()
  const english = useLocale() === 'en'
  const agreement = (one: Agreement): string => {
    switch (one.kind) {
      case 'words':
        return t('agrees.words', { words: one.words.map((each) => `“${each}”`).join(', ') })
      case 'same_street':
        return t('agrees.same_street', { street: one.street })
      default:
        return t(`agrees.${one.kind}`)
    }
  }
  const difference = (one: Difference, { categoryName, categoryNameEn }: LikelyDuplicate): string => {
    switch (one.kind) {
      case 'other_category':
        return t('differs.other_category', { category: english ? categoryNameEn : categoryName })
      case 'other_number':
        return t('differs.other_number', { theirs: one.theirs, ours: one.ours })
      case 'other_street':
        return t('differs.other_street', { street: one.street })
      case 'answered_before':
        return t('differs.answered_before', { when: format.date(one.at) })
      default:
        return t(`differs.${one.kind}`)
    }
  }
  return { agreement, difference }
}
