import { fold, normalise } from '#server/platform/rules/text.ts'
import { documentText } from './document-text.ts'
import type { BulletinContent } from './schemas.ts'

export type NamedArea = { id: number; name: string; shortName: string }

/** What a text says about where it applies: the communes that it names, or the city as a whole. */
export type Proposal = { areaIds: number[]; wholeCity: boolean }

/** An area was chosen: communes, or the whole city. An empty list alone is no choice. */
export const hasArea = ({ areaIds, wholeCity }: Pick<BulletinContent, 'areaIds' | 'wholeCity'>): boolean =>
  areaIds.length > 0 || wholeCity === true

/** A published text without a choice, from before it had to be made: it went to the whole city, and now says so. */
export const asPublished = (content: BulletinContent): BulletinContent =>
  hasArea(content) ? content : { ...content, wholeCity: true }

type Told = Pick<BulletinContent, 'vi' | 'en'>

/** What is known of places: the communes, and those that a street of title or lead runs through. */
export type KnownPlaces = { areas: readonly NamedArea[]; streetAreas: readonly number[] }

const headOf = ({ title, summary }: BulletinContent['vi']): string => `${title}\n${summary}`

/** Where a street is looked for: the body often names roads to take instead. */
export const streetText = ({ vi }: Pick<BulletinContent, 'vi'>): string => headOf(vi)

/**
 * The area that a bulletin names: communes in title, lead or text, or the whole city in title or lead, because a text
 * often says what happens in all of it. Null if it names none.
 */
export function proposedArea({ vi, en }: Told, areas: readonly NamedArea[]): Proposal | null {
  const [inVietnamese, inEnglish] = [vi, en].map((text) =>
    text ? [text.title, text.summary, documentText(text.body)].join('\n') : '',
  ) as [string, string]
  const named = new Set([...namedIn(inVietnamese, areas, 'vi'), ...namedIn(inEnglish, areas, 'en')])
  if (named.size > 0) return { areaIds: [...named].sort((a, b) => a - b), wholeCity: false }
  const isCity = city.vi.test(normalise(headOf(vi))) || (en !== null && city.en.test(headOf(en)))
  return isCity ? { areaIds: [], wholeCity: true } : null
}

/** Communes that are named, else those of the streets that are, else the whole city: the narrowest that is said. */
export function proposalOf(told: Told, { areas, streetAreas }: KnownPlaces): Proposal | null {
  const named = proposedArea(told, areas)
  if (named && !named.wholeCity) return named
  return streetAreas.length > 0 ? { areaIds: [...streetAreas], wholeCity: false } : named
}

/** "thành phố Hà Nội" alone is also the name of the one who writes. */
const city = {
  vi: /toàn (bộ )?(địa bàn )?(thành phố|tp|hà nội)|khắp (thành phố|hà nội)|(tại|ở|trên địa bàn) (thành phố )?hà nội/iu,
  en: /(whole|entire) city|(all of|across|throughout) (the city|hanoi)|\b(in|for) hanoi\b/i,
} as const

type Word = { text: string; isCapital: boolean; after: string }

const wordsIn = (text: string): Word[] =>
  [...normalise(text).matchAll(/([\p{L}\p{M}\d]+)([^\p{L}\p{M}\d]*)/gu)].map(([, word = '', after = '']) => ({
    text: word,
    isCapital: /^\p{Lu}/u.test(word),
    after,
  }))

const kinds = { vi: new Set(['phường', 'xã', 'trấn']), en: new Set(['ward', 'commune']) } as const
/** Before a bare name they say where; "cầu", "phố" or "quận" would make it the name of something else. */
const before = {
  vi: new Set('ở tại vực bàn vùng gồm khắp thuộc trong'.split(' ')),
  en: new Set('in at around across'.split(' ')),
} as const
const joins = { vi: new Set(['và']), en: new Set(['and']) } as const

/** The communes that a text names: after "phường" or "xã", in a row with such a one, or after "tại" or similar. */
function namedIn(text: string, areas: readonly NamedArea[], language: 'vi' | 'en'): number[] {
  const words = wordsIn(text)
  const keyOf = (word: string) => (language === 'vi' ? normalise(word).toLowerCase() : fold(word))
  const keys = words.map((word) => keyOf(word.text))
  const byFirst = firstWords(areas, keyOf)
  const found: number[] = []
  /** The index after the last commune that was named, while the row of communes goes on. */
  let row = -1
  for (let at = 0; at < words.length; at += 1) {
    const isInRow = row === at || (row === at - 1 && joins[language].has(keys[at - 1] as string))
    const area = (byFirst.get(keys[at] as string) ?? []).find(({ name }) => isNameAt(words, keys, at, name))
    if (!area) continue
    const end = at + area.name.length
    const kindIs = (index: number) => kinds[language].has((keys[index] ?? '').replace(/s$/, ''))
    const isOfKind = language === 'vi' ? kindIs(at - 1) : kindIs(end)
    const isPlaced = before[language].has(keys[at - 1] ?? '') && /^\s+$/.test(words[at - 1]?.after ?? '')
    const isBegun = (isInRow || isPlaced) && words.slice(at, end).every(({ isCapital }) => isCapital)
    if (!isOfKind && !(isBegun && !goesOn(words, end))) continue
    found.push(area.id)
    row = end
    at = end - 1
  }
  return found
}

type Candidate = { id: number; name: string[] }

/** Names by their first word, the longest first. */
function firstWords(areas: readonly NamedArea[], keyOf: (word: string) => string): Map<string, Candidate[]> {
  const byFirst = new Map<string, Candidate[]>()
  for (const { id, shortName } of areas) {
    const name = wordsIn(shortName).map(({ text }) => keyOf(text))
    const first = name[0]
    if (first !== undefined) byFirst.set(first, [...(byFirst.get(first) ?? []), { id, name }])
  }
  for (const candidates of byFirst.values()) candidates.sort((a, b) => b.name.length - a.name.length)
  return byFirst
}

const isNameAt = (words: readonly Word[], keys: readonly string[], at: number, name: readonly string[]): boolean =>
  name.every(
    (word, offset) =>
      keys[at + offset] === word && (offset === 0 || /^[\s-]+$/.test(words[at + offset - 1]?.after ?? '')),
  )

/** Whether the name is only the beginning of a longer one: "Láng Hạ" is not Láng. */
const goesOn = (words: readonly Word[], end: number): boolean =>
  words[end]?.isCapital === true && /^\s+$/.test(words[end - 1]?.after ?? '')
