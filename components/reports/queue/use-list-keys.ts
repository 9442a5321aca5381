'use client'

import { useTranslations } from 'next-intl'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { useStepBeyond } from '#components/keyboard/use-step-beyond.ts'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import type { Queue } from '#server/reports/rules/queue.ts'
import { queueAddress } from '#server/reports/rules/queue-address.ts'
import { clearSelection, extendTo, focus, type ListState, selectAll, toggle } from './list-state.ts'
import { addressOf } from './use-queue-address.ts'
import type { LoadedRow } from './use-queue-list.ts'

type Desk = {
  isActive: boolean
  /** The keys are inactive, but a step may wait for its row: the list is covered by a peek. */
  mayWait: boolean
  queue: Queue
  rows: readonly LoadedRow[]
  focused: LoadedRow | undefined
  state: ListState
  hasMore: boolean
  /** The next rows could not be loaded. */
  moreFailed: boolean
  change: (next: (state: ListState) => ListState) => void
  reveal: (index: number) => void
  /** Moves the focus into the list if it is nowhere else, so that the row is announced. */
  takeFocus: () => void
  open: (row: LoadedRow) => void
  peek: () => void
  filter: () => void
  switchView: () => void
  loadNew: () => void
  takeAway: () => void
  copy: (text: string, said: string) => void
  deadline: (row: LoadedRow) => void
  moves: () => void
}

/**
 * The keys of the list. The focused row is the one that keys act on; the selection is what the bar acts on. `active`:
 * they act now, and so may other keys on the focused row. `goOn`: moves to the next row, once it is loaded.
 */
export function useListKeys(desk: Desk): { active: boolean; goOn: () => void } {
  const t = useTranslations('reports.queue')
  const toast = useToast()
  const client = useTRPCClient()
  const refusalText = useRefusalText()
  const { isActive, rows, focused, state, change, reveal } = desk
  const ids = rows.map(({ id }) => id)
  const at = focused ? ids.indexOf(focused.id) : -1

  const { isWaiting, stepBeyond } = useStepBeyond({
    from: `${queueAddress(desk.queue)} ${focused?.id}`,
    isThere: at + 1 < rows.length,
    isComing: (isActive || desk.mayWait) && desk.hasMore && !desk.moreFailed,
    onThere: (extend) => go(at + 1, extend),
  })
  const active = isActive && !isWaiting

  const go = (to: number, extend: boolean) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))]
    if (!row) return false
    change(extend ? extendTo(row.id, ids) : focus(row.id))
    reveal(rows.indexOf(row))
    desk.takeFocus()
  }
  const goOn = (extend: boolean, press?: KeyboardEvent) => {
    const moved = go(at + 1, extend)
    // A repeated key press from holding the key stays here until more rows are loaded.
    if (desk.hasMore && at === rows.length - 1 && !press?.repeat) stepBeyond(extend)
    return moved
  }
  /** First what is loaded; then all that the filter contains at this moment, up to the maximum that can be selected. */
  const selectLoaded = async () => {
    const isAll = ids.length > 0 && ids.every((id) => state.selected.has(id))
    if (!isAll) return change(selectAll(ids))
    if (!desk.hasMore || state.frozen) return
    try {
      const { ids: all, ...frozen } = await client.reports.selection.query(desk.queue)
      change(selectAll(all, frozen))
    } catch (error) {
      toast({ text: refusalText(error), tone: 'failure' })
    }
  }

  useCommands(
    'list',
    {
      'list.next': (press) => goOn(false, press),
      'list.previous': () => go(at < 0 ? 0 : at - 1, false),
      'list.extendDown': (press) => goOn(true, press),
      'list.extendUp': () => go(at - 1, true),
      'list.open': () => (focused ? desk.open(focused) : false),
      'list.openInTab': () =>
        focused ? void window.open(addressOf(desk.queue, focused.code), '_blank', 'noopener') : false,
      'list.peek': desk.peek,
      'list.select': () => (focused ? change(toggle(focused.id)) : false),
      'list.selectAll': () => void selectLoaded(),
      'list.filter': desk.filter,
      'list.views': desk.switchView,
      'list.loadNew': desk.loadNew,
      'list.export': desk.takeAway,
      'list.clear': () => (state.selected.size > 0 ? change(clearSelection) : false),
    },
    { active },
  )
  useCommands(
    'row',
    {
      'row.deadline': () => (focused ? desk.deadline(focused) : false),
      'row.move': desk.moves,
    },
    { active },
  )
  useCommands(
    'report',
    {
      'report.copyCode': () => (focused ? desk.copy(focused.code, t('row.copied', { code: focused.code })) : false),
      'report.copyTitle': () =>
        focused ? desk.copy(`${focused.code} ${focused.title}`, t('row.copied', { code: focused.code })) : false,
      'report.copyLink': () =>
        focused
          ? desk.copy(
              `${focused.code} ${focused.title}\n${new URL(`/reports/${focused.code}`, window.location.href).href}`,
              t('row.copied', { code: focused.code }),
            )
          : false,
    },
    { active },
  )
  const isFollowed = at + 1 < rows.length || desk.hasMore
  return { active, goOn: () => void (isFollowed && goOn(false)) }
}
