'use client'

import { useQuery } from '@tanstack/react-query'
import { Megaphone, MessagesSquare } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import type { Incident } from '#server/incidents/queries.ts'
import type { BatchView } from '#server/reports/queries/answer-batches.ts'
import { BatchCard } from './BatchCard.tsx'
import { ComposeBatch } from './ComposeBatch.tsx'
import { ComposeNotice } from './ComposeNotice.tsx'
import type { IncidentRights } from './IncidentDetail.tsx'
import rows from './Rows.module.css'

/** Milliseconds: polling is fast while something is being sent, slow otherwise. */
const [following, looking] = [1500, 30_000]

type Composing = { kind: 'answer' } | { kind: 'notice'; follows: BatchView | null }

/** What was sent to many at once and its progress: answers of the agencies, notices of the city. */
export function Answers({ incident, rights }: { incident: Incident; rights: IncidentRights }) {
  const t = useTranslations('incidents.answers')
  const trpc = useTRPC()
  const [composing, setComposing] = useState<Composing | null>(null)
  const list = useQuery({
    ...trpc.incidentDesk.batches.queryOptions(incident.id),
    refetchInterval: ({ state }) =>
      state.data?.some((batch) => batch.state === 'sending' || batch.leaving > 0) ? following : looking,
  })
  const compose = (
    <span className={rows.actions}>
      {rights.notify && (
        <Button
          variant={rights.answer ? 'plain' : 'primary'}
          icon={<Megaphone />}
          onClick={() => setComposing({ kind: 'notice', follows: null })}
        >
          {t('notice.compose')}
        </Button>
      )}
      {(rights.answer || !rights.notify) && (
        <Button
          variant="primary"
          icon={<MessagesSquare />}
          reason={rights.answer ? undefined : t('notAllowed')}
          onClick={() => setComposing({ kind: 'answer' })}
        >
          {t('compose')}
        </Button>
      )}
    </span>
  )
  const close = () => setComposing(null)
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
        <BatchCard key={batch.id} batch={batch} onSendSince={() => setComposing({ kind: 'notice', follows: batch })} />
      ))}
      {composing?.kind === 'answer' && <ComposeBatch incident={incident} onClose={close} />}
      {composing?.kind === 'notice' && (
        <ComposeNotice incident={incident} follows={composing.follows} onClose={close} />
      )}
    </section>
  )
}
