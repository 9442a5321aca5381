import type { Room } from '#server/accounts/rules/rooms.ts'
import type { Door } from './shell-view.ts'

export const doorAddresses: Readonly<Record<Door, Room>> = {
  today: '/today',
  reports: '/reports',
  map: '/map',
  incidents: '/incidents',
  bulletins: '/bulletins',
  insights: '/insights',
  admin: '/admin',
  events: '/admin/events',
}

export const addresses = {
  mine: '/reports?view=mine',
  unassigned: '/reports?view=unassigned',
  triage: '/triage',
  newReport: '/reports?new=1',
  incident: (incidentId: string) => `/incidents/${incidentId}`,
  devices: '/account',
  notifications: '/notifications',
  drafts: '/drafts',
  publicCopies: '/public-copies',
  undelivered: '/undelivered',
} as const

export function isBehind(door: Door, path: string): boolean {
  const address = doorAddresses[door]
  return path === address || path.startsWith(`${address}/`)
}

/** The section that a page belongs to: the one with the longest matching address. */
export function doorOf(path: string, nav: readonly Door[]): Door | null {
  const fitting = nav.filter((door) => isBehind(door, path))
  return fitting.sort((a, b) => doorAddresses[b].length - doorAddresses[a].length)[0] ?? null
}

/** The rail shows the log as a separate section only to those who may open nothing else of the administration. */
export function railDoors(nav: readonly Door[]): Door[] {
  return nav.filter((door) => door !== 'events' || !nav.includes('admin'))
}
