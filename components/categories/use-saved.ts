'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useToast } from '#components/ui/Toasts.tsx'

/** After any change to categories: every list of them is asked for anew, and the screen says what was done. */
export function useSaved(onClose: () => void) {
  const t = useTranslations('categories.done')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const refresh = () => queries.invalidateQueries(trpc.categories.pathFilter())
  return {
    refresh,
    saved: (what: 'changed' | 'added', name: string) => {
      void refresh()
      toast({ text: t(what, { name }), tone: 'success' })
      onClose()
    },
  }
}
