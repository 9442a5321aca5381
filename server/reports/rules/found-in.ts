import { foldedWords, type ParsedQuery } from './search.ts'
import { placedWords } from './search-text.ts'

export const foundPlaces = ['answer', 'message', 'note', 'photo'] as const
export type FoundPlace = (typeof foundPlaces)[number]
/** The other texts on a report that a search matched. */
export type SaidTexts = Readonly<Record<FoundPlace, readonly string[]>>
export type FoundIn = { where: FoundPlace; excerpt: string }

/** Short, because a narrow row has room for a few words only. */
const before = 12
const longest = 160

/**
 * The text with most of the words, with an excerpt around the first of them; null where none occurs, because they were
 * mistyped.
 */
export function foundIn(said: SaidTexts, parsedQuery: ParsedQuery): FoundIn | null {
  const words = foldedWords(parsedQuery)
  const last = parsedQuery.openEnded ? words.at(-1) : undefined
  let best: (FoundIn & { words: number }) | null = null
  for (const where of foundPlaces) {
    for (const text of said[where]) {
      const hits = placedWords(text).flatMap(({ folded, from }) => {
        const word = words.includes(folded) ? folded : last && folded.startsWith(last) ? last : null
        return word === null ? [] : [{ word, from }]
      })
      const [first] = hits
      const found = new Set(hits.map(({ word }) => word)).size
      if (first && found > (best?.words ?? 0)) best = { where, excerpt: excerptAt(text, first.from), words: found }
    }
  }
  return best && { where: best.where, excerpt: best.excerpt }
}

/** One line of the text, beginning at a word shortly before the match. */
function excerptAt(text: string, at: number): string {
  const lead = text.slice(Math.max(0, at - before), at)
  const start = at <= before ? 0 : at - lead.length + lead.search(/(?<=\s)\S|$/u)
  const line = text
    .slice(start, start + longest)
    .replace(/\s+/g, ' ')
    .trim()
  return `${start > 0 ? '… ' : ''}${line}${start + longest < text.length ? ' …' : ''}`
}
