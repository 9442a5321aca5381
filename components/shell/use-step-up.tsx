'use client'

import { type ReactNode, useState } from 'react'
import { refusalOf } from '#components/trpc/refusal.ts'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { isSessionRefusal } from '#server/accounts/rules/session.ts'
import { stepUpLimits } from '#server/platform/rules/limits.ts'

const { Panel: StepUpDialog } = lazyPanel(() => import('./StepUpDialog.tsx').then((dialog) => dialog.StepUpDialog), {
  onDemand: true,
})
const { Panel: PasswordDialog } = lazyPanel(
  () => import('./PasswordDialog.tsx').then((dialog) => dialog.PasswordDialog),
  { onDemand: true },
)

/** Milliseconds. A confirmation that is about to lapse may lapse before the download has started. */
const tenSeconds = 10_000

/** `persons`: the maximum number of persons whose personal data is included. */
type Size = { rows: number; persons?: number }

/** Asks users who download many reports to confirm their identity, where required: `take` is called once they may. */
export function useStepUp(): { stepUp: (size: Size, take: () => void) => Promise<void>; dialog: ReactNode } {
  const client = useTRPCClient()
  const { ask, dialog } = useConfirming()
  const personsLeft = () => client.disclosures.left.query().catch(() => 0)
  const stepUp = async ({ rows, persons = 0 }: Size, take: () => void) => {
    if (rows > stepUpLimits.rows || (persons > 0 && persons > (await personsLeft()))) {
      const until = await client.me.confirmedUntil.query().catch(whenConfirmed)
      // The session has ended: the page is locked, and unlocking it confirms the identity.
      if (until === undefined) return
      if (until === null || until.getTime() < Date.now() + tenSeconds) return ask(take)
    }
    take()
  }
  return { stepUp, dialog }
}

/** Nothing known, or undefined where the session has ended. */
const whenConfirmed = (error: unknown): null | undefined =>
  isSessionRefusal(refusalOf(error)?.code) ? undefined : null

type Attempt = { run: () => Promise<void>; onRefused: (error: unknown) => void }

/**
 * Runs something that may require a confirmation of identity; if so, asks for it and runs it again. Closing the dialog
 * is not a failure. `person`: a user who has only given a password so far, and has no desk yet that knows them.
 */
export function useConfirmedAttempt(person?: Person): {
  attempt: (attempt: Attempt) => Promise<void>
  dialog: ReactNode
} {
  const { ask, dialog } = useConfirming(person)
  const attempt = async ({ run, onRefused }: Attempt): Promise<void> => {
    try {
      await run()
    } catch (error) {
      if (codeOf(error) === 'step_up_needed') return ask(() => void attempt({ run, onRefused }))
      onRefused(error)
    }
  }
  return { attempt, dialog }
}

/** A procedure throws its refusal wrapped, a file endpoint returns it as it is. */
const codeOf = (error: unknown): unknown => refusalOf(error)?.code ?? (error as { code?: unknown } | null)?.code

type Person = { username: string; hasPassword: boolean }

function useConfirming(person?: Person): { ask: (onConfirmed: () => void) => void; dialog: ReactNode } {
  const [waiting, setWaiting] = useState<{ onConfirmed: () => void } | null>(null)
  const onConfirmed = () => {
    setWaiting(null)
    waiting?.onConfirmed()
  }
  const onClose = () => setWaiting(null)
  const dialog =
    waiting &&
    (person ? (
      <PasswordDialog person={person} onConfirmed={onConfirmed} onClose={onClose} />
    ) : (
      <StepUpDialog onConfirmed={onConfirmed} onClose={onClose} />
    ))
  return { ask: (onConfirmed) => setWaiting({ onConfirmed }), dialog }
}
