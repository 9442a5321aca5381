'use client'

import { type QueryFilters, useQueryClient } from '@tanstack/react-query'
import { useToast } from '#components/ui/Toasts.tsx'

/** After an entry is saved: reloads the lists that show it, says what was done and closes the drawer. */
export function useSaved(lists: readonly QueryFilters[], onClose: () => void) {
  const queries = useQueryClient()
  const toast = useToast()
  const refresh = () => Promise.all(lists.map((list) => queries.invalidateQueries(list)))
  return {
    saved: (text: string) => {
      void refresh()
      toast({ text, tone: 'success' })
      onClose()
    },
    /** Somebody else was faster, and theirs is taken. */
    take: async () => {
      await refresh()
      onClose()
    },
  }
}
