'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Choices } from '#server/reports/queries/choices.ts'
import type { Queue } from '#server/reports/rules/queue.ts'
import { queueAddress } from '#server/reports/rules/queue-address.ts'
import type { SavedLayout } from '#server/reports/rules/saved-views.ts'
import { useFilterWords } from '../filter-words.ts'
import { SavedViewsSheet } from './SavedViewsSheet.tsx'
import { SaveViewForm } from './SaveViewForm.tsx'
import type { SavedViews, ShownView } from './use-saved-views.ts'

type Props = {
  /** All that are saved; a name for the shown queue; or the shown queue for the one it set out from. */
  opened: 'all' | 'new' | 'basis'
  saved: SavedViews
  queue: Queue
  layout: SavedLayout
  choices: Choices | undefined
  onQueue: (queue: Queue) => void
  onClose: () => void
}

/** What opens over the queue around its saved views. */
export function SavedPanels({ opened, saved, queue, layout, choices, onQueue, onClose }: Props) {
  const t = useTranslations('reports.queue')
  const wordsOf = useFilterWords()
  const [editing, setEditing] = useState<ShownView | null>(null)
  const summaryOf = (which: Queue) => {
    const view = t(`views.names.${which.view}`)
    const filters = wordsOf(which, choices).map(({ label, value }) => `${label}: ${value}`)
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
