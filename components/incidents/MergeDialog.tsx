'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { QueueRow } from '#server/reports/queries/queue-rows.ts'
import styles from './Dialog.module.css'
import { useRefreshIncident } from './use-refresh-incident.ts'

type Props = { rows: readonly QueueRow[]; onClose: (done: boolean) => void }

/** Merges several reports about one matter: every reporter gets the answer of the canonical one. */
export function MergeDialog({ rows, onClose }: Props) {
  const t = useTranslations('incidents.merge')
  const trpc = useTRPC()
  const refresh = useRefreshIncident()
  const textOf = useRefusalText()
  const toast = useToast()
  // Default: the oldest report. It has waited longest, and others saw it first.
  const [canonicalId, setCanonical] = useState(() => rows.reduce((a, b) => (a.receivedAt <= b.receivedAt ? a : b)).id)
  const canonical = rows.find(({ id }) => id === canonicalId)
  const merge = useMutation(
    trpc.incidentDesk.merge.mutationOptions({
      onSuccess: (decided) => {
        const refused = decided.filter(({ refusal }) => refusal !== null)
        const [first] = refused
        const done = decided.length - refused.length
        toast(
          first?.refusal
            ? {
                text: t('some', {
                  done,
                  failed: refused.length,
                  reason: textOf({ code: first.refusal, details: {} }),
                }),
                tone: 'failure',
              }
            : { text: t('done', { count: done, code: canonical?.code ?? '' }), tone: 'success' },
        )
        void refresh()
        onClose(true)
      },
    }),
  )
  return (
    <ConfirmDialog
      open
      title={t('title', { count: rows.length })}
      confirmLabel={t('submit')}
      busy={merge.isPending}
      onConfirm={() =>
        merge.mutate({
          intoReportId: canonicalId,
          reports: rows.filter(({ id }) => id !== canonicalId).map(({ id, version }) => ({ reportId: id, version })),
        })
      }
      onClose={() => onClose(false)}
    >
      <div className={styles.words}>
        <p>{t('sentence')}</p>
        <FormField label={t('canonical')}>
          {(field) => (
            <SelectInput {...field} value={canonicalId} onChange={(event) => setCanonical(Number(event.target.value))}>
              {rows.map(({ id, code, title }) => (
                <option key={id} value={id}>
                  {code} · {title}
                </option>
              ))}
            </SelectInput>
          )}
        </FormField>
        {merge.isError && <p role="alert">{textOf(merge.error)}</p>}
      </div>
    </ConfirmDialog>
  )
}
