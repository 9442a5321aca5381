'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus, Send } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useConfirmedAttempt } from '#components/shell/use-step-up.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { Table } from '#components/ui/Table.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { GatewayRow as Gateway } from '#server/deliveries/queries/gateways.ts'
import { GatewayForm } from './GatewayForm.tsx'
import { GatewayRow } from './GatewayRow.tsx'
import { ReceiptsDialog } from './ReceiptsDialog.tsx'
import { RemoveDialog } from './RemoveDialog.tsx'
import { SecretDialog } from './SecretDialog.tsx'
import { type ShownSecret, SigningSecretDialog } from './SigningSecretDialog.tsx'
import { TestDialog } from './TestDialog.tsx'

export type GatewayDeed = 'editing' | 'testing' | 'replacing' | 'readdressing' | 'removing'
type Doing = { is: 'adding' } | { is: GatewayDeed; gateway: Gateway } | { is: 'showing'; made: ShownSecret }

export function Gateways({ initial }: { initial: Gateway[] }) {
  const t = useTranslations('deliveries.gateways')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const { attempt, dialog } = useConfirmedAttempt()
  const list = useQuery({ ...trpc.gateways.list.queryOptions(), initialData: initial })
  const [doing, setDoing] = useState<Doing | null>(null)
  const stop = () => setDoing(null)
  const refresh = () => queries.invalidateQueries(trpc.gateways.pathFilter())
  const pause = useMutation(trpc.gateways.pause.mutationOptions({ onSettled: refresh }))
  const resume = useMutation(trpc.gateways.resume.mutationOptions({ onSettled: refresh }))
  const turn = ({ id, version, name, pausedAt }: Gateway) => {
    const run = async () => {
      await (pausedAt ? resume : pause).mutateAsync({ id, version })
      toast({ text: t(pausedAt ? 'done.resumed' : 'done.paused', { name }), tone: 'success' })
    }
    void attempt({ run, onRefused: (error) => toast({ text: textOf(error), tone: 'failure' }) })
  }
  const show = (made: ShownSecret | null) => {
    setDoing(made && { is: 'showing', made })
    void refresh()
  }
  const gateways = list.data
  const columns = [
    { key: 'name', label: t('columns.name'), width: '26%' },
    { key: 'health', label: t('columns.health') },
    { key: 'pace', label: t('columns.pace'), width: 170 },
    { key: 'last', label: t('columns.last'), width: 200 },
    { key: 'actions', label: t('columns.actions'), quiet: true, width: 200 },
  ]
  return (
    <>
      <PageHeader
        title={t('title')}
        sentence={t('sentence')}
        actions={
          <Button variant="primary" icon={<Plus />} onClick={() => setDoing({ is: 'adding' })}>
            {t('add')}
          </Button>
        }
      />
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {gateways.length === 0 ? (
        <EmptyState icon={Send} title={t('empty')}>
          {t('emptySentence')}
        </EmptyState>
      ) : (
        <Table label={t('title')} columns={columns}>
          {gateways.map((gateway) => (
            <GatewayRow
              key={gateway.id}
              gateway={gateway}
              onDo={(is) => setDoing({ is, gateway })}
              onTurn={() => turn(gateway)}
            />
          ))}
        </Table>
      )}
      {doing?.is === 'adding' && <GatewayForm gateway={null} onDone={show} onClose={stop} />}
      {doing?.is === 'editing' && <GatewayForm gateway={doing.gateway} onDone={show} onClose={stop} />}
      {doing?.is === 'testing' && <TestDialog gateway={doing.gateway} onDone={refresh} onClose={stop} />}
      {doing?.is === 'replacing' && <SecretDialog gateway={doing.gateway} onDone={show} onClose={stop} />}
      {doing?.is === 'readdressing' && <ReceiptsDialog gateway={doing.gateway} onDone={show} onClose={stop} />}
      {doing?.is === 'removing' && <RemoveDialog gateway={doing.gateway} onDone={refresh} onClose={stop} />}
      {doing?.is === 'showing' && <SigningSecretDialog made={doing.made} onClose={stop} />}
      {dialog}
    </>
  )
}
