'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { z } from 'zod'
import { useTRPC, useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { CopyView } from '#server/publication/queries/copies.ts'
import type { CopyTexts, ShownData } from '#server/publication/rules/copy-texts.ts'
import type { saveCopyInput } from '#server/publication/rules/schemas.ts'
import { useReportCache } from '../report/use-report.ts'

type Texts = CopyTexts & Pick<z.input<typeof saveCopyInput>, 'showsPoint' | 'photos'>
export type CopyDeed =
  | { name: 'save'; input: Texts }
  | { name: 'publish'; input: Texts; cleared: ShownData[] }
  | { name: 'withdraw'; reason: string }

/** Saves, publishes or withdraws the copy, then closes and says what happened. A refusal is thrown. */
export function useCopyDeeds(copy: CopyView, onDone: () => void) {
  const t = useTranslations('report.publicCopy.done')
  const [trpc, client, queries] = [useTRPC(), useTRPCClient(), useQueryClient()]
  const toast = useToast()
  const { refresh } = useReportCache()
  const [busy, setBusy] = useState(false)
  const { reportId, version, basis, code } = copy

  const run = async (deed: CopyDeed): Promise<void> => {
    setBusy(true)
    try {
      if (deed.name === 'withdraw') {
        await client.publication.withdraw.mutate({ reportId, version, reason: deed.reason })
      } else if (deed.name === 'save') {
        await client.publication.save.mutate({ reportId, version, basis, ...deed.input })
      } else {
        await client.publication.publish.mutate({ reportId, version, basis, ...deed.input, cleared: deed.cleared })
      }
    } finally {
      setBusy(false)
    }
    queries.removeQueries(trpc.publication.copy.queryFilter({ reportId }))
    toast({ text: t(deed.name, { code }), tone: 'success' })
    onDone()
    await refresh(code).catch(() => undefined)
  }
  return { run, busy }
}
