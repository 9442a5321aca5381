import { isoInHanoi, localDayOf } from '#server/platform/rules/local-day.ts'
import { type Language, listedAreas, mostNamed, placesBeyond } from './place-words.ts'
import type { BulletinContent } from './schemas.ts'
import { staleTurn } from './stale.ts'
import { beginOf, endOf, type Validity } from './validity.ts'

/** Beside a link, and upright for a phone's screen. */
export const shareShapes = {
  ngang: { width: 1200, height: 630 },
  doc: { width: 1080, height: 1350 },
} as const
export type ShareShape = keyof typeof shareShapes

/** The label over the title in capitals; null while the bulletin is simply in force. */
export type ShareMark = 'exercise' | 'expired' | 'stale' | 'withdrawn' | 'superseded' | null

type Shared = { standing: 'none' | 'live' | 'superseded' | 'withdrawn' | 'gone'; publishedAt: Date; changedAt: Date }

export function shareMark(validity: Validity | 'stale', isExercise: boolean): ShareMark {
  if (isExercise) return 'exercise'
  return validity === 'expired' || validity === 'stale' || validity === 'withdrawn' || validity === 'superseded'
    ? validity
    : null
}

/**
 * The address of the picture of a bulletin. Messengers cache a picture by its address: the version in it changes once
 * the bulletin is corrected, withdrawn or replaced, and once it lapsed or is old.
 */
export function shareAddress(
  bulletin: Shared & { slug: string },
  { language, shape, validity }: { language: Language; shape: ShareShape; validity: Validity | 'stale' },
): string {
  const changed = Math.max(bulletin.publishedAt.getTime(), bulletin.changedAt.getTime())
  const version = `${changed.toString(36)}-${validity}`
  return `${language === 'en' ? '/en' : ''}/ban-tin/${bulletin.slug}/chia-se-${shape}.png?v=${version}`
}

type Turning = {
  content: Pick<BulletinContent, 'kind' | 'validFrom' | 'validTo' | 'alert'>
  firstPublishedAt: Date
}

/** The moments at which a bulletin reads differently by the clock alone, in order. */
const turnsOf = ({ content, firstPublishedAt }: Turning): Date[] =>
  [beginOf(content), endOf(content), staleTurn({ content, firstPublishedAt })]
    .filter((turn): turn is Date => turn !== null)
    .sort((a, b) => a.getTime() - b.getTime())

/** The next moment at which a bulletin reads differently by the clock alone; null where there is none. */
export const nextTurn = (bulletin: Turning, at: Date): Date | null =>
  turnsOf(bulletin).find((turn) => turn > at) ?? null

/** The last such moment. */
export const lastTurn = (bulletin: Turning, at: Date): Date | null =>
  turnsOf(bulletin).findLast((turn) => turn <= at) ?? null

/** "14:00 ngày 07/09/2024". */
export function clockAndDay(at: Date, language: Language): string {
  return `${clockOf(at)} ${language === 'vi' ? 'ngày' : 'on'} ${dayOf(at)}`
}

const clockOf = (at: Date): string => isoInHanoi(at).slice(11, 16)
const dayOf = (at: Date): string => localDayOf(at).split('-').reverse().join('/')

/** "14:00 – 20:00 ngày 07/09/2024": the day is named once where both ends fall on it. */
export function spanInWords(from: Date, to: Date, language: Language): string {
  if (localDayOf(from) === localDayOf(to)) return `${clockOf(from)} – ${clockAndDay(to, language)}`
  return `${clockAndDay(from, language)} – ${clockAndDay(to, language)}`
}

/**
 * As many places as fit into this number of characters, and how many more there are: "phường Cửa Nam, xã Sóc Sơn và 124
 * phường, xã khác".
 */
export function placesWithin(names: readonly string[], language: Language, characters: number): string {
  const all = listedAreas(names, language)
  if (all.length <= characters || names.length <= 1) return all
  let shown = Math.min(names.length - 1, 3 * mostNamed)
  const withRest = () => `${listedAreas(names.slice(0, shown), language)} ${placesBeyond(names.slice(shown), language)}`
  while (shown > 1 && withRest().length > characters) shown -= 1
  return withRest()
}

/** The mean width of a bold letter relative to the font size: measured over Vietnamese and English titles. */
const letterWidth = 0.59
const lineHeight = 1.2

/** The largest of the sizes in which a title fits its box; the smallest where none does. */
export function titleSize(title: string, place: { width: number; height: number }, sizes: readonly number[]): number {
  const fits = (size: number) => linesOf(title, place.width, size) * lineHeight * size <= place.height
  return sizes.find(fits) ?? (sizes.at(-1) as number)
}

/** The number of lines of a text of this size in this width: words stay whole. */
export function linesOf(text: string, width: number, size: number): number {
  const letters = width / (letterWidth * size)
  let [lines, used] = [1, 0]
  for (const word of text.split(/\s+/)) {
    const wanted = used === 0 ? word.length : used + 1 + word.length
    if (wanted <= letters || used === 0) used = wanted
    else {
      lines += 1
      used = word.length
    }
    // A word longer than a line is broken.
    while (used > letters) {
      lines += 1
      used -= letters
    }
  }
  return lines
}
