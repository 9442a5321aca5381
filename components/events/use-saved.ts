'use client'

import { type QueryFilters, useQueryClient } from '@tanstack/react-query'
import { useToast } from '#components/ui/Toasts.tsx'

/** After an entry is saved: reloads the lists that show it, notifies the user and closes the sheet. */
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
    /** Someone else saved first, and the user takes their version. */
    take: async () => {
      await refresh()
      onClose()
    },
  }
}
