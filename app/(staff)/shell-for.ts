import { cookies } from 'next/headers'
import { getLocale, getTranslations } from 'next-intl/server'
import { adminRooms, roomRules } from '#components/admin/admin-rooms.ts'
import { boardRoomRules, boardRooms } from '#components/insights/board-rooms.ts'
import { addresses, doorAddresses } from '#components/shell/addresses.ts'
import { railCookie } from '#components/shell/cookies.ts'
import { doors, type ShellView } from '#components/shell/shell-view.ts'
import { type Actor, roles } from '#server/accounts/rules/actor.ts'
import { homeOf } from '#server/accounts/rules/home.ts'
import { mayEnter } from '#server/accounts/rules/rooms.ts'
import { nameIn } from '#server/platform/rules/filters/things.ts'
import { sessionLimits } from '#server/platform/rules/limits.ts'
import { viewNameOf, viewsFor } from '#server/reports/rules/queue.ts'
import { caller, signedIn } from '#server/trpc/caller.ts'

/** The pages within the sections of the shell that have no keyboard shortcut themselves. */
async function roomsFor(actor: Actor): Promise<ShellView['rooms']> {
  const [views, publicCopies, undelivered, admin, board] = await Promise.all([
    getTranslations('reports.queue.views'),
    getTranslations('publicCopies'),
    getTranslations('deliveries.undelivered'),
    getTranslations('admin.items'),
    getTranslations('board.more'),
  ])
  const administration = adminRooms.filter((room) => room !== 'events' && mayEnter(actor, roomRules[room].href))
  const behindBoard = boardRooms.filter((room) => mayEnter(actor, boardRoomRules[room].href))
  const drafts = mayEnter(actor, addresses.drafts)
    ? [{ door: 'reports' as const, href: addresses.drafts, name: views('drafts') }]
    : []
  const copies = mayEnter(actor, addresses.publicCopies)
    ? [{ door: 'reports' as const, href: addresses.publicCopies, name: publicCopies('title') }]
    : []
  const letters = mayEnter(actor, addresses.undelivered)
    ? [{ door: 'reports' as const, href: addresses.undelivered, name: undelivered('title') }]
    : []
  return [
    ...drafts,
    ...copies,
    ...letters,
    ...behindBoard.map((room) => ({ door: 'insights' as const, href: boardRoomRules[room].href, name: board(room) })),
    ...administration.map((room) => ({ door: 'admin' as const, href: roomRules[room].href, name: admin(room) })),
  ]
}

/** What the shell shows to the signed-in account. */
export async function shellFor(): Promise<ShellView> {
  const [procedures, { session }] = await Promise.all([caller(), signedIn()])
  const { actor } = session
  const [me, ways, storms, t, names, jar, locale] = await Promise.all([
    procedures.me.view(),
    procedures.accounts.signInWays(),
    procedures.incidents.activeStorms(),
    getTranslations('accounts.roles'),
    getTranslations('reports.queue.views.names'),
    cookies(),
    getLocale(),
  ])
  const nav = doors.filter((door) => mayEnter(actor, doorAddresses[door]))
  const offered = viewsFor(actor)
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
    storms: storms.map(({ id, since, ...named }) => ({
      name: nameIn(named, locale === 'en'),
      href: addresses.incident(id),
      since,
    })),
    home: homeOf(actor),
    nav,
    rooms: await roomsFor(actor),
    views: nav.includes('reports') ? offered.map((id) => ({ id, name: names(viewNameOf(id, offered)) })) : [],
    mayReceive: me.permissions.includes('reports.receive'),
    mayFindByPhone: me.permissions.includes('reporters.reveal'),
    mayTriage: mayEnter(actor, addresses.triage),
    railOpen: jar.get(railCookie)?.value === 'open',
    idleMinutes: sessionLimits.idleSeconds / 60,
  }
}
