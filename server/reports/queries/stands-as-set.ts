import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { leavesAsSet, type ReportField, standingAgainst } from '../rules/field-merge.ts'
import type { ChangeInput } from '../rules/schemas.ts'
import { changesSince } from './lock.ts'

/**
 * Before a change is taken back, by the version that it made: what the actor himself set anew since, in another tab or
 * by a further press, is not to be lost with it. What a colleague set, the command that takes it back refuses by
 * itself.
 */
export async function assertStandsAsSet(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  { reportId, version }: ChangeInput,
  field: ReportField,
): Promise<void> {
  const [made, ...since] = await changesSince(db, reportId, version - 1)
  const own = standingAgainst(field, since).findLast(({ actorId }) => actorId === actor.id)
  if (made && own && !leavesAsSet(field, made, own)) throw new DomainError('set_anew')
}
