'use client'

import { useTranslations } from 'next-intl'
import { NameButton } from '#components/ui/NameButton.tsx'
import { Cell, Table } from '#components/ui/Table.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { MapArea } from '#server/reports/queries/map.ts'
import styles from './MapList.module.css'

type Props = { areas: readonly MapArea[]; chosen: readonly number[]; onChoose: (id: number | null) => void }

/** The text alternative of the map: every commune with its reports. Choosing one narrows list and map to it. */
export function AreaTable({ areas, chosen, onChoose }: Props) {
  const t = useTranslations('map')
  const format = useFormat()
  const columns = [
    { key: 'area', label: t('areas.area') },
    { key: 'count', label: t('areas.count'), align: 'end' as const },
    { key: 'open', label: t('areas.open'), align: 'end' as const },
    { key: 'overdue', label: t('areas.overdue'), align: 'end' as const },
  ]
  if (areas.length === 0) return <p className={styles.none}>{t('nothing')}</p>
  return (
    <div className={styles.areas}>
      <Table label={t('tabs.areas')} columns={columns}>
        {areas.map(({ id, name, count, open, overdue }) => {
          const isChosen = id !== null && chosen.includes(id)
          return (
            <tr key={id ?? 0}>
              <Cell heading>
                {id === null ? (
                  t('areas.none')
                ) : (
                  <span className={styles.area} data-chosen={isChosen || undefined}>
                    <NameButton aria-pressed={isChosen} onClick={() => onChoose(isChosen ? null : id)}>
                      {name}
                    </NameButton>
                  </span>
                )}
              </Cell>
              <Cell label={t('areas.count')} align="end">
                {format.number(count)}
              </Cell>
              <Cell label={t('areas.open')} align="end">
                {format.number(open)}
              </Cell>
              <Cell label={t('areas.overdue')} align="end">
                {overdue > 0 ? <span className={styles.late}>{format.number(overdue)}</span> : '0'}
              </Cell>
            </tr>
          )
        })}
      </Table>
    </div>
  )
}
