'use client'

import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { Scenario } from '#server/insights/rules/what-if/scenario.ts'
import type { Lateness } from '#server/insights/rules/what-if/simulate.ts'

/** Chances and scenarios as text. Whole per cent: a simulation knows no more. */
export function useChanceWords(present: Scenario) {
  const t = useTranslations('whatIf.words')
  const format = useFormat()
  const whole = (share: number) => Math.round(share * 100)
  const percentOf = (share: number): string =>
    share > 0 && whole(share) === 0 ? t('under') : t('percent', { value: format.number(whole(share)) })
  const hoursOf = (minutes: number): string => t('hours', { value: format.number(Math.abs(minutes) / 60) })
  return {
    percentOf,
    rangeOf: ({ low, high }: Pick<Lateness, 'low' | 'high'>): string =>
      t('range', { low: format.number(whole(low)), high: format.number(whole(high)) }),
    /** "12 % (9–15 %)". */
    chanceOf: ({ share, low, high }: Pick<Lateness, 'share' | 'low' | 'high'>): string =>
      t('chance', {
        share: percentOf(share),
        range: t('range', { low: format.number(whole(low)), high: format.number(whole(high)) }),
      }),
    hoursOf,
    /** "5 người thay vì 4, thời hạn dài bằng 125 %". */
    changeOf: ({ people, limits, hours, saturdays }: Scenario): string =>
      [
        people !== present.people && t('people', { people, before: present.people }),
        limits !== 100 && t('limits', { value: limits }),
        hours > 0 && t('longer', { hours: hoursOf(hours) }),
        hours < 0 && t('shorter', { hours: hoursOf(hours) }),
        saturdays && t('saturdays'),
      ]
        .filter((part) => part !== false)
        .join(', '),
  }
}
