import { eq } from 'drizzle-orm'
import { bulletins } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import type { CreateBulletin } from '../rules/schemas.ts'
import { attachImages } from './attach-images.ts'
import { assertFiling } from './filing.ts'
import type { MovedBulletin } from './move-bulletin.ts'
import { listedOf, writeRevision } from './write-revision.ts'
import { writerIn } from './writer.ts'

/** Creates a bulletin: a draft with its first revision. The user who begins it remains its author. */
export async function createBulletin(
  ctx: Context,
  { content, incidentId, supersedesId, isExercise }: CreateBulletin,
): Promise<MovedBulletin> {
  const { actor, editorId } = writerIn(ctx)
  return ctx.db.transaction(async (tx) => {
    await assertFiling(tx, { incidentId, supersedesId, areaIds: content.areaIds })
    await attachImages(tx, ctx, content)
    const at = ctx.now()
    const editorFor = actor.onBehalfOf ?? null
    const people = { authorId: editorId, authorFor: editorFor, lastEditorId: editorId, lastEditorFor: editorFor }
    const [row] = await tx
      .insert(bulletins)
      .values({ ...listedOf(content), ...people, incidentId, supersedesId, isExercise, createdAt: at, updatedAt: at })
      .returning({ id: bulletins.id })
    if (!row) throw new Error('no bulletin was written')
    const revisionId = await writeRevision(tx, { bulletinId: row.id, number: 1, editorId, editorFor, content, at })
    await tx.update(bulletins).set({ currentRevisionId: revisionId }).where(eq(bulletins.id, row.id))
    await recordEvent(
      tx,
      { ...ctx, actor },
      {
        event: 'bulletin.created',
        subject: { kind: 'bulletin', id: row.id },
        version: 1,
        details: { to: 'draft', kind: content.kind, title: content.vi.title, incidentId, revision: 1, isExercise },
      },
    )
    return { id: row.id, version: 1, state: 'draft', revisionId }
  })
}
