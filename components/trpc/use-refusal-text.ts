'use client'

import { useTranslations } from 'next-intl'
import { isUnreachable, type Refusal, refusalOf } from './refusal.ts'

type Values = Record<string, string | number>

/** The sentence for what the server refused, or that it was not there to answer; for anything else the one for a defect. */
export function useRefusalText(): (refused: unknown) => string {
  const t = useTranslations('refusals')
  return (refused) => {
    const { code, details } = isRefusal(refused) ? refused : (refusalOf(refused) ?? withoutRefusal(refused))
    const known = code as Parameters<typeof t>[0]
    return t.has(known) ? t(known, valuesOf(details) as never) : t('defect')
  }
}

const withoutRefusal = (error: unknown): Refusal => ({
  code: isUnreachable(error) ? 'unreachable' : 'defect',
  details: {},
})

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
