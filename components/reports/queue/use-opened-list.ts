'use client'

import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useStepBeyond } from '#components/keyboard/use-step-beyond.ts'
import type { ListPosition } from '#components/reports/report/ReportView.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { LoadedRow, QueueListData } from './use-queue-list.ts'

type Opened = { codes: readonly string[]; total: number | null; rows: readonly LoadedRow[] }

const nearEnd = 5

/**
 * The list as it was when a report was opened from it: the next report stays the next, whatever happens to the list
 * meanwhile. Rows loaded later are appended, and a step to a row that is not loaded yet is taken once it is.
 * `isWaiting`: such a step is pending.
 */
export function useOpenedList(code: string | null, list: QueueListData, onOpen: (code: string) => void) {
  const t = useTranslations('reports.queue.failure')
  const toast = useToast()
  const { rows, hasMore, isLoadingMore, moreFailed } = list
  const [opened, setOpened] = useState<Opened | null>(null)
  const latest = useRef<Opened>(undefined)
  useEffect(() => {
    const total = list.total && !list.total.capped ? list.total.count : null
    latest.current = { codes: rows.map((row) => row.code), total, rows }
  })
  if (opened && opened.rows !== rows) setOpened({ ...opened, codes: withMore(opened.codes, rows), rows })

  const freeze = useCallback(() => setOpened(latest.current ?? null), [])

  // A report opened by its address has the list that was loaded with it.
  useEffect(() => setOpened((known) => (code === null ? null : (known ?? latest.current ?? null))), [code])

  const index = code === null ? -1 : (opened?.codes.indexOf(code) ?? -1)
  const length = opened?.codes.length ?? 0
  const loadMore = useCallback(() => void list.loadMore(), [list.loadMore])
  const isIdle = hasMore && !isLoadingMore && !moreFailed
  useEffect(() => {
    if (index >= 0 && isIdle && index >= length - nearEnd) loadMore()
  }, [index, length, isIdle, loadMore])

  const next = opened?.codes[index + 1]
  const { isWaiting, stepBeyond } = useStepBeyond({
    from: `${code}`,
    isThere: next !== undefined,
    isComing: index >= 0 && hasMore && (isLoadingMore || !moreFailed),
    onThere: () => next !== undefined && onOpen(next),
    onGone: () => toast({ text: t('more'), tone: 'failure', key: 'more' }),
  })
  const goOn = () => {
    if (next !== undefined) return onOpen(next)
    loadMore()
    stepBeyond(false)
  }

  const position: ListPosition | undefined =
    opened === null || index < 0
      ? undefined
      : {
          index,
          total: opened.total,
          previous: opened.codes[index - 1] ?? null,
          goOn: next !== undefined || hasMore ? goOn : null,
        }
  return { position, isWaiting, freeze }
}

function withMore(codes: readonly string[], rows: readonly LoadedRow[]): readonly string[] {
  const known = new Set(codes)
  return [...codes, ...rows.map((row) => row.code).filter((code) => !known.has(code))]
}
