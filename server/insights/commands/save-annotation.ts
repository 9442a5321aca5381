import { eq } from 'drizzle-orm'
import { annotations } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { agencyById } from '#server/agencies/queries.ts'
import { recordEvent } from '#server/events/commands.ts'
import { conflictOver } from '#server/events/queries.ts'
import { changesBetween, changesFromNothing, isUnchanged } from '#server/events/rules/changes.ts'
import { DomainError } from '#server/platform/errors.ts'
import { lockAnnotation } from '../queries/annotations.ts'
import { mayAnnotate, type SaveAnnotation } from '../rules/annotation.ts'

type Saved = { id: string; version: number }

/** Adds an annotation (id null) or edits one. To move it to another agency takes the right over both. */
export async function saveAnnotation(ctx: Context, { id, version: seen, ...fields }: SaveAnnotation): Promise<Saved> {
  if (!mayAnnotate(ctx.actor, fields.agencyId)) throw new DomainError('forbidden')
  return ctx.db.transaction(async (tx) => {
    if (fields.agencyId !== null) await agencyById(tx, fields.agencyId)
    if (id === null) {
      const [added] = await tx.insert(annotations).values(fields).returning({ id: annotations.id })
      if (!added) throw new Error('no annotation was written')
      const subject = { kind: 'annotation', id: added.id } as const
      const details = changesFromNothing(fields)
      await recordEvent(tx, ctx, { event: 'annotation.added', subject, version: 1, details })
      return { id: added.id, version: 1 }
    }
    const annotation = await lockAnnotation(tx, id)
    if (!mayAnnotate(ctx.actor, annotation.agencyId)) throw new DomainError('forbidden')
    const subject = { kind: 'annotation', id } as const
    if (annotation.version !== seen) throw await conflictOver(tx, subject, annotation.version)
    const changes = changesBetween(annotation, fields)
    if (isUnchanged(changes)) return { id, version: annotation.version }
    const version = annotation.version + 1
    await tx
      .update(annotations)
      .set({ ...fields, version })
      .where(eq(annotations.id, id))
    await recordEvent(tx, ctx, { event: 'annotation.changed', subject, version, details: changes })
    return { id, version }
  })
}

export async function removeAnnotation(ctx: Context, { id, version }: Saved): Promise<{ id: string }> {
  return ctx.db.transaction(async (tx) => {
    const annotation = await lockAnnotation(tx, id)
    if (!mayAnnotate(ctx.actor, annotation.agencyId)) throw new DomainError('forbidden')
    const subject = { kind: 'annotation', id } as const
    if (annotation.version !== version) throw await conflictOver(tx, subject, annotation.version)
    await tx.delete(annotations).where(eq(annotations.id, id))
    const { words, startsAt, endsAt } = annotation
    await recordEvent(tx, ctx, { event: 'annotation.removed', subject, details: { words, startsAt, endsAt } })
    return { id }
  })
}
