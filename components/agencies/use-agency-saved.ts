'use client'

import { useTranslations } from 'next-intl'
import { useSaved } from '#components/events/use-saved.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'

/** After any change to agencies. */
export function useAgencySaved(onClose: () => void) {
  const t = useTranslations('agencies.admin.done')
  const trpc = useTRPC()
  const { saved, take } = useSaved([trpc.organisation.pathFilter(), trpc.agencies.pathFilter()], onClose)
  return { saved: (what: 'created' | 'changed' | 'ended', name: string) => saved(t(what, { name })), take }
}
