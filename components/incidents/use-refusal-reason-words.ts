'use client'

import { useTranslations } from 'next-intl'

/** Why a report gets no answer from a batch, as text. */
export function useRefusalReasonWords() {
  const t = useTranslations('incidents.answers.refusalReasons')
  return (code: string): string => {
    const known = code as Parameters<typeof t>[0]
    return t.has(known) ? t(known) : t('other')
  }
}
