'use client'

import { useTranslations } from 'next-intl'
import type { FormEvent } from 'react'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import styles from './SecondFactor.module.css'
import { SecondFactorFields } from './SecondFactorFields.tsx'
import formStyles from './SignInForm.module.css'
import { signOut } from './sign-in-requests.ts'
import { type FactorWays, useFactorProof } from './use-factor-proof.ts'

type Props = { step: FactorWays & { username: string; demoCode: string | null }; from: string }

/** The second step of sign-in: on success redirects to the address the visitor wanted. */
export function SecondFactorStep({ step, from }: Props) {
  const t = useTranslations('accounts.factorStep')
  const words = useTranslations('factor')
  const client = useTRPCClient()
  const proof = useFactorProof(step)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await proof.send((shown) => client.secondFactor.show.mutate(shown))) window.location.assign(from)
  }
  return (
    <>
      <p className={styles.sentence}>{t('sentence', { username: step.username })}</p>
      <form className={formStyles.form} onSubmit={submit} noValidate>
        <SecondFactorFields proof={proof} demoCode={step.demoCode} />
        <Button type="submit" variant="primary" size="large" busy={proof.busy} className={styles.wide}>
          {words(proof.way === 'passkey' ? 'usePasskey' : 'confirm')}
        </Button>
      </form>
      <div className={styles.after}>
        <p>{t('lost')}</p>
        <SignInAsOther />
      </div>
    </>
  )
}

export function SignInAsOther() {
  const t = useTranslations('accounts.factorStep')
  const leave = async () => {
    await signOut()
    window.location.assign('/sign-in')
  }
  return (
    <Button size="small" onClick={() => void leave()}>
      {t('other')}
    </Button>
  )
}
