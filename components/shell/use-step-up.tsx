'use client'

import { type ReactNode, useState } from 'react'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { stepUpLimits } from '#server/platform/rules/limits.ts'
import { StepUpDialog } from './StepUpDialog.tsx'

/** What is about to lapse lapses before the file has begun. */
const tenSeconds = 10_000

/** Leads whoever takes many reports away past the question for the password, where it is due: `take` is called once he may. */
export function useStepUp(): { stepUp: (rows: number, take: () => void) => Promise<void>; dialog: ReactNode } {
  const client = useTRPCClient()
  const [waiting, setWaiting] = useState<{ take: () => void } | null>(null)
  const stepUp = async (rows: number, take: () => void) => {
    if (rows > stepUpLimits.rows) {
      const until = await client.me.confirmedUntil.query().catch(() => null)
      if (until === null || until.getTime() < Date.now() + tenSeconds) return setWaiting({ take })
    }
    take()
  }
  const dialog = waiting && (
    <StepUpDialog
      onConfirmed={() => {
        setWaiting(null)
        waiting.take()
      }}
      onClose={() => setWaiting(null)}
    />
  )
  return { stepUp, dialog }
}
