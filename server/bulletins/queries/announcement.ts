import { eq, inArray, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { areas, bulletinRevisions, bulletins, incidents } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import { announcementOf, readingSeconds } from '../rules/loudspeaker.ts'

/** What the wards are to read out, for the sheet that is printed. */
export type Announcement = {
  id: string
  title: string
  number: number | null
  incident: { id: string; name: string } | null
  /** Whether the text is one that was approved or has gone out. */
  isApproved: boolean
  text: string
  seconds: number
}

export async function announcementFor(db: Connection, id: string): Promise<Announcement> {
  const [row] = await db
    .select({ bulletin: bulletins, content: bulletinRevisions.content, incidentName: incidents.name })
    .from(bulletins)
    .innerJoin(bulletinRevisions, eq(bulletinRevisions.id, bulletins.currentRevisionId))
    .leftJoin(incidents, eq(incidents.id, bulletins.incidentId))
    .where(eq(bulletins.id, id))
  if (!row) throw new DomainError('not_found', { subject: 'bulletin', id })
  const { bulletin, content, incidentName } = row
  const text = announcementOf(content, {
    areas: await areaNames(db, content.areaIds),
    isExercise: bulletin.isExercise,
  })
  const { currentRevisionId, approvedRevisionId, publishedRevisionId } = bulletin
  return {
    id,
    title: content.vi.title,
    number: bulletin.number,
    incident: bulletin.incidentId ? { id: bulletin.incidentId, name: incidentName ?? '' } : null,
    isApproved: [approvedRevisionId, publishedRevisionId].includes(currentRevisionId),
    text,
    seconds: readingSeconds(text),
  }
}

/** In Vietnamese order, as everywhere. */
async function areaNames(db: Connection, ids: readonly number[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db
    .select({ name: areas.name })
    .from(areas)
    .where(inArray(areas.id, [...ids]))
    .orderBy(sql`${areas.shortName} collate "vi-x-icu"`)
  return rows.map(({ name }) => name)
}
