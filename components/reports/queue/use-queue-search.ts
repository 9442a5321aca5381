'use client'

import { useCallback } from 'react'
import { useSearchHandler } from '#components/shell/SearchProvider.tsx'
import type { Choices } from '#server/reports/queries/choices.ts'
import { isFiltered, type Queue, queueOf } from '#server/reports/rules/queue.ts'
import { readSearch } from './read-search.ts'

type Way = {
  queue: Queue
  choices: Choices | undefined
  onShow: (queue: Queue) => void
  onOpen: (code: string) => void
}

/**
 * Handles the input of the search box: operators become filters, a whole code opens its report, words are searched in
 * everything the account may see, unless filters already narrow the list.
 */
export function useQueueSearch({ queue, choices, onShow, onOpen }: Way): void {
  // The words of the earlier search do not narrow the next one: it replaces them.
  const isNarrowed = isFiltered({ ...queue, words: '' })
  const take = useCallback(
    (text: string) => {
      if (text === '') return onShow({ ...queue, words: '', sort: null, dir: null })
      const { words, filters, code } = readSearch(text, choices)
      if (code) return onOpen(code)
      const base = isNarrowed ? queue : queueOf('all')
      onShow({ ...base, ...filters, words, sort: null, dir: null })
    },
    [queue, isNarrowed, choices, onShow, onOpen],
  )
  useSearchHandler(take, isNarrowed)
}
