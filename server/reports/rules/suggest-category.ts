import { fold } from '#server/platform/rules/text.ts'
import { withoutCourtesies } from './courtesies.ts'

type Candidate = { code: string; keywords: readonly string[] }

/** The category of a report of no recognisable kind, until a dispatcher corrects it. */
export const unsortedCategory = 'KH-99'

/**
 * The categories whose keywords occur in the text, best first: a keyword counts by its length in words, for "đèn đường"
 * says more than "đèn", and twice in the title. Thanks out of courtesy say nothing about the category.
 */
export function suggestCategories(title: string, body: string, candidates: readonly Candidate[]): string[] {
  const head = ` ${wordsOnly(withoutCourtesies(title, { opensAs: 'title' }))} `
  const text = ` ${wordsOnly(withoutCourtesies(body, { opensAs: 'body' }))} `
  return candidates
    .map(({ code, keywords }) => ({
      code,
      weight: keywords.reduce((sum, keyword) => sum + weightOf(keyword, head, text), 0),
    }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || (a.code < b.code ? -1 : 1))
    .map(({ code }) => code)
}

function weightOf(keyword: string, head: string, text: string): number {
  const words = wordsOnly(keyword)
  if (words === '') return 0
  const length = words.split(' ').length
  return (head.includes(` ${words} `) ? 2 * length : 0) + (text.includes(` ${words} `) ? length : 0)
}

const wordsOnly = (text: string): string =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
