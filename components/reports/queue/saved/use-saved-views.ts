'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { parametersOf } from '#server/platform/rules/filters/address.ts'
import type { SavedView } from '#server/reports/queries/saved-views.ts'
import type { Queue, QueueView } from '#server/reports/rules/queue.ts'
import { parseQueue, queueAddress } from '#server/reports/rules/queue-address.ts'

/** A saved view with its queue. */
export type ShownView = SavedView & { queue: Queue }

export type SavedViews = {
  all: readonly ShownView[]
  /** The views at the side of the queue, in the account's order. */
  pinned: readonly ShownView[]
  counts: Readonly<Record<string, number>>
  /** The view whose queue is shown exactly. */
  current: ShownView | null
  /** The view that the shown queue started from: changes may be saved to it. */
  basis: ShownView | null
}

/**
 * The saved views of the account. `asOf`: when the built-in views were last counted; the saved ones are counted
 * together with them.
 */
export function useSavedViews(initial: SavedView[], firstView: QueueView, queue: Queue, asOf: Date): SavedViews {
  const trpc = useTRPC()
  const { data: views } = useQuery({ ...trpc.savedViews.list.queryOptions(), initialData: initial, staleTime: 60_000 })
  const all = useMemo(
    () => views.map((view) => ({ ...view, queue: queueAt(view.address, firstView) })),
    [views, firstView],
  )
  const pinned = useMemo(
    () => all.filter(({ pin }) => pin !== null).sort((a, b) => Number(a.pin) - Number(b.pin)),
    [all],
  )
  const { data, refetch } = useQuery({ ...trpc.savedViews.counts.queryOptions(), enabled: pinned.length > 0 })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new count of the views is the occasion
  useEffect(() => {
    if (pinned.length > 0) void refetch()
  }, [asOf, pinned, refetch])

  const address = queueAddress(queue)
  const current = all.find((view) => queueAddress(view.queue) === address) ?? null
  const [basisId, setBasisId] = useState<string | null>(null)
  if (current && current.id !== basisId) setBasisId(current.id)
  const basis = all.find(({ id, queue: { view } }) => id === basisId && view === queue.view) ?? null
  return { all, pinned, counts: data?.counts ?? {}, current, basis }
}

const queueAt = (address: string, firstView: QueueView): Queue =>
  parseQueue(parametersOf(new URLSearchParams(address)), firstView)
