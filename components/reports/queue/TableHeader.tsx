'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { CheckBox } from '#components/ui/Ticks.tsx'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import { firstDirection, orderOf, type Queue, sortsFor } from '#server/reports/rules/queue.ts'
import { type ColumnId, type ColumnLayout, columnRules, moved } from './columns.ts'
import styles from './QueueTable.module.css'

/** What this header needs of the table library's headers. */
type HeaderOf = { id: string; getSize: () => number; getResizeHandler: () => (event: unknown) => void }

type Props = {
  headers: readonly HeaderOf[]
  queue: Queue
  layout: ColumnLayout
  /** With the preview open the columns are fixed. */
  fixed: boolean
  allSelected: boolean
  someSelected: boolean
  onLayout: (layout: ColumnLayout) => void
  onSort: (queue: Queue) => void
  onSelectAll: () => void
}

export function TableHeader({ headers, queue, fixed, layout, onLayout, ...props }: Props) {
  const [dragged, setDragged] = useState<ColumnId | null>(null)
  const drop = (before: ColumnId) => {
    if (dragged && dragged !== before) onLayout({ ...layout, order: moved(layout.order, dragged, before) })
    setDragged(null)
  }
  return (
    <thead className={styles.head}>
      <tr aria-rowindex={1} className={styles.header}>
        {headers.map((header, i) => {
          const id = header.id as ColumnId
          const isMovable = !fixed && !columnRules[id].fixed
          return (
            <th
              key={id}
              scope="col"
              aria-colindex={i + 1}
              aria-sort={ariaSort(queue, id)}
              className={styles.heading}
              data-column={id}
              data-dragged={dragged === id || undefined}
              draggable={isMovable}
              onDragStart={() => setDragged(id)}
              onDragEnd={() => setDragged(null)}
              onDragOver={(event) => isMovable && dragged && event.preventDefault()}
              onDrop={() => isMovable && drop(id)}
            >
              {id === 'select' ? (
                <SelectAll all={props.allSelected} some={props.someSelected} onSelectAll={props.onSelectAll} />
              ) : (
                <Heading id={id} queue={queue} onSort={props.onSort} />
              )}
              {isMovable && <Grip id={id} header={header} layout={layout} onLayout={onLayout} />}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

function ariaSort(queue: Queue, id: ColumnId): 'ascending' | 'descending' | undefined {
  const { sort, dir } = orderOf(queue)
  if (columnRules[id].sort !== sort) return undefined
  return dir === 'asc' ? 'ascending' : 'descending'
}

const shortened = ['agency', 'received', 'merged', 'transfers'] as const satisfies readonly ColumnId[]
const isShortened = (id: ColumnId): id is (typeof shortened)[number] => (shortened as readonly ColumnId[]).includes(id)

function Heading({ id, queue, onSort }: { id: ColumnId; queue: Queue; onSort: (queue: Queue) => void }) {
  const t = useTranslations('reports.queue')
  const name = t(`columns.names.${id}`)
  const short = isShortened(id) ? t(`columns.short.${id}`) : name
  const { sort } = columnRules[id]
  if (!sort) return <span className={styles.name}>{short}</span>
  const order = orderOf(queue)
  const isCurrent = order.sort === sort
  const possible = sortsFor(queue).includes(sort)
  const Arrow = order.dir === 'asc' ? ArrowUp : ArrowDown
  const press = () => {
    if (!possible) return
    const dir = isCurrent ? (order.dir === 'asc' ? 'desc' : 'asc') : firstDirection(sort)
    onSort({ ...queue, sort, dir })
  }
  return (
    <button
      type="button"
      className={styles.sort}
      aria-disabled={!possible || undefined}
      title={possible ? t('sort.by', { name }) : t('sort.cannot')}
      data-current={isCurrent || undefined}
      onClick={press}
    >
      <span className={styles.name} aria-hidden={short !== name || undefined}>
        {short}
      </span>
      {short !== name && <VisuallyHidden>{name}</VisuallyHidden>}
      {isCurrent && <Arrow size={13} aria-hidden="true" />}
    </button>
  )
}

type SelectAllProps = { all: boolean; some: boolean; onSelectAll: () => void }

function SelectAll({ all, some, onSelectAll }: SelectAllProps) {
  const t = useTranslations('reports.queue.row')
  return (
    <label className={styles.selectAll}>
      <VisuallyHidden>{t('selectAll')}</VisuallyHidden>
      <CheckBox checked={all} indeterminate={some && !all} onChange={onSelectAll} />
    </label>
  )
}

const step = 16

type GripProps = { id: ColumnId; header: HeaderOf; layout: ColumnLayout; onLayout: (layout: ColumnLayout) => void }

/** The resize handle of a column: dragged, or moved with the arrow keys. */
function Grip({ id, header, layout, onLayout }: GripProps) {
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
