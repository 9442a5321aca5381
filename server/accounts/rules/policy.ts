import { type Actor, holds, type Role } from './actor.ts'

export type RoleAt = { role: Role; agencyId: string }

/** Whose account an admin finds at all: those of the agencies below his own. */
export function mayFind(actor: Actor, account: { agencyId: string }): boolean {
  return holds(actor, 'admin', account.agencyId)
}

/**
 * Whether an admin may change an account: only where everything it holds lies within his own reach. Otherwise the admin
 * of one ward could set the password of someone who answers for the whole city.
 */
export function mayAdminister(actor: Actor, account: { agencyId: string; roles: readonly RoleAt[] }): boolean {
  return mayFind(actor, account) && mayGrant(actor, account.roles)
}

export function mayGrant(actor: Actor, roles: readonly RoleAt[]): boolean {
  return roles.every(({ agencyId }) => holds(actor, 'admin', agencyId))
}

/** Whether what concerns everybody, such as the network, is the actor's business. */
export const mayAdministerCity = (actor: Actor): boolean =>
  actor.grants.some(({ role, cityWide }) => role === 'admin' && cityWide)

/** Whether these roles would take from the actor what he administers with. */
export function wouldResign(actor: Actor, roles: readonly RoleAt[]): boolean {
  const kept = (grant: RoleAt) => roles.some(({ role, agencyId }) => role === grant.role && agencyId === grant.agencyId)
  return actor.grants.some((grant) => grant.role === 'admin' && !kept(grant))
}
