'use client'

import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import { fractionBelow } from '#server/insights/rules/definitions.ts'
import { roundedPercent } from '#server/insights/rules/rounding.ts'
import type { Scenario } from '#server/insights/rules/what-if/scenario.ts'
import type { Lateness } from '#server/insights/rules/what-if/simulate.ts'
import { useFigureWords } from '../use-figure-words.ts'

/** No durations are written here. */
const minutesPerDay = 480
/** So many that a percentage is whole. */
const wholePercent = 100

type Chance = Pick<Lateness, 'share' | 'low' | 'high' | 'due'>

/** Chances and scenarios as text: a chance is rounded as a share of as many reports would be. */
export function useChanceWords(present: Scenario) {
  const t = useTranslations('whatIf.words')
  const format = useFormat()
  const { fractionOf, partOf, shareOf: shareOfMany } = useFigureWords(minutesPerDay)
  const hoursOf = (minutes: number): string => t('hours', { value: format.number(Math.abs(minutes) / 60) })
  const shareOf = ({ share, due }: Chance): string => {
    const n = Math.round(due)
    return n < fractionBelow ? fractionOf(Math.round(share * n), n) : shareOfMany(share, n)
  }
  const rangeOf = ({ low, high, due }: Chance): string => {
    const n = Math.round(due)
    const isFew = n < fractionBelow
    const end = (share: number) => format.number(isFew ? Math.round(share * n) : roundedPercent(share * 100, n))
    return t(isFew ? 'rangeOfFew' : 'range', { low: end(low), high: end(high), due: format.number(n) })
  }
  return {
    partOf,
    /** A share of time, or a limit: of no number of reports. */
    percentOf: (share: number): string => shareOfMany(share, wholePercent),
    shareOf,
    rangeOf,
    /** "12% (9–15%)". */
    chanceOf: (chance: Chance): string => t('chance', { share: shareOf(chance), range: rangeOf(chance) }),
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
