'use client'

import { useTranslations } from 'next-intl'
import type { GoOn } from '#components/reports/moves/use-report-action.ts'
import { PreviewWaiting } from '#components/reports/report/PreviewWaiting.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { Sheet } from '#components/ui/Sheet.tsx'
import type { Choices } from '#server/reports/queries/choices.ts'
import type { Queue, QueueView } from '#server/reports/rules/queue.ts'
import type { ColumnId, ColumnLayout } from './columns.ts'
import { FilterSheet } from './FilterSheet.tsx'
import type { RowDetail } from './QueueRow.tsx'
import type { SavedViews } from './saved/use-saved-views.ts'
import type { LoadedRow } from './use-queue-list.ts'

/** Its code loads once the browser has time: the list responds to keys before that. */
export const { Panel: ReportPreview } = lazyPanel(() => import('./settled.ts').then((parts) => parts.ReportPreview), {
  takesFocus: () => false,
  loading: () => <PreviewWaiting />,
})
const onDemand = { onDemand: true }
const { Panel: RowDetailPopover } = lazyPanel(
  () => import('./panels.ts').then((panels) => panels.RowDetailPopover),
  onDemand,
)
const { Panel: ColumnsSheet } = lazyPanel(() => import('./panels.ts').then((panels) => panels.ColumnsSheet), onDemand)
const { Panel: ExportSheet } = lazyPanel(() => import('./panels.ts').then((panels) => panels.ExportSheet), onDemand)
const { Panel: SavedPanels } = lazyPanel(() => import('./panels.ts').then((panels) => panels.SavedPanels), onDemand)
/** What is open over the list. */
export type Opened =
  | 'filters'
  | 'columns'
  | 'export'
  | 'chosen'
  | 'views'
  | 'peek'
  | `saved ${'all' | 'new' | 'basis'}`
  | null

type Props = {
  opened: Opened
  detail: RowDetail | null
  queue: Queue
  views: readonly QueueView[]
  saved: SavedViews
  layout: ColumnLayout
  /** The columns that are not shown. */
  hidden: readonly ColumnId[]
  choices: Choices | undefined
  /** Whether there is a preview beside the list, which leaves space for fewer columns. */
  inPreview: boolean
  selected: ReadonlySet<number>
  focused: LoadedRow | undefined
  onQueue: (queue: Queue) => void
  onSaved: (queue: Queue) => void
  onLayout: (layout: ColumnLayout) => void
  onResetLayout: () => void
  onOpen: (code: string) => void
  onDone: GoOn
  onClose: () => void
  onCloseDetail: () => void
}

/** The sheets that are opened over the queue, one at a time. */
export function QueuePanels(props: Props) {
  const { opened, detail, queue, saved, layout, choices, inPreview, selected, focused } = props
  const { onQueue, onSaved, onLayout, onResetLayout, onOpen, onDone, onClose, onCloseDetail } = props
  const t = useTranslations('reports.queue')
  return (
    <>
      {opened === 'filters' && <FilterSheet queue={queue} choices={choices} onQueue={onQueue} onClose={onClose} />}
      {opened?.startsWith('saved ') && (
        <SavedPanels
          opened={opened.slice(6) as 'all' | 'new' | 'basis'}
          saved={saved}
          views={props.views}
          queue={queue}
          layout={layout}
          choices={choices}
          onQueue={onSaved}
          onClose={onClose}
        />
      )}
      {opened === 'columns' && (
        <ColumnsSheet
          layout={layout}
          hidden={props.hidden}
          inPreview={inPreview}
          onLayout={onLayout}
          onReset={onResetLayout}
          onClose={onClose}
        />
      )}
      {(opened === 'export' || opened === 'chosen') && (
        <ExportSheet queue={queue} chosen={opened === 'chosen' ? [...selected] : null} onClose={onClose} />
      )}
      {opened === 'peek' && focused && (
        <Sheet open title={t('preview.label')} width={480} onClose={onClose}>
          <ReportPreview code={focused.code} onOpen={onOpen} onDone={onDone} />
        </Sheet>
      )}
      {detail && <RowDetailPopover {...detail} onClose={onCloseDetail} />}
    </>
  )
}
