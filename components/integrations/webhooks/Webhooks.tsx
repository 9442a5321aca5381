'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus, Webhook as WebhookIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { Table } from '#components/ui/Table.tsx'
import type { WebhookRow as Webhook } from '#server/webhooks/queries/webhooks.ts'
import { SecretDialog, type ShownSecret } from './SecretDialog.tsx'
import { TestDialog } from './TestDialog.tsx'
import { WebhookForm } from './WebhookForm.tsx'
import { WebhookRow } from './WebhookRow.tsx'

type Doing = { is: 'adding' } | { is: 'testing'; webhook: Webhook } | { is: 'showing'; made: ShownSecret }

export function Webhooks({ initial }: { initial: Webhook[] }) {
  const t = useTranslations('webhooks')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const list = useQuery({ ...trpc.webhooks.list.queryOptions(), initialData: initial })
  const [doing, setDoing] = useState<Doing | null>(null)
  const stop = () => setDoing(null)
  const show = (made: ShownSecret) => {
    setDoing({ is: 'showing', made })
    void queries.invalidateQueries(trpc.webhooks.pathFilter())
  }
  const webhooks = list.data
  const columns = [
    { key: 'name', label: t('columns.name'), width: '32%' },
    { key: 'events', label: t('columns.events') },
    { key: 'last', label: t('columns.last'), width: '20%' },
    { key: 'queue', label: t('columns.queue'), width: '18%' },
    { key: 'actions', label: t('columns.actions'), quiet: true, width: 120 },
  ]
  return (
    <>
      <PageHeader
        title={t('title')}
        aside={t('count', { count: webhooks.length })}
        sentence={t('sentence')}
        actions={
          <Button variant="primary" icon={<Plus />} onClick={() => setDoing({ is: 'adding' })}>
            {t('add')}
          </Button>
        }
      />
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {webhooks.length === 0 ? (
        <EmptyState icon={WebhookIcon} title={t('empty')}>
          {t('emptySentence')}
        </EmptyState>
      ) : (
        <Table label={t('title')} columns={columns}>
          {webhooks.map((webhook) => (
            <WebhookRow key={webhook.id} webhook={webhook} onTest={() => setDoing({ is: 'testing', webhook })} />
          ))}
        </Table>
      )}
      {doing?.is === 'adding' && <WebhookForm onMade={show} onClose={stop} />}
      {doing?.is === 'testing' && <TestDialog webhook={doing.webhook} onClose={stop} />}
      {doing?.is === 'showing' && <SecretDialog made={doing.made} onClose={stop} />}
    </>
  )
}
