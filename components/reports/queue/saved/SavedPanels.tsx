'use client'

import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { useFilterLines } from '#components/ui/filters/use-filter-lines.ts'
import type { Choices } from '#server/reports/queries/choices.ts'
import { thingsOf } from '#server/reports/rules/filter-things.ts'
import type { Queue, QueueView } from '#server/reports/rules/queue.ts'
import { queueAddress } from '#server/reports/rules/queue-address.ts'
import { queueFilters, queueFilterWords } from '#server/reports/rules/queue-filters.ts'
import type { SavedLayout } from '#server/reports/rules/saved-views.ts'
import { useViewName } from '../use-view-name.ts'
import { SavedViewsSheet } from './SavedViewsSheet.tsx'
import { SaveViewForm } from './SaveViewForm.tsx'
import type { SavedViews, ShownView } from './use-saved-views.ts'

type Props = {
  /** All saved views; a name for the shown queue; or saving the shown queue to the view it started from. */
  opened: 'all' | 'new' | 'basis'
  saved: SavedViews
  views: readonly QueueView[]
  queue: Queue
  layout: SavedLayout
  choices: Choices | undefined
  onQueue: (queue: Queue) => void
  onClose: () => void
}

/** The sheets for saved views that open over the queue. */
export function SavedPanels({ opened, saved, views, queue, layout, choices, onQueue, onClose }: Props) {
  const t = useTranslations('reports.queue')
  const nameOf = useViewName(views)
  const linesOf = useFilterLines(queueFilters, queueFilterWords)
  const things = useMemo(() => choices && thingsOf(choices), [choices])
  const [editing, setEditing] = useState<ShownView | null>(null)
  const summaryOf = (which: Queue) => {
    const view = nameOf(which.view)
    const filters = linesOf(which, things).map(({ label, value }) => `${label}: ${value}`)
    return filters.length === 0
      ? t('saved.unnarrowed', { view })
      : t('saved.summary', { view, filters: filters.join(' · ') })
  }
  if (editing) {
    return (
      <SaveViewForm
        view={editing}
        address={editing.address}
        layout={editing.layout}
        summary={summaryOf(editing.queue)}
        onClose={() => setEditing(null)}
      />
    )
  }
  if (opened === 'all') {
    return <SavedViewsSheet saved={saved} onQueue={onQueue} onEdit={setEditing} onClose={onClose} />
  }
  return (
    <SaveViewForm
      view={opened === 'basis' ? saved.basis : null}
      address={queueAddress(queue)}
      layout={layout}
      summary={summaryOf(queue)}
      onClose={onClose}
    />
  )
}
