import { readFileSync } from 'node:fs'
import { type Finding, type PersonalDataKind, personalDataKinds } from '../rules/finding.ts'
import { findPersonalData } from '../rules/personal-data.ts'

export type Labelled = { text: string; ranges: Finding[] }

/** The half read while the rules were written, and the half that was not. */
export const halves = ['written', 'held-out'] as const
export type Half = (typeof halves)[number]

/** One text per line, `{kind|range}` around each range; `@nfd` before a text that is to be decomposed. */
export function labelledTexts(half: Half): Labelled[] {
  const lines = readFileSync(new URL(`${half}-half.txt`, import.meta.url), 'utf8').split('\n')
  return lines.filter(Boolean).map((line) => labelled(line))
}

function labelled(line: string): Labelled {
  const isDecomposed = line.startsWith('@nfd ')
  const form = isDecomposed ? 'NFD' : 'NFC'
  const ranges: Finding[] = []
  let text = ''
  for (const [part, kind, range] of line.replace(/^@nfd /, '').matchAll(/\{(\w+)\|([^}]*)\}|[^{]+/g)) {
    const typed = (range ?? part).normalize(form)
    if (kind) ranges.push({ kind: kindOf(kind), start: text.length, end: text.length + typed.length })
    text += typed
  }
  return { text, ranges }
}

function kindOf(kind: string): PersonalDataKind {
  const known = personalDataKinds.find((each) => each === kind)
  if (!known) throw new Error(`no kind ${kind}`)
  return known
}

export type Measure = { labelled: number; hidden: number; found: number; right: number }
export type Miss = { text: string; missed: string[]; wrong: string[] }

/**
 * A labelled range counts as hidden only if every letter and digit of it is; a found range as right if most of its
 * letters and digits are labelled.
 */
export function measure(texts: readonly Labelled[]): {
  all: Measure
  kinds: Record<PersonalDataKind, Measure>
  misses: Miss[]
} {
  const none = (): Measure => ({ labelled: 0, hidden: 0, found: 0, right: 0 })
  const kinds = Object.fromEntries(personalDataKinds.map((kind) => [kind, none()])) as Record<PersonalDataKind, Measure>
  const all = none()
  const misses: Miss[] = []
  for (const { text, ranges } of texts) {
    const found = findPersonalData(text)
    const missed = ranges.filter((range) => covered(text, range, found) < 1)
    const wrong = found.filter((range) => covered(text, range, ranges) <= 0.5)
    for (const { kind } of ranges) count(kinds[kind], all, 'labelled')
    for (const range of ranges) if (!missed.includes(range)) count(kinds[range.kind], all, 'hidden')
    for (const { kind } of found) count(kinds[kind], all, 'found')
    for (const range of found) if (!wrong.includes(range)) count(kinds[range.kind], all, 'right')
    const said = ({ kind, start, end }: Finding) => `${kind}: ${text.slice(start, end)}`
    if (missed.length + wrong.length > 0) misses.push({ text, missed: missed.map(said), wrong: wrong.map(said) })
  }
  return { all, kinds, misses }
}

function count(kind: Measure, all: Measure, what: keyof Measure): void {
  kind[what] += 1
  all[what] += 1
}

/** The share of the letters and digits of a range that lie in the others. */
function covered(text: string, { start, end }: Finding, others: readonly Finding[]): number {
  let letters = 0
  let inside = 0
  for (let at = start; at < end; at += 1) {
    if (!/[\p{L}\p{M}\d]/u.test(text[at] as string)) continue
    letters += 1
    if (others.some((other) => other.start <= at && at < other.end)) inside += 1
  }
  return letters === 0 ? 1 : inside / letters
}
