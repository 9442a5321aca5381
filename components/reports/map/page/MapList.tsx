'use client'

import { useTranslations } from 'next-intl'
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { useCategoryNames } from '#components/categories/CategoryNames.tsx'
import { AwaitedKeys } from '#components/keyboard/AwaitedKeys.tsx'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { useStepBeyond } from '#components/keyboard/use-step-beyond.ts'
import { useDeadlineWords } from '#components/reports/deadline-words.ts'
import { Ended } from '#components/reports/queue/DeadlineCell.tsx'
import { addressOf } from '#components/reports/queue/use-queue-address.ts'
import { Button } from '#components/ui/Button.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import type { Queue } from '#server/reports/rules/queue.ts'
import { queueAddress } from '#server/reports/rules/queue-address.ts'
import { PinSign } from '../PinSign.tsx'
import styles from './MapList.module.css'
import { RowStanding, useRowDeadline } from './RowStanding.tsx'
import type { MapListData, MapRow } from './use-map-list.ts'

export type MapListHandle = { goTo: (code: string) => void }

type Props = {
  ref: Ref<MapListHandle>
  list: MapListData
  queue: Queue
  /** The row whose report is under the pointer on the map. */
  pointedId: number | null
  selectedCode: string | null
  active: boolean
  /** Whether the list has anything that a map could show. */
  hasPlaced: boolean
  onPoint: (id: number | null) => void
  onSelect: (row: MapRow) => void
  onPeek: () => void
}

/** The rows visible on the map, in the order of the list. Up and down move through them, each shown on the map. */
export function MapList({ ref, list, queue, pointedId, selectedCode, active, hasPlaced, ...does }: Props) {
  const { onPoint, onSelect, onPeek } = does
  const t = useTranslations('map')
  const { rows, hasMore, isLoadingMore, loadMore } = list
  const items = useRef<HTMLOListElement>(null)
  const [at, setAt] = useState(0)
  const focused = Math.min(at, Math.max(0, rows.length - 1))
  const linkOf = (index: number) => items.current?.querySelectorAll<HTMLElement>('a[data-row]')[index]
  const goTo = (index: number) => {
    if (index < 0 || index >= rows.length) return
    setAt(index)
    const link = linkOf(index)
    link?.focus({ preventScroll: true })
    link?.scrollIntoView({ block: 'nearest' })
  }
  useImperativeHandle(ref, () => ({ goTo: (code) => goTo(rows.findIndex((row) => row.code === code)) }))
  const { isWaiting, stepBeyond } = useStepBeyond({
    from: `${queueAddress(queue)} ${rows[focused]?.id}`,
    isThere: focused + 1 < rows.length,
    isComing: active && hasMore,
    onThere: () => goTo(focused + 1),
  })
  const isInList = () => items.current?.contains(document.activeElement) ?? false
  useCommands(
    'list',
    {
      'list.next': (press) => {
        const isAtEnd = isInList() && focused === rows.length - 1
        goTo(isInList() && !isAtEnd ? focused + 1 : focused)
        // A repeated key press from holding the key stays here until more rows are loaded.
        if (isAtEnd && hasMore && !press?.repeat) stepBeyond(false)
      },
      'list.previous': () => goTo(isInList() ? focused - 1 : focused),
    },
    { active: active && !list.isLoading && !isWaiting },
  )
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!end.current || !hasMore || isLoadingMore) return
    const watch = new IntersectionObserver(([seen]) => seen?.isIntersecting && void loadMore(), { rootMargin: '300px' })
    watch.observe(end.current)
    return () => watch.disconnect()
  }, [hasMore, isLoadingMore, loadMore])

  if (list.error) return <ErrorState error={list.error} onRetry={list.retry} />
  if (list.isLoading) {
    return (
      <>
        <AwaitedKeys scopes={['list']} />
        <SkeletonRows rows={6} rowHeight={84} columns={['1fr']} />
      </>
    )
  }
  if (rows.length === 0) return <p className={styles.none}>{t(hasPlaced ? 'nothingInSight' : 'nothing')}</p>
  return (
    <>
      <ol
        ref={items}
        className={styles.rows}
        aria-label={t('tabs.list')}
        aria-busy={list.isMoving || undefined}
        onMouseLeave={() => onPoint(null)}
      >
        {rows.map((row, index) => (
          <Row
            key={row.id}
            row={row}
            href={addressOf(queue, row.code)}
            isStop={index === focused}
            isPointed={row.id === pointedId || row.code === selectedCode}
            onFocus={() => {
              setAt(index)
              onSelect(row)
            }}
            onPoint={() => onPoint(row.id)}
            onPeek={onPeek}
          />
        ))}
      </ol>
      <div ref={end} className={styles.end}>
        {hasMore && (
          <Button variant="quiet" busy={isLoadingMore} onClick={() => void loadMore()}>
            {t('more')}
          </Button>
        )}
      </div>
    </>
  )
}

type RowProps = {
  row: MapRow
  href: string
  isStop: boolean
  isPointed: boolean
  onFocus: () => void
  onPoint: () => void
  onPeek: () => void
}

function Row({ row, href, isStop, isPointed, onFocus, onPoint, onPeek }: RowProps) {
  const t = useTranslations('reports.queue.row')
  const { countedOf } = useDeadlineWords()
  const categoryNames = useCategoryNames()
  const deadline = useRowDeadline(row)
  return (
    <li>
      <a
        data-row
        href={href}
        className={styles.row}
        data-pointed={isPointed || undefined}
        tabIndex={isStop ? 0 : -1}
        onFocus={onFocus}
        onMouseEnter={onPoint}
        onKeyDown={(press) => {
          // On a link the browser would scroll.
          if (press.key !== ' ' || press.ctrlKey || press.metaKey || press.altKey || press.shiftKey) return
          press.preventDefault()
          onPeek()
        }}
      >
        <span className={styles.sign}>
          <PinSign group={deadline.kind} />
        </span>
        <span className={styles.line}>
          <RowStanding row={row} deadline={deadline} />
          <span className={styles.counted}>{deadline.kind === 'none' ? <Ended row={row} /> : countedOf(deadline)}</span>
        </span>
        <span className={styles.title} lang="vi">
          {row.title}
        </span>
        <span className={styles.where}>
          {[categoryNames(row.categoryCode).name, row.areaName ?? t('noPlace'), row.agencyName]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </a>
    </li>
  )
}
