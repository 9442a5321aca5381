'use client'

import { useTranslations } from 'next-intl'
import { TakeMenu } from '../chart/TakeMenu.tsx'

/** What can be exported from the board as a whole. */
export function BoardTake() {
  const t = useTranslations('board.take')
  return (
    <TakeMenu
      whole={t('whole')}
      some={(entryOf) => [
        ...entryOf('kpis', 'xlsx', { label: t('kpisXlsx') }),
        ...entryOf('kpis', 'csv', { label: t('kpisCsv') }),
        ...entryOf('annotations', 'csv', { label: t('annotationsCsv') }),
      ]}
    />
  )
}
