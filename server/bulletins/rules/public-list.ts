import { readingLimits } from '#server/platform/rules/limits.ts'
import { fold, normalise } from '#server/platform/rules/text.ts'
import { type BulletinKind, bulletinKinds } from './bulletin.ts'
import { documentText } from './document-text.ts'
import type { BulletinContent } from './schemas.ts'

/**
 * The list shows what is in force first, then the rest, each part the newest first: the position where a page of it
 * begins.
 */
export type ListPlace = { part: 'inForce' | 'rest'; at: Date; id: string }

/** What the address of the public list asks for. */
export type PublicListAddress = {
  /** The official code of a commune. */
  area: string | null
  kind: BulletinKind | null
  incident: string | null
  words: string
  before: ListPlace | null
}

const code = /^\w{1,12}$/
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const place = /^(?:(f|r)_)?([12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f-]{36})$/

/** Invalid values are ignored: a truncated link still shows bulletins. */
export function readListAddress(query: URLSearchParams): PublicListAddress {
  const one = (name: string) => query.get(name) ?? ''
  return {
    area: code.test(one('area')) ? one('area') : null,
    kind: bulletinKinds.find((known) => known === one('kind')) ?? null,
    incident: uuid.test(one('incident')) ? one('incident') : null,
    words: normalise(one('q').slice(0, readingLimits.searchCharacters)).trim(),
    before: placeIn(one('before')),
  }
}

/** The same as an address, without unset parameters; empty where nothing is set. */
export function listQuery({ area, kind, incident, words, before }: Partial<PublicListAddress>): string {
  const query = new URLSearchParams()
  if (area) query.set('area', area)
  if (kind) query.set('kind', kind)
  if (incident) query.set('incident', incident)
  if (words) query.set('q', words)
  if (before) query.set('before', `${before.part === 'inForce' ? 'f' : 'r'}_${before.at.toISOString()}_${before.id}`)
  return query.size > 0 ? `?${query}` : ''
}

function placeIn(text: string): ListPlace | null {
  const [, part, at = '', id = ''] = place.exec(text) ?? []
  if (Number.isNaN(Date.parse(at)) || !uuid.test(id)) return null
  return { part: part === 'f' ? 'inForce' : 'rest', at: new Date(at), id }
}

/** The searchable text, folded: both languages, in full. */
export const publicFolded = ({ vi, en }: Pick<BulletinContent, 'vi' | 'en'>): string =>
  fold([vi, en].flatMap((text) => (text ? [text.title, text.summary, documentText(text.body)] : [])).join('\n'))

/** The words to search for, folded: as many as are looked up. */
export const wordsToFind = (words: string): string[] =>
  fold(normalise(words)).split(/\s+/).filter(Boolean).slice(0, readingLimits.searchWords)
