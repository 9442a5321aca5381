'use client'

import { useTranslations } from 'next-intl'
import { useNameIn } from '#components/ui/use-name-in.ts'
import { partMarks, partOfKind } from '#server/insights/rules/storm-marks.ts'
import { type BarRow, BarRows } from '../chart/BarRows.tsx'
import { ChartCard } from '../chart/ChartCard.tsx'
import { useStorm } from './storm-context.ts'

/** What the storm did: its reports by sub-type. */
export function StormKinds() {
  const t = useTranslations('storm.kinds')
  const nameIn = useNameIn()
  const { storm, shownOf } = useStorm()
  const greatest = Math.max(1, ...storm.kinds.map(({ total }) => total))
  const rows = storm.kinds.map(
    (kind): BarRow => ({
      key: kind.code,
      label: nameIn(kind),
      share: kind.total / greatest,
      note: kind.open > 0 ? t('openNote', { count: kind.open }) : '',
      ...shownOf(partMarks(partOfKind(kind), kind).total),
    }),
  )
  return (
    <ChartCard
      id="storm-kinds"
      span={5}
      title={t('title')}
      unit={t('unit')}
      table={{
        heading: t('heading'),
        columns: (['total', 'open', 'handled'] as const).map((key) => ({ key, label: t(key) })),
        rows: storm.kinds.map((kind) => {
          const { total, open, handled } = partMarks(partOfKind(kind), kind)
          return { key: kind.code, heading: nameIn(kind), cells: [total, open, handled].map(shownOf) }
        }),
      }}
    >
      <BarRows label={t('title')} rows={rows} />
    </ChartCard>
  )
}
