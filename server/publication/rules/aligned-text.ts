import { fold } from '#server/platform/rules/text.ts'

/** A text in forms with one character per character of the reader, and the place of each in what was typed. */
export type AlignedText = {
  /** With diacritics and case, composed. */
  composed: string
  /** Without diacritics, in lower case. */
  folded: string
  /** The range in the text as typed of the characters from `from` up to `to`. */
  typed: (from: number, to: number) => { start: number; end: number }
}

const cluster = /\P{M}\p{M}*|\p{M}+/gu
/** Stands for a character that has no form of a single unit, such as a picture. */
const other = '\uFFFC'

/**
 * Rules look for words and digits here, whatever form a citizen typed them in: composed or decomposed, in full width,
 * with characters between them that nobody sees.
 */
export function alignText(text: string): AlignedText {
  let composed = ''
  let folded = ''
  const starts: number[] = []
  const ends: number[] = []
  for (const { 0: typed, index } of text.matchAll(cluster)) {
    if (/^\p{Cf}/u.test(typed)) continue
    const whole = typed.normalize('NFKC')
    const plain = fold(typed.normalize('NFKD'))
    composed += whole.length === 1 ? whole : other
    folded += plain.length === 1 ? plain : other
    starts.push(index)
    ends.push(index + typed.length)
  }
  return {
    composed,
    folded,
    typed: (from, to) => ({ start: starts[from] ?? text.length, end: ends[to - 1] ?? text.length }),
  }
}
