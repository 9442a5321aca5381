import type { Actor, Grant, Role } from './actor.ts'

/**
 * Roles that may be substituted. Changes of an administrator outlast the substitution: their substitute is granted the
 * role itself.
 */
export const substitutableRoles = [
  'dispatcher',
  'officer',
  'approver',
  'editor',
  'chief_editor',
  'manager',
  'auditor',
] as const satisfies readonly Role[]
export type SubstitutableRole = (typeof substitutableRoles)[number]

export const isSubstitutable = (role: Role): role is SubstitutableRole =>
  (substitutableRoles as readonly Role[]).includes(role)

/** The longest substitution of a role [ours]: half a year. */
export const longestSubstitutionDays = 183

/**
 * An account acts with its own roles, or with those and the roles of one colleague: then it acts for that colleague.
 */
export function capacitiesOf(actor: Actor): Actor[] {
  const own = actor.grants.filter(({ substituteFor }) => !substituteFor)
  const substitutedIds = new Set(actor.grants.flatMap(({ substituteFor }) => substituteFor?.id ?? []))
  const inPlaceOf = (id: string): Actor => ({
    ...actor,
    grants: actor.grants.filter(({ substituteFor }) => !substituteFor || substituteFor.id === id),
    onBehalfOf: id,
  })
  return [{ ...actor, grants: own, onBehalfOf: null }, ...[...substitutedIds].sort().map(inPlaceOf)]
}

/** The first capacity in which the account may: its own roles if they suffice. Null if there is none. */
export function capacityFor(actor: Actor, may: (capacity: Actor) => boolean): Actor | null {
  return capacitiesOf(actor).find(may) ?? null
}

/**
 * The account with only the roles of the capacity in which it once acted: its own, or those of that colleague while it
 * still has them.
 */
export const onlyAs = (actor: Actor, onBehalfOf: string | null): Actor => ({
  ...actor,
  grants: actor.grants.filter(({ substituteFor }) => (substituteFor?.id ?? null) === onBehalfOf),
})

/** The capacity without a refusal reason, else the one that comes nearest, with its refusal reason. */
export function bestCapacity<O extends string>(
  actor: Actor,
  refusalReasonTo: (capacity: Actor) => O | null,
): { capacity: Actor; refusalReason: O | null } {
  const tried = capacitiesOf(actor).map((capacity) => ({ capacity, refusalReason: refusalReasonTo(capacity) }))
  const clear = tried.find(({ refusalReason }) => refusalReason === null)
  const near = tried.find(({ refusalReason }) => refusalReason !== 'forbidden')
  return clear ?? near ?? (tried[0] as (typeof tried)[number])
}

/** The persons behind an action: the one who did it, and the one on whose behalf. */
export type Behind = { id: string | null; onBehalfOf?: string | null | undefined }

/**
 * Whether two actions have a person in common, so that they are not the work of two persons: no one approves what they
 * wrote themselves, what they wrote on behalf of another, or what was written by the person they act for.
 */
export function shareAPerson(one: Behind, other: Behind): boolean {
  const persons = [one.id, one.onBehalfOf].filter((id) => id !== null && id !== undefined)
  return persons.some((id) => id === other.id || id === other.onBehalfOf)
}

export type SubstitutionTerm = { startsAt: Date; endsAt: Date; revokedAt: Date | null }

export function isInForce({ startsAt, endsAt, revokedAt }: SubstitutionTerm, now: Date): boolean {
  return revokedAt === null && startsAt <= now && now < endsAt
}

type Lending = {
  holder: { id: string; agencyId: string; isActive: boolean; roles: readonly Pick<Grant, 'role' | 'agencyId'>[] }
  standIn: { id: string; agencyId: string; isActive: boolean }
  role: Role
  agencyId: string
  startsAt: Date
  endsAt: Date
  now: Date
}

/** Why a role cannot be substituted in this way, as a code; null if it can. */
export function refusalReasonForSubstitution({ holder, standIn, role, agencyId, startsAt, endsAt, now }: Lending) {
  if (!isSubstitutable(role)) return 'role_not_lendable'
  if (standIn.id === holder.id) return 'own_stand_in'
  if (standIn.agencyId !== holder.agencyId) return 'stand_in_elsewhere'
  if (!standIn.isActive || !holder.isActive) return 'account_inactive'
  if (!holder.roles.some((held) => held.role === role && held.agencyId === agencyId)) return 'role_not_held'
  if (endsAt <= startsAt || endsAt <= now) return 'loan_is_over'
  return endsAt.getTime() - startsAt.getTime() > longestSubstitutionDays * 86_400_000 ? 'loan_too_long' : null
}
