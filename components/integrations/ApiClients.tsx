'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Plug, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { Table } from '#components/ui/Table.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { ApiClientRow as Client } from '#server/api-clients/queries/clients.ts'
import { ApiClientForm } from './ApiClientForm.tsx'
import { ApiClientRow } from './ApiClientRow.tsx'
import { ApiClientTerms } from './ApiClientTerms.tsx'
import { KeyDialog, type ShownKey } from './KeyDialog.tsx'
import { RotateDialog } from './RotateDialog.tsx'

type Doing =
  | { is: 'adding' }
  | { is: 'editing' | 'rotating' | 'revoking' | 'reading' | 'endingReading'; client: Client }
  | { is: 'showing'; made: ShownKey }

/** The programs of other systems that may use the API, with their keys and limits. */
export function ApiClients({ initial }: { initial: Client[] }) {
  const t = useTranslations('integrations')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const list = useQuery({ ...trpc.apiClients.list.queryOptions(), initialData: initial })
  const [doing, setDoing] = useState<Doing | null>(null)
  const stop = () => setDoing(null)
  const show = (made: ShownKey) => {
    setDoing({ is: 'showing', made })
    void queries.invalidateQueries(trpc.apiClients.list.pathFilter())
  }
  const clients = list.data
  const columns = [
    { key: 'name', label: t('columns.name'), width: '24%' },
    { key: 'permissions', label: t('columns.permissions') },
    { key: 'limits', label: t('columns.limits') },
    { key: 'keys', label: t('columns.keys') },
    { key: 'lastUsed', label: t('columns.lastUsed'), width: 150 },
    { key: 'actions', label: t('columns.actions'), quiet: true },
  ]
  const add = (
    <Button variant="primary" icon={<Plus />} onClick={() => setDoing({ is: 'adding' })}>
      {t('add')}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={t('title')}
        aside={t('count', { count: clients.length })}
        sentence={t('sentence')}
        actions={add}
      />
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {clients.length === 0 ? (
        <EmptyState icon={Plug} title={t('empty')}>
          {t('emptySentence')}
        </EmptyState>
      ) : (
        <Table label={t('title')} columns={columns}>
          {clients.map((client) => (
            <ApiClientRow
              key={client.id}
              client={client}
              onEdit={() => setDoing({ is: 'editing', client })}
              onRotate={() => setDoing({ is: 'rotating', client })}
              onMakeReading={() => setDoing({ is: 'reading', client })}
              onEndReading={() => setDoing({ is: 'endingReading', client })}
              onRevoke={() => setDoing({ is: 'revoking', client })}
            />
          ))}
        </Table>
      )}
      {doing?.is === 'adding' && <ApiClientForm onMade={show} onClose={stop} />}
      {doing?.is === 'editing' && <ApiClientTerms client={doing.client} onClose={stop} />}
      {doing?.is === 'rotating' && <RotateDialog client={doing.client} onMade={show} onClose={stop} />}
      {doing?.is === 'reading' && <RotateDialog client={doing.client} use="reading" onMade={show} onClose={stop} />}
      {doing?.is === 'endingReading' && <EndReadingDialog client={doing.client} onClose={stop} />}
      {doing?.is === 'revoking' && <RevokeDialog client={doing.client} onClose={stop} />}
      {doing?.is === 'showing' && <KeyDialog made={doing.made} onClose={stop} />}
    </>
  )
}

function RevokeDialog({ client, onClose }: { client: Client; onClose: () => void }) {
  const t = useTranslations('integrations')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const refusalText = useRefusalText()
  const { id, version, name } = client
  const revoke = useMutation(
    trpc.clientRevocation.revoke.mutationOptions({
      onSuccess: () => toast({ text: t('done.revoked', { name }), tone: 'success' }),
      onError: (error) => toast({ text: refusalText(error), tone: 'failure' }),
      onSettled: () => {
        onClose()
        const changed = [trpc.apiClients.list, trpc.webhooks, trpc.gateways]
        return Promise.all(changed.map((each) => queries.invalidateQueries(each.pathFilter())))
      },
    }),
  )
  return (
    <ConfirmDialog
      open
      title={t('revokeDialog.title', { name })}
      confirmLabel={t('revokeDialog.confirm')}
      tone="danger"
      busy={revoke.isPending}
      onConfirm={() => revoke.mutate({ id, version })}
      onClose={onClose}
    >
      {t('revokeDialog.sentence')}
    </ConfirmDialog>
  )
}

function EndReadingDialog({ client, onClose }: { client: Client; onClose: () => void }) {
  const t = useTranslations('integrations')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const refusalText = useRefusalText()
  const { id, version, name } = client
  const end = useMutation(
    trpc.apiClients.endReadingKeys.mutationOptions({
      onSuccess: () => toast({ text: t('done.readingEnded', { name }), tone: 'success' }),
      onError: (error) => toast({ text: refusalText(error), tone: 'failure' }),
      onSettled: () => {
        onClose()
        return queries.invalidateQueries(trpc.apiClients.list.pathFilter())
      },
    }),
  )
  return (
    <ConfirmDialog
      open
      title={t('endReadingDialog.title', { name })}
      confirmLabel={t('endReadingDialog.confirm')}
      tone="danger"
      busy={end.isPending}
      onConfirm={() => end.mutate({ id, version })}
      onClose={onClose}
    >
      {t('endReadingDialog.sentence')}
    </ConfirmDialog>
  )
}
