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
import type { ApiClientRow } from '#server/api-clients/queries/clients.ts'
import type { KeyUse } from '#server/api-clients/rules/key.ts'
import { rotateKeyInput } from '#server/api-clients/rules/schemas.ts'
import { apiLimits } from '#server/platform/rules/limits.ts'
import styles from './ApiClients.module.css'
import type { ShownKey } from './KeyDialog.tsx'

type Props = {
  client: ApiClientRow
  use?: KeyUse
  onMade: (made: ShownKey) => void
  onClose: () => void
}

/** Makes a new key; the old ones of its use stay valid for as long as the administrator says. */
export function RotateDialog({ client, use = 'calls', onMade, onClose }: Props) {
  const t = useTranslations('integrations')
  const problemOf = useProblemText()
  const refusalText = useRefusalText()
  const trpc = useTRPC()
  const [refusal, setRefusal] = useState<unknown>(null)
  const isReading = use === 'reading'
  const { mutateAsync, isPending } = useMutation(
    (isReading ? trpc.apiClients.makeReadingKey : trpc.apiClients.rotate).mutationOptions(),
  )
  const replaces = client.keys.some((key) => key.use === use)
  const { attempt, dialog } = useConfirmedAttempt()
  const { id, version, name } = client
  const form = useForm(rotateKeyInput, {
    id,
    version,
    overlapHours: apiLimits.key.usualOverlapHours as number | null,
    keyDays: apiLimits.key.usualDays as number | null,
  })
  const submit = () => {
    const input = form.check()
    if (!input) return
    void attempt({ run: async () => onMade({ name, use, ...(await mutateAsync(input)) }), onRefused: setRefusal })
  }
  return (
    <>
      <ConfirmDialog
        open
        title={t(isReading ? 'readingDialog.title' : 'rotateDialog.title', { name })}
        confirmLabel={t('rotateDialog.confirm')}
        busy={isPending}
        onConfirm={submit}
        onClose={onClose}
      >
        <p>{t(isReading ? 'readingDialog.sentence' : 'rotateDialog.sentence')}</p>
        <div className={styles.fields}>
          {(!isReading || replaces) && (
            <CountField
              label={t('rotateDialog.overlap')}
              unit={t('rotateDialog.hoursUnit')}
              value={form.values.overlapHours}
              error={problemOf(form.problems.overlapHours)}
              onChange={(hours) => form.set('overlapHours', hours)}
            />
          )}
          <CountField
            label={t('rotateDialog.keyDays')}
            unit={t('form.daysUnit')}
            value={form.values.keyDays}
            error={problemOf(form.problems.keyDays)}
            onChange={(days) => form.set('keyDays', days)}
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
