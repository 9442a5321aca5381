'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC, useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { CalendarChange } from '#server/calendars/rules/schemas.ts'

export type CalendarDone = 'daySaved' | 'dayConfirmed' | 'dayRemoved' | 'hoursSaved' | 'hoursRemoved'

/** Saves any change to calendars, reloads every list of them, and says that deadlines are being recomputed. */
export function useCalendarChange(done: CalendarDone, name: string, onSaved: () => void) {
  const t = useTranslations('calendars.done')
  const trpc = useTRPC()
  const server = useTRPCClient()
  const queries = useQueryClient()
  const toast = useToast()
  const refresh = () => queries.invalidateQueries(trpc.calendars.pathFilter())
  const mutation = useMutation({
    mutationFn: (change: CalendarChange) => send(server, change),
    onSuccess: () => {
      void refresh()
      toast({ text: t(done, { name }), tone: 'success' })
      onSaved()
    },
  })
  return { ...mutation, refresh }
}

type Server = ReturnType<typeof useTRPCClient>

function send(server: Server, change: CalendarChange): Promise<{ id: string }> {
  switch (change.change) {
    case 'save_day':
      return server.calendars.saveDay.mutate(change.input)
    case 'confirm_day':
      return server.calendars.confirmDay.mutate(change.input)
    case 'remove_day':
      return server.calendars.removeDay.mutate(change.input)
    case 'save_hours':
      return server.calendars.saveHours.mutate(change.input)
    case 'remove_hours':
      return server.calendars.removeHours.mutate(change.input)
  }
}
