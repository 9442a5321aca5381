'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { refusalOf } from '#components/trpc/refusal.ts'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { CodesDialog } from './CodesDialog.tsx'
import { PasskeyNameDialog } from './PasskeyNameDialog.tsx'
import { TotpDialog } from './TotpDialog.tsx'

type Open =
  | { kind: 'totp'; secret: string; svg: string }
  | { kind: 'name'; problem?: string }
  | { kind: 'codes'; codes: readonly string[]; done: 'totp' | 'passkey' | 'codes' }

type Options = {
  username: string
  /** Runs something that may first require a confirmation of identity. */
  attempt: (attempt: { run: () => Promise<void>; onRefused: (error: unknown) => void }) => Promise<void>
  onRefused: (text: string) => void
  /** A method was added, or new codes were made and saved. */
  onDone: (what: 'totp' | 'passkey' | 'codes') => void
}

type SetUp = {
  beginTotp: () => Promise<void>
  beginPasskey: () => void
  renewCodes: () => Promise<void>
  busy: boolean
  dialogs: ReactNode
}

/** Sets up a second factor: its dialogs, one after the other. */
export function useFactorSetUp({ username, attempt, onRefused, onDone }: Options): SetUp {
  const t = useTranslations('accounts.secondFactor')
  const refusalText = useRefusalText()
  const client = useTRPCClient()
  const [open, setOpen] = useState<Open | null>(null)
  const [busy, setBusy] = useState(false)
  const close = () => setOpen(null)

  const during = async (run: () => Promise<void>, refused = (error: unknown) => onRefused(refusalText(error))) => {
    setBusy(true)
    await attempt({ run, onRefused: refused })
    setBusy(false)
  }
  const added = ({ codes }: { codes: readonly string[] | null }, what: 'totp' | 'passkey') => {
    if (codes) return setOpen({ kind: 'codes', codes, done: what })
    close()
    onDone(what)
  }

  const beginTotp = () =>
    during(async () => setOpen({ kind: 'totp', ...(await client.secondFactor.beginTotp.mutate()) }))
  const addPasskey = (name: string) =>
    during(
      async () => {
        const optionsJSON = await client.secondFactor.beginPasskey.mutate()
        const { startRegistration } = await import('@simplewebauthn/browser')
        const { id, rawId, type, response } = await startRegistration({ optionsJSON })
        const { clientDataJSON, attestationObject, transports } = response
        const made = { id, rawId, type, clientExtensionResults: {} }
        const kept = { ...made, response: { clientDataJSON, attestationObject, ...(transports && { transports }) } }
        added(await client.secondFactor.addPasskey.mutate({ name, response: kept as never }), 'passkey')
      },
      (error) => setOpen({ kind: 'name', problem: refusalOf(error) ? refusalText(error) : t('passkeyFailed') }),
    )
  const renewCodes = () =>
    during(async () =>
      setOpen({ kind: 'codes', codes: await client.secondFactor.renewRecoveryCodes.mutate(), done: 'codes' }),
    )

  const dialogs = (
    <>
      {open?.kind === 'totp' && <TotpDialog {...open} onAdded={(made) => added(made, 'totp')} onClose={close} />}
      {open?.kind === 'name' && (
        <PasskeyNameDialog problem={open.problem} busy={busy} onNamed={addPasskey} onClose={close} />
      )}
      {open?.kind === 'codes' && (
        <CodesDialog
          username={username}
          codes={open.codes}
          onClose={() => {
            close()
            onDone(open.done)
          }}
        />
      )}
    </>
  )
  return { beginTotp, beginPasskey: () => setOpen({ kind: 'name' }), renewCodes, busy, dialogs }
}
