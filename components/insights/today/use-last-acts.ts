'use client'

import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { Risk } from '#server/insights/rules/today.ts'

/** The last reminder of today about a risk, and the last request to explain it, by whomever. */
export function useLastActs({ owners }: Risk): string[] {
  const remind = useTranslations('today.remind')
  const ask = useTranslations('today.explanations.ask')
  const format = useFormat()
  const lastOf = (act: 'reminded' | 'asked') =>
    owners
      .flatMap(({ [act]: done, shortName }) => (done ? [{ ...done, agency: shortName }] : []))
      .sort((a, b) => b.at.getTime() - a.at.getTime())
      .slice(0, 1)
      .map(({ agency, by, at }) => ({ agency, by, time: format.time(at) }))
  const isOnly = owners.length === 1
  return [
    ...lastOf('reminded').map((last) => (isOnly ? remind('said', last) : remind('saidOf', last))),
    ...lastOf('asked').map((last) => (isOnly ? ask('said', last) : ask('saidOf', last))),
  ]
}
