'use client'

import { useTranslations } from 'next-intl'
import type { KpiFigure } from '#server/insights/rules/board.ts'
import { awaitedOf, definitions } from '#server/insights/rules/definitions.ts'
import { useBoardFrame } from '../board-context.ts'

/** Why a duration has no value, which is no failure: too many of its reports are still without an end. */
export function useNotReached() {
  const t = useTranslations('board.kpi')
  const { words } = useBoardFrame()
  const valuesOf = ({ id, notReached }: KpiFigure) => ({
    part: definitions[id].quantile === 0.5 ? 'half' : 'tenth',
    awaited: awaitedOf(id),
    open: words.number(notReached?.open ?? 0),
    of: words.number(notReached?.of ?? 0),
  })
  return {
    /** In place of the value. */
    reasonOf: (kpi: KpiFigure) => t('notReached', valuesOf(kpi)),
    /** How many they are. */
    countOf: (kpi: KpiFigure) => t('stillOpen', valuesOf(kpi)),
    /** A figure shown beside another, or why there is none. */
    besideOf: (kpi: KpiFigure): string =>
      kpi.value === null && kpi.notReached ? t('notReachedOf', valuesOf(kpi)) : words.figureOf(kpi, kpi.unit),
  }
}
