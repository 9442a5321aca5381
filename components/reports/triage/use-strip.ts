'use client'

import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useRef, useState } from 'react'
import { isSomebodyAt } from '#components/presence/presence-store.ts'
import { isUnderWay } from '#components/reports/moves/in-turn.ts'
import { useQueueChanges } from '#components/reports/queue/use-queue-changes.ts'
import { type LoadedRow, useQueueList } from '#components/reports/queue/use-queue-list.ts'
import { useRowWords } from '#components/reports/queue/use-row-words.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import type { QueuePage } from '#server/reports/queries/queue.ts'
import type { Queue } from '#server/reports/rules/queue.ts'
import { useTriageSession } from './use-triage-session.ts'
import { afterThis, beforeThis, between, stillToCome } from './walk.ts'

const ahead = 3

/** What is being done with the current report: a form filled in, or a report chosen to merge it into. */
export type Busy = 'form' | 'choice' | null
type Way = { queue: Queue; first: { queue: Queue; page: QueuePage }; start: string | null }

/**
 * The reports awaiting intake in the order of the queue, and the current one. The list stays as it was loaded: what is
 * decided here or by a colleague is skipped, and what arrives waits until it is requested or nothing else is left.
 */
export function useStrip({ queue, first, start }: Way) {
  const t = useTranslations('triage')
  const toast = useToast()
  const { whyLeft } = useRowWords()
  const list = useQueueList(queue, first)
  const { rows } = list
  const { news, updatedAt, isError } = useQueueChanges(queue, list)
  /** Sent to the server without an answer yet, where the row does not show it. */
  const [pending, setPending] = useState<ReadonlySet<number>>(new Set())
  /** Decided here: if one of them waits again, the decision was undone. */
  const [mine, setMine] = useState<ReadonlySet<number>>(new Set())

  /** The account's own decisions show in the row at once; for an undone one an older change may still be reported. */
  const takenBy = useCallback(
    (id: number) => {
      const change = news.left.get(id)
      return change && !change.byMe ? change : null
    },
    [news.left],
  )
  const isWaiting = useCallback(
    (row: LoadedRow) => row.state === 'awaiting_intake' && !pending.has(row.id) && takenBy(row.id) === null,
    [pending, takenBy],
  )
  const [at, setAt] = useState(() => {
    const there = rows.find(({ code }) => code === start) ?? rows[0]
    // A report decided on its own page before the user returned is left behind here as well.
    return (there && !isWaiting(there) ? afterThis(rows, there.id, isWaiting) : there)?.id ?? null
  })
  /** The user has gone on from the last loaded report, and more have been requested. */
  const [onwardFrom, setOnwardFrom] = useState<number | null>(null)
  const current = rows.find(({ id }) => id === at) ?? rows.find(isWaiting) ?? null
  const waiting = rows.filter(isWaiting)
  const triageSession = useTriageSession(current?.id ?? null)
  const [backwards, setBackwards] = useState(false)

  const show = useCallback((id: number | null, isBack = false) => {
    setAt(id)
    setBackwards(isBack)
  }, [])
  const [busy, noteBusy] = useState<Busy>(null)
  const [asked, setAsked] = useState<{ id: number; isBack: boolean } | null>(null)
  /**
   * At once, or when what is being done with the current report has ended: it is not replaced under the user's hands.
   */
  const goTo = useCallback((id: number, isBack = false) => setAsked({ id, isBack }), [])
  useEffect(() => {
    if (!asked || busy) return
    setAsked(null)
    show(asked.id, asked.isBack)
  }, [asked, busy, show])
  const passOver = (from: number | null, to: LoadedRow | null) => {
    const taken = between(rows, from, to?.id ?? null).flatMap((row) => {
      const change = takenBy(row.id)
      return change && !mine.has(row.id) ? [{ row, change }] : []
    })
    const [firstTaken] = taken
    if (!firstTaken) return
    const why = whyLeft(firstTaken.row, firstTaken.change)
    toast({
      text: t('passedOver', { code: firstTaken.row.code, why, others: taken.length - 1 }),
      key: 'passed-over',
    })
  }
  const { hasMore, isLoadingMore, moreFailed, loadMore, isReloading } = list
  /**
   * More are loaded before they are needed. On a slow line the user waits at the last one instead of being led back to
   * the first; where loading fails, the postponed ones come.
   */
  const waitsForMore = (id: number) => {
    if (!hasMore || stillToCome(rows, id, isWaiting) > 0) return false
    show(id)
    void loadMore().then(() => setOnwardFrom(id))
    return true
  }
  const goOn = () => {
    setAsked(null)
    if (current && waitsForMore(current.id)) return true
    const next = afterThis(rows, current?.id ?? null, isWaiting)
    passOver(current?.id ?? null, next)
    if (next) show(next.id)
    return next !== null
  }
  const goBack = () => {
    setAsked(null)
    const previous = beforeThis(rows, current?.id ?? null, isWaiting)
    if (previous) show(previous.id, true)
    return previous !== null
  }

  /** Leaves the report behind at once. `isShown`: the row itself shows the result; `isPutOff`: nothing is decided. */
  const leave = (id: number, { isShown, isPutOff = false }: { isShown: boolean; isPutOff?: boolean }) => {
    setMine((before) => new Set(before).add(id))
    if (!isShown) setPending((before) => new Set(before).add(id))
    if (!isPutOff) triageSession.note(id)
    if (waitsForMore(id)) return
    // Two users at the desk are not shown the same report, as long as there is another.
    const isFree = (row: LoadedRow) => isWaiting(row) && !isSomebodyAt(row.id)
    const next = afterThis(rows, id, isFree) ?? afterThis(rows, id, isWaiting)
    passOver(id, next)
    show(next?.id ?? null)
  }
  useEffect(() => {
    if (onwardFrom === null || isLoadingMore) return
    setOnwardFrom(null)
    // If the user has begun to decide on this report meanwhile, it stays.
    const next = onwardFrom === current?.id && !busy ? afterThis(rows, onwardFrom, isWaiting) : null
    if (next) show(next.id)
  }, [onwardFrom, isLoadingMore, current?.id, busy, rows, isWaiting, show])
  const undone = useRef(new Set<number>())
  const noteUndo = useCallback((id: number) => void undone.current.add(id), [])
  const settle = useCallback((id: number) => setPending((before) => without(before, id)), [])
  const { forget } = triageSession
  /** It was refused: it waits again, whatever report is shown now. */
  const comeBack = useCallback(
    (id: number) => {
      setMine((before) => without(before, id))
      settle(id)
      forget(id)
    },
    [settle, forget],
  )
  // It waits again. Undone by the user, it is shown again; refused by the server it is not, as the next key is meant
  // for what is shown now.
  const returned = rows.find(
    ({ id, state }) => mine.has(id) && state === 'awaiting_intake' && !pending.has(id) && !isUnderWay(id),
  )
  useEffect(() => {
    if (!returned) return
    comeBack(returned.id)
    if (undone.current.delete(returned.id)) goTo(returned.id, true)
  }, [returned, comeBack, goTo])

  const toCome = stillToCome(rows, current?.id ?? null, isWaiting)
  useEffect(() => {
    if (hasMore && !isLoadingMore && !moreFailed && toCome < 2 * ahead) void loadMore()
  }, [hasMore, isLoadingMore, moreFailed, loadMore, toCome])
  const loadNew = useCallback(() => void list.reload(), [list.reload])
  const mayLoadNew = useRef(true)
  useEffect(() => {
    if (waiting.length > 0) mayLoadNew.current = true
    else if (news.fresh > 0 && !busy && !hasMore && !isReloading && mayLoadNew.current) {
      mayLoadNew.current = false
      loadNew()
    }
  }, [waiting.length, news.fresh, busy, hasMore, isReloading, loadNew])

  // What was decided here has left the list when it is looked at elsewhere.
  const { drop } = list
  const decided = useRef<readonly number[]>([])
  useEffect(() => {
    decided.current = rows.filter(({ id, state }) => mine.has(id) && state !== 'awaiting_intake').map(({ id }) => id)
  }, [rows, mine])
  useEffect(() => () => drop(decided.current), [drop])

  const place = current ? rows.indexOf(current) : -1
  const next = [...rows.slice(place + 1), ...rows.slice(0, Math.max(place, 0))].filter(isWaiting).slice(0, ahead)
  const isCounted = list.total !== null && !list.total.capped
  return {
    list,
    current,
    /** Why the current report need not be decided any more, if a colleague decided first. */
    taken: current && !mine.has(current.id) ? takenBy(current.id) : null,
    backwards,
    busy,
    noteBusy,
    next,
    left: isCounted ? Math.max(0, (list.total?.count ?? 0) - (rows.length - waiting.length)) : waiting.length,
    isMore: !isCounted && hasMore,
    fresh: news.fresh,
    triageSession,
    updatedAt,
    isStale: isError,
    goOn,
    goBack,
    goTo,
    leave,
    settle,
    comeBack,
    noteUndo,
    loadNew,
  }
}

export type Strip = ReturnType<typeof useStrip>

function without(ids: ReadonlySet<number>, id: number): ReadonlySet<number> {
  if (!ids.has(id)) return ids
  const rest = new Set(ids)
  rest.delete(id)
  return rest
}
