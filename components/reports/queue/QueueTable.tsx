'use client'

import {
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type Ref, useEffect, useImperativeHandle, useMemo, useRef } from 'react'
import type { Queue, QueueView } from '#server/reports/rules/queue.ts'
import { type ColumnId, type ColumnLayout, columnIds, columnRules, previewWidths, tracksOf } from './columns.ts'
import type { ListState } from './list-state.ts'
import { QueueRowView, type RowLines, type RowProps, rowElementId } from './QueueRow.tsx'
import styles from './QueueTable.module.css'
import { TableHeader } from './TableHeader.tsx'
import { addressOf } from './use-queue-address.ts'
import type { QueueNews } from './use-queue-changes.ts'
import type { LoadedRow } from './use-queue-list.ts'
import { useViewName } from './use-view-name.ts'

const features = tableFeatures({
  columnOrderingFeature,
  columnVisibilityFeature,
  columnSizingFeature,
  columnResizingFeature,
})
const helper = createColumnHelper<typeof features, LoadedRow>()
const columns = helper.columns(
  columnIds.map((id) => {
    const { width, min, fixed } = columnRules[id]
    return helper.display({
      id,
      size: width,
      minSize: min,
      maxSize: 1200,
      enableResizing: !fixed,
      enableHiding: !fixed,
    })
  }),
)
const rowId = (row: LoadedRow) => String(row.id)

export type QueueTableHandle = {
  /** Scrolls a row into view. */
  reveal: (index: number) => void
  toTop: () => void
  scrollTo: (position: number) => void
  /** The scroll position, and whether the list has the focus. */
  place: () => { position: number; hadFocus: boolean }
  focus: () => void
  /** The deadline chip of a visible row. */
  chipOf: (id: number) => HTMLElement | null
  titleOf: (id: number) => HTMLElement | null
}

type Props = Pick<RowProps, 'onFocus' | 'onOpen' | 'onSelect' | 'onDetail' | 'onCopy'> & {
  handle: Ref<QueueTableHandle>
  /** Identifies the list, so that another one starts at its own scroll position. */
  list: string
  queue: Queue
  views: readonly QueueView[]
  rows: readonly LoadedRow[]
  total: number | null
  state: ListState
  news: QueueNews
  seen: Readonly<Record<string, number>>
  layout: ColumnLayout
  /** Those that are shown, in their order. */
  columns: readonly ColumnId[]
  lines: RowLines
  hasMore: boolean
  onLayout: (layout: ColumnLayout) => void
  onSort: (queue: Queue) => void
  onSelectAll: () => void
  onNearEnd: () => void
  footer: React.ReactNode
}

export const rowHeights: Record<RowLines, number> = { one: 40, two: 56, preview: 54 }
export const headerHeight = 30
const nearEnd = 15
const scrolls = new Map<string, number>()

/** The table of the queue: the server sorts and pages, this renders the visible rows. */
export function QueueTable(props: Props) {
  const { handle, list, queue, rows, total, state, news, seen, layout, lines, hasMore, onLayout, onNearEnd, footer } =
    props
  const { columns: shown } = props
  const nameOf = useViewName(props.views)
  const frame = useRef<HTMLDivElement>(null)
  const grid = useRef<HTMLTableElement>(null)
  const inPreview = lines === 'preview'

  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: rowId,
    columnResizeMode: 'onEnd',
    state: {
      columnOrder: [...shown],
      columnVisibility: Object.fromEntries(columnIds.map((id) => [id, shown.includes(id)])),
      columnSizing: widthsOf(layout, inPreview),
    },
    onColumnSizingChange: (update) => {
      const widths = typeof update === 'function' ? update(widthsOf(layout, false)) : update
      onLayout({ ...layout, widths: rounded(widths) })
    },
  })
  const headers = table.getHeaderGroups()[0]?.headers ?? []
  const visibleKey = headers.map(({ id }) => id).join(' ')
  const visible = useMemo(() => visibleKey.split(' ') as ColumnId[], [visibleKey])
  const { columnResizing } = table.state
  const dragged =
    columnResizing.isResizingColumn === false
      ? {}
      : {
          [columnResizing.isResizingColumn]: Math.round(
            (columnResizing.startSize ?? 0) + (columnResizing.deltaOffset ?? 0),
          ),
        }
  const tracks = tracksOf(visible, { ...widthsOf(layout, inPreview), ...dragged })

  const height = rowHeights[lines]
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
    scrollMargin: headerHeight,
    scrollPaddingStart: headerHeight,
    initialRect: { width: 0, height: 900 },
    initialOffset: () => scrolls.get(list) ?? 0,
  })
  const items = virtual.getVirtualItems()
  const lastInSight = items.at(-1)?.index ?? 0

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height stand elsewhere
  useEffect(() => virtual.measure(), [virtual, height])
  useEffect(() => {
    if (hasMore && rows.length > 0 && lastInSight >= rows.length - nearEnd) onNearEnd()
  }, [hasMore, lastInSight, rows.length, onNearEnd])
  useEffect(() => {
    const element = frame.current
    if (!element) return
    element.scrollTop = scrolls.get(list) ?? 0
    const remember = () => scrolls.set(list, element.scrollTop)
    element.addEventListener('scroll', remember, { passive: true })
    return () => element.removeEventListener('scroll', remember)
  }, [list])
  useImperativeHandle(
    handle,
    () => ({
      reveal: (index) => virtual.scrollToIndex(index, { align: 'auto' }),
      toTop: () => virtual.scrollToOffset(0),
      scrollTo: (position) => virtual.scrollToOffset(position),
      place: () => ({
        position: frame.current?.scrollTop ?? 0,
        hadFocus: frame.current?.contains(document.activeElement) ?? false,
      }),
      focus: () => grid.current?.focus({ preventScroll: true }),
      chipOf: (id) => inRow(id, '[data-column="deadline"] > *'),
      titleOf: (id) => inRow(id, '[data-column="report"]'),
    }),
    [virtual],
  )

  const isActiveDrawn = items.some(({ index }) => rows[index]?.id === state.focusedId)
  return (
    <div ref={frame} className={styles.frame}>
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows the keys walk is a grid
        role="grid"
        tabIndex={0}
        className={styles.sheet}
        style={{ '--tracks': tracks } as React.CSSProperties}
        aria-label={nameOf(queue.view)}
        aria-rowcount={total === null ? -1 : total + 1}
        aria-colcount={visible.length}
        aria-multiselectable="true"
        aria-activedescendant={isActiveDrawn && state.focusedId !== null ? rowElementId(state.focusedId) : undefined}
      >
        <TableHeader
          headers={headers}
          queue={queue}
          layout={layout}
          fixed={inPreview}
          allSelected={rows.length > 0 && rows.every(({ id }) => state.selected.has(id))}
          someSelected={state.selected.size > 0}
          onLayout={onLayout}
          onSort={props.onSort}
          onSelectAll={props.onSelectAll}
        />
        <tbody className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[index]
            if (!row) return null
            const known = seen[row.id]
            return (
              <QueueRowView
                key={row.id}
                row={row}
                index={index}
                top={start - headerHeight}
                height={height}
                columns={visible}
                lines={lines}
                href={addressOf(queue, row.code)}
                isFocused={row.id === state.focusedId}
                isSelected={state.selected.has(row.id)}
                isUnread={known === undefined}
                isChanged={known !== undefined && known < row.version}
                left={news.left.get(row.id)}
                onFocus={props.onFocus}
                onOpen={props.onOpen}
                onSelect={props.onSelect}
                onDetail={props.onDetail}
                onCopy={props.onCopy}
              />
            )
          })}
        </tbody>
      </table>
      {footer}
    </div>
  )
}

const inRow = (id: number, part: string): HTMLElement | null =>
  document.getElementById(rowElementId(id))?.querySelector<HTMLElement>(part) ?? null

const widthsOf = (layout: ColumnLayout, inPreview: boolean): Record<string, number> => ({
  ...(inPreview ? previewWidths : layout.widths),
})

function rounded(widths: Readonly<Record<string, number>>): ColumnLayout['widths'] {
  const entries = Object.entries(widths).filter(([id]) => (columnIds as readonly string[]).includes(id))
  return Object.fromEntries(
    entries.map(([id, width]) => [id, Math.min(1200, Math.max(columnRules[id as ColumnId].min, Math.round(width)))]),
  )
}
