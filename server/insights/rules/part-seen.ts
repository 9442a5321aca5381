import type { Actor } from '#server/accounts/rules/actor.ts'
import { type Scope, scopeOf } from '#server/reports/rules/scope.ts'
import type { BoardHeader, NamedAgency } from './board.ts'
import type { Say } from './weekly-words.ts'

/**
 * Whether figures that are asked for hold only a part of what their filters cover, because the account may see no more
 * of it: everything but one of its own agencies, if it does not see the whole city. `agencies` are those that narrow
 * the figures; each of them includes the agencies below it.
 */
export function isPartSeen(scope: Scope, agencies: readonly (string | null | undefined)[]): boolean {
  return !scope.all && !agencies.some((id) => id && scope.agencyIds.includes(id))
}

/** The agencies in which an account holds a role that reads reports, not all those below them. */
export function readingAgencies(actor: Actor): string[] {
  const scope = scopeOf(actor)
  if (scope.all) return []
  return [...new Set(actor.grants.map(({ agencyId }) => agencyId))].filter((id) => scope.agencyIds.includes(id))
}

/** "UBND phường Hoàn Kiếm và 2 đơn vị khác". */
export function agenciesWords([first, ...others]: readonly NamedAgency[], say: Say): string {
  if (!first) return say('board.whose.account')
  return others.length === 0 ? first.name : say('board.whose.agencies', { first: first.name, count: others.length })
}

/** The heading of figures: whose they are. Screen, print, pictures, files and mail show the same. */
export function whoseWords({ scope, names }: Pick<BoardHeader, 'scope' | 'names'>, say: Say): string {
  if (scope.all) return names.agency ?? say('board.whose.city')
  const agencies = agenciesWords(scope.agencies, say)
  if (!scope.isPart) return names.agency ?? agencies
  return names.agency
    ? say('board.whose.partOf', { whole: names.agency, agencies })
    : say('board.whose.part', { agencies })
}

/** "so với Sở Xây dựng": of another agency, too, the account may see no more than its part. */
export function againstAgencyWords({ compared, scope }: Pick<BoardHeader, 'compared' | 'scope'>, say: Say): string {
  const agency = compared?.agency?.name ?? ''
  return compared?.isPart && !scope.all
    ? say('board.whose.withPartOf', { agency, agencies: agenciesWords(scope.agencies, say) })
    : say('board.whose.withAgency', { agency })
}
