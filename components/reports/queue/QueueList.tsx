'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { type Ref, useCallback } from 'react'
import { AwaitedKeys } from '#components/keyboard/AwaitedKeys.tsx'
import { Button } from '#components/ui/Button.tsx'
import { LazyErrorState } from '#components/ui/LazyErrorState.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import type { Queue, QueueView } from '#server/reports/rules/queue.ts'
import type { ColumnId, ColumnLayout } from './columns.ts'
import type { ListState } from './list-state.ts'
import styles from './QueueDesk.module.css'
import type { RowLines, RowProps } from './QueueRow.tsx'
import { QueueTable, type QueueTableHandle, rowHeights } from './QueueTable.tsx'
import type { PlaceHandle } from './use-place.ts'
import type { QueueNews } from './use-queue-changes.ts'
import type { QueueListData } from './use-queue-list.ts'

/** Neither is part of what is usually seen first: their code loads where they are shown. */
const EmptyQueue = dynamic(() => import('./EmptyQueue.tsx').then((part) => part.EmptyQueue))
const { Panel: QueueCards } = lazyPanel(() => import('./QueueCards.tsx').then((part) => part.QueueCards), {
  onDemand: true,
  takesFocus: () => false,
})

type Props = Pick<RowProps, 'onFocus' | 'onOpen' | 'onSelect' | 'onDetail' | 'onCopy'> & {
  table: Ref<QueueTableHandle>
  /** On a phone instead of the table. */
  cards: Ref<PlaceHandle>
  listKey: string
  queue: Queue
  views: readonly QueueView[]
  list: QueueListData
  state: ListState
  news: QueueNews
  seen: Readonly<Record<string, number>>
  layout: ColumnLayout
  columns: readonly ColumnId[]
  lines: RowLines
  phone: boolean
  onLayout: (layout: ColumnLayout) => void
  onQueue: (queue: Queue, how?: { replace?: boolean }) => void
  onSelectAll: () => void
}

/** The rows in any state: loading, failed, empty, as a table, or as cards. */
export function QueueList(props: Props) {
  const { table, listKey, queue, views, list, lines, phone, onQueue } = props
  const { loadMore, isLoadingMore, moreFailed } = list
  const onNearEnd = useCallback(() => {
    if (!isLoadingMore && !moreFailed) void loadMore()
  }, [loadMore, isLoadingMore, moreFailed])

  if (list.isLoading) {
    return (
      <>
        <AwaitedKeys scopes={['list', 'row']} />
        <ListSkeleton lines={lines} phone={phone} />
      </>
    )
  }
  if (list.error) {
    return (
      <div className={styles.empty}>
        <LazyErrorState error={list.error} onRetry={() => void list.retry()} />
      </div>
    )
  }
  if (list.rows.length === 0) {
    return (
      <div className={styles.empty}>
        <EmptyQueue queue={queue} views={views} onQueue={onQueue} />
      </div>
    )
  }
  const footer = <ListEnd list={list} />
  if (phone) {
    return (
      <QueueCards
        handle={props.cards}
        list={listKey}
        queue={queue}
        views={views}
        rows={list.rows}
        state={props.state}
        news={props.news}
        seen={props.seen}
        hasMore={list.hasMore}
        onOpen={props.onOpen}
        onSelect={props.onSelect}
        onNearEnd={onNearEnd}
        footer={footer}
      />
    )
  }
  return (
    <QueueTable
      {...props}
      handle={table}
      list={listKey}
      rows={list.rows}
      total={list.total && !list.total.capped ? list.total.count : null}
      hasMore={list.hasMore}
      onSort={(next) => onQueue(next, { replace: true })}
      onNearEnd={onNearEnd}
      footer={footer}
    />
  )
}

function ListEnd({ list }: { list: QueueListData }) {
  const t = useTranslations('reports.queue')
  const common = useTranslations('failures')
  if (list.moreFailed) {
    return (
      <div className={styles.end} role="alert">
        {t('failure.more')}
        <Button size="small" onClick={() => void list.loadMore()}>
          {common('retry')}
        </Button>
      </div>
    )
  }
  return <p className={styles.end}>{list.hasMore ? t('loadingMore') : t('end')}</p>
}

export function ListSkeleton({ lines, phone }: { lines: RowLines; phone: boolean }) {
  if (phone) return <SkeletonRows rows={7} rowHeight={112} columns={['1fr']} />
  const columns =
    lines === 'preview'
      ? ([54, 124, '1fr', 112, 112, 48] as const)
      : ([54, 124, 124, '2fr', 132, 132, 124, 132, 72] as const)
  return (
    <div className={styles.waiting}>
      <SkeletonRows rows={14} rowHeight={rowHeights[lines]} columns={columns} />
    </div>
  )
}
