'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextArea } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { defaultSettings } from '#server/platform/rules/settings.ts'
import type { BatchView } from '#server/reports/queries/answer-batches.ts'
import type { BatchMove } from '#server/reports/rules/answer-batch.ts'
import styles from './Dialog.module.css'
import { useRefreshIncident } from './use-refresh-incident.ts'

type Offered = Extract<BatchMove, 'approve' | 'refuse' | 'cancel' | 'resume'>

/** The moves that the server offers for it; irreversible ones ask for confirmation. */
export function BatchMoves({ batch }: { batch: BatchView }) {
  const t = useTranslations('incidents.answers')
  const refusals = useTranslations('refusals')
  const trpc = useTRPC()
  const refresh = useRefreshIncident()
  const textOf = useRefusalText()
  const toast = useToast()
  const [asking, setAsking] = useState<'refuse' | 'cancel' | null>(null)
  const [remarks, setRemarks] = useState('')
  const seen = { id: batch.id, version: batch.version }
  const settled = {
    onSettled: () => {
      setAsking(null)
      void refresh()
    },
    onError: (error: unknown) => void toast({ text: textOf(error), tone: 'failure' }),
  }
  const say = (text: string) => void toast({ text, tone: 'success' })
  const isNotice = batch.kind === 'notice'
  const undo = defaultSettings.undoSeconds
  const approve = useMutation(
    trpc.incidentDesk.approve.mutationOptions({
      ...settled,
      onSuccess: () => say(isNotice ? t('notice.approved', { undo }) : t('approved')),
    }),
  )
  const refuse = useMutation(
    trpc.incidentDesk.refuse.mutationOptions({ ...settled, onSuccess: () => say(t('refused')) }),
  )
  const cancel = useMutation(
    trpc.incidentDesk.cancel.mutationOptions({
      ...settled,
      onSuccess: ({ withdrawn }) => say(isNotice ? t('notice.cancelled') : t('cancelled', { count: withdrawn })),
    }),
  )
  const resume = useMutation(
    trpc.incidentDesk.resume.mutationOptions({ ...settled, onSuccess: () => say(t('resumed')) }),
  )
  const run: Record<Offered, () => void> = {
    approve: () => approve.mutate(seen),
    refuse: () => setAsking('refuse'),
    cancel: () => setAsking('cancel'),
    resume: () => resume.mutate(seen),
  }
  return (
    <>
      {batch.moves.map(({ move, refusalReason }) => {
        const name = move as Offered
        return (
          <Button
            key={move}
            size="small"
            variant={name === 'approve' || name === 'resume' ? 'primary' : 'plain'}
            busy={name === 'approve' ? approve.isPending : name === 'resume' && resume.isPending}
            reason={refusalReason === 'own_batch' ? refusals('own_batch') : undefined}
            onClick={run[name]}
          >
            {t(`moves.${name}`)}
          </Button>
        )
      })}
      <ConfirmDialog
        open={asking === 'refuse'}
        title={t(isNotice ? 'notice.refuseTitle' : 'refuse.title')}
        confirmLabel={t('moves.refuse')}
        busy={refuse.isPending}
        reason={remarks.trim() === '' ? t('refuse.remarks') : undefined}
        onConfirm={() => refuse.mutate({ ...seen, remarks })}
        onClose={() => setAsking(null)}
      >
        <FormField label={t('refuse.remarks')} required>
          {(field) => (
            <TextArea {...field} rows={3} value={remarks} onChange={(event) => setRemarks(event.target.value)} />
          )}
        </FormField>
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'cancel'}
        title={t(isNotice ? 'notice.cancelTitle' : 'cancelTitle')}
        confirmLabel={t('moves.cancel')}
        tone="danger"
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate(seen)}
        onClose={() => setAsking(null)}
      >
        <p className={styles.words}>{isNotice ? t('notice.cancelSentence') : t('cancelSentence', { undo })}</p>
      </ConfirmDialog>
    </>
  )
}
