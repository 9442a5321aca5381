import { db } from '#db/client.ts'
import { now } from '#server/platform/clock.ts'
import { environment } from '#server/platform/environment.ts'
import { previewedBulletin } from '../commands/make-preview.ts'
import {
  type PublicBulletin,
  type PublicPage,
  previewPage,
  publicBulletins,
  publicPage,
  publicStanding,
} from '../queries/public.ts'
import { type BulletinKind, bulletinKinds } from '../rules/bulletin.ts'

export type { PublicBulletin, PublicPage }

/** The page under an address; `gone` where it was taken down, null where there never was one. */
export async function readBulletin(slug: string): Promise<PublicPage | 'gone' | null> {
  const found = await publicPage(db, slug)
  if (found) return found
  return (await publicStanding(db, slug, now()))?.standing === 'gone' ? 'gone' : null
}

export async function readPreview(token: string): Promise<PublicPage | null> {
  const id = await previewedBulletin(db, token, now())
  return id ? previewPage(db, id) : null
}

export type Listing = {
  bulletins: PublicBulletin[]
  kind: BulletinKind | null
  incidentId: string | null
  next: string | null
}

type Asked = Record<string, string | string[] | undefined>
const pageSize = 30
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A page of the list as its address asks for it; what makes no sense there is left out of account. */
export async function readList(asked: Asked): Promise<Listing> {
  const one = (name: string) => (typeof asked[name] === 'string' ? asked[name] : '')
  const kind = bulletinKinds.find((known) => known === one('kind')) ?? null
  const incidentId = uuid.test(one('incident')) ? one('incident') : null
  const [at = '', id = ''] = one('before').split('_')
  const before = !Number.isNaN(Date.parse(at)) && uuid.test(id) ? { at: new Date(at), id } : null
  const rows = await publicBulletins(db, { kind, incidentId, before, limit: pageSize + 1 })
  const bulletins = rows.slice(0, pageSize)
  const last = bulletins.at(-1)
  const next = rows.length > pageSize && last ? `${last.firstPublishedAt.toISOString()}_${last.id}` : null
  return { bulletins, kind, incidentId, next }
}

/** The address under which the pages are known, for share images and structured data; null where the operator named none. */
export const publicHome = (): string | null => environment().appUrl?.origin ?? null
