'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { SecondFactorFields } from '#components/accounts/SecondFactorFields.tsx'
import { type FactorWays, useFactorProof } from '#components/accounts/use-factor-proof.ts'
import { useMyself } from '#components/reports/report/use-report.ts'
import { useTRPC, useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { PasswordDialog } from './PasswordDialog.tsx'
import styles from './StepUpDialog.module.css'

type Props = { onConfirmed: () => void; onClose: () => void }

/**
 * Confirms the user's identity before a large change or download: by the second factor where the account has one, else
 * by password.
 */
export function StepUpDialog(props: Props) {
  const myself = useMyself()
  // Which of the two applies is known in a moment.
  if (!myself) return null
  return myself.hasSecondFactor ? <FactorDialog {...props} /> : <PasswordDialog {...props} person={myself} />
}

function FactorDialog(props: Props) {
  const trpc = useTRPC()
  const { data: step } = useQuery(trpc.secondFactor.step.queryOptions(undefined, { gcTime: 0, staleTime: 0 }))
  return step ? <ShowFactorDialog {...props} step={step} /> : null
}

function ShowFactorDialog({ step, onConfirmed, onClose }: Props & { step: FactorWays & { demoCode: string | null } }) {
  const t = useTranslations('factor.stepUp')
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
