import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { addresses, doorAddresses } from '#components/shell/addresses.ts'
import { railCookie } from '#components/shell/cookies.ts'
import { type Door, doors, type ShellView } from '#components/shell/shell-view.ts'
import { roles } from '#server/accounts/rules/actor.ts'
import { sessionLimits } from '#server/accounts/rules/limits.ts'
import type { Permission } from '#server/accounts/rules/permissions.ts'
import { caller, pageContext } from '#server/trpc/caller.ts'

/** A door opens for an account that may do at least one of these behind it. */
const keysOfDoors: Readonly<Record<Door, readonly Permission[]>> = {
  reports: ['reports.read'],
  incidents: ['incidents.read'],
  admin: ['accounts.edit', 'categories.edit', 'calendars.edit', 'templates.edit', 'settings.edit'],
  events: ['events.read'],
}

/** What the shell shows to the account at the desk. Nobody there: off to the sign-in page, and back here afterwards. */
export async function shellFor(): Promise<ShellView> {
  const { session, sessionRefusal } = await pageContext()
  if (!session) return redirect(await signInAddress(sessionRefusal))
  const procedures = await caller()
  const [me, storm, t, jar] = await Promise.all([
    procedures.me.view(),
    procedures.incidents.activeStorm(),
    getTranslations('accounts.roles'),
    cookies(),
  ])
  const nav = doors.filter((door) => keysOfDoors[door].some((permission) => me.permissions.includes(permission)))
  const held = roles.filter((role) => me.roles.some((grant) => grant.role === role))
  return {
    account: {
      name: me.name,
      username: me.username,
      roleLabels: held.map((role) => t(role)),
      agencyName: me.agency.name,
      preferences: me.preferences,
    },
    storm: storm && {
      name: storm.name,
      href: nav.includes('reports') ? addresses.incidentReports(storm.id) : doorAddresses.incidents,
    },
    nav,
    mayReceive: me.permissions.includes('reports.receive'),
    railOpen: jar.get(railCookie)?.value === 'open',
    idleMinutes: sessionLimits.idleSeconds / 60,
  }
}

async function signInAddress(refusal: string | undefined): Promise<string> {
  const query = new URLSearchParams({ from: (await headers()).get('x-address') ?? doorAddresses.reports })
  if (refusal && refusal !== 'signed_out') query.set('ended', refusal)
  return `/sign-in?${query}`
}
