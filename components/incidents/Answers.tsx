'use client'

import { useQuery } from '@tanstack/react-query'
import { MessagesSquare } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import type { Incident } from '#server/incidents/queries.ts'
import { BatchCard } from './BatchCard.tsx'
import { ComposeBatch } from './ComposeBatch.tsx'
import rows from './Rows.module.css'

/** While answers go out the screen follows them; otherwise it looks now and then. */
const [following, looking] = [1500, 30_000]

/** What was sent to many at once, and how far it is. */
export function Answers({ incident, mayAnswer }: { incident: Incident; mayAnswer: boolean }) {
  const t = useTranslations('incidents.answers')
  const trpc = useTRPC()
  const [isComposing, setComposing] = useState(false)
  const list = useQuery({
    ...trpc.incidentDesk.batches.queryOptions(incident.id),
    refetchInterval: ({ state }) =>
      state.data?.some((batch) => batch.state === 'sending' || batch.leaving > 0) ? following : looking,
  })
  const compose = (
    <Button
      variant="primary"
      icon={<MessagesSquare />}
      reason={mayAnswer ? undefined : t('notAllowed')}
      onClick={() => setComposing(true)}
    >
      {t('compose')}
    </Button>
  )
  return (
    <section aria-labelledby="incident-answers">
      <header className={rows.header}>
        <div>
          <h2 id="incident-answers" className={rows.heading}>
            {t('title')}
          </h2>
          <p className={rows.sentence}>{t('sentence')}</p>
        </div>
        {list.data && list.data.length > 0 && compose}
      </header>
      {list.isPending && <SkeletonRows rows={3} rowHeight={96} columns={['1fr']} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {list.data?.length === 0 && (
        <EmptyState icon={MessagesSquare} title={t('empty')} action={compose}>
          {t('emptySentence')}
        </EmptyState>
      )}
      {list.data?.map((batch) => (
        <BatchCard key={batch.id} batch={batch} />
      ))}
      {isComposing && <ComposeBatch incident={incident} onClose={() => setComposing(false)} />}
    </section>
  )
}
