'use client'

import { useTranslations } from 'next-intl'
import { type ColumnId, type ColumnLayout, columnRules } from './columns.ts'
import styles from './QueueTable.module.css'
import type { HeaderOf } from './TableHeader.tsx'

const step = 16

type Props = { id: ColumnId; header: HeaderOf; layout: ColumnLayout; onLayout: (layout: ColumnLayout) => void }

/** The edge that widens a column: dragged, or moved with the arrow keys. */
export function ColumnGrip({ id, header, layout, onLayout }: Props) {
  const t = useTranslations('reports.queue.columns')
  const start = header.getResizeHandler()
  const { min } = columnRules[id]
  const width = layout.widths[id] ?? columnRules[id].width
  const widen = (by: number) =>
    onLayout({ ...layout, widths: { ...layout.widths, [id]: Math.min(1200, Math.max(min, width + by)) } })
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is no horizontal rule
    <span
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('resize', { name: t(`names.${id}`) })}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={1200}
      className={styles.grip}
      data-own-keys
      draggable
      onDragStart={(event) => {
        event.preventDefault()
        event.stopPropagation()
      }}
      onMouseDown={(event) => {
        event.stopPropagation()
        start(event)
      }}
      onTouchStart={start}
      onDoubleClick={() => {
        const { [id]: _, ...widths } = layout.widths
        onLayout({ ...layout, widths })
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') widen(-step)
        else if (event.key === 'ArrowRight') widen(step)
      }}
    />
  )
}
