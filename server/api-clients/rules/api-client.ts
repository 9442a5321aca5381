import { type Actor, holds } from '#server/accounts/rules/actor.ts'

/** What an API client may do; in the policy of staff it holds no role, so nothing else. */
export const clientPermissions = [
  'submit_reports',
  'follow_reports',
  'speak_for_citizens',
  'read_figures',
  'report_usage',
] as const
/** The permissions selected for a new client. */
export const usualPermissions: readonly ClientPermission[] = ['submit_reports', 'follow_reports']
export type ClientPermission = (typeof clientPermissions)[number]

/** The channels of reports that programs send: the name under which the figures count them. */
export const clientChannels = ['app', 'hotline', 'web', 'open311'] as const
export type ClientChannel = (typeof clientChannels)[number]

export type ApiClient = {
  id: string
  name: string
  agencyId: string
  channel: ClientChannel
  permissions: readonly string[]
  requestsPerMinute: number
  reportsPerDay: number
  /** Its updates of Open311 have more statuses than open and closed. */
  extendedStatuses: boolean
}

export const actorOf = ({ id, name }: Pick<ApiClient, 'id' | 'name'>): Actor => ({
  kind: 'api_client',
  id,
  name,
  grants: [],
})

export const mayCall = ({ permissions }: Pick<ApiClient, 'permissions'>, permission: ClientPermission): boolean =>
  permissions.includes(permission)

/** The source of its reports: with the key of a report there, unique in the database. */
export const sourceOf = (clientId: string): string => `client:${clientId}`

/** Whether an administrator may create, rotate and revoke a client that acts for this agency. */
export const mayAdministerClient = (actor: Actor, agencyId: string): boolean => holds(actor, 'admin', agencyId)

type Key = { expiresAt: Date }
export type ClientHealth = 'revoked' | 'expired' | 'expiring' | 'in_use'

const warningDays = 14

/** What an administrator should know of a client at a glance. */
export function healthOf(
  { revokedAt, keys }: { revokedAt: Date | null; keys: readonly Key[] },
  now: Date,
): ClientHealth {
  if (revokedAt) return 'revoked'
  const last = Math.max(0, ...keys.map(({ expiresAt }) => expiresAt.getTime()))
  if (last <= now.getTime()) return 'expired'
  return last <= now.getTime() + warningDays * 86_400_000 ? 'expiring' : 'in_use'
}
