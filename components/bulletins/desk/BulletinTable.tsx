'use client'

import { FilterX, Newspaper } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type Ref, useEffect, useRef } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import type { BulletinBrief } from '#server/bulletins/queries/list.ts'
import type { DeskState } from '#server/bulletins/rules/desk-address.ts'
import { deskFilters } from '#server/bulletins/rules/desk-filters.ts'
import { isAnySet } from '#server/platform/rules/filters/filters.ts'
import { BulletinRow, bulletinRowId } from './BulletinRow.tsx'
import styles from './BulletinTable.module.css'
import type { BulletinList } from './use-bulletin-list.ts'

type Props = {
  ref: Ref<HTMLTableElement>
  desk: DeskState
  list: BulletinList
  focusedId: string | null
  selected: ReadonlySet<string>
  onFocus: (row: BulletinBrief) => void
  onOpen: (row: BulletinBrief) => void
  onSelect: (row: BulletinBrief) => void
  onClear: () => void
}

const columns = ['select', 'bulletin', 'state', 'when', 'people'] as const

/** The rows, loaded page by page while scrolling, with empty, loading and error states. */
export function BulletinTable({ ref, desk, list, focusedId, selected, onFocus, onOpen, onSelect, onClear }: Props) {
  const t = useTranslations('bulletins.list')
  const end = useRef<HTMLDivElement>(null)
  const { hasMore, isLoadingMore, loadMore, rows } = list
  useEffect(() => {
    const element = end.current
    if (!element || !hasMore || isLoadingMore) return
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && void loadMore(), {
      rootMargin: '600px',
    })
    watch.observe(element)
    return () => watch.disconnect()
  }, [hasMore, isLoadingMore, loadMore])

  if (list.error) {
    return (
      <div className={styles.frame}>
        <ErrorState error={list.error} onRetry={() => void list.retry()} />
      </div>
    )
  }
  if (list.isLoading) {
    return (
      <div className={styles.frame} aria-busy="true">
        <SkeletonRows rows={10} rowHeight={56} columns={[24, '3fr', 120, 120, 120]} />
      </div>
    )
  }
  if (rows.length === 0) {
    const isFiltered = isAnySet(deskFilters, desk)
    return (
      <div className={styles.frame}>
        <EmptyState
          icon={isFiltered ? FilterX : Newspaper}
          title={t(isFiltered ? 'emptyFiltered' : 'empty')}
          action={<Button onClick={onClear}>{t('showAll')}</Button>}
        >
          {t(isFiltered ? 'emptyFilteredSentence' : 'emptySentence')}
        </EmptyState>
      </div>
    )
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users must be able to scroll it
    <section className={styles.frame} tabIndex={0} aria-label={t('rows')}>
      <table
        ref={ref}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows the keys walk is a grid
        role="grid"
        tabIndex={0}
        className={styles.table}
        aria-label={t('rows')}
        aria-multiselectable="true"
        aria-activedescendant={focusedId ? bulletinRowId(focusedId) : undefined}
      >
        <thead className={styles.head}>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" data-column={column}>
                {column === 'select' ? <VisuallyHidden>{t('columns.select')}</VisuallyHidden> : t(`columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <BulletinRow
              key={row.id}
              row={row}
              isFocused={row.id === focusedId}
              isSelected={selected.has(row.id)}
              onFocus={onFocus}
              onOpen={onOpen}
              onSelect={onSelect}
            />
          ))}
        </tbody>
      </table>
      <div ref={end} className={styles.end}>
        {isLoadingMore ? t('more') : !hasMore && t('end')}
      </div>
    </section>
  )
}
