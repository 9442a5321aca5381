'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Ellipsis } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ActionMenu, type MenuEntry } from '#components/ui/ActionMenu.tsx'
import { BackLink } from '#components/ui/BackLink.tsx'
import { Button } from '#components/ui/Button.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { WebhookRow } from '#server/webhooks/queries/webhooks.ts'
import { integrationTabs } from '../tabs.ts'
import { DeliveryLog } from './DeliveryLog.tsx'
import { RotateSecretDialog } from './RotateSecretDialog.tsx'
import { SecretDialog, type ShownSecret } from './SecretDialog.tsx'
import { TestDialog } from './TestDialog.tsx'
import { WebhookFacts } from './WebhookFacts.tsx'
import { WebhookForm } from './WebhookForm.tsx'
import { statusOfHealth } from './words.ts'

type Doing = { is: 'changing' | 'testing' | 'rotating' | 'ending' } | { is: 'showing'; made: ShownSecret }

export function WebhookPage({ initial }: { initial: WebhookRow }) {
  const t = useTranslations('webhooks')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const refusalText = useRefusalText()
  const { data: webhook } = useQuery({
    ...trpc.webhooks.byId.queryOptions(initial.id),
    initialData: initial,
    refetchInterval: ({ state }) => (state.data && state.data.waiting > 0 ? 5000 : false),
  })
  const [doing, setDoing] = useState<Doing | null>(null)
  const stop = () => setDoing(null)
  const refresh = () => queries.invalidateQueries(trpc.webhooks.pathFilter())
  const { id, version, name, health } = webhook
  const switching = (done: 'paused' | 'resumed' | 'ended') => ({
    onSuccess: () => toast({ text: t(`done.${done}`, { name }), tone: 'success' as const }),
    onError: (error: unknown) => toast({ text: refusalText(error), tone: 'failure' as const }),
    onSettled: () => {
      stop()
      return refresh()
    },
  })
  const pause = useMutation(trpc.webhooks.pause.mutationOptions(switching('paused')))
  const resume = useMutation(trpc.webhooks.resume.mutationOptions(switching('resumed')))
  const end = useMutation(trpc.webhooks.end.mutationOptions(switching('ended')))
  const isOff = health === 'paused' || health === 'disabled'
  const entries: MenuEntry[] = [
    { id: 'rotate', label: t('actions.rotate'), onSelect: () => setDoing({ is: 'rotating' }) },
    ...(isOff ? [] : [{ id: 'pause', label: t('actions.pause'), onSelect: () => pause.mutate({ id, version }) }]),
    { id: 'end', label: t('actions.end'), onSelect: () => setDoing({ is: 'ending' }) },
  ]
  const actions = health !== 'ended' && (
    <>
      {isOff && (
        <Button variant="primary" busy={resume.isPending} onClick={() => resume.mutate({ id, version })}>
          {t('actions.resume')}
        </Button>
      )}
      <Button onClick={() => setDoing({ is: 'testing' })}>{t('actions.test')}</Button>
      <Button onClick={() => setDoing({ is: 'changing' })}>{t('actions.change')}</Button>
      <ActionMenu
        label={t('actions.more')}
        entries={entries}
        trigger={(props) => (
          <IconButton {...props} label={t('actions.more')}>
            <Ellipsis />
          </IconButton>
        )}
      />
    </>
  )
  return (
    <>
      <PageHeader
        above={<BackLink href={integrationTabs.webhooks}>{t('back')}</BackLink>}
        title={name}
        aside={
          <StatusChip status={statusOfHealth[health]} variant="plain">
            {t(`health.${health}`)}
          </StatusChip>
        }
        actions={actions}
      />
      <WebhookFacts webhook={webhook} />
      <DeliveryLog webhook={webhook} />
      {doing?.is === 'changing' && (
        <WebhookForm
          webhook={webhook}
          onChanged={(changed) => {
            stop()
            toast({ text: t('done.changed', { name: changed }), tone: 'success' })
            void refresh()
          }}
          onClose={stop}
        />
      )}
      {doing?.is === 'testing' && <TestDialog webhook={webhook} onClose={stop} />}
      {doing?.is === 'rotating' && (
        <RotateSecretDialog
          webhook={webhook}
          onMade={(made) => {
            setDoing({ is: 'showing', made })
            void refresh()
          }}
          onClose={stop}
        />
      )}
      {doing?.is === 'showing' && <SecretDialog made={doing.made} onClose={stop} />}
      <ConfirmDialog
        open={doing?.is === 'ending'}
        title={t('endDialog.title', { name })}
        confirmLabel={t('endDialog.confirm')}
        tone="danger"
        busy={end.isPending}
        onConfirm={() => end.mutate({ id, version })}
        onClose={stop}
      >
        {t('endDialog.sentence')}
      </ConfirmDialog>
    </>
  )
}
