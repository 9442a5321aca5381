import { decodeTelex } from '#server/platform/rules/telex.ts'
import { wordsOf } from '#server/platform/rules/text.ts'
import { isUnderWay } from './incident.ts'
import { type SubType, subTypeOf } from './sub-types.ts'

/** What an open incident looks for in new reports. With neither sub-types nor keywords it matches nothing. */
export type IncidentMatcher = {
  startsAt: Date
  endsAt: Date | null
  closedAt: Date | null
  /** Empty: the whole city. */
  areaIds: readonly number[]
  subTypes: readonly SubType[]
  keywords: readonly string[]
}

export type Arrival = {
  /** When it happened, else when it was received. */
  at: Date
  areaId: number | null
  categoryCode: string
  title: string
  body: string
}

/** Why a report may belong to an incident: at least one of the two is set. */
export type Match = { subType: SubType | null; keywords: string[] }

/**
 * Whether a report may belong to an incident, and why: it is within its span and areas, and has one of its sub-types by
 * its category or one of its keywords in its text. Null where it does not.
 */
export function matchOf(report: Arrival, incident: IncidentMatcher): Match | null {
  if (incident.closedAt !== null || !isUnderWay(incident, report.at)) return null
  if (incident.areaIds.length > 0 && (report.areaId === null || !incident.areaIds.includes(report.areaId))) return null
  const told = subTypeOf(report.categoryCode)
  const subType = told !== null && incident.subTypes.includes(told) ? told : null
  const keywords = keywordsIn(`${report.title}\n${report.body}`, incident.keywords)
  return subType === null && keywords.length === 0 ? null : { subType, keywords }
}

/** The keywords that occur in the text, also where it was typed in Telex, in the spelling of the incident. */
export function keywordsIn(text: string, keywords: readonly string[]): string[] {
  const words = wordsOf(decodeTelex(text)).map(spellings)
  return keywords.filter((keyword) => {
    const wanted = wordsOf(keyword).map(spellings)
    return wanted.length > 0 && words.some((_, at) => wanted.every((word, i) => isSame(words[at + i], word)))
  })
}

type Spellings = ReturnType<typeof spellings>

/**
 * Two words are equal if their accents agree, wherever the tone mark was put; a word written without accents equals any
 * that folds to the same. So "ngap" finds "ngập", but "úng" is not found in "ứng dụng".
 */
function isSame(written: Spellings | undefined, wanted: Spellings): boolean {
  if (!written || written.plain !== wanted.plain) return false
  return written.accented === wanted.accented || written.isPlain || wanted.isPlain
}

const tones = /[\u0300\u0301\u0303\u0309\u0323]/g

function spellings(word: string) {
  const parts = word.normalize('NFD')
  const plain = parts.replace(/\p{M}/gu, '').replaceAll('đ', 'd')
  const accented = parts.replace(tones, '').normalize('NFC') + (parts.match(tones) ?? []).join('')
  return { plain, accented, isPlain: word === plain }
}
