'use client'

import { Bookmark } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { ViewsList } from '#components/ui/ViewsList.tsx'
import type { Queue } from '#server/reports/rules/queue.ts'
import { addressOf } from '../use-queue-address.ts'
import { countCeiling } from '../ViewsNav.tsx'
import styles from './SavedViewsNav.module.css'
import type { SavedViews } from './use-saved-views.ts'

type Props = { saved: SavedViews; onQueue: (queue: Queue) => void; onAll: () => void }

/** The saved views that the account keeps beside the built-in ones, and the link to all of them. */
export function SavedViewsNav({ saved, onQueue, onAll }: Props) {
  const t = useTranslations('reports.queue.saved')
  const format = useFormat()
  if (saved.all.length === 0) return null
  return (
    <nav className={styles.saved} aria-label={t('title')}>
      <SectionLabel as="h2">{t('group')}</SectionLabel>
      <ViewsList
        views={saved.pinned.map((view) => {
          const count = saved.counts[view.id]
          return {
            id: view.id,
            name: view.name,
            href: addressOf(view.queue),
            current: view.id === saved.current?.id ? 'page' : undefined,
            tone: undefined,
            count: count === undefined ? null : format.cappedCount(count, countCeiling),
          }
        })}
        onView={(id) => {
          const view = saved.pinned.find((each) => each.id === id)
          if (view) onQueue(view.queue)
        }}
      />
      <button type="button" className={styles.all} onClick={onAll}>
        <Bookmark size={14} aria-hidden="true" />
        {t('all', { count: saved.all.length })}
      </button>
    </nav>
  )
}
