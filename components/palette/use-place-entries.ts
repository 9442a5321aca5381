'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useAccountEntries } from '#components/shell/AccountMenu.tsx'
import { addresses, doorAddresses, railDoors } from '#components/shell/addresses.ts'
import type { ShellView } from '#components/shell/shell-view.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { Entry } from './entries.ts'

/** Views, saved views, pages and their sub-pages; those that have their own key are listed as commands. */
export function usePlaceEntries(view: ShellView): Entry[] {
  const t = useTranslations('shell')
  const trpc = useTRPC()
  const router = useRouter()
  const { nav, views, rooms } = view
  const mayRead = nav.includes('reports')
  const { data: saved } = useQuery({ ...trpc.savedViews.list.queryOptions(), staleTime: 60_000, enabled: mayRead })
  return useMemo(() => {
    const place = (href: string, label: string, note?: string): Entry => ({
      id: `place:${href}`,
      section: 'places',
      label,
      note,
      run: () => router.push(href),
    })
    return [
      ...views.map(({ id, name }) => place(`/reports?view=${id}`, name, t('doors.reports'))),
      ...(saved ?? []).map(({ name, address }) => place(`/reports?${address}`, name, t('doors.reports'))),
      ...railDoors(nav)
        .filter((door) => door === 'admin' || door === 'today')
        .map((door) => place(doorAddresses[door], t(`doors.${door}`))),
      ...rooms.map(({ door, href, name }) => place(href, name, t(`doors.${door}`))),
      place(addresses.devices, t('account.devices')),
    ]
  }, [views, saved, rooms, nav, t, router])
}

/** The settings: one line for each choice, with the name of the setting. */
export function useSettingEntries(onSignOut: () => unknown): Entry[] {
  const entries = useAccountEntries(onSignOut, { withScreen: true })
  let heading = ''
  const lines: Entry[] = []
  for (const entry of entries) {
    if ('heading' in entry) heading = entry.heading
    else if ('divider' in entry) heading = ''
    else if (!entry.href && !entry.command) {
      lines.push({
        id: `setting:${entry.id}`,
        section: 'settings',
        label: heading && entry.kind === 'radio' ? `${heading}: ${entry.label}` : entry.label,
        note: entry.note,
        isOn: entry.on,
        confirm: entry.id === 'signOut',
        run: () => entry.onSelect?.(),
      })
    }
  }
  return lines
}
