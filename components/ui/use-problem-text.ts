'use client'

import { useTranslations } from 'next-intl'

/** The sentence under a field for what is wrong with it. */
export function useProblemText(): (code: string | undefined) => string | undefined {
  const t = useTranslations('common.problems')
  return (code) => {
    if (code === undefined) return undefined
    const known = code as Parameters<typeof t>[0]
    return t.has(known) ? t(known) : t('invalid')
  }
}
