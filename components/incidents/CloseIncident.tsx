'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { Archive, ArchiveRestore } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { SaveRefusal } from '#components/events/SaveRefusal.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextArea } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { Incident } from '#server/incidents/queries.ts'
import styles from './Dialog.module.css'
import { LeftByClosing } from './LeftByClosing.tsx'
import { useRefreshIncident } from './use-refresh-incident.ts'

/** Closes the incident after showing what remains open, or reopens it with a reason. */
export function CloseIncident({ incident, open, mayRead }: { incident: Incident; open: number; mayRead: boolean }) {
  const t = useTranslations('incidents.closing')
  const [isAsking, setAsking] = useState(false)
  const isClosed = incident.closedAt !== null
  return (
    <>
      <Button icon={isClosed ? <ArchiveRestore /> : <Archive />} onClick={() => setAsking(true)}>
        {isClosed ? t('reopen') : t('action')}
      </Button>
      {isAsking &&
        (isClosed ? (
          <ReopenDialog incident={incident} onClose={() => setAsking(false)} />
        ) : (
          <CloseDialog incident={incident} open={open} mayRead={mayRead} onClose={() => setAsking(false)} />
        ))}
    </>
  )
}

type CloseProps = { incident: Incident; open: number; mayRead: boolean; onClose: () => void }

function CloseDialog({ incident, open, mayRead, onClose }: CloseProps) {
  const nameIn = useNameIn()
  const t = useTranslations('incidents.closing')
  const trpc = useTRPC()
  const router = useRouter()
  const toast = useToast()
  const refresh = useRefreshIncident()
  const [remarks, setRemarks] = useState('')
  const suggested = useQuery({ ...trpc.incidentDesk.suggestions.queryOptions(incident.id), enabled: mayRead })
  const left = useQuery({ ...trpc.incidentClosing.left.queryOptions(incident.id), staleTime: 0 })
  const [isLeft, setLeft] = useState(false)
  const batches = useQuery({ ...trpc.incidentDesk.batches.queryOptions(incident.id), enabled: mayRead })
  const sending = batches.data?.filter(({ state }) => ['sending', 'stopped', 'awaiting_approval'].includes(state))
  const save = useMutation(
    trpc.incidentClosing.close.mutationOptions({
      onSuccess: () => {
        void refresh()
        toast({ text: t('done', { name: nameIn(incident) }), tone: 'success' })
        router.push(`/incidents/${incident.id}/after-action`)
        router.refresh()
        onClose()
      },
    }),
  )
  const lookAgain = async () => {
    await refresh()
    onClose()
  }
  const alertsLeft = (left.data?.alerts ?? []).map(({ id }) => id)
  const refusalReason = () => {
    if (!left.data) return t('left.reading')
    return alertsLeft.length > 0 && !isLeft ? t('left.keepFirst') : undefined
  }
  // "None is left" is said only of what has been read.
  const remains = [
    t('open', { count: open }),
    suggested.data && t('suggested', { count: suggested.data.total }),
    sending && t('sending', { count: sending.length }),
    incident.stormMode && t('storm'),
  ].filter((sentence) => typeof sentence === 'string')
  return (
    <ConfirmDialog
      open
      title={t('title', { name: nameIn(incident) })}
      confirmLabel={t('action')}
      busy={save.isPending}
      reason={refusalReason()}
      onConfirm={() => save.mutate({ id: incident.id, version: incident.version, remarks, alertsLeft })}
      onClose={onClose}
    >
      <div className={styles.words}>
        <ul className={styles.list}>
          {remains.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        {left.data && <LeftByClosing left={left.data} isLeft={isLeft} onLeave={setLeft} />}
        {left.isError && <ErrorState error={left.error} onRetry={() => left.refetch()} />}
        <FormField label={t('remarks')} hint={t('remarksHint')}>
          {(field) => (
            <TextArea {...field} rows={3} value={remarks} onChange={(event) => setRemarks(event.target.value)} />
          )}
        </FormField>
        <SaveRefusal error={save.error} onKeep={lookAgain} onTake={lookAgain} />
      </div>
    </ConfirmDialog>
  )
}

function ReopenDialog({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const nameIn = useNameIn()
  const t = useTranslations('incidents.closing')
  const common = useTranslations('common.problems')
  const trpc = useTRPC()
  const router = useRouter()
  const toast = useToast()
  const refresh = useRefreshIncident()
  const [reason, setReason] = useState('')
  const save = useMutation(
    trpc.incidents.reopen.mutationOptions({
      onSuccess: () => {
        void refresh()
        router.refresh()
        toast({ text: t('reopened', { name: nameIn(incident) }), tone: 'success' })
        onClose()
      },
    }),
  )
  const lookAgain = async () => {
    await refresh()
    onClose()
  }
  return (
    <ConfirmDialog
      open
      title={t('reopenTitle', { name: nameIn(incident) })}
      confirmLabel={t('reopen')}
      busy={save.isPending}
      reason={reason.trim() === '' ? common('required') : undefined}
      onConfirm={() => save.mutate({ id: incident.id, version: incident.version, reason })}
      onClose={onClose}
    >
      <div className={styles.words}>
        <p>{t('reopenSentence')}</p>
        <FormField label={t('reason')} required>
          {(field) => (
            <TextArea {...field} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </FormField>
        <SaveRefusal error={save.error} onKeep={lookAgain} onTake={lookAgain} />
      </div>
    </ConfirmDialog>
  )
}
