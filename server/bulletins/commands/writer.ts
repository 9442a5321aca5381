import type { Context } from '#server/accounts/context.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { capacityFor } from '#server/accounts/rules/substitution.ts'
import { DomainError } from '#server/platform/errors.ts'
import { mayWriteBulletin } from '../rules/policy.ts'

/** The writer, by their own role or as a substitute of a colleague; anyone else is refused. */
export function writerIn(ctx: Pick<Context, 'actor'>): { actor: Actor; editorId: string } {
  const actor = capacityFor(ctx.actor, mayWriteBulletin)
  if (!actor?.id) throw new DomainError('forbidden')
  return { actor, editorId: actor.id }
}
