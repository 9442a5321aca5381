import { canonical } from '#server/events/rules/changes.ts'
import { fold, withToneSettled } from '#server/platform/rules/text.ts'
import { allBlocks, blockText, imagesOf, linksOf } from './document-text.ts'
import type { Language } from './place-words.ts'
import type { BulletinContent, BulletinText } from './schemas.ts'
import { meaningOf } from './typo-words.ts'

/** What a text said and says now, in the words that differ; empty where nothing stood or stands. */
export type ChangedFact = { language: Language | null; from: string; to: string }

/**
 * The first difference between the facts of two texts, null if none: figures, numbers in words, units, times, dates,
 * places, negations and instructions, in their order. Spelling, capital letters and spaces are no facts, nor are words
 * of no such meaning. Every small correction is judged by this function.
 */
export function changedFact(
  from: string,
  to: string,
  language: Language,
  places: readonly string[],
): ChangedFact | null {
  if (from === to) return null
  const [before, after] = [lexemesOf(from), lexemesOf(to)]
  // A word that is a name in one version is looked for in both, so that a capital letter alone is no difference.
  const names = new Set([...namesIn(before, places), ...namesIn(after, places)])
  const difference = differenceOf(factsIn(before, names, language), factsIn(after, names, language))
  return difference && { language, ...difference }
}

/** The first difference between the facts of two versions of a bulletin, its fields and its alert included. */
export function changedFactOf(
  before: BulletinContent,
  after: BulletinContent,
  places: readonly string[],
): ChangedFact | null {
  if (canonical(fieldsOf(before)) !== canonical(fieldsOf(after))) return { language: null, from: '', to: '' }
  for (const language of ['vi', 'en'] as const) {
    const [was, is] = [textsOf(before, language), textsOf(after, language)]
    for (const [at, text] of was.entries()) {
      const changed = changedFact(text, is[at] ?? '', language, places)
      if (changed) return changed
    }
  }
  return null
}

const longestName = 6
/** Behind these even a single word is a name: "phố Huế". */
const kindsOfPlaces = new Set('pho duong ngo ngach hem cau ham cho ho ben nut'.split(' '))

/** What may be the name of a place in some texts, folded as the gazetteer does: a name in small letters is one too. */
export function possibleNames(contents: readonly BulletinContent[]): Set<string> {
  const names = new Set<string>()
  for (const text of contents.flatMap((content) => [...textsOf(content, 'vi'), ...textsOf(content, 'en')])) {
    const words = lexemesOf(text).map((one) => (isPause(one.text) ? '' : fold(one.text)))
    for (let from = 0; from < words.length; from += 1) {
      for (let to = from + 1; to <= words.length && to - from <= longestName && words[to - 1] !== ''; to += 1) {
        const isLong = to - from > 1 || kindsOfPlaces.has(words[from - 1] ?? '')
        if (isLong) names.add(words.slice(from, to).join(' '))
      }
    }
  }
  return names
}

/** Area, validity, severity and the like: each of them is a fact by itself. */
function fieldsOf(content: BulletinContent) {
  const { kind, severity, audience, areaIds, validFrom, validTo, alert, alertEnding, vi, en } = content
  const { event: _, eventEn: __, instruction: ___, instructionEn: ____, ...sent } = alert ?? {}
  const fields = { kind, severity, audience: [...audience].sort(), areaIds, validFrom, validTo }
  // A map that is replaced, or a link that leads elsewhere, says something else without a word.
  const shown = [vi, en].map((text) => text && [imagesOf(text.body), linksOf(text.body).map(({ href }) => href)])
  return { ...fields, alert: alert && sent, alertEnding: alertEnding ?? null, shown }
}

/** Every text of one language in which a fact may stand. */
function textsOf(content: BulletinContent, language: Language): string[] {
  const { vi, en, source, sourceEn, contact, alert, loudspeaker } = content
  if (language === 'en') return [...pageTexts(en), sourceEn ?? '', alert?.eventEn ?? '', alert?.instructionEn ?? '']
  return [...pageTexts(vi), source, contact, alert?.event ?? '', alert?.instruction ?? '', loudspeaker?.text ?? '']
}

function pageTexts(text: BulletinText | null): string[] {
  if (!text) return ['', '', '']
  // Lists and tables repeat the words of the blocks in them, with the numbers of their items.
  return [text.title, text.summary, allBlocks(text.body.content).map(blockText).join('\n')]
}

type Lexeme = { text: string; isWord: boolean; isCapital: boolean; beginsSentence: boolean }

const lexeme = new RegExp(
  [
    String.raw`\d+(?:[.,:/]\d+)*`,
    // A dash between figures, and a minus before one.
    String.raw`(?<=\d\s*)[-–—−](?=\s*\d)`,
    String.raw`(?<![\p{L}\p{M}\d])[-−](?=\d)`,
    '[%‰°<>≤≥±+=×₫€$]',
    String.raw`[\p{L}\p{M}]+(?:['’][\p{L}]+)*`,
    String.raw`[.,;:!?\n]`,
  ].join('|'),
  'gu',
)

function lexemesOf(text: string): Lexeme[] {
  let beginsSentence = true
  // "m²" and "m³" differ in a digit, "½" is a figure.
  return [...withToneSettled(text.normalize('NFKC')).matchAll(lexeme)].map(([found]) => {
    const isWord = /^\p{L}/u.test(found)
    const isCapital = isWord && /^\p{Lu}/u.test(found)
    const text = found
      .toLowerCase()
      .replaceAll('’', "'")
      .replace(/^[–—−]$/, '-')
    const one = { text, isWord, isCapital, beginsSentence }
    if (/^[.!?:;\n]$/.test(found)) beginsSentence = true
    else if (/[\p{L}\d]/u.test(found)) beginsSentence = false
    return one
  })
}

/** The words of names: those of the base data in any spelling, and others by their capital letter. */
function namesIn(lexemes: readonly Lexeme[], places: readonly string[]): string[] {
  const words = lexemes.filter(({ isWord }) => isWord)
  const found = words.filter(
    ({ isCapital, beginsSentence }, at) => isCapital && (!beginsSentence || words[at + 1]?.isCapital),
  )
  const folded = words.map(({ text }) => fold(text))
  const begins = new Set(folded)
  for (const place of places) {
    const name = fold(place).match(/[\p{L}\d]+/gu) ?? []
    if (name.length === 0 || !begins.has(name[0] as string)) continue
    for (let at = 0; at + name.length <= words.length; at += 1) {
      if (name.every((word, offset) => folded[at + offset] === word)) found.push(...words.slice(at, at + name.length))
    }
  }
  return found.map(({ text }) => text)
}

const units = new Set(
  `mm cm dm m km ha mg g kg l ml lít tấn tạ yến mét centimet xentimet milimet kilomet độ c h phần w kw mw v kv bar
  metre metres meter meters centimetre centimetres centimeter centimeters millimetre millimetres millimeter millimeters
  kilometre kilometres kilometer kilometers litre litres liter liters ton tons tonne tonnes feet foot inch inches degree
  degrees percent mile miles`.split(/\s+/),
)

function factsIn(lexemes: readonly Lexeme[], names: ReadonlySet<string>, language: Language): string[] {
  const facts: string[] = []
  let isAfterNumber = false
  for (const [at, { text, isWord }] of lexemes.entries()) {
    const meaning = isWord ? meaningOf(text, language) : null
    const isFigure = !isWord && !isPause(text)
    const next = lexemes[at + 1]?.text ?? ''
    // "Không, đi vòng" and "Không đi vòng" are opposites.
    if (meaning === 'negations') facts.push(isPause(next) ? `${text}${next.trim()}` : text)
    else if (meaning || isFigure || names.has(text) || (isAfterNumber && units.has(text))) facts.push(text)
    isAfterNumber = isFigure || meaning === 'numbers'
  }
  return facts
}

const isPause = (text: string): boolean => /^[.,;:!?\n]$/.test(text)

/** The first place at which two rows of facts part, with what follows up to where they meet again. */
function differenceOf(before: readonly string[], after: readonly string[]): { from: string; to: string } | null {
  const least = Math.min(before.length, after.length)
  let head = 0
  while (head < least && before[head] === after[head]) head += 1
  if (head === before.length && head === after.length) return null
  let tail = 0
  while (tail < least - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1
  const shown = (facts: readonly string[]) =>
    facts
      .slice(head, facts.length - tail)
      .join(' ')
      .slice(0, 40)
  return { from: shown(before), to: shown(after) }
}
