'use client'

import { useTranslations } from 'next-intl'

/** The name of an event in words; a name that no list knows is shown as it is written. */
export function useEventName(): (event: string) => string {
  const t = useTranslations('events')
  return (event) => {
    const key = `names.${event}` as Parameters<typeof t>[0]
    return t.has(key) ? t(key) : event
  }
}
