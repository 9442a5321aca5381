'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTRPC, useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import type { BulletinView } from '#server/bulletins/queries/bulletin.ts'

/** Files the bulletin under an incident, or under none: at once, as its number depends on it. */
export function useFiling(view: BulletinView, save: () => Promise<number | null>): (incidentId: string | null) => void {
  const client = useTRPCClient()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const textOf = useRefusalText()
  return (incidentId) => {
    const file = async () => {
      const version = await save()
      if (version === null) return
      const fresh = await client.bulletins.byId.query(view.id)
      await client.bulletins.save.mutate({ id: view.id, version: fresh.version, content: fresh.content, incidentId })
      await queries.invalidateQueries(trpc.bulletins.pathFilter())
    }
    void file().catch((error: unknown) => toast({ text: textOf(error), tone: 'failure' }))
  }
}
