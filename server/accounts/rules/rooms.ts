import { type Actor, holds } from './actor.ts'
import { mayUse, type Permission } from './permissions.ts'

type Key = (actor: Actor) => boolean

const oneOf =
  (...permissions: readonly Permission[]): Key =>
  (actor) =>
    permissions.some((permission) => mayUse(actor, permission))

/** City-wide dispatchers only: reports that await intake belong to no agency yet. */
export const mayTriage: Key = (actor) => actor.kind === 'staff' && holds(actor, 'dispatcher', null)

/** The permission that each page of the desk requires; a page below one of these requires the same. */
const keys = {
  '/account': oneOf('session.own'),
  '/notifications': oneOf('session.own'),
  '/today': oneOf('insights.today'),
  '/reports': oneOf('reports.read'),
  '/map': oneOf('reports.read'),
  '/triage': mayTriage,
  '/drafts': oneOf('reports.handle'),
  '/public-copies': oneOf('publication.review'),
  '/undelivered': oneOf('deliveries.handle'),
  '/incidents': oneOf('incidents.read'),
  '/bulletins': oneOf('bulletins.read'),
  '/insights': oneOf('insights.read'),
  '/insights/storm': oneOf('insights.read'),
  '/insights/weekly': oneOf('insights.read'),
  '/insights/issued': oneOf('insights.read'),
  '/insights/annotations': oneOf('insights.read'),
  '/insights/mailings': oneOf('insights.mail'),
  '/insights/targets': oneOf('insights.targets'),
  '/insights/what-if': oneOf('insights.what_if'),
  '/screen': oneOf('insights.read'),
  '/admin': oneOf(
    'accounts.edit',
    'agencies.edit',
    'categories.edit',
    'calendars.edit',
    'templates.edit',
    'settings.edit',
    'jobs.retry',
    'integrations.edit',
  ),
  '/admin/accounts': oneOf('accounts.edit'),
  '/admin/agencies': oneOf('agencies.edit'),
  '/admin/categories': oneOf('categories.edit'),
  '/admin/calendars': oneOf('calendars.edit'),
  '/admin/templates': oneOf('templates.edit'),
  '/admin/settings': oneOf('settings.edit'),
  '/admin/jobs': oneOf('jobs.retry'),
  '/admin/integrations': oneOf('integrations.edit'),
  '/admin/integrations/gateways': oneOf('gateways.edit'),
  '/admin/integrations/deliveries': oneOf('gateways.edit'),
  '/admin/events': oneOf('events.read'),
  '/admin/disclosures': oneOf('disclosures.read'),
} as const satisfies Record<string, Key>

export type Room = keyof typeof keys
export const rooms = Object.keys(keys) as Room[]

/** The page of `keys` that an address belongs to: the longest matching prefix. Null if it is not a page for staff. */
export function roomAt(address: string): Room | null {
  const [path = ''] = address.split(/[?#]/)
  const leading = rooms.filter((room) => path === room || path.startsWith(`${room}/`))
  return leading.sort((a, b) => b.length - a.length)[0] ?? null
}

/** Whether the actor may open the page at all; the procedures decide what it shows. */
export const mayEnter = (actor: Actor, room: Room): boolean => keys[room](actor)
