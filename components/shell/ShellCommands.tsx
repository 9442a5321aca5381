'use client'

import { useRouter } from 'next/navigation'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import type { CommandHandler } from '#components/keyboard/keyboard-context.ts'
import { addresses, doorAddresses } from './addresses.ts'
import type { ShellView } from './shell-view.ts'

type Props = Pick<ShellView, 'nav' | 'mayReceive' | 'mayTriage'>

/** The keys that work on every page. A key to a section the account may not use does nothing. */
export function ShellCommands({ nav, mayReceive, mayTriage }: Props) {
  const router = useRouter()
  const go = (allowed: boolean, address: string): CommandHandler | undefined =>
    allowed ? () => router.push(address) : undefined
  const reports = nav.includes('reports')
  useCommands('global', {
    'global.queue': go(reports, doorAddresses.reports),
    'global.mine': go(reports, addresses.mine),
    'global.unassigned': go(reports, addresses.unassigned),
    'global.triage': go(mayTriage, addresses.triage),
    'global.map': go(nav.includes('map'), doorAddresses.map),
    'global.bulletins': go(nav.includes('bulletins'), doorAddresses.bulletins),
    'global.incidents': go(nav.includes('incidents'), doorAddresses.incidents),
    'global.dashboard': go(nav.includes('insights'), doorAddresses.insights),
    'global.notifications': go(true, addresses.notifications),
    'global.audit': go(nav.includes('events'), doorAddresses.events),
    'global.newReport': go(mayReceive, addresses.newReport),
  })
  return null
}
