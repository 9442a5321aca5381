'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { Camera, ListChecks } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, type Ref, useContext, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { useCategoryNames } from '#components/categories/CategoryNames.tsx'
import { useKeyboard } from '#components/keyboard/KeyboardProvider.tsx'
import { DeadlineChip } from '#components/reports/DeadlineChip.tsx'
import { useDeadlineWords } from '#components/reports/deadline-words.ts'
import { RouteLink } from '#components/reports/map/RouteLink.tsx'
import { Button } from '#components/ui/Button.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { statusInk } from '#components/ui/status-colors.ts'
import { statusIcons } from '#components/ui/status-icons.ts'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useNow } from '#components/ui/use-now.ts'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import type { QueueChange } from '#server/reports/queries/queue-changes.ts'
import { isOpen } from '#server/reports/rules/lifecycle.ts'
import type { Queue, QueueView } from '#server/reports/rules/queue.ts'
import { deadlineNow } from './countdown.ts'
import { Ended } from './DeadlineCell.tsx'
import { FoundIn } from './FoundIn.tsx'
import type { ListState } from './list-state.ts'
import { OpenTimeContext } from './open-time.ts'
import styles from './QueueCards.module.css'
import { useLongPress } from './use-long-press.ts'
import type { PlaceHandle } from './use-place.ts'
import { addressOf } from './use-queue-address.ts'
import type { QueueNews } from './use-queue-changes.ts'
import type { LoadedRow } from './use-queue-list.ts'
import { useRowWords } from './use-row-words.ts'
import { useViewName } from './use-view-name.ts'

type Props = {
  handle: Ref<PlaceHandle>
  list: string
  queue: Queue
  views: readonly QueueView[]
  rows: readonly LoadedRow[]
  state: ListState
  news: QueueNews
  seen: Readonly<Record<string, number>>
  hasMore: boolean
  onOpen: (row: LoadedRow) => void
  onSelect: (id: number, extend: boolean) => void
  onNearEnd: () => void
  footer: ReactNode
}

const usualHeight = 112
/** Pixels of the strip above the first card; the stylesheet has the same value. */
const stripHeight = 52
const nearEnd = 10
const scrolls = new Map<string, number>()

/**
 * The queue on a phone: one card for each report with subject, place and deadline. A tap opens it, or selects it while
 * selecting.
 */
export function QueueCards(props: Props) {
  const { handle, list, queue, views, rows, state, news, seen, hasMore, onOpen, onSelect, onNearEnd, footer } = props
  const t = useTranslations('reports.queue')
  const [choosingIn, setChoosingIn] = useState<string | null>(null)
  const nameOf = useViewName(views)
  const isChoosing = choosingIn === list || state.selected.size > 0
  const frame = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => usualHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 6,
    scrollMargin: stripHeight,
    initialOffset: () => scrolls.get(list) ?? 0,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && rows.length > 0 && last >= rows.length - nearEnd) onNearEnd()
  }, [hasMore, last, rows.length, onNearEnd])
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
      // In cards, not pixels: after a reload the cards above have not been measured yet.
      place: () => {
        const top = frame.current?.scrollTop ?? 0
        return { position: virtual.getVirtualItems().find(({ end }) => end > top)?.index ?? 0, hadFocus: false }
      },
      scrollTo: (index) => {
        if (index === 0) virtual.scrollToOffset(0)
        else virtual.scrollToIndex(index, { align: 'start' })
      },
    }),
    [virtual],
  )

  return (
    <div ref={frame} className={styles.frame}>
      <Strip
        rows={rows}
        state={state}
        hasMore={hasMore}
        isChoosing={isChoosing}
        onChoosing={(on) => setChoosingIn(on ? list : null)}
      />
      <ul className={styles.list} style={{ height: virtual.getTotalSize() }} aria-label={nameOf(queue.view)}>
        {items.map(({ index, start }) => {
          const row = rows[index]
          return (
            row && (
              <li
                key={row.id}
                ref={virtual.measureElement}
                data-index={index}
                className={styles.item}
                style={{ transform: `translateY(${start - stripHeight}px)` }}
              >
                <Card
                  row={row}
                  href={addressOf(queue, row.code)}
                  isUnread={seen[row.id] === undefined}
                  isChosen={isChoosing ? state.selected.has(row.id) : null}
                  left={news.left.get(row.id)}
                  onOpen={onOpen}
                  onSelect={onSelect}
                />
                {!isChoosing && row.point && isOpen(row.state) && (
                  <RouteLink point={row.point} className={styles.route}>
                    <VisuallyHidden>{t('row.routeTo', { code: row.code })}</VisuallyHidden>
                  </RouteLink>
                )}
              </li>
            )
          )
        })}
      </ul>
      {footer}
    </div>
  )
}

type StripProps = {
  rows: readonly LoadedRow[]
  state: ListState
  hasMore: boolean
  isChoosing: boolean
  onChoosing: (on: boolean) => void
}

/** Starts and ends selecting, and selects many at once: first the loaded reports, then the whole list. */
function Strip({ rows, state, hasMore, isChoosing, onChoosing }: StripProps) {
  const t = useTranslations('bulk.choosing')
  const { run } = useKeyboard()
  if (!isChoosing) {
    return (
      <div className={styles.strip}>
        <Button
          size="small"
          variant="quiet"
          className={styles.start}
          icon={<ListChecks />}
          onClick={() => onChoosing(true)}
        >
          {t('start')}
        </Button>
      </div>
    )
  }
  const isAll = rows.every(({ id }) => state.selected.has(id))
  const end = () => {
    run('list.clear')
    onChoosing(false)
  }
  return (
    <div className={styles.strip} data-choosing="">
      {(!isAll || (hasMore && !state.frozen)) && (
        <Button size="small" onClick={() => run('list.selectAll')}>
          {isAll ? t('whole') : t('loaded', { count: rows.length })}
        </Button>
      )}
      <Button size="small" variant="quiet" className={styles.start} onClick={end}>
        {t('end')}
      </Button>
    </div>
  )
}

type CardProps = {
  row: LoadedRow
  href: string
  isUnread: boolean
  /** Null while not selecting. */
  isChosen: boolean | null
  left: QueueChange | undefined
  onOpen: (row: LoadedRow) => void
  onSelect: (id: number, extend: boolean) => void
}

function Card({ row, href, isUnread, isChosen, left, onOpen, onSelect }: CardProps) {
  const press = useLongPress(() => onSelect(row.id, false))
  const words = <CardWords row={row} isUnread={isUnread} left={left} />
  if (isChosen !== null) {
    return (
      <label className={styles.card} data-choosing="" data-left={left ? true : undefined}>
        <input type="checkbox" checked={isChosen} onChange={() => onSelect(row.id, false)} />
        {words}
      </label>
    )
  }
  return (
    <a
      {...press}
      className={styles.card}
      data-route={row.point && isOpen(row.state) ? '' : undefined}
      href={href}
      data-left={left ? true : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        onOpen(row)
      }}
    >
      {words}
    </a>
  )
}

function CardWords({ row, isUnread, left }: Pick<CardProps, 'row' | 'isUnread' | 'left'>) {
  const t = useTranslations('reports.queue.row')
  const words = useRowWords()
  const categoryNames = useCategoryNames()
  const { countedOf } = useDeadlineWords()
  const openTime = useContext(OpenTimeContext)
  const now = useNow()
  const state = left?.state ?? row.state
  const deadline = openTime ? deadlineNow(row, now, openTime) : row.deadline
  const Urgent = statusIcons.urgent
  return (
    <>
      <span className={styles.top}>
        {deadline.kind === 'none' ? <Ended row={row} /> : <DeadlineChip deadline={deadline} />}
        <span className={styles.counted}>{countedOf(deadline)}</span>
        {row.severity === 'urgent' && (
          <span className={styles.urgent} style={{ color: statusInk('urgent') }}>
            <Urgent size={14} aria-hidden="true" />
            {t('urgent')}
          </span>
        )}
        <span className={styles.when}>
          <TimeText at={row.receivedAt} as="compact" />
        </span>
      </span>
      <span className={isUnread ? styles.unread : styles.title}>{row.title}</span>
      <span className={styles.place}>
        <span className={styles.what}>{categoryNames(row.categoryCode).name}</span>
        <span className={styles.where}> · {row.areaName ?? t('noPlace')}</span>
      </span>
      {row.foundIn && <FoundIn found={row.foundIn} className={styles.found} />}
      <span className={styles.bottom}>
        <StatusChip status={state} variant="plain">
          {words.stateOf({ state })}
        </StatusChip>
        <span className={styles.agency}>{row.agencyName ?? <i>{t('unassigned')}</i>}</span>
        {row.photoCount > 0 && (
          <span className={styles.photos}>
            <Camera size={13} aria-hidden="true" />
            {row.photoCount}
            <VisuallyHidden>{t('photos', { count: row.photoCount })}</VisuallyHidden>
          </span>
        )}
        {row.citizens > 1 && <span className={styles.photos}>×{row.citizens}</span>}
      </span>
      {left && <span className={styles.why}>{words.whyLeft(row, left)}</span>}
    </>
  )
}
