import { cookies } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { adminRooms, roomRules } from '#components/admin/admin-rooms.ts'
import { boardRoomRules, boardRooms } from '#components/insights/board-rooms.ts'
import { addresses } from '#components/shell/addresses.ts'
import { railCookie } from '#components/shell/cookies.ts'
import { type Door, doors, type ShellView } from '#components/shell/shell-view.ts'
import { roles } from '#server/accounts/rules/actor.ts'
import type { Permission } from '#server/accounts/rules/permissions.ts'
import { sessionLimits } from '#server/platform/rules/limits.ts'
import { viewsFor } from '#server/reports/rules/queue.ts'
import { mayTriage } from '#server/reports/rules/triage.ts'
import { caller, pageContext } from '#server/trpc/caller.ts'

/** A door opens for an account that may do at least one of these behind it. */
const keysOfDoors: Readonly<Record<Door, readonly Permission[]>> = {
  reports: ['reports.read'],
  map: ['reports.read'],
  incidents: ['incidents.read'],
  bulletins: ['bulletins.read'],
  insights: ['insights.read'],
  admin: ['accounts.edit', 'categories.edit', 'calendars.edit', 'templates.edit', 'settings.edit'],
  events: ['events.read'],
}

/** The pages behind the doors that no key of their own leads to. */
async function roomsFor(permissions: readonly Permission[]): Promise<ShellView['rooms']> {
  const [views, admin, board] = await Promise.all([
    getTranslations('reports.queue.views'),
    getTranslations('admin.items'),
    getTranslations('board.more'),
  ])
  const mayEnter = ({ permission }: { permission: Permission }) => permissions.includes(permission)
  const administration = adminRooms.filter((room) => room !== 'events' && mayEnter(roomRules[room]))
  const behindBoard = boardRooms.filter((room) => mayEnter(boardRoomRules[room]))
  const drafts = permissions.includes('reports.handle')
    ? [{ door: 'reports' as const, href: '/drafts', name: views('drafts') }]
    : []
  return [
    ...drafts,
    ...behindBoard.map((room) => ({ door: 'insights' as const, href: boardRoomRules[room].href, name: board(room) })),
    ...administration.map((room) => ({ door: 'admin' as const, href: roomRules[room].href, name: admin(room) })),
  ]
}

/** What the shell shows to the account at the desk. */
export async function shellFor(): Promise<ShellView> {
  const [procedures, { session }] = await Promise.all([caller(), pageContext()])
  const [me, ways, storm, t, names, jar] = await Promise.all([
    procedures.me.view(),
    procedures.accounts.signInWays(),
    procedures.incidents.activeStorm(),
    getTranslations('accounts.roles'),
    getTranslations('reports.queue.views.names'),
    cookies(),
  ])
  const nav = doors.filter((door) => keysOfDoors[door].some((permission) => me.permissions.includes(permission)))
  const held = roles.filter((role) => me.roles.some((grant) => grant.role === role))
  return {
    account: {
      id: me.id,
      name: me.name,
      username: me.username,
      roleLabels: held.map((role) => t(role)),
      agencyName: me.agency.name,
      preferences: me.preferences,
      hasPassword: me.hasPassword,
    },
    city: ways.city,
    standsInFor: [...new Set(me.standsInFor.map(({ name }) => name))],
    storm: storm && {
      name: storm.name,
      href: addresses.incident(storm.id),
      since: storm.since,
    },
    nav,
    rooms: await roomsFor(me.permissions),
    views: nav.includes('reports') && session ? viewsFor(session.actor).map((id) => ({ id, name: names(id) })) : [],
    mayReceive: me.permissions.includes('reports.receive'),
    mayFindByPhone: me.permissions.includes('reporters.reveal'),
    mayTriage: session !== null && mayTriage(session.actor),
    railOpen: jar.get(railCookie)?.value === 'open',
    idleMinutes: sessionLimits.idleSeconds / 60,
  }
}
