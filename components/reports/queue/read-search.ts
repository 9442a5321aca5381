import { readTyped } from '#server/platform/rules/filters/typed.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import type { Choices } from '#server/reports/queries/choices.ts'
import { thingsOf } from '#server/reports/rules/filter-things.ts'
import { queueFilters } from '#server/reports/rules/queue-filters.ts'
import { parseSearchQuery } from '#server/reports/rules/search.ts'

/** Parses the input of the search box: filters, the remaining words, or the whole code of one report. */
export function readSearch(text: string, choices: Choices | undefined) {
  const things = choices ? thingsOf(choices) : {}
  const { words, filters } = readTyped(queueFilters, text, { things, today: localDayOf(new Date()) })
  const code = Object.keys(filters).length === 0 ? parseSearchQuery(words)?.code : null
  return { words, filters, code: code ?? null }
}
