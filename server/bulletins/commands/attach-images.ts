import { and, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { files } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { imagesOf } from '../rules/document-text.ts'
import type { BulletinContent } from '../rules/schemas.ts'

/** The files that the images of a text show, in either language. */
export const imagesIn = ({ vi, en }: BulletinContent): string[] => [
  ...new Set([...imagesOf(vi.body), ...(en ? imagesOf(en.body) : [])]),
]

/**
 * A text may show what its writer uploaded for a bulletin, what it showed before, and the images of other bulletins,
 * which every writer may read. A photo of a report is none of these, however its id became known.
 */
export async function attachImages(
  tx: Transaction,
  { actor, now }: Pick<Context, 'actor' | 'now'>,
  content: BulletinContent,
  before: BulletinContent | null = null,
): Promise<void> {
  const shown = new Set(before ? imagesIn(before) : [])
  const added = imagesIn(content).filter((fileId) => !shown.has(fileId))
  if (added.length === 0) return
  const isOwn = actor.id === null ? undefined : eq(files.ownerId, actor.id)
  const known = await tx
    .select({ id: files.id })
    .from(files)
    .where(and(inArray(files.id, added), eq(files.purpose, 'bulletin_image'), or(isOwn, isNotNull(files.attachedAt))))
    .orderBy(files.id)
    // So that none of them is cleaned up meanwhile.
    .for('update')
  if (known.length < added.length) throw new DomainError('image_missing')
  await tx
    .update(files)
    .set({ attachedAt: now() })
    .where(and(inArray(files.id, added), isNull(files.attachedAt)))
}
