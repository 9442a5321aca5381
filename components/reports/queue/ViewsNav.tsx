'use client'

import { useTranslations } from 'next-intl'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { ViewCounts } from '#server/reports/queries/view-counts.ts'
import { type QueueView, queueOf } from '#server/reports/rules/queue.ts'
import { addressOf } from './use-queue-address.ts'
import styles from './ViewsNav.module.css'

type Props = {
  id: string
  views: readonly QueueView[]
  current: QueueView
  /** Filters are on: the list is not the bare view. */
  isFiltered: boolean
  counts: ViewCounts['counts']
  onView: (view: QueueView) => void
}

export const countCeiling = 999

/** The views of the account with how many reports stand in each; lateness has its colour, and its word in the name. */
export function ViewsNav({ id, views, current, isFiltered, counts, onView }: Props) {
  const t = useTranslations('reports.queue.views')
  const format = useFormat()
  return (
    <nav id={id} className={styles.nav} aria-label={t('label')}>
      <SectionLabel as="h2">{t('group')}</SectionLabel>
      <ul className={styles.list}>
        {views.map((view) => {
          const count = counts[view]
          return (
            <li key={view}>
              <a
                className={styles.view}
                href={addressOf(queueOf(view))}
                aria-current={view === current ? (isFiltered ? 'true' : 'page') : undefined}
                title={view === 'referee' ? t('hints.referee') : undefined}
                data-tone={count ? toneOf(view) : undefined}
                onClick={(event) => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey) return
                  event.preventDefault()
                  onView(view)
                }}
              >
                <span className={styles.name}>{t(`names.${view}`)}</span>
                {count !== undefined && <span className={styles.count}>{format.cappedCount(count, countCeiling)}</span>}
              </a>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

export function toneOf(view: QueueView): 'late' | 'soon' | undefined {
  if (view === 'overdue') return 'late'
  return view === 'due_soon' ? 'soon' : undefined
}
