'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { type ViewItem, ViewsList } from '#components/ui/ViewsList.tsx'
import type { ViewCounts } from '#server/reports/queries/view-counts.ts'
import { type QueueView, queueOf } from '#server/reports/rules/queue.ts'
import { addressOf } from './use-queue-address.ts'
import { useViewName } from './use-view-name.ts'
import styles from './ViewsNav.module.css'

type Props = {
  id: string
  views: readonly QueueView[]
  /** Null while a saved view is shown. */
  current: QueueView | null
  /** Filters are on: the list is not the bare view. */
  isFiltered: boolean
  counts: ViewCounts['counts']
  onView: (view: QueueView) => void
}

export const countCeiling = 999

/** The views of the account with the number of reports in each; lateness has its colour, and its word in the name. */
export function ViewsNav({ id, views, current, isFiltered, counts, onView }: Props) {
  const t = useTranslations('reports.queue.views')
  const nameOf = useViewName(views)
  const format = useFormat()
  const router = useRouter()
  const trpc = useTRPC()
  const mayWrite = views.includes('mine')
  const { data: drafts } = useQuery({ ...trpc.drafts.count.queryOptions(), enabled: mayWrite, staleTime: 30_000 })
  const ofDrafts: ViewItem<'drafts'> = {
    id: 'drafts',
    name: t('drafts'),
    href: '/drafts',
    current: undefined,
    tone: undefined,
    count: drafts ? format.cappedCount(drafts, countCeiling) : null,
  }
  return (
    <nav id={id} className={styles.nav} aria-label={t('label')}>
      <SectionLabel as="h2">{t('group')}</SectionLabel>
      <ViewsList
        views={[
          ...views.map((view): ViewItem<QueueView> => {
            const count = counts[view]
            return {
              id: view,
              name: nameOf(view),
              href: addressOf(queueOf(view)),
              current: view !== current ? undefined : isFiltered ? 'true' : 'page',
              tone: count ? toneOf(view) : undefined,
              count: count === undefined ? null : format.cappedCount(count, countCeiling),
              hint: view === 'referee' ? t('hints.referee') : undefined,
            }
          }),
          ...(mayWrite ? [ofDrafts] : []),
        ]}
        onView={(view) => (view === 'drafts' ? router.push('/drafts') : onView(view))}
      />
    </nav>
  )
}

export function toneOf(view: QueueView): 'late' | 'soon' | undefined {
  if (view === 'overdue') return 'late'
  return view === 'due_soon' ? 'soon' : undefined
}
