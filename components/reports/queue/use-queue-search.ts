'use client'

import { useCallback } from 'react'
import { useSearchHandler } from '#components/shell/SearchProvider.tsx'
import { readTyped } from '#server/platform/rules/filters/typed.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import type { Choices } from '#server/reports/queries/choices.ts'
import { thingsOf } from '#server/reports/rules/filter-things.ts'
import { isFiltered, type Queue, queueOf } from '#server/reports/rules/queue.ts'
import { queueFilters } from '#server/reports/rules/queue-filters.ts'
import { readSought } from '#server/reports/rules/search.ts'

type Way = {
  queue: Queue
  choices: Choices | undefined
  onShow: (queue: Queue) => void
  onOpen: (code: string) => void
}

/**
 * Takes what is typed into the search box: operators become filters, a whole code opens its report, words are looked for in
 * everything the account may see, unless filters already narrow the list.
 */
export function useQueueSearch({ queue, choices, onShow, onOpen }: Way): void {
  const take = useCallback(
    (text: string) => {
      const things = choices ? thingsOf(choices) : {}
      const { words, filters } = readTyped(queueFilters, text, { things, today: localDayOf(new Date()) })
      const code = readSought(words)?.code
      if (code && Object.keys(filters).length === 0) return onOpen(code)
      if (text === '') return onShow({ ...queue, words: '', sort: null, dir: null })
      const base = isFiltered(queue) ? queue : queueOf('all')
      onShow({ ...base, ...filters, words, sort: null, dir: null })
    },
    [queue, choices, onShow, onOpen],
  )
  useSearchHandler(take)
}
