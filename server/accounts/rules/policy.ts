import { type Actor, holds, type Role } from './actor.ts'

export type RoleAt = { role: Role; agencyId: string }

/** Whether an admin finds the account at all: those of their own agency and the agencies below it. */
export function mayFind(actor: Actor, account: { agencyId: string }): boolean {
  return holds(actor, 'admin', account.agencyId)
}

/**
 * Whether an admin may change an account: only if all its roles are within the admin's own reach. Otherwise the admin
 * of one ward could set the password of an account with city-wide roles.
 */
export function mayAdminister(actor: Actor, account: { agencyId: string; roles: readonly RoleAt[] }): boolean {
  return mayFind(actor, account) && mayGrant(actor, account.roles)
}

export function mayGrant(actor: Actor, roles: readonly RoleAt[]): boolean {
  return roles.every(({ agencyId }) => holds(actor, 'admin', agencyId))
}

/** Whether the actor administers what concerns the whole city, such as network locks. */
export const mayAdministerCity = (actor: Actor): boolean =>
  actor.grants.some(({ role, cityWide }) => role === 'admin' && cityWide)

/** Whether these roles would remove a role with which the actor administers. */
export function wouldResign(actor: Actor, roles: readonly RoleAt[]): boolean {
  const kept = (grant: RoleAt) => roles.some(({ role, agencyId }) => role === grant.role && agencyId === grant.agencyId)
  return actor.grants.some((grant) => grant.role === 'admin' && !kept(grant))
}
