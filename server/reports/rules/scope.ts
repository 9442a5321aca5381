import type { Actor, Role } from '#server/accounts/rules/actor.ts'
import type { AnswerStatus, PhotoKind } from './parts.ts'

/**
 * Roles that read reports: those of the whole city if held at the city, otherwise those of the agency and the agencies
 * below it.
 */
export const readingRoles = [
  'dispatcher',
  'officer',
  'approver',
  'manager',
  'auditor',
] as const satisfies readonly Role[]

/**
 * The reports that an actor may see, and the report on which it acts as the reporter. The robot and imports see all
 * reports, because they act for no one in particular.
 */
export type Scope = { all: true } | { all: false; agencyIds: readonly string[]; reportId?: number }

export function scopeOf(actor: Actor): Scope {
  if (actor.reportId !== undefined) return { all: false, agencyIds: [], reportId: actor.reportId }
  // A program follows the reports that it sent, by queries of its own.
  if (actor.kind === 'api_client' || actor.kind === 'citizen') return { all: false, agencyIds: [] }
  if (actor.kind !== 'staff') return { all: true }
  const reading = actor.grants.filter((grant) => (readingRoles as readonly Role[]).includes(grant.role))
  if (reading.some((grant) => grant.cityWide)) return { all: true }
  return { all: false, agencyIds: [...new Set(reading.flatMap((grant) => grant.agencyIds))] }
}

/** How a report is read: all of it, or only the part of these agencies, which held it before. */
export type Reading = 'all' | readonly string[]

export function readingOf(actor: Actor, report: { agencyId: string | null }): Reading {
  const scope = scopeOf(actor)
  if (scope.all || (report.agencyId !== null && scope.agencyIds.includes(report.agencyId))) return 'all'
  return scope.agencyIds
}

type ReadAnswer = { status: AnswerStatus; agencyId: string | null }
type ReadPhoto = {
  kind: PhotoKind
  /** The agency that held the report when the photo was added. */
  agencyId: string | null
  /** The answers that the photo is proof of. */
  answers: readonly ReadAnswer[]
}

/** Agencies that held the report before, or coordinate, read what was sent to the citizen and their own part. */
export const mayReadAnswer = (answer: ReadAnswer, reading: Reading): boolean =>
  answer.status === 'sent' || isOwnPart(answer.agencyId, reading)

/**
 * The same for photos: those that the citizen sent or was sent, and those that were added while the agency held the
 * report.
 */
export const mayReadPhoto = ({ kind, agencyId, answers }: ReadPhoto, reading: Reading): boolean =>
  kind === 'citizen' || isOwnPart(agencyId, reading) || answers.some((answer) => mayReadAnswer(answer, reading))

const isOwnPart = (agencyId: string | null, reading: Reading): boolean =>
  reading === 'all' || (agencyId !== null && reading.includes(agencyId))

type Held = {
  agencyId: string | null
  heldBy: readonly string[]
  /** While the last decision can be taken back: the agencies that know of it. */
  knownTo?: readonly string[] | null
}

/** The agencies that know of a loaded report at a moment; null: those that have or had it. */
export const knownAt = (
  { knownTo, releasedAt }: { knownTo: readonly string[] | null; releasedAt: Date | null },
  now: Date,
): readonly string[] | null => (releasedAt && now < releasedAt ? knownTo : null)

/** The same decision for one loaded report: its agency, or one that held it, is the account's own. */
export function isVisible(actor: Actor, report: Held): boolean {
  return sees(scopeOf(actor), report)
}

export function sees(scope: Scope, { agencyId, heldBy, knownTo }: Held): boolean {
  if (scope.all) return true
  const isOwn = (id: string | null) => id !== null && scope.agencyIds.includes(id)
  return [agencyId, ...heldBy].some(isOwn) && (!knownTo || knownTo.some(isOwn))
}
