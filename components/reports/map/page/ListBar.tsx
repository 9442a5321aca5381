'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { columnIds, columnRules } from '#components/reports/queue/columns.ts'
import { Button } from '#components/ui/Button.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import { countOf, type GroupCounts } from '#server/reports/rules/map.ts'
import { orderOf, type Queue } from '#server/reports/rules/queue.ts'
import styles from './MapList.module.css'

type Props = { counts: GroupCounts | null; queue: Queue; onOrder: (queue: Queue) => void }

/** How many reports are in sight, and by what they are ordered: a press turns the order round. */
export function ListBar({ counts, queue, onOrder }: Props) {
  const t = useTranslations('map')
  const columns = useTranslations('reports.queue.columns.names')
  const format = useFormat()
  const { sort, dir } = orderOf(queue)
  const column = columnIds.find((id) => columnRules[id].sort === sort)
  const Arrow = dir === 'asc' ? ArrowUp : ArrowDown
  const count = counts && countOf(counts)
  return (
    <div className={styles.bar}>
      <span className={styles.count} role="status">
        {count !== null && t('inSight', { count, total: format.number(count) })}
      </span>
      {(column || sort === 'urgency') && (
        <Button
          variant="quiet"
          size="small"
          onClick={() => onOrder({ ...queue, sort, dir: dir === 'asc' ? 'desc' : 'asc' })}
        >
          {column ? (
            <>
              {columns(column)} <Arrow size={13} aria-hidden="true" />
              <VisuallyHidden>{t(`order.${dir}`)}</VisuallyHidden>
            </>
          ) : (
            t(`urgency.${dir}`)
          )}
        </Button>
      )}
    </div>
  )
}
