import { db } from '#db/client.ts'
import type { BulletinView } from '../queries/bulletin.ts'
import { placesOf } from '../queries/public-places.ts'
import type { BulletinContent } from '../rules/schemas.ts'
import type { PublicPage } from './reading.ts'

/** What is being typed, rendered as if it were published at this moment. Its images are shown as staff may see them. */
export async function typedPage(
  view: BulletinView,
  content: BulletinContent,
  at: Date,
): Promise<Omit<PublicPage, 'images' | 'loudspeaker'>> {
  const places = await placesOf(db, content.areaIds)
  const named = content.areaIds.flatMap((id) => places.get(id) ?? [])
  return {
    id: view.id,
    slug: view.slug ?? '',
    number: view.number ?? view.expectedNumber,
    incident: view.incident,
    standing: 'live',
    content,
    firstPublishedAt: view.firstPublishedAt ?? at,
    publishedAt: at,
    changedAt: at,
    notice: '',
    noticeEn: '',
    areas: named.map(({ name }) => name),
    areaCodes: named.map(({ code }) => code),
    corrections: [],
    supersededBy: null,
    alertId: null,
  }
}
