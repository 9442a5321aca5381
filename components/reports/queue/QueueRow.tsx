'use client'

import { memo } from 'react'
import { useUnderWay } from '#components/reports/moves/in-turn.ts'
import type { QueueChange } from '#server/reports/queries/queue-changes.ts'
import type { ColumnId } from './columns.ts'
import styles from './Row.module.css'
import { cells } from './RowCells.tsx'
import type { LoadedRow } from './use-queue-list.ts'

/** `one` line of 40 px; `two` with the excerpt below; `preview` with category and place below. */
export type RowLines = 'one' | 'two' | 'preview'

/** What the popover beside a row shows, and its anchor. */
export type RowDetail = { of: 'deadline' | 'place'; row: LoadedRow; anchor: HTMLElement }

export type RowProps = {
  row: LoadedRow
  index: number
  top: number
  height: number
  columns: readonly ColumnId[]
  lines: RowLines
  href: string
  isFocused: boolean
  isSelected: boolean
  isUnread: boolean
  isChanged: boolean
  /** Why it is no longer part of the list, if so. */
  left: QueueChange | undefined
  onFocus: (row: LoadedRow, extend: boolean) => void
  onOpen: (row: LoadedRow) => void
  onSelect: (id: number, extend: boolean) => void
  onDetail: (detail: RowDetail) => void
  onCopy: (code: string) => void
}

export const rowElementId = (id: number) => `report-row-${id}`

/** One report of the table. It renders again only when its own data has changed. */
export const QueueRowView = memo(function QueueRowView(props: RowProps) {
  const { row, index, top, height, columns, isFocused, isSelected, left, onFocus, onOpen } = props
  const isUnderWay = useUnderWay(row.id).length > 0
  return (
    <tr
      id={rowElementId(row.id)}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-busy={isUnderWay || undefined}
      className={styles.row}
      data-focused={isFocused || undefined}
      data-left={left ? true : undefined}
      style={{ height, transform: `translateY(${top}px)` }}
      onClick={(event) => onFocus(row, event.shiftKey)}
      onDoubleClick={() => onOpen(row)}
    >
      {columns.map((id, i) => {
        const Cell = cells[id]
        return (
          <td key={id} aria-colindex={i + 1} className={styles.cell} data-column={id}>
            <Cell {...props} />
          </td>
        )
      })}
    </tr>
  )
})
