import type { Actor } from '#server/accounts/rules/actor.ts'
import { scopeOf } from '#server/reports/rules/scope.ts'
import { readingAgencies } from './part-seen.ts'
import { ledAgencies } from './today.ts'

/**
 * The agency whose figures an account reads unless it asks for others: the first that it leads, or in which it reads
 * reports. Null: the whole city.
 */
export function ownAgency(actor: Actor): string | null {
  const led = ledAgencies(actor)
  if (led === null) return null
  if (led[0] !== undefined) return led[0]
  return scopeOf(actor).all ? null : (readingAgencies(actor)[0] ?? null)
}

/** That agency with those below it; null: the whole city. */
export function ownAgencies(actor: Actor): string[] | null {
  const own = ownAgency(actor)
  if (own === null) return null
  return [...new Set(actor.grants.filter(({ agencyId }) => agencyId === own).flatMap(({ agencyIds }) => agencyIds))]
}

type Asked = { agency: string | null; whose?: 'seen' | null | undefined }

/**
 * What is asked for without an agency is what the agency of the account is responsible for; all that the account may
 * see, where it says so. Every way in to figures asks through this.
 */
export const ownFirst = <Question extends Asked>(actor: Actor, question: Question): Question =>
  question.agency === null && !question.whose ? { ...question, agency: ownAgency(actor) } : question
