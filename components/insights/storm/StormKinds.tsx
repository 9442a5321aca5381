'use client'

import { useTranslations } from 'next-intl'
import { useNameIn } from '#components/ui/use-name-in.ts'
import { type BarRow, BarRows } from '../chart/BarRows.tsx'
import { ChartCard } from '../chart/ChartCard.tsx'
import { useStorm } from './storm-context.ts'

/** What the storm did: its reports by sub-type. */
export function StormKinds() {
  const t = useTranslations('storm.kinds')
  const nameIn = useNameIn()
  const { storm, words, hrefOf } = useStorm()
  const greatest = Math.max(1, ...storm.kinds.map(({ total }) => total))
  const rows = storm.kinds.map(
    (kind): BarRow => ({
      key: kind.code,
      label: nameIn(kind),
      share: kind.total / greatest,
      text: words.number(kind.total),
      note: kind.open > 0 ? t('openNote', { count: kind.open }) : '',
      href: hrefOf(kind.total, 'received', { category: kind.code }),
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
        rows: storm.kinds.map(({ code, total, open, handled, ...kind }) => ({
          key: code,
          heading: nameIn(kind),
          cells: [
            { text: words.number(total), href: hrefOf(total, 'received', { category: code }) },
            { text: words.number(open), href: hrefOf(open, 'still_open', { category: code }) },
            { text: words.number(handled), href: hrefOf(handled, 'handled', { category: code }) },
          ],
        })),
      }}
    >
      <BarRows label={t('title')} rows={rows} />
    </ChartCard>
  )
}
