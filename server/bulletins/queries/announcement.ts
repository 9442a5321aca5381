import { eq, inArray, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { areas, bulletinRevisions, bulletins, incidents } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import { standingOf } from '../rules/lifecycle.ts'
import { announcementOf, readingSeconds } from '../rules/loudspeaker.ts'
import { asPublished } from '../rules/named-areas.ts'
import type { BulletinContent } from '../rules/schemas.ts'
import { isStale } from '../rules/stale.ts'
import { validityAt } from '../rules/validity.ts'

/** Why the text must not be read out; `gone`: there is none any more. */
export type AnnouncementBar = 'gone' | 'withdrawn' | 'superseded' | 'draft' | 'expired' | 'stale'

/** What the wards are to read out, for the sheet that is printed. */
export type Announcement = {
  id: string
  title: string
  number: number | null
  incident: { id: string; name: string; nameEn: string } | null
  /** Null while the text was approved or published, and is still current. */
  bar: AnnouncementBar | null
  text: string
  seconds: number
}

export async function announcementFor(
  { db, now }: { db: Connection; now: () => Date },
  id: string,
): Promise<Announcement> {
  const [row] = await db
    .select({
      bulletin: bulletins,
      content: bulletinRevisions.content,
      incident: { id: incidents.id, name: incidents.name, nameEn: incidents.nameEn },
    })
    .from(bulletins)
    .innerJoin(bulletinRevisions, eq(bulletinRevisions.id, bulletins.currentRevisionId))
    .leftJoin(incidents, eq(incidents.id, bulletins.incidentId))
    .where(eq(bulletins.id, id))
  if (!row) throw new DomainError('not_found', { subject: 'bulletin', id })
  const { bulletin, incident } = row
  const isOut = bulletin.currentRevisionId === bulletin.publishedRevisionId
  const content = isOut ? asPublished(row.content) : row.content
  const bar = barOf(bulletin, content, now())
  const told = { areas: await areaNames(db, content.areaIds), isExercise: bulletin.isExercise }
  const text = bar === 'gone' ? '' : announcementOf(content, told)
  return {
    id,
    title: content.vi.title,
    number: bulletin.number,
    incident,
    bar,
    text,
    seconds: text ? readingSeconds(text) : 0,
  }
}

type Row = typeof bulletins.$inferSelect

function barOf(bulletin: Row, content: BulletinContent, at: Date): AnnouncementBar | null {
  // An exercise that was replaced or withdrawn is barred too, though it was never public.
  const standing = standingOf({ ...bulletin, isExercise: false })
  const validity = validityAt({ standing: standing === 'none' ? 'live' : standing, content }, at)
  if (validity === 'gone' || validity === 'withdrawn' || validity === 'superseded') return validity
  const { currentRevisionId, approvedRevisionId, publishedRevisionId, firstPublishedAt, state } = bulletin
  const isApproved = [approvedRevisionId, publishedRevisionId].includes(currentRevisionId)
  if (!isApproved || state === 'discarded') return 'draft'
  if (validity === 'expired') return validity
  return firstPublishedAt && isStale({ content, firstPublishedAt }, validity, at) ? 'stale' : null
}

/** In Vietnamese collation order, as everywhere. */
export async function areaNames(db: Connection, ids: readonly number[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db
    .select({ name: areas.name })
    .from(areas)
    .where(inArray(areas.id, [...ids]))
    .orderBy(sql`${areas.shortName} collate "vi-x-icu"`)
  return rows.map(({ name }) => name)
}
