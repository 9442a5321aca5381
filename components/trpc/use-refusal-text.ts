'use client'

import { useTranslations } from 'next-intl'
import { type Refusal, refusalOf } from './refusal.ts'

type Values = Record<string, string | number>

/** The sentence for what the server refused; for anything else the one for a defect. */
export function useRefusalText(): (refused: unknown) => string {
  const t = useTranslations('refusals')
  return (refused) => {
    const { code, details } = isRefusal(refused) ? refused : (refusalOf(refused) ?? { code: 'defect', details: {} })
    const known = code as Parameters<typeof t>[0]
    return t.has(known) ? t(known, valuesOf(details) as never) : t('defect')
  }
}

function isRefusal(value: unknown): value is Refusal {
  return (
    typeof value === 'object' && value !== null && !(value instanceof Error) && 'code' in value && 'details' in value
  )
}

function valuesOf(details: Refusal['details']): Values {
  const values = Object.entries(details).filter(([, value]) => typeof value === 'string' || typeof value === 'number')
  const { seconds } = details
  return {
    ...(Object.fromEntries(values) as Values),
    ...(typeof seconds === 'number' ? { minutes: Math.ceil(seconds / 60) } : {}),
  }
}
