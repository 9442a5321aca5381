'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useConfirmedAttempt } from '#components/shell/use-step-up.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { CountField } from '#components/ui/CountField.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import { webhookLimits } from '#server/platform/rules/limits.ts'
import type { WebhookRow } from '#server/webhooks/queries/webhooks.ts'
import { rotateSecretInput } from '#server/webhooks/rules/schemas.ts'
import type { ShownSecret } from './SecretDialog.tsx'
import styles from './Webhooks.module.css'

type Props = { webhook: WebhookRow; onMade: (made: ShownSecret) => void; onClose: () => void }

/** Creates a new secret. The old one also signs for the time that the administrator chooses. */
export function RotateSecretDialog({ webhook: { id, version, name }, onMade, onClose }: Props) {
  const t = useTranslations('webhooks.rotateDialog')
  const problemOf = useProblemText()
  const refusalText = useRefusalText()
  const trpc = useTRPC()
  const [refusal, setRefusal] = useState<unknown>(null)
  const { mutateAsync, isPending } = useMutation(trpc.webhooks.rotate.mutationOptions())
  const { attempt, dialog } = useConfirmedAttempt()
  const form = useForm(rotateSecretInput, {
    id,
    version,
    overlapHours: webhookLimits.secret.usualOverlapHours as number | null,
  })
  const submit = () => {
    const input = form.check()
    if (!input) return
    const run = async () => onMade({ name, secret: (await mutateAsync(input)).secret })
    void attempt({ run, onRefused: setRefusal })
  }
  return (
    <>
      <ConfirmDialog
        open
        title={t('title', { name })}
        confirmLabel={t('confirm')}
        busy={isPending}
        onConfirm={submit}
        onClose={onClose}
      >
        <p>{t('sentence')}</p>
        <div className={styles.fields}>
          <CountField
            label={t('overlap')}
            unit={t('hoursUnit')}
            value={form.values.overlapHours}
            error={problemOf(form.problems.overlapHours)}
            onChange={(hours) => form.set('overlapHours', hours)}
          />
        </div>
        {refusal !== null && (
          <p role="alert" className={styles.problem}>
            {refusalText(refusal)}
          </p>
        )}
      </ConfirmDialog>
      {dialog}
    </>
  )
}
