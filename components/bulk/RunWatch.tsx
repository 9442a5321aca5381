'use client'

import { usePathname, useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import { isAtWork, unwantedStatuses } from '#server/bulk/rules/run.ts'
import { useRefreshChanged, useRun, useRunActions } from './use-run.ts'
import { askForRun, unwatchRun, useIsInSight } from './watched-runs.ts'

const list = '/reports'

/**
 * Follows one run on whatever page is open: reloads what it has changed once it ends, and, where no panel shows it,
 * tells the outcome with the undo for as long as that is possible.
 */
export function RunWatch({ id, words }: { id: string; words: string }) {
  const t = useTranslations('shell.runs')
  const router = useRouter()
  const isOnList = usePathname() === list
  const toast = useToast()
  const refusalText = useRefusalText()
  const { run, until } = useRun(id)
  const { undo } = useRunActions(id, (failure) => toast({ text: refusalText(failure), tone: 'failure' }))
  const isInSight = useIsInSight(id)
  const refresh = useRefreshChanged()
  const state = run && !isAtWork(run) ? run.state : null
  useEffect(() => {
    if (state) refresh()
  }, [state, refresh])

  const known = useRef<string>(undefined)
  const tell = useRef<() => (() => void) | undefined>(undefined)
  useEffect(() => {
    tell.current = () => {
      if (!run) return
      const left = until === null ? 0 : Math.ceil((until - Date.now()) / 1000)
      const wasShown = known.current === run.state
      known.current = run.state
      if (wasShown && left <= 0) return
      const count = unwantedStatuses.reduce((sum, status) => sum + run.counts[status], 0)
      const look = () => {
        askForRun(id)
        if (!isOnList) router.push(list)
      }
      const { close } = toast({
        text:
          run.state === 'undone'
            ? t('undone', { action: words, count: run.counts.undone })
            : t('finished', { action: words, changed: run.counts.changed, unwanted: count }),
        tone: 'success',
        key: `bulk ${id}`,
        action: { label: t('look'), run: look },
        ...(left > 0 && { seconds: left, undo: () => undo.mutate({ id }) }),
      })
      return left > 0 ? close : undefined
    }
  })
  useEffect(() => {
    if (!state) return
    if (!isInSight) return tell.current?.()
    known.current = state
  }, [state, isInSight])

  const isOver = state !== null && !isInSight && !undo.isPending
  useEffect(() => {
    if (!isOver) return
    const timer = setTimeout(() => unwatchRun(id), Math.max(0, (until ?? 0) - Date.now()))
    return () => clearTimeout(timer)
  }, [isOver, until, id])
  return null
}
