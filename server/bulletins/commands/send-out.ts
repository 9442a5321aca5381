import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import {
  bulletinImages,
  bulletinNumbers,
  bulletinPreviews,
  bulletinPublications,
  bulletinRemovals,
  bulletinSchedules,
  bulletins,
  files,
} from '#db/schema/index.ts'
import { recordEvent } from '#server/events/commands.ts'
import { sendConsequence } from '../alerts.ts'
import { type BulletinRow, lockBulletin, type RevisionRow } from '../queries/lock.ts'
import { movedFrom } from '../queries/removals.ts'
import { type PublicationKind, standingOf } from '../rules/lifecycle.ts'
import { publicFolded } from '../rules/public-list.ts'
import type { BulletinContent } from '../rules/schemas.ts'
import { slugOf } from '../rules/slug.ts'
import { beginOf, endOf } from '../rules/validity.ts'
import { imagesIn } from './attach-images.ts'
import type { BulletinDesk, BulletinOutcome } from './move-bulletin.ts'

type Going = {
  revision: RevisionRow
  /** Null: the robot. */
  publishedById: string | null
  /** Null: without a review. */
  approvedById: string | null
  dueAt: Date | null
}

/**
 * Publishes a sealed revision, in the transaction of the move: its number and address, the publication log, the images
 * that become public, the alert, and the end of the bulletin that it replaces.
 */
export async function sendOut(desk: BulletinDesk, going: Going): Promise<Required<BulletinOutcome>> {
  const { tx, bulletin, now } = desk
  const { content } = going.revision
  const kind: PublicationKind = bulletin.publishedRevisionId === null ? 'first' : (bulletin.correction?.kind ?? 'minor')
  const named = await namesOf(desk, kind, content)
  const delayMillis = going.dueAt ? now.getTime() - going.dueAt.getTime() : null
  await tx.insert(bulletinPublications).values({
    revisionId: going.revision.id,
    bulletinId: bulletin.id,
    kind,
    incidentId: bulletin.incidentId,
    isExercise: bulletin.isExercise,
    publishedAt: now,
    dueAt: going.dueAt,
    delayMillis,
    publishedById: going.publishedById,
    approvedById: going.approvedById,
    note: bulletin.correction?.note ?? '',
    noteEn: bulletin.correction?.noteEn ?? '',
  })
  await tx
    .update(bulletinSchedules)
    .set({ publishedAt: now })
    .where(and(eq(bulletinSchedules.revisionId, going.revision.id), isNull(bulletinSchedules.cancelledAt)))
  await endPreviews(desk)
  if (kind === 'personal_data') await takeDownEarlier(desk, going.revision, named.slug !== undefined)
  if (!bulletin.isExercise) await showImages(desk, content)
  const out = { ...bulletin, ...named }
  const alertId = await sendConsequence(tx, {
    bulletin: out,
    revisionId: going.revision.id,
    content,
    at: now,
    ...(bulletin.correction && { note: { vi: bulletin.correction.note, en: bulletin.correction.noteEn } }),
  })
  const supersededId = kind === 'first' && !bulletin.isExercise ? await supersede(desk, out) : null
  return {
    set: {
      ...named,
      publishedRevisionId: going.revision.id,
      firstPublishedAt: bulletin.firstPublishedAt ?? now,
      publishedAt: now,
      changedAt: kind === 'minor' ? bulletin.changedAt : now,
      publicAreaIds: content.areaIds,
      publicKind: content.kind,
      publicFrom: beginOf(content),
      publicUntil: endOf(content),
      publicFolded: publicFolded(content),
      correction: null,
      scheduledFor: null,
      reviewerId: null,
      claimedAt: null,
      needsLookBack: false,
    },
    details: {
      revision: going.revision.number,
      publication: kind,
      ...named,
      ...(going.approvedById && { approvedById: going.approvedById }),
      ...(going.dueAt && { dueAt: going.dueAt.toISOString(), delayMillis }),
      ...(bulletin.correction?.note && { note: bulletin.correction.note }),
      ...(alertId && { alertId }),
      ...(supersededId && { supersededId }),
    },
  }
}

/**
 * Its number and address: fixed when it is first published. An address is given up only where it was made of personal
 * data.
 */
async function namesOf(
  desk: BulletinDesk,
  kind: PublicationKind,
  content: BulletinContent,
): Promise<{ slug?: string; number?: number | null }> {
  const { bulletin } = desk
  if (bulletin.isExercise) return {}
  if (kind === 'first') return nameOf(desk, content)
  if (kind !== 'personal_data') return {}
  const words = slugOf(content.vi.title)
  const isOfThisTitle = bulletin.slug === words || bulletin.slug === withOwnEnd(words, bulletin)
  return isOfThisTitle ? {} : { slug: await addressOf(desk, content) }
}

async function addressOf({ tx, bulletin }: BulletinDesk, content: BulletinContent): Promise<string> {
  const slug = slugOf(content.vi.title)
  const [taken] = await tx.select({ id: bulletins.id }).from(bulletins).where(eq(bulletins.slug, slug))
  // Two that get the same words at the same moment must differ too.
  return taken || bulletin.incidentId || (await movedFrom(tx, slug)) ? withOwnEnd(slug, bulletin) : slug
}

/** The end of the id is unique to the bulletin. */
const withOwnEnd = (slug: string, { id }: BulletinRow): string => `${slug}-${id.slice(-6)}`

/** Its number within the incident and its address. Numbers are consecutive: a concurrent publication waits. */
async function nameOf(desk: BulletinDesk, content: BulletinContent) {
  const { tx, bulletin } = desk
  const own = { slug: await addressOf(desk, content) }
  if (bulletin.incidentId === null) return own
  const [counter] = await tx
    .insert(bulletinNumbers)
    .values({ incidentId: bulletin.incidentId, last: 1 })
    .onConflictDoUpdate({ target: bulletinNumbers.incidentId, set: { last: sql`${bulletinNumbers.last} + 1` } })
    .returning({ last: bulletinNumbers.last })
  return { ...own, number: counter?.last ?? null }
}

/**
 * From here on nothing that was published before the cleaned text is public: no text, no image that it dropped, no CAP
 * message.
 */
async function takeDownEarlier(
  { tx, bulletin, now }: BulletinDesk,
  cleaned: RevisionRow,
  isMoved: boolean,
): Promise<void> {
  await tx.insert(bulletinRemovals).values({
    revisionId: cleaned.id,
    bulletinId: bulletin.id,
    revisionNumber: cleaned.number,
    formerSlug: isMoved ? bulletin.slug : null,
    removedAt: now,
  })
}

async function showImages({ tx, bulletin }: BulletinDesk, content: BulletinContent): Promise<void> {
  await tx.delete(bulletinImages).where(eq(bulletinImages.bulletinId, bulletin.id))
  const ids = imagesIn(content)
  if (ids.length === 0) return
  const known = await tx
    .select({ fileId: files.id })
    .from(files)
    .where(and(inArray(files.id, ids), eq(files.purpose, 'bulletin_image')))
  if (known.length > 0)
    await tx.insert(bulletinImages).values(known.map(({ fileId }) => ({ bulletinId: bulletin.id, fileId })))
}

/** The bulletin that this one replaces stays readable and links here. */
async function supersede(desk: BulletinDesk, newer: BulletinRow): Promise<string | null> {
  const { tx, ctx, now } = desk
  if (!newer.supersedesId) return null
  const older = await lockBulletin(tx, newer.supersedesId)
  if (standingOf(older) !== 'live') return null
  await cancelSchedules(desk, older.id)
  const version = older.version + 1
  await tx
    .update(bulletins)
    .set({
      state: 'superseded',
      supersededById: newer.id,
      correction: null,
      scheduledFor: null,
      changedAt: now,
      updatedAt: now,
      version,
    })
    .where(eq(bulletins.id, older.id))
  await recordEvent(tx, ctx, {
    event: 'bulletin.superseded',
    subject: { kind: 'bulletin', id: older.id },
    version,
    details: { from: older.state, to: 'superseded', byId: newer.id },
  })
  return older.id
}

/** From here on no secret address leads to it. */
export async function endPreviews({ tx, bulletin, now }: BulletinDesk): Promise<void> {
  await tx
    .update(bulletinPreviews)
    .set({ endedAt: now })
    .where(and(eq(bulletinPreviews.bulletinId, bulletin.id), isNull(bulletinPreviews.endedAt)))
}

export async function cancelSchedules({ tx, now }: BulletinDesk, bulletinId: string): Promise<void> {
  await tx
    .update(bulletinSchedules)
    .set({ cancelledAt: now })
    .where(
      and(
        eq(bulletinSchedules.bulletinId, bulletinId),
        isNull(bulletinSchedules.cancelledAt),
        isNull(bulletinSchedules.publishedAt),
      ),
    )
}
