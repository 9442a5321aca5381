'use client'

import { useTranslations } from 'next-intl'

/** Why a move cannot be made now, in the text of the refusal that the server would return. */
export function useRefusalReasonWords(): (refusalReason: string) => string {
  const t = useTranslations('refusals')
  return (refusalReason) => {
    const known = refusalReason as Parameters<typeof t>[0]
    return t.has(known) ? t(known) : t('forbidden')
  }
}
