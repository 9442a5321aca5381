'use client'

import { useTranslations } from 'next-intl'
import { useDeadlineWords } from '#components/reports/deadline-words.ts'
import { useFormat } from '#components/ui/use-format.ts'
import { usePhone } from '#components/ui/use-phone.ts'
import type { KpiFigure } from '#server/insights/rules/board.ts'
import { decimalFrom, fractionBelow, type KpiUnit } from '#server/insights/rules/definitions.ts'
import { aimValues } from '#server/insights/rules/judged.ts'
import type { Mark } from '#server/insights/rules/marks.ts'
import { evenPercents, roundedPercent } from '#server/insights/rules/rounding.ts'

const minutesPerCalendarDay = 1440

type Shown = { value: number | null; numerator: number; denominator: number | null; n: number }

/**
 * Figures as text, rounded as their number of reports allows: an exact percentage of seven reports would claim more
 * than is known.
 */
export function useFigureWords(minutesPerDay: number) {
  const t = useTranslations('board.words')
  const board = useTranslations('board')
  const format = useFormat()
  const { lengthOf } = useDeadlineWords()
  const isNarrow = usePhone()

  const shareOf = (share: number, n: number): string =>
    t('percent', { value: format.number(roundedPercent(share * 100, n)) })
  /** A target may have a decimal, however few reports it is held against. */
  const targetOf = (target: number): string => shareOf(target, decimalFrom)
  const fractionOf = (numerator: number, denominator: number): string =>
    t('fraction', { numerator: format.number(numerator), denominator: format.number(denominator) })
  const durationOf = (minutes: number, unit: KpiUnit): string =>
    // Below a day with its minutes: "1 giờ" beside "26 phút" would claim less than is known.
    lengthOf(minutes, unit === 'calendar_minutes' ? minutesPerCalendarDay : minutesPerDay, true)

  const distanceOf = (change: number, unit: KpiUnit, n: number): string => {
    const far = Math.abs(change)
    if (unit === 'count') return format.number(far)
    if (unit === 'share') {
      const points = roundedPercent(far * 100, n)
      const least = n >= decimalFrom ? 0.1 : 1
      const isLess = points === 0 && far > 0
      const said = isLess ? least : points
      const key = isLess ? (isNarrow ? 'lessThanNarrow' : 'lessThan') : isNarrow ? 'pointsNarrow' : 'points'
      return t(key, { value: format.number(said), count: said })
    }
    return durationOf(far, unit)
  }
  /** The part of a whole, as percentage or, of few, as fraction. */
  const partOf = (numerator: number, denominator: number): string => {
    if (denominator === 0) return '–'
    return denominator < fractionBelow
      ? fractionOf(numerator, denominator)
      : shareOf(numerator / denominator, denominator)
  }
  /** All parts of a whole, as percentages that sum to 100 or, of few, as fractions. */
  const partsOf = (counts: readonly number[]): string[] => {
    const whole = counts.reduce((sum, count) => sum + count, 0)
    if (whole < fractionBelow) return counts.map((count) => fractionOf(count, whole))
    return evenPercents(counts).map((percent) => t('percent', { value: format.number(percent) }))
  }
  const figureOf = ({ value, numerator, denominator, n }: Shown, unit: KpiUnit): string => {
    if (value === null) return '–'
    if (unit === 'count') return format.number(value)
    if (unit !== 'share') return durationOf(value, unit)
    return n < fractionBelow && denominator !== null ? fractionOf(numerator, denominator) : shareOf(value, n)
  }
  return {
    /** A target, the distance to it, and how it stands; null: there is none. */
    aimOf(kpi: Pick<KpiFigure, 'unit' | 'judged'>) {
      const { unit, judged } = kpi
      if (!judged) return null
      const values = aimValues(kpi, distanceOf)
      return {
        target: figureOf({ value: judged.target, numerator: 0, denominator: null, n: decimalFrom }, unit),
        distance: values && board('aim', values),
        standing: values?.standing ?? null,
      }
    },
    number: format.number,
    shareOf,
    targetOf,
    durationOf,
    fractionOf,
    partOf,
    figureOf,
    /** The number of a mark as it is written on the board. */
    textOf({ count, shown }: Pick<Mark, 'count' | 'shown'>): string {
      switch (shown.as) {
        case 'count':
          return format.number(count)
        case 'share':
          return partOf(shown.part.count, shown.whole.count)
        case 'even':
          return partsOf(shown.all.map((part) => part.count))[shown.place] ?? ''
        case 'kpi':
          return figureOf(shown.kpi, shown.kpi.unit)
        case 'duration':
          return durationOf(shown.minutes, 'working_minutes')
      }
    },
    /** The distance between two values, without the sign. */
    distanceOf,
    /** The same with its sign. */
    signedOf: (change: number, unit: KpiUnit, n: number): string =>
      `${change > 0 ? '+' : change < 0 ? '−' : ''}${distanceOf(change, unit, n)}`,
  }
}

export type FigureWords = ReturnType<typeof useFigureWords>
