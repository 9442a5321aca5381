import { fold } from '#server/platform/rules/text.ts'
import type { AlignedText } from './aligned-text.ts'

export type Word = {
  start: number
  end: number
  /** As typed, composed. */
  cased: string
  /** In lower case with its diacritics. */
  lower: string
  folded: string
  isCapital: boolean
  /** Of two letters and more, all of them capitals. */
  isUpper: boolean
  /** What stands between the word before and this one. */
  gap: string
}

const shape = /[\p{L}\d]+(?:['’][\p{L}]+)*/gu

export function wordsIn({ composed, folded }: AlignedText): Word[] {
  let end = 0
  return [...composed.matchAll(shape)].map(({ 0: cased, index }) => {
    const gap = composed.slice(end, index)
    end = index + cased.length
    const isCapital = /^\p{Lu}/u.test(cased)
    const isUpper = isCapital && cased.length > 1 && cased === cased.toUpperCase()
    return {
      start: index,
      end,
      cased,
      lower: cased.toLowerCase(),
      folded: folded.slice(index, end),
      isCapital,
      isUpper,
      gap,
    }
  })
}

/** Whether most of a text is typed without diacritics. */
export function isWithoutMarks(words: readonly Word[]): boolean {
  const marked = words.filter(({ lower, folded }) => fold(lower) !== lower || lower !== folded).length
  return marked * 6 < words.length
}
