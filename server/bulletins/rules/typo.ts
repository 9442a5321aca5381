import { canonical } from '#server/events/rules/changes.ts'
import { typoLimits } from '#server/platform/rules/limits.ts'
import { withToneSettled } from '#server/platform/rules/text.ts'
import type { Block, Inline } from './document.ts'
import { allBlocks, inlinesOf } from './document-text.ts'
import { changedFact } from './facts.ts'
import type { BulletinContent, BulletinText } from './schemas.ts'
import { isProtectedWord } from './typo-words.ts'

type Language = 'vi' | 'en'

/**
 * A typo, measured against the text that was approved: a few words spelled differently, each by a letter or two, and
 * nothing else. No title, no negation, figure, place, time or instruction, whether it was there or is put there.
 */
export function isTypo(approved: BulletinContent, to: BulletinContent, places: readonly string[]): boolean {
  if (canonical(frameOf(approved)) !== canonical(frameOf(to))) return false
  const pairs: [Language, BulletinText | null, BulletinText | null][] = [
    ['vi', approved.vi, to.vi],
    ['en', approved.en, to.en],
  ]
  const mended = pairs.flatMap(([language, from, now]) =>
    from && now ? pairedTexts(from, now).map(([before, after]) => mendedWords(before, after, language, places)) : [],
  )
  return mended.every((count) => count !== null) && sum(mended) <= typoLimits.words
}

/** Whether one language of a text differs only in the spelling of a few words, those of its title included. */
export function isRespelled(
  from: BulletinText,
  to: BulletinText,
  language: Language,
  places: readonly string[],
): boolean {
  if (canonical(withoutWords(from.body)) !== canonical(withoutWords(to.body))) return false
  const texts: [string, string][] = [[from.title, to.title], ...pairedTexts(from, to)]
  const mended = texts.map(([before, after]) => mendedWords(before, after, language, places))
  return mended.every((count) => count !== null) && sum(mended) <= typoLimits.words
}

/** Whether a text differs only in the spelling of a few words. */
export function isMended(from: string, to: string, language: Language): boolean {
  if (from === to) return true
  const count = mendedWords(from, to, language, [])
  return count !== null && count <= typoLimits.words
}

const sum = (counts: readonly (number | null)[]): number => counts.reduce<number>((all, count) => all + (count ?? 0), 0)

/** All that must stay as it is: fields, titles, and the blocks without their words. */
function frameOf({ vi, en, ...fields }: BulletinContent): unknown {
  const frame = ({ title, body }: BulletinText) => ({ title, body: withoutWords(body) })
  return { ...fields, vi: frame(vi), en: en && frame(en) }
}

/** Each text keeps its number of words, so that none moves from a link or a heading to its neighbour. */
function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === 'text' ? edgesOf(String(part)) : key === 'attrs' ? part : withoutWords(part),
    ]),
  )
}

const edgesOf = (text: string) => [wordsOf(text).length, /^\s/.test(text), /\s$/.test(text)]

/** The summary and each block with words, paired with its new version. Their frames are known to be equal. */
function pairedTexts(from: BulletinText, to: BulletinText): [string, string][] {
  const texts = ({ summary, body }: BulletinText) => [summary, ...allBlocks(body.content).map(textOf)]
  const after = texts(to)
  return texts(from).map((before, at) => [before, after[at] ?? ''])
}

const textOf = (block: Block): string => inlinesOf(block).map(inlineText).join('')
const inlineText = (inline: Inline): string =>
  inline.type === 'text'
    ? inline.text
    : inline.type === 'phone'
      ? inline.attrs.number
      : inline.type === 'blank'
        ? '…'
        : '\n'

const wordsOf = (text: string): string[] => text.match(/\S+/g) ?? []

/** How many words of a text are spelled differently; null where more than the spelling, or a fact, changed. */
function mendedWords(from: string, to: string, language: Language, places: readonly string[]): number | null {
  const [before, after] = [wordsOf(from), wordsOf(to)]
  if (before.length !== after.length || changedFact(from, to, language, places)) return null
  let mended = 0
  for (const [at, word] of before.entries()) {
    const other = after[at] as string
    if (word === other) continue
    if (!isOneWordRespelled(word, other, language)) return null
    mended += 1
  }
  return mended
}

const parts = /^([^\p{L}]*)([\p{L}\p{M}]+)([^\p{L}]*)$/u

function isOneWordRespelled(from: string, to: string, language: Language): boolean {
  if (withToneSettled(from).toLowerCase() === withToneSettled(to).toLowerCase()) return true
  if (/\d/.test(from + to)) return false
  const [, head, word, tail] = parts.exec(from) ?? []
  const [, headNow, wordNow, tailNow] = parts.exec(to) ?? []
  if (!word || !wordNow || head !== headNow || tail !== tailNow) return false
  if (isProtectedWord(word, language) || isProtectedWord(wordNow, language)) return false
  const { short, long, longFrom } = typoLimits.letters
  return distance(word, wordNow) <= (Math.min(word.length, wordNow.length) < longFrom ? short : long)
}

/** Letters inserted, deleted, replaced, or swapped with their neighbour. */
function distance(from: string, to: string): number {
  const [a, b] = [[...from], [...to]]
  const rows = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => i || j))
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const row = rows[i] as number[]
      row[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + cost)
      if (isSwapped) row[j] = Math.min(row[j] as number, at(i - 2, j - 2) + 1)
    }
  }
  return at(a.length, b.length)
}
