'use client'

import { FilterX, Inbox, SearchX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Asleep } from '#components/ui/Asleep.tsx'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { KeyWords } from '#components/ui/KeyWords.tsx'
import { WholeCodes } from '#components/ui/WholeCodes.tsx'
import { isFiltered, type Queue, type QueueView, queueOf, viewNameOf } from '#server/reports/rules/queue.ts'
import { noFilters } from '#server/reports/rules/queue-filters.ts'
import { useViewName } from './use-view-name.ts'

/** Where to look next when a view is empty: the first of these that the account has. */
const nextViews: Record<QueueView, readonly QueueView[]> = {
  awaiting_intake: ['due_soon', 'open'],
  mine: ['my_agency', 'awaiting_intake', 'open'],
  stand_in: ['mine', 'open'],
  my_agency: ['open', 'all'],
  unassigned: ['due_soon', 'open'],
  due_soon: ['my_agency', 'awaiting_intake', 'open'],
  overdue: ['due_soon'],
  awaiting_approval: ['due_soon', 'open'],
  citizen_replied: ['mine', 'open'],
  reopened: ['open'],
  committed: ['all'],
  referee: ['awaiting_intake', 'open'],
  watching: ['open'],
  put_off: ['open'],
  open: ['all'],
  all: [],
}

type Props = { queue: Queue; views: readonly QueueView[]; onQueue: (queue: Queue) => void }

/** Says why the list is empty, and what to do next. */
export function EmptyQueue(props: Props) {
  return (
    <>
      <Reason {...props} />
      <Asleep />
    </>
  )
}

function Reason({ queue, views, onQueue }: Props) {
  const t = useTranslations('reports.queue.empty')
  const nameOf = useViewName(views)
  if (isFiltered(queue)) {
    const isSearch = queue.words !== ''
    const everywhere = queue.view !== 'all' && (
      <Button onClick={() => onQueue({ ...queue, view: 'all' })}>{t('filtered.everywhere')}</Button>
    )
    return (
      <EmptyState
        icon={isSearch ? SearchX : FilterX}
        title={isSearch ? t('search.title', { words: queue.words }) : t('filtered.title')}
        action={
          <>
            {everywhere}
            <Button variant="quiet" onClick={() => onQueue({ ...queue, ...noFilters })}>
              {t('filtered.action')}
            </Button>
          </>
        }
      >
        <WholeCodes>{t(isSearch ? 'search.sentence' : 'filtered.sentence')}</WholeCodes>
      </EmptyState>
    )
  }
  const name = viewNameOf(queue.view, views)
  const next = nextViews[queue.view].find((view) => views.includes(view))
  return (
    <EmptyState
      icon={Inbox}
      title={t(`${name}.title`)}
      action={next && <Button onClick={() => onQueue(queueOf(next))}>{t('next', { view: nameOf(next) })}</Button>}
    >
      {t.rich(`${name}.sentence`, { keys: (keys) => <KeyWords>{keys}</KeyWords> })}
    </EmptyState>
  )
}
