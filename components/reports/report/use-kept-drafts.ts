'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { holdsDraft, isAnswerWaiting } from '#components/reports/outbox/outbox.ts'
import { useTRPC, useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import type { DraftsOnReport } from '#server/reports/queries/drafts.ts'
import { draftKinds } from '#server/reports/rules/draft-kinds.ts'
import { reconcile } from '#server/reports/rules/reconcile-drafts.ts'
import { courierTo, meet } from './draft-courier.ts'
import { draftKey, read, sendDraftsBy, settleDraft } from './drafts.ts'

/**
 * Synchronizes a report's drafts in this browser with those on the server, whenever the page becomes visible: texts
 * from another machine are shown, texts from here are sent.
 */
export function useKeptDrafts(report: { id: number }, accountId: string | undefined): DraftsOnReport | undefined {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queries = useQueryClient()
  const { data } = useQuery({
    ...trpc.drafts.on.queryOptions(report.id),
    enabled: accountId !== undefined,
    staleTime: 0,
    refetchOnWindowFocus: 'always',
    retry: false,
  })
  useEffect(() => {
    if (!accountId || !data) return
    const courier = courierTo(client, ({ reportId, kind }, kept) => {
      const queryKey = trpc.drafts.on.queryKey(reportId)
      // A query in progress was sent before: it would restore a text that has been sent.
      void queries.cancelQueries({ queryKey })
      queries.setQueryData(queryKey, (known) => {
        const others = known?.mine.filter((draft) => draft.kind !== kind) ?? []
        const before = known?.mine.find((draft) => draft.kind === kind)
        return known && { ...known, mine: kept ? [...others, { sharedAt: null, ...before, kind, ...kept }] : others }
      })
    })
    sendDraftsBy(courier)
    for (const kind of draftKinds) {
      const key = draftKey(accountId, report.id, kind)
      const { value, base, isAhead, rival } = read(key)
      if (rival) continue
      const local = value === undefined ? null : { value, base: base === null ? null : new Date(base), isAhead }
      const server = data.mine.find((draft) => draft.kind === kind) ?? null
      const theirs = server && { value: server.value as unknown, savedAt: server.savedAt.getTime() }
      // Sent, as far as this machine is concerned: the outbox has it, and deletes it with the note.
      if (holdsDraft(theirs?.value)) continue
      if (kind === 'answer' && value === undefined && isAnswerWaiting(accountId, report.id)) continue
      switch (reconcile(local, server, data.asOf)) {
        case 'adopt':
          if (theirs) settleDraft(key, { ...theirs, base: theirs.savedAt, isAhead: false, isSaving: false })
          break
        case 'ask':
          if (theirs) meet(key, theirs)
          break
        case 'drop':
          settleDraft(key, { value: undefined, savedAt: null, base: null })
          break
        case 'send':
          courier.typed(key)
      }
    }
  }, [client, queries, trpc, accountId, report.id, data])
  return data
}
