import type { ViewCounts } from '#server/reports/queries/view-counts.ts'
import { type Queue, type QueueView, queueOf } from '#server/reports/rules/queue.ts'
import type { SavedViews } from './saved/use-saved-views.ts'
import { useViewName } from './use-view-name.ts'
import type { SwitchEntry } from './ViewSwitcher.tsx'
import { toneOf } from './ViewsNav.tsx'

type Desk = {
  views: readonly QueueView[]
  counts: ViewCounts['counts']
  saved: SavedViews
  queue: Queue
  /** Opens a view with its rows loaded again. */
  onShow: (queue: Queue) => void
}

/** The views that the account can switch to, the built-in ones first, and the name of the one that is shown. */
export function useViewEntries({ views, counts, saved, queue, onShow }: Desk): {
  name: string
  entries: SwitchEntry[]
} {
  const nameOf = useViewName(views)
  const entries = [
    ...views.map((view) => ({
      id: view,
      name: nameOf(view),
      count: counts[view],
      tone: toneOf(view),
      isCurrent: !saved.current && view === queue.view,
      choose: () => onShow(queueOf(view)),
    })),
    ...saved.pinned.map((view) => ({
      id: view.id,
      name: view.name,
      count: saved.counts[view.id],
      tone: undefined,
      isCurrent: view.id === saved.current?.id,
      choose: () => onShow(view.queue),
    })),
  ]
  return { name: saved.current?.name ?? nameOf(queue.view), entries }
}
