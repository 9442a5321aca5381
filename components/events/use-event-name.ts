'use client'

import { useTranslations } from 'next-intl'

/** The name of an event as text; an unknown name is shown as it is. */
export function useEventName(): (event: string) => string {
  const t = useTranslations('events')
  return (event) => {
    const key = `names.${event}` as Parameters<typeof t>[0]
    return t.has(key) ? t(key) : event
  }
}
