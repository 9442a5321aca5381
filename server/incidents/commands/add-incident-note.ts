import { incidentNotes } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { incidentById } from '../queries.ts'
import type { IncidentNote } from '../rules/schemas.ts'

/**
 * Adds a permanent note of what was decided or seen. The version of the incident does not change, so no open form
 * becomes outdated.
 */
export async function addIncidentNote(ctx: Context, { incidentId, id, body }: IncidentNote) {
  const authorId = ctx.actor.id
  if (authorId === null || !mayUse(ctx.actor, 'incidents.note')) throw new DomainError('forbidden')
  return ctx.db.transaction(async (tx) => {
    const at = ctx.now()
    await incidentById(tx, incidentId, at)
    const [note] = await tx
      .insert(incidentNotes)
      .values({ id, incidentId, authorId, body, createdAt: at })
      .onConflictDoNothing()
      .returning({ id: incidentNotes.id })
    if (!note) return { id }
    await recordEvent(tx, ctx, {
      event: 'incident.note_added',
      subject: { kind: 'incident', id: incidentId },
      details: { noteId: id },
    })
    return { id }
  })
}
