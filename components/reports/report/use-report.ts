'use client'

import { CancelledError, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { patchRows, rowChangeOf } from '#components/reports/queue/row-patches.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { PhotoView, ReportView } from '#server/reports/queries/report.ts'

/** Milliseconds. A shown report counts as fresh for a while; deadlines move on, so an open report polls each minute. */
const minute = 60_000

export function useReport(code: string) {
  const trpc = useTRPC()
  return useQuery({ ...trpc.reports.byCode.queryOptions(code), refetchInterval: minute })
}

/** The signed-in account, used for the keys of drafts and for its habits. */
export function useMyself() {
  const trpc = useTRPC()
  return useQuery({ ...trpc.me.view.queryOptions(), staleTime: 5 * minute }).data
}

export function useReportCache() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()

  /**
   * Shows an expected change at once, on the page of the report and in the rows; returns a function that reverts it.
   */
  const patch = useCallback(
    (report: Pick<ReportView, 'id' | 'code'>, change: Partial<ReportView>): (() => void) => {
      const queryKey = trpc.reports.byCode.queryKey(report.code)
      const before = queryClient.getQueryData(queryKey)
      // The answer of a query in progress would show the report as it was before, and take the keys from the user.
      if (before) void queryClient.cancelQueries({ queryKey })
      queryClient.setQueryData(queryKey, (view: ReportView | undefined) => (view ? { ...view, ...change } : view))
      patchRows(queryClient, report.id, rowChangeOf(change))
      return () => {
        if (!before) return
        queryClient.setQueryData(queryKey, before)
        patchRows(queryClient, report.id, rowChangeOf(before))
      }
    },
    [queryClient, trpc],
  )

  /** Reloads one report, also in the rows; fails when the user changes the report again before it has come. */
  const refresh = useCallback(
    async (code: string): Promise<ReportView> => {
      const options = trpc.reports.byCode.queryOptions(code)
      const updates = () => queryClient.getQueryState(options.queryKey)?.dataUpdateCount ?? 0
      const before = updates()
      // A query in progress was sent before the change: its result would be taken for the new one.
      await queryClient.cancelQueries({ queryKey: options.queryKey })
      // The user has changed it again in this moment: that change asks for the report when it is done.
      if (updates() > before) throw new CancelledError()
      const report = await queryClient.fetchQuery({ ...options, staleTime: 0 })
      patchRows(queryClient, report.id, rowChangeOf(report))
      return report
    },
    [queryClient, trpc],
  )

  /** The same where it is on screen; elsewhere it is loaded when it is opened again. */
  const refreshShown = useCallback(
    async (code: string): Promise<void> => {
      const { queryKey } = trpc.reports.byCode.queryOptions(code)
      await queryClient.cancelQueries({ queryKey })
      await queryClient.invalidateQueries({ queryKey, exact: true })
    },
    [queryClient, trpc],
  )

  /** Shows a photo that is attached by now, also where the report cannot be loaded. */
  const hang = useCallback(
    (code: string, photo: PhotoView) => {
      queryClient.setQueryData(trpc.reports.byCode.queryKey(code), (view: ReportView | undefined) => {
        if (!view) return view
        const others = view.photos.filter(({ fileId, kind }) => fileId !== photo.fileId || kind !== photo.kind)
        const known = view.photos.find((each) => !others.includes(each))
        return { ...view, photos: [...others, { ...photo, isInAnswer: known?.isInAnswer ?? false }] }
      })
    },
    [queryClient, trpc],
  )

  const noteChange = useCallback(() => {
    void queryClient.invalidateQueries({
      queryKey: trpc.reports.pathKey(),
      predicate: ({ queryKey }) => !isOneReport(queryKey),
    })
  }, [queryClient, trpc])

  /** Drafts were shared on a report, or no longer are. */
  const noteDrafts = useCallback(
    () => queryClient.invalidateQueries({ queryKey: trpc.drafts.pathKey() }),
    [queryClient, trpc],
  )

  return { patch, refresh, refreshShown, hang, noteChange, noteDrafts }
}

function isOneReport(queryKey: readonly unknown[]): boolean {
  const path = queryKey[0]
  return Array.isArray(path) && path.join('.') === 'reports.byCode'
}
