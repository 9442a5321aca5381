import type { z } from 'zod'
import type { Connection } from '#db/client.ts'
import { type PublicBulletin, publicBulletins, publicPage, publicStanding } from '#server/bulletins/queries/public.ts'
import { type PublicPlace, placeOfCode, placesOf } from '#server/bulletins/queries/public-places.ts'
import { slugOf } from '#server/bulletins/queries/slug-of.ts'
import { documentHtml } from '#server/bulletins/rules/document-html.ts'
import { publicImage } from '#server/bulletins/rules/images.ts'
import { beginOf, endOf, validityAt } from '#server/bulletins/rules/validity.ts'
import { isoInHanoi } from '#server/platform/rules/local-day.ts'
import { cursorOf, placeIn } from '../rules/cursor.ts'
import type { operations } from '../rules/operations.ts'
import { Problem } from '../rules/problems.ts'
import type { bulletin, bulletinSummary } from '../rules/public-schemas.ts'
import { invalid } from '../rules/request.ts'

type Summary = z.output<typeof bulletinSummary>
type Bulletin = z.output<typeof bulletin>
type Query = z.output<typeof operations.listBulletins.query>
type Reading = { home: string; at: Date }

/** A page of published bulletins, newest first. Their position in this order never changes. */
export async function listBulletins(db: Connection, query: Query, reading: Reading) {
  const { cursor, limit, area, incident, kind } = query
  const place = area === undefined ? null : await placeOfCode(db, area)
  if (area !== undefined && !place) throw invalid('parameter', 'area', 'is not the code of an area')
  const found = await publicBulletins(db, {
    areaId: place?.id ?? null,
    incidentId: incident ?? null,
    kind: kind ?? null,
    before: cursor === undefined ? null : placeBehind(cursor),
    limit: limit + 1,
  })
  const shown = found.slice(0, limit)
  const places = await placesOf(db, [...new Set(shown.flatMap(({ content }) => content.areaIds))])
  const last = shown.at(-1)
  return {
    items: shown.map((each) => summaryOf(each, places, reading)),
    next: found.length > limit && last ? cursorOf(`${last.firstPublishedAt.getTime()} ${last.id}`) : null,
  }
}

function placeBehind(cursor: string): { at: Date; id: string } {
  const [, at, id] = /^(\d{1,14}) ([0-9a-f-]{36})$/.exec(placeIn(cursor) ?? '') ?? []
  if (at === undefined || id === undefined) throw invalid('parameter', 'cursor', 'is not the `next` of a page')
  return { at: new Date(Number(at)), id }
}

/** The bulletin with this slug or id; null if it was never published. */
export async function readBulletin(db: Connection, name: string, reading: Reading): Promise<Bulletin | null> {
  const slug = await slugOf(db, name)
  const page = slug === null ? null : await publicPage(db, slug)
  if (!page) {
    if (slug !== null && (await publicStanding(db, slug, reading.at))?.standing === 'gone') throw new Problem('gone')
    return null
  }
  const { content } = page
  const places = await placesOf(db, content.areaIds)
  const whole = ({ title, summary, body }: (typeof content)['vi']) => ({
    title,
    summary,
    html: documentHtml(body, { image: (fileId) => `${reading.home}${publicImage(fileId, 960)}` }),
  })
  return {
    ...summaryOf(page, places, reading),
    vi: whole(content.vi),
    en: content.en && whole(content.en),
    source: content.source,
    source_en: content.sourceEn || null,
    contact: content.contact,
    notice: page.notice,
    corrections: page.corrections.map(({ at, note }) => ({ at: isoInHanoi(at), note })),
    superseded_by: page.supersededBy && { slug: page.supersededBy.slug, title: page.supersededBy.title },
  }
}

const validities = { inForce: 'in_force', none: 'undated', gone: 'withdrawn' } as const

function summaryOf(bulletin: PublicBulletin, places: ReadonlyMap<number, PublicPlace>, { home, at }: Reading): Summary {
  const { id, slug, number, incident, content, firstPublishedAt, publishedAt, changedAt } = bulletin
  const time = (instant: Date | null) => instant && isoInHanoi(instant)
  const validity = validityAt(bulletin, at)
  const short = ({ title, summary }: (typeof content)['vi']) => ({ title, summary })
  return {
    id,
    slug,
    number,
    url: `${home}/ban-tin/${slug}`,
    kind: content.kind,
    severity: content.severity,
    validity: validity in validities ? validities[validity as keyof typeof validities] : (validity as 'expired'),
    valid_from: time(beginOf(content)),
    valid_to: time(endOf(content)),
    first_published_at: isoInHanoi(firstPublishedAt),
    published_at: isoInHanoi(publishedAt),
    changed_at: isoInHanoi(changedAt),
    incident: incident && { id: incident.id, name: incident.name, name_en: incident.nameEn || null },
    areas: content.areaIds.flatMap((areaId) => {
      const place = places.get(areaId)
      return place ? [{ code: place.code, name: place.name }] : []
    }),
    vi: short(content.vi),
    en: content.en && short(content.en),
  }
}
