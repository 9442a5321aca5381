'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { ListPosition } from '#components/reports/report/ReportView.tsx'
import type { LoadedRow } from './use-queue-list.ts'

type Opened = { codes: readonly string[]; total: number | null }

type List = {
  rows: readonly LoadedRow[]
  total: number | null
  hasMore: boolean
  loadMore: () => void
}

const nearEnd = 5

/**
 * The list as it was when a report was opened from it: the next report stays the next, whatever happens to the list meanwhile.
 * Rows loaded later come after it.
 */
export function useOpenedList(code: string | null, { rows, total, hasMore, loadMore }: List) {
  const [opened, setOpened] = useState<Opened | null>(null)
  const latest = useRef({ rows, total })
  useEffect(() => {
    latest.current = { rows, total }
  })

  const freeze = useCallback(() => {
    const { rows, total } = latest.current
    setOpened({ codes: rows.map((row) => row.code), total })
  }, [])

  // A report opened by its address has the list that came with it.
  useEffect(() => {
    if (code === null) setOpened(null)
    else
      setOpened((known) => known ?? { codes: latest.current.rows.map((row) => row.code), total: latest.current.total })
  }, [code])
  useEffect(() => {
    setOpened((known) => {
      if (!known) return known
      const has = new Set(known.codes)
      const more = rows.map((row) => row.code).filter((each) => !has.has(each))
      return more.length === 0 ? known : { ...known, codes: [...known.codes, ...more] }
    })
  }, [rows])

  const index = code === null ? -1 : (opened?.codes.indexOf(code) ?? -1)
  const length = opened?.codes.length ?? 0
  useEffect(() => {
    if (index >= 0 && hasMore && index >= length - nearEnd) loadMore()
  }, [index, length, hasMore, loadMore])

  const position: ListPosition | undefined =
    opened === null || index < 0
      ? undefined
      : {
          index,
          total: opened.total,
          previous: opened.codes[index - 1] ?? null,
          next: opened.codes[index + 1] ?? null,
        }
  return { position, freeze }
}
