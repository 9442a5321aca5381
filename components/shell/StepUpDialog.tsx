'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { SecondFactorFields } from '#components/accounts/SecondFactorFields.tsx'
import { type FactorWays, useFactorProof } from '#components/accounts/use-factor-proof.ts'
import { useMyself } from '#components/reports/report/use-report.ts'
import { useTRPC, useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import styles from './StepUpDialog.module.css'

type Props = { onConfirmed: () => void; onClose: () => void }

/** Asks again who is there before much is changed or taken away at once: by the second factor where the account has one, else by password. */
export function StepUpDialog(props: Props) {
  const myself = useMyself()
  // Which of the two is known in a moment.
  if (!myself) return null
  return myself.hasSecondFactor ? <FactorDialog {...props} /> : <PasswordDialog {...props} />
}

function FactorDialog(props: Props) {
  const trpc = useTRPC()
  const { data: step } = useQuery(trpc.secondFactor.step.queryOptions(undefined, { gcTime: 0, staleTime: 0 }))
  return step ? <ShowFactorDialog {...props} step={step} /> : null
}

function ShowFactorDialog({ step, onConfirmed, onClose }: Props & { step: FactorWays & { demoCode: string | null } }) {
  const t = useTranslations('shell.stepUp')
  const words = useTranslations('factor')
  const client = useTRPCClient()
  const proof = useFactorProof(step)
  const send = async () => {
    if (await proof.send((shown) => client.me.confirmIdentity.mutate(shown))) onConfirmed()
  }
  return (
    <ConfirmDialog
      open
      title={t('title')}
      confirmLabel={proof.way === 'passkey' ? words('usePasskey') : t('confirm')}
      busy={proof.busy}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <div className={styles.fields}>
        <p>{t('bySecondFactor')}</p>
        <SecondFactorFields proof={proof} demoCode={step.demoCode} />
      </div>
    </ConfirmDialog>
  )
}

function PasswordDialog({ onConfirmed, onClose }: Props) {
  const t = useTranslations('shell.stepUp')
  const trpc = useTRPC()
  const refusalText = useRefusalText()
  const myself = useMyself()
  const [password, setPassword] = useState('')
  const [isMissing, setMissing] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const confirm = useMutation(trpc.me.confirmIdentity.mutationOptions({ onSuccess: onConfirmed }))
  const refused = confirm.error
  // What was refused is typed anew.
  useEffect(() => {
    if (refused) input.current?.select()
  }, [refused])
  const send = () => {
    if (password !== '') return confirm.mutate({ password })
    setMissing(true)
    input.current?.focus()
  }
  const problem = isMissing ? t('missing') : refused ? refusalText(refused) : undefined
  return (
    <ConfirmDialog
      open
      title={t('title')}
      confirmLabel={t('confirm')}
      busy={confirm.isPending}
      reason={myself?.hasPassword === false ? t('byCity') : undefined}
      onConfirm={send}
      onClose={onClose}
    >
      {myself?.hasPassword === false ? (
        t('byCity')
      ) : (
        <div className={styles.fields}>
          <p>{t('sentence')}</p>
          <input type="hidden" name="username" autoComplete="username" value={myself?.username ?? ''} readOnly />
          <FormField label={t('password')} error={problem}>
            {(field) => (
              <TextInput
                {...field}
                ref={input}
                type="password"
                autoComplete="current-password"
                value={password}
                onChange={(event) => {
                  setPassword(event.target.value)
                  setMissing(false)
                }}
              />
            )}
          </FormField>
        </div>
      )}
    </ConfirmDialog>
  )
}
