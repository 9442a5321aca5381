import { readTyped } from '#server/platform/rules/filters/typed.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import type { Choices } from '#server/reports/queries/choices.ts'
import { thingsOf } from '#server/reports/rules/filter-things.ts'
import { type Queue, queueOf } from '#server/reports/rules/queue.ts'
import { queueAddress } from '#server/reports/rules/queue-address.ts'
import { queueFilters } from '#server/reports/rules/queue-filters.ts'
import { typedCode } from '#server/reports/rules/report-code.ts'

/** Parses the input of the search box: filters, the remaining words, or the whole code of one report. */
export function readSearch(text: string, choices: Choices | undefined) {
  const things = choices ? thingsOf(choices) : {}
  const { words, filters } = readTyped(queueFilters, text, { things, today: localDayOf(new Date()) })
  const code = Object.keys(filters).length === 0 ? typedCode(words) : null
  return { words, filters, code }
}

/** The list of all reports that a search means. */
export function searchedQueue(text: string, choices: Choices | undefined): Queue {
  const { words, filters } = readSearch(text, choices)
  return queueOf('all', { ...filters, words })
}

/** Where a search leads from a page without a list of its own: to the report with that code, or to the queue. */
export function addressOfSearch(text: string, choices: Choices | undefined): string {
  const { code } = readSearch(text, choices)
  return code ? `/reports/${encodeURIComponent(code)}` : `/reports?${queueAddress(searchedQueue(text, choices))}`
}
