'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { refusalOf } from '#components/trpc/refusal.ts'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import type { SecondFactorProof } from '#server/accounts/rules/schemas.ts'

export type FactorWay = 'code' | 'passkey' | 'recoveryCode'

/** The methods by which the account can prove its second factor. */
export type FactorWays = { totp: boolean; passkey: boolean; recoveryCode: boolean }

export type FactorProof = ReturnType<typeof useFactorProof>

/** State of a second-factor prompt: the typed code or the authenticator's reply, with a refusal shown beside it. */
export function useFactorProof(ways: FactorWays) {
  const t = useTranslations('factor')
  const refusalText = useRefusalText()
  const client = useTRPCClient()
  const offered: FactorWay[] = [
    ...(ways.totp ? (['code'] as const) : []),
    ...(ways.passkey ? (['passkey'] as const) : []),
    ...(ways.recoveryCode ? (['recoveryCode'] as const) : []),
  ]
  const [chosen, setChosen] = useState<FactorWay | null>(null)
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const way = chosen ?? offered[0] ?? 'code'

  async function made(): Promise<SecondFactorProof | null> {
    if (way !== 'passkey') {
      if (typed.trim() === '') setProblem(t('missing'))
      else return way === 'code' ? { code: typed } : { recoveryCode: typed }
      return null
    }
    try {
      const optionsJSON = await client.secondFactor.askForPasskey.mutate()
      const { startAuthentication } = await import('@simplewebauthn/browser')
      const { id, rawId, type, response } = await startAuthentication({ optionsJSON })
      return { passkey: { id, rawId, type, clientExtensionResults: {}, response } }
    } catch (error) {
      setProblem(refusalOf(error) ? refusalText(error) : t('passkeyFailed'))
      return null
    }
  }

  /** Submits a proof; returns whether it was accepted. */
  const send = async (show: (proof: SecondFactorProof) => Promise<unknown>): Promise<boolean> => {
    if (busy) return false
    setBusy(true)
    setProblem(null)
    try {
      const proof = await made()
      if (!proof) return false
      await show(proof)
      return true
    } catch (error) {
      setProblem(refusalText(error))
      // A wrong code is typed again from the beginning.
      setTyped('')
      return false
    } finally {
      setBusy(false)
    }
  }

  return {
    way,
    others: offered.filter((each) => each !== way),
    choose: (other: FactorWay) => {
      setChosen(other)
      setTyped('')
      setProblem(null)
    },
    typed,
    type: (text: string) => {
      setTyped(text)
      setProblem(null)
    },
    problem,
    busy,
    send,
  }
}
