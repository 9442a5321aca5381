'use client'

import { useTranslations } from 'next-intl'

type Refusal = { code: string; details: Readonly<Record<string, unknown>> }
type Values = Record<string, string | number>

/** The sentence for a refusal, where there is one. */
export function useRefusalSentence(): (refusal: Refusal) => string | undefined {
  const t = useTranslations('refusals')
  return ({ code, details }) => {
    const known = code as Parameters<typeof t>[0]
    return t.has(known) ? t(known, valuesOf(details) as never) : undefined
  }
}

function valuesOf(details: Refusal['details']): Values {
  const values = Object.entries(details).filter(([, value]) => typeof value === 'string' || typeof value === 'number')
  const { seconds } = details
  return {
    ...(Object.fromEntries(values) as Values),
    ...(typeof seconds === 'number' ? { minutes: Math.ceil(seconds / 60) } : {}),
  }
}
