'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useRef } from 'react'
import { SecondFactorFields } from '#components/accounts/SecondFactorFields.tsx'
import { type FactorWays, useFactorProof } from '#components/accounts/use-factor-proof.ts'
import { useTRPC, useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import styles from './IdleLock.module.css'

type Props = { onShown: () => Promise<void> }

/** The second factor under the lock: the page stays below, so nothing typed is lost. */
export function UnlockFactor({ onShown }: Props) {
  const t = useTranslations('factor')
  const refusalText = useRefusalText()
  const trpc = useTRPC()
  const { data, error } = useQuery(trpc.secondFactor.step.queryOptions(undefined, { gcTime: 0, staleTime: 0 }))
  const isOwed = data === undefined || data.step !== null
  const shown = useRef(onShown)
  // The second factor was confirmed in another tab already.
  useEffect(() => {
    if (!isOwed) void shown.current()
  }, [isOwed])
  if (error) {
    return (
      <p role="alert" className={styles.problem}>
        {refusalText(error)}
      </p>
    )
  }
  if (!data?.step) return <div className={styles.coming} />
  if (data.step === 'enrol') {
    const here = `${window.location.pathname}${window.location.search}`
    return (
      <Button
        variant="primary"
        size="large"
        autoFocus
        onClick={() => window.location.assign(`/sign-in?from=${encodeURIComponent(here)}`)}
      >
        {t('setUp')}
      </Button>
    )
  }
  return <ShowFactor step={data} onShown={onShown} />
}

function ShowFactor({ step, onShown }: Props & { step: FactorWays & { demoCode: string | null } }) {
  const t = useTranslations('factor')
  const client = useTRPCClient()
  const proof = useFactorProof(step)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await proof.send((shown) => client.secondFactor.show.mutate(shown))) await onShown()
  }
  return (
    <form className={styles.fields} onSubmit={submit} noValidate>
      <SecondFactorFields proof={proof} demoCode={step.demoCode} />
      <Button type="submit" variant="primary" size="large" busy={proof.busy}>
        {t(proof.way === 'passkey' ? 'usePasskey' : 'confirm')}
      </Button>
    </form>
  )
}
