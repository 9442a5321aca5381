'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useAwaitedCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { RowCommands } from '#components/reports/moves/RowCommands.tsx'
import type { GoOn } from '#components/reports/moves/use-report-action.ts'
import { PreviewWaiting } from '#components/reports/report/PreviewWaiting.tsx'
import { wayOn } from '#components/reports/report/way-on.ts'
import { usePreferences } from '#components/shell/PreferencesProvider.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import { useBottomBarHeight } from '#components/ui/use-bottom-bar-height.ts'
import { usePhone } from '#components/ui/use-phone.ts'
import type { ViewCounts } from '#server/reports/queries/view-counts.ts'
import { isFiltered, type Queue, type QueueView, queueOf } from '#server/reports/rules/queue.ts'
import { queueAddress } from '#server/reports/rules/queue-address.ts'
import { FilterRow } from './FilterRow.tsx'
import type { QueuePanes } from './layout-cookies.ts'
import { clearSelection, extendTo, focus, selectAll, toggle, useListState } from './list-state.ts'
import { OpenTimeContext } from './open-time.ts'
import styles from './QueueDesk.module.css'
import { QueueFooter } from './QueueFooter.tsx'
import { QueueHeader, QueueNews } from './QueueHeader.tsx'
import { QueueList } from './QueueList.tsx'
import { type Opened, QueuePanels, ReportPreview } from './QueuePanels.tsx'
import type { RowDetail, RowLines } from './QueueRow.tsx'
import type { QueueTableHandle } from './QueueTable.tsx'
import { SeenMark } from './SeenMark.tsx'
import { SavedViewsNav } from './saved/SavedViewsNav.tsx'
import type { SavedViews } from './saved/use-saved-views.ts'
import { useLayout } from './use-layout.ts'
import { useListKeys } from './use-list-keys.ts'
import { useListWidth } from './use-list-width.ts'
import { useNeighbours } from './use-neighbours.ts'
import { usePanes } from './use-panes.ts'
import { type PlaceHandle, usePlace } from './use-place.ts'
import { useQueueChanges } from './use-queue-changes.ts'
import type { LoadedRow, QueueListData } from './use-queue-list.ts'
import { useQueueSearch } from './use-queue-search.ts'
import { useViewEntries } from './use-view-entries.ts'
import { useWide } from './use-wide.ts'
import { ViewsNav } from './ViewsNav.tsx'

const SaveViewButtons = dynamic(() => import('./saved/SaveViewButtons.tsx').then((buttons) => buttons.SaveViewButtons))
const { Panel: BulkBar } = lazyPanel(() => import('./panels.ts').then((panels) => panels.BulkBar), {
  onDemand: true,
  takesFocus: () => false,
  loading: () => <BarToCome />,
})
const { Panel: DrillDownBar } = lazyPanel(
  () => import('#components/insights/drill/DrillDownBar.tsx').then((bar) => bar.DrillDownBar),
  { onDemand: true, takesFocus: () => false, loading: () => <div className={styles.drillDown} /> },
)

type Props = {
  accountId: string
  queue: Queue
  views: readonly QueueView[]
  counts: ViewCounts['counts']
  saved: SavedViews
  list: QueueListData
  panes: QueuePanes
  mayTriage: boolean
  seen: Readonly<Record<string, number>>
  /** A report is open over the queue: the queue's keys are inactive and its rows stay as they are. */
  isCovered: boolean
  /** The report that was closed just now. */
  returnedFrom: string | null
  /** The first keys work, and the browser has time for more. */
  isQuiet: boolean
  onShow: (queue: Queue, how?: { replace?: boolean }) => void
  onOpen: (code: string) => void
  onSeen: (id: number, version: number) => void
}

const hour = 3_600_000
const viewsId = 'queue-views'
const dwell = 1500

/** The queue itself: views, list, preview, and the keys that move through them. */
export function QueueDesk(props: Props) {
  const { queue, views, counts, saved, list, seen, isCovered, returnedFrom, onShow, onOpen, onSeen } = props
  const t = useTranslations('reports.queue')
  const trpc = useTRPC()
  const toast = useToast()
  const phone = usePhone()
  const wide = useWide(props.panes.isWide)
  const { preferences } = usePreferences()
  const panes = usePanes(props.panes)
  const key = queueAddress(queue)
  const [state, change] = useListState(key)
  const [opened, setOpened] = useState<Opened>(null)
  const [detail, setDetail] = useState<RowDetail | null>(null)
  const table = useRef<QueueTableHandle>(null)
  const [cards, setCards] = useState<PlaceHandle | null>(null)
  const pane = useRef<HTMLElement>(null)
  const place = useRef<HTMLElement>(null)
  const foot = useBottomBarHeight()

  const { rows } = list
  const { news, openTime, updatedAt, isError } = useQueueChanges(queue, list)
  const { data: choices } = useQuery({ ...trpc.reports.choices.queryOptions(), staleTime: hour })
  useQueueSearch({ queue, choices, onShow, onOpen })

  const hasPreview = panes.preview && wide && !phone
  const lines: RowLines = hasPreview ? 'preview' : preferences.density === 'compact' ? 'one' : 'two'
  const { layout, hidden, columns, ...layouts } = useLayout(
    queue,
    saved,
    useListWidth(place, props.panes.listWidth),
    hasPreview,
  )

  // With a preview beside it, a list without a focused row yet shows its first report.
  const focusedId = state.focusedId ?? (hasPreview ? (rows[0]?.id ?? null) : null)
  const index = rows.findIndex(({ id }) => id === focusedId)
  const focused = index < 0 ? undefined : rows[index]
  usePlace({
    accountId: props.accountId,
    list: key,
    data: list,
    focusedId: state.focusedId,
    phone,
    table,
    cards,
    change,
  })
  useNeighbours(rows, isCovered ? -1 : index)

  const reveal = useCallback((at: number) => table.current?.reveal(at), [])
  const ids = rows.map(({ id }) => id)
  const latest = useRef({ rows, ids, onOpen })
  useLayoutEffect(() => {
    latest.current = { rows, ids, onOpen }
  })
  // Only on return: what happens to the rows afterwards moves nothing. Before the next key: with the focus already in
  // the list, Enter would open the row before.
  useLayoutEffect(() => {
    if (isCovered || returnedFrom === null) return
    const at = latest.current.rows.findIndex(({ code }) => code === returnedFrom)
    const row = latest.current.rows[at]
    if (!row) return
    change(focus(row.id))
    reveal(at)
    table.current?.focus()
  }, [isCovered, returnedFrom, change, reveal])

  const showQueue = (next: Queue) => onShow(next)
  const showView = (next: Queue) => {
    list.freshen(next)
    onShow(next)
    table.current?.focus()
  }
  const { name, entries } = useViewEntries({ views, counts, saved, queue, onShow: showView })
  const copy = useCallback(
    (text: string, said: string) =>
      void (navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))).then(
        () => toast({ text: said, key: 'copied', seconds: 3 }),
        () => toast({ text: t('copyFailed'), tone: 'failure', key: 'copied' }),
      ),
    [toast, t],
  )
  const onFocus = useCallback(
    (row: LoadedRow, extend: boolean) => change(extend ? extendTo(row.id, latest.current.ids) : focus(row.id)),
    [change],
  )
  const onSelect = useCallback(
    (id: number, extend: boolean) => change(extend ? extendTo(id, latest.current.ids) : toggle(id)),
    [change],
  )
  const openRow = useCallback((row: LoadedRow) => latest.current.onOpen(row.code), [])
  const onCopy = useCallback((code: string) => copy(code, t('row.copied', { code })), [copy, t])
  const closeDetail = useCallback(() => setDetail(null), [])
  const closeOpened = useCallback(() => setOpened(null), [])

  const loadNew = () => {
    if (list.isReloading) return
    change(clearSelection)
    void list.reload().then(() => table.current?.toTop())
  }
  const peek = () => (wide ? panes.turnPreview() : focused && setOpened('peek'))

  const takeFocus = useCallback(() => {
    if (document.activeElement !== document.body) return
    if (table.current) table.current.focus()
    else place.current?.focus({ preventScroll: true })
  }, [])
  const isOpened = opened !== null || detail !== null
  // What a key has opened over the list returns the focus to it, once it has closed.
  useEffect(() => (isOpened ? () => void setTimeout(takeFocus) : undefined), [isOpened, takeFocus])

  const { active, goOn: goToNext } = useListKeys({
    isActive: !isCovered && opened === null,
    mayWait: !isCovered && opened === 'peek',
    queue,
    rows,
    focused,
    state,
    hasMore: list.hasMore,
    moreFailed: list.moreFailed,
    change,
    reveal,
    takeFocus,
    open: openRow,
    peek,
    filter: () => setOpened('filters'),
    switchView: () => setOpened('views'),
    loadNew,
    takeAway: () => setOpened('export'),
    copy,
    deadline: (row) => {
      const anchor = table.current?.chipOf(row.id)
      if (anchor) setDetail({ of: 'deadline', row, anchor })
    },
    moves: () => {
      const menus = pane.current?.querySelectorAll<HTMLElement>('footer [aria-haspopup="menu"]')
      const menu = menus?.[menus.length - 1]
      if (!menu) return false
      menu.click()
    },
  })

  const goOn: GoOn = (after) => {
    if (wayOn(preferences.afterSave, after) === 'next' && !isCovered) goToNext()
  }

  /** The focused row is about to leave the list: the next one takes its place, or at the end the one before. */
  const leaveRow = () => {
    if (index + 1 < rows.length) goToNext()
    else change(focus(rows[index - 1]?.id ?? null))
  }

  const chosen = rows.filter(({ id }) => state.selected.has(id))
  const copyChosen = () =>
    copy(chosen.map(({ code }) => code).join('\n'), t('selection.copied', { count: chosen.length }))
  return (
    <OpenTimeContext value={openTime ?? null}>
      <div
        className={styles.desk}
        data-views={panes.views}
        data-preview={hasPreview || undefined}
        data-covered={isCovered || undefined}
        inert={isCovered}
      >
        <div className={styles.views}>
          <ViewsNav
            id={viewsId}
            views={views}
            current={saved.current ? null : queue.view}
            isFiltered={isFiltered(queue)}
            counts={counts}
            onView={(view) => showView(queueOf(view))}
          />
          <SavedViewsNav saved={saved} onQueue={showView} onAll={() => setOpened('saved all')} />
        </div>
        <section ref={place} className={styles.list} aria-label={t('title')} tabIndex={-1}>
          <div className={styles.top}>
            <QueueHeader
              queue={queue}
              name={name}
              entries={entries}
              total={list.total}
              viewsId={viewsId}
              isSwitching={opened === 'views'}
              hasPreview={hasPreview}
              mayTriage={props.mayTriage}
              news={
                <QueueNews
                  fresh={news.fresh}
                  changed={news.changed}
                  tooMany={news.tooMany}
                  busy={list.isReloading}
                  onLoad={loadNew}
                />
              }
              onSwitch={(open) => setOpened(open ? 'views' : null)}
              savedViews={saved.all.length}
              onSavedViews={() => setOpened('saved all')}
              onTurnViews={panes.turnViews}
              onTurnPreview={panes.turnPreview}
              onColumns={() => setOpened('columns')}
              onExport={() => setOpened('export')}
            />
            {queue.mark !== null && (
              <DrillDownBar
                drillDown={queue.mark}
                choices={choices}
                hasSelection={state.selected.size > 0}
                active={active}
                onDrop={() => showQueue({ ...queue, mark: null })}
              />
            )}
            <FilterRow
              queue={queue}
              choices={choices}
              search={list.search}
              onFilter={() => setOpened('filters')}
              onQueue={showQueue}
            >
              {(isFiltered(queue) || queue.sort !== null) && (
                <SaveViewButtons saved={saved} onSave={(to) => setOpened(`saved ${to}`)} />
              )}
            </FilterRow>
          </div>
          <QueueList
            table={table}
            cards={setCards}
            listKey={key}
            queue={queue}
            views={views}
            list={list}
            state={{ ...state, focusedId }}
            news={news}
            seen={seen}
            layout={layout}
            columns={columns}
            lines={lines}
            phone={phone}
            onLayout={layouts.save}
            onQueue={showQueue}
            onFocus={onFocus}
            onOpen={openRow}
            onSelect={onSelect}
            onSelectAll={() => change(ids.every((id) => state.selected.has(id)) ? clearSelection : selectAll(ids))}
            onDetail={setDetail}
            onCopy={onCopy}
          />
          <div ref={foot} className={styles.foot}>
            {state.selected.size > 0 && (
              <BulkBar
                ids={[...state.selected]}
                frozen={state.frozen}
                active={active}
                onCopy={chosen.length === state.selected.size ? copyChosen : null}
                onExport={() => setOpened('chosen')}
                onClear={() => change(clearSelection)}
                onLeave={takeFocus}
              />
            )}
            <QueueFooter updatedAt={updatedAt} isFailing={isError} />
          </div>
        </section>
        {hasPreview && (
          <aside ref={pane} className={styles.preview} aria-label={t('preview.label')}>
            {!focused ? (
              <p className={styles.nothing}>{t('preview.none')}</p>
            ) : props.isQuiet ? (
              <ReportPreview
                code={focused.code}
                active={active}
                onOpen={onOpen}
                onDone={goOn}
                onLeave={() => table.current?.focus()}
              />
            ) : (
              <PreviewWaiting />
            )}
          </aside>
        )}
      </div>
      {!isCovered && hasPreview && state.focusedId !== null && focused && (
        <SeenMark code={focused.code} after={dwell} onSeen={onSeen} />
      )}
      <RowCommands
        code={focused?.code ?? null}
        active={active && state.selected.size === 0}
        menu={{ anchor: () => (focused ? (table.current?.titleOf(focused.id) ?? null) : null), onAnswer: onOpen }}
        onDone={goOn}
        onPutOff={leaveRow}
      />
      <QueuePanels
        opened={opened}
        detail={isCovered ? null : detail}
        queue={queue}
        views={views}
        saved={saved}
        layout={layout}
        hidden={hidden}
        choices={choices}
        inPreview={hasPreview}
        selected={state.selected}
        focused={focused}
        onQueue={showQueue}
        onSaved={showView}
        onLayout={layouts.save}
        onResetLayout={layouts.reset}
        onOpen={onOpen}
        onDone={goOn}
        onClose={closeOpened}
        onCloseDetail={closeDetail}
      />
    </OpenTimeContext>
  )
}

/** Until the bar has loaded, presses for the chosen rows are remembered for it. */
function BarToCome() {
  useAwaitedCommands('row')
  return <div className={styles.bar} />
}
