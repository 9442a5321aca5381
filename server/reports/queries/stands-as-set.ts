import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { leavesAsSet, type ReportField, standingAgainst } from '../rules/field-merge.ts'
import type { ChangeInput } from '../rules/schemas.ts'
import { changesSince } from './lock.ts'

/**
 * Before a change is undone, identified by the version that it made: a later change by the same actor, in another tab
 * or by a further click, must not be lost with it. Later changes by colleagues are refused by the undo command itself.
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
