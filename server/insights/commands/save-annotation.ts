import { annotations } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { agencyById } from '#server/agencies/queries.ts'
import { type EntryKind, removeVersioned, type Seen, saveVersioned } from '#server/events/commands/save-versioned.ts'
import { DomainError } from '#server/platform/errors.ts'
import { lockAnnotation } from '../queries/annotations.ts'
import { mayAnnotate, type SaveAnnotation } from '../rules/annotation.ts'

const annotationsOf = ({ actor }: Context): EntryKind<typeof annotations.$inferSelect> => ({
  kind: 'annotation',
  events: { added: 'annotation.added', changed: 'annotation.changed', removed: 'annotation.removed' },
  table: annotations,
  lock: lockAnnotation,
  assertMay: ({ agencyId }) => {
    if (!mayAnnotate(actor, agencyId)) throw new DomainError('forbidden')
  },
  named: () => ({}),
  kept: ({ words, startsAt, endsAt }) => ({ words, startsAt, endsAt }),
})

/** Adds an annotation (id null) or edits one. Moving it to another agency takes the right over both. */
export async function saveAnnotation(ctx: Context, input: SaveAnnotation): Promise<Seen> {
  if (!mayAnnotate(ctx.actor, input.agencyId)) throw new DomainError('forbidden')
  return ctx.db.transaction(async (tx) => {
    if (input.agencyId !== null) await agencyById(tx, input.agencyId)
    return saveVersioned(tx, ctx, annotationsOf(ctx), input)
  })
}

export const removeAnnotation = (ctx: Context, seen: Seen): Promise<{ id: string }> =>
  ctx.db.transaction((tx) => removeVersioned(tx, ctx, annotationsOf(ctx), seen))
