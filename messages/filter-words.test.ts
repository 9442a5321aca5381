import { describe, expect, test } from 'vitest'
import { deskFilters, deskFilterWords } from '#server/bulletins/rules/desk-filters.ts'
import { incidentFilters, incidentFilterWords } from '#server/incidents/rules/filters.ts'
import { boardConditions, boardConditionWords } from '#server/insights/rules/filters.ts'
import type { Filters } from '#server/platform/rules/filters/filters.ts'
import type { Filter } from '#server/platform/rules/filters/kinds.ts'
import type { LooseWords } from '#server/platform/rules/filters/words.ts'
import { queueFilters, queueFilterWords } from '#server/reports/rules/queue-filters.ts'
import { messagesOf } from './catalog.ts'
import { locales } from './locales.ts'

type Table = { filters: Filters; words: Readonly<Record<string, LooseWords | null>> }

/** The labels of filters name their messages by whole keys, which no type checks. */
const tables: Record<string, Table> = {
  queue: { filters: queueFilters, words: queueFilterWords },
  bulletins: { filters: deskFilters, words: deskFilterWords },
  board: { filters: boardConditions, words: boardConditionWords },
  incidents: { filters: incidentFilters, words: incidentFilterWords },
}

function keysOf(filter: Filter, words: LooseWords): string[] {
  const { label, hint, together, yes, no, of } = words
  const values = 'values' in filter ? filter.values : 'ways' in filter ? filter.ways : []
  return [
    label,
    hint,
    together?.word,
    yes,
    no,
    ...Object.values(words.words ?? {}),
    ...values.map((value) => `${of}.${value}`),
  ].filter((key) => key !== undefined)
}

const at = (messages: unknown, key: string): unknown =>
  key.split('.').reduce((part, name) => (part as Record<string, unknown> | undefined)?.[name], messages)

describe.for(locales)('in %s', (locale) => {
  test.for(Object.entries(tables))('every label of the filters of %s has a message', ([, { filters, words }]) => {
    const keys = Object.entries(words).flatMap(([name, each]) => (each ? keysOf(filters[name] as Filter, each) : []))
    expect(keys.length).toBeGreaterThan(0)
    expect(keys.filter((key) => typeof at(messagesOf(locale), key) !== 'string')).toEqual([])
  })
})
