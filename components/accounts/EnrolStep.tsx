'use client'

import { KeyRound, Smartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useConfirmedAttempt } from '#components/shell/use-step-up.tsx'
import { Button } from '#components/ui/Button.tsx'
import styles from './SecondFactor.module.css'
import { SignInAsOther } from './SecondFactorStep.tsx'
import formStyles from './SignInForm.module.css'
import { useFactorSetUp } from './use-factor-set-up.tsx'

type Props = { person: { username: string; hasPassword: boolean }; from: string }

/** An account whose role requires a second factor sets one up before anything else. */
export function EnrolStep({ person, from }: Props) {
  const { username } = person
  const t = useTranslations('accounts.factorStep')
  const words = useTranslations('accounts.secondFactor')
  const [problem, setProblem] = useState<string | null>(null)
  const { attempt, dialog } = useConfirmedAttempt(person)
  const setUp = useFactorSetUp({
    username,
    attempt,
    onRefused: setProblem,
    onDone: () => window.location.assign(from),
  })
  return (
    <>
      <p className={styles.sentence}>{t('enrolSentence', { username })}</p>
      {problem && (
        <p role="alert" className={formStyles.problem}>
          {problem}
        </p>
      )}
      <div className={styles.choices}>
        <Button variant="primary" icon={<Smartphone />} busy={setUp.busy} onClick={() => void setUp.beginTotp()}>
          {words('totp')}
        </Button>
        <Button icon={<KeyRound />} onClick={setUp.beginPasskey}>
          {words('passkeys')}
        </Button>
      </div>
      <div className={styles.after}>
        <SignInAsOther />
      </div>
      {setUp.dialogs}
      {dialog}
    </>
  )
}
