'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useConfirmedAttempt } from '#components/shell/use-step-up.tsx'
import { useTRPC, useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { secondFactorLimits } from '#server/platform/rules/limits.ts'
import styles from './SecondFactor.module.css'

type Props = { account: { id: string; name: string; username: string }; onClose: () => void }

const shortest = secondFactorLimits.shortestReason

/**
 * Removes the second factor from an account, with a reason. Administrators confirm their identity first where required.
 */
export function ResetFactorDialog({ account, onClose }: Props) {
  const t = useTranslations('accounts.admin')
  const toast = useToast()
  const refusalText = useRefusalText()
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queries = useQueryClient()
  const { attempt, dialog } = useConfirmedAttempt()
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const send = async () => {
    if (reason.trim().length < shortest) return setProblem(t('resetFactorReasonShort', { shortest }))
    setBusy(true)
    await attempt({
      run: async () => {
        await client.accounts.resetSecondFactor.mutate({ accountId: account.id, reason })
        toast({ text: t('done.factorReset', { username: account.username }), tone: 'success' })
        onClose()
        await queries.invalidateQueries(trpc.accounts.list.pathFilter())
      },
      onRefused: (error) => setProblem(refusalText(error)),
    })
    setBusy(false)
  }
  return (
    <>
      <ConfirmDialog
        open
        title={t('resetFactor')}
        confirmLabel={t('resetFactor')}
        tone="danger"
        busy={busy}
        onConfirm={() => void send()}
        onClose={onClose}
      >
        <div className={styles.fields}>
          <p>{t('resetFactorSentence', { name: account.name })}</p>
          <FormField label={t('resetFactorReason')} hint={t('resetFactorReasonHint', { shortest })} error={problem}>
            {(field) => (
              <TextInput
                {...field}
                type="text"
                maxLength={500}
                value={reason}
                onChange={(event) => {
                  setReason(event.target.value)
                  setProblem(undefined)
                }}
              />
            )}
          </FormField>
        </div>
      </ConfirmDialog>
      {dialog}
    </>
  )
}
