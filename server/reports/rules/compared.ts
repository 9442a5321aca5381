import type { DuplicateGround } from './duplicates.ts'
import { sharedSpans } from './matter-words.ts'
import { wordsOf } from './search-text.ts'

type Report = { title: string; body: string; address: string; receivedAt: Date }
type Duplicate = Report & { endedAt: Date | null; grounds: readonly DuplicateGround[] }

/** What two reports have in common, to be said in plain words, the most telling first. */
export type Agreement =
  | { kind: 'words'; words: string[] }
  | { kind: 'same_address' | 'same_category' | 'same_field' }
  | { kind: 'same_street'; street: string }

/** What speaks against one matter. */
export type Difference =
  | { kind: 'no_words' | 'other_category' }
  | { kind: 'other_number'; theirs: string; ours: string }
  | { kind: 'other_street'; street: string }
  | { kind: 'answered_before'; at: Date }

const mostQuoted = 3

/** The agreements and differences of a likely duplicate with the report that is judged. */
export function compared(report: Report, duplicate: Duplicate): { agrees: Agreement[]; differs: Difference[] } {
  const agrees: Agreement[] = []
  const differs: Difference[] = []
  const has = (ground: DuplicateGround) => duplicate.grounds.includes(ground)

  const words = sharedWords(report, duplicate)
  if (words.length > 0) agrees.push({ kind: 'words', words })
  else differs.push({ kind: 'no_words' })

  const [ours, theirs] = [placeOf(report.address), placeOf(duplicate.address)]
  if (has('same_address')) agrees.push({ kind: 'same_address' })
  else if (ours && theirs) {
    if (ours.key !== theirs.key) {
      // "Ngã tư Lò Đúc" may well be in Lò Đúc.
      const isUnclear = endsWithWords(ours.key, theirs.key) || endsWithWords(theirs.key, ours.key)
      if (!isUnclear) differs.push({ kind: 'other_street', street: theirs.street })
    } else {
      agrees.push({ kind: 'same_street', street: theirs.street })
      if (ours.number && theirs.number && ours.number !== theirs.number)
        differs.push({ kind: 'other_number', theirs: theirs.number, ours: ours.number })
    }
  }

  if (has('same_category')) agrees.push({ kind: 'same_category' })
  else {
    if (has('same_field')) agrees.push({ kind: 'same_field' })
    differs.push({ kind: 'other_category' })
  }
  if (duplicate.endedAt !== null && duplicate.endedAt < report.receivedAt)
    differs.push({ kind: 'answered_before', at: duplicate.endedAt })
  return { agrees, differs }
}

/** The longest runs of shared words, as the other report writes them. */
function sharedWords(report: Report, duplicate: Duplicate): string[] {
  const found = new Map<string, string>()
  for (const text of [duplicate.title, duplicate.body]) {
    for (const { from, to } of sharedSpans(text, report)) {
      const run = text.slice(from, to)
      found.set(keyOf(run), run.toLowerCase())
    }
  }
  const runs = [...found].sort(([a], [b]) => b.split(' ').length - a.split(' ').length)
  const distinct = runs.filter(([key], at) => !runs.slice(0, at).some(([longer]) => ` ${longer} `.includes(` ${key} `)))
  return distinct.slice(0, mostQuoted).map(([, run]) => run)
}

const keyOf = (text: string): string =>
  wordsOf(text)
    .map(({ folded }) => folded)
    .join(' ')

const endsWithWords = (key: string, end: string): boolean => ` ${key}`.endsWith(` ${end}`)

/** Words before the number or the street: the place is near it, or in an alley of it. */
const aside = /^(?:ngõ|ngách|hẻm|đối diện|trước|gần|cạnh|sau)(?:\s+cửa)?\s+/iu
const numberFirst = /^(?:(?:số|nhà)\s+)*(\d+\p{L}?(?:[/-]\d+\p{L}?)*)\s+(.+)$/iu

/**
 * The street of an address, and the house number where it begins with one; null where there is no address. The number
 * after "đối diện" or "ngõ" is not the number of the house.
 */
function placeOf(address: string): { number: string | null; street: string; key: string } | null {
  const line = address.split(',')[0]?.trim() ?? ''
  if (line === '') return null
  let street = line
  let number: string | null = null
  let isExact = true
  for (;;) {
    const nearer = street.replace(aside, '')
    if (nearer !== street) isExact = false
    const [, found = null, rest = nearer] = numberFirst.exec(nearer) ?? []
    if (rest === street) break
    number ??= found
    street = rest.trim()
  }
  return { number: isExact ? number : null, street, key: keyOf(street.replace(/^(phố|đường)\s+/iu, '')) }
}
