'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import { firstDirection, orderOf, type Queue, sortsFor } from '#server/reports/rules/queue.ts'
import { type ColumnId, type ColumnLayout, columnRules, moved } from './columns.ts'
import styles from './QueueTable.module.css'

/** Beside the preview the columns are given: then its code is not needed. */
const ColumnGrip = dynamic(() => import('./ColumnGrip.tsx').then((grip) => grip.ColumnGrip))

/** What the header needs of the table's own headers. */
export type HeaderOf = { id: string; getSize: () => number; getResizeHandler: () => (event: unknown) => void }

type Props = {
  headers: readonly HeaderOf[]
  queue: Queue
  layout: ColumnLayout
  /** With the preview open the columns are given. */
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
              {isMovable && <ColumnGrip id={id} header={header} layout={layout} onLayout={onLayout} />}
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

function Heading({ id, queue, onSort }: { id: ColumnId; queue: Queue; onSort: (queue: Queue) => void }) {
  const t = useTranslations('reports.queue')
  const name = t(`columns.names.${id}`)
  const short = id === 'agency' || id === 'merged' || id === 'transfers' ? t(`columns.short.${id}`) : name
  const { sort } = columnRules[id]
  if (id === 'presence') return <VisuallyHidden>{name}</VisuallyHidden>
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
      <span className={styles.name}>{short}</span>
      {isCurrent && <Arrow size={13} aria-hidden="true" />}
    </button>
  )
}

type SelectAllProps = { all: boolean; some: boolean; onSelectAll: () => void }

function SelectAll({ all, some, onSelectAll }: SelectAllProps) {
  const t = useTranslations('reports.queue.row')
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current) box.current.indeterminate = some && !all
  }, [some, all])
  return (
    <label className={styles.selectAll}>
      <VisuallyHidden>{t('selectAll')}</VisuallyHidden>
      <input ref={box} type="checkbox" checked={all} onChange={onSelectAll} />
    </label>
  )
}
