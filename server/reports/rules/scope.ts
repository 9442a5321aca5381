import type { Actor, Role } from '#server/accounts/rules/actor.ts'

/** Roles that read reports: of the whole city where held at the city, else of the agency and those below it. */
export const readingRoles = [
  'dispatcher',
  'officer',
  'approver',
  'manager',
  'auditor',
] as const satisfies readonly Role[]

/** Whose reports an account may see. The robot and an intake run see all: they act for nobody in particular. */
export type Scope = { all: true } | { all: false; agencyIds: readonly string[] }

export function scopeOf(actor: Actor): Scope {
  if (actor.kind !== 'staff') return { all: true }
  const reading = actor.grants.filter((grant) => (readingRoles as readonly Role[]).includes(grant.role))
  if (reading.some((grant) => grant.cityWide)) return { all: true }
  return { all: false, agencyIds: [...new Set(reading.flatMap((grant) => grant.agencyIds))] }
}

/** Whose eyes a report is read with: all of it, or the part of agencies that held it before. */
export type Reading = 'all' | readonly string[]

export function readingOf(actor: Actor, report: { agencyId: string | null }): Reading {
  const scope = scopeOf(actor)
  if (scope.all || (report.agencyId !== null && scope.agencyIds.includes(report.agencyId))) return 'all'
  return scope.agencyIds
}

/** The same decision for a report in hand: its agency, or one that held it, is the account's own. */
export function isVisible(actor: Actor, report: { agencyId: string | null; heldBy: readonly string[] }): boolean {
  return sees(scopeOf(actor), report)
}

export function sees(scope: Scope, report: { agencyId: string | null; heldBy: readonly string[] }): boolean {
  if (scope.all) return true
  return [report.agencyId, ...report.heldBy].some((id) => id !== null && scope.agencyIds.includes(id))
}
