'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useToast } from '#components/ui/Toasts.tsx'

/** After any change to agencies: every list of them is asked for anew, and the screen says what was done. */
export function useAgencySaved(onClose: () => void) {
  const t = useTranslations('agencies.admin.done')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries(trpc.organisation.pathFilter()),
      queries.invalidateQueries(trpc.agencies.pathFilter()),
    ])
  return {
    refresh,
    saved: (what: 'created' | 'changed' | 'ended', name: string) => {
      void refresh()
      toast({ text: t(what, { name }), tone: 'success' })
      onClose()
    },
    take: async () => {
      await refresh()
      onClose()
    },
  }
}
