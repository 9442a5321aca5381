'use client'

import { useQuery } from '@tanstack/react-query'
import { List } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { FilterRow } from '#components/reports/queue/FilterRow.tsx'
import { FilterSheet } from '#components/reports/queue/FilterSheet.tsx'
import { OpenTimeContext } from '#components/reports/queue/open-time.ts'
import { addressOf } from '#components/reports/queue/use-queue-address.ts'
import { useQueueSearch } from '#components/reports/queue/use-queue-search.ts'
import { useViewName } from '#components/reports/queue/use-view-name.ts'
import { PreviewWaiting } from '#components/reports/report/PreviewWaiting.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { Tabs } from '#components/ui/Tabs.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import type { MapArea, MapSummary } from '#server/reports/queries/map.ts'
import type { MapPlace } from '#server/reports/rules/map.ts'
import { type Queue, type QueueView, queueOf } from '#server/reports/rules/queue.ts'
import { queueAddress } from '#server/reports/rules/queue-address.ts'
import { cityExtent } from '../city.ts'
import { signOf } from '../pin-signs.ts'
import { AreaTable } from './AreaTable.tsx'
import { ListBar } from './ListBar.tsx'
import { MapLegend } from './MapLegend.tsx'
import { MapList, type MapListHandle } from './MapList.tsx'
import styles from './MapScreen.module.css'
import { PinCard } from './PinCard.tsx'
import type { Extent, Sight } from './ReportsMap.tsx'
import { useMapAddress } from './use-map-address.ts'
import { type MapRow, useMapList } from './use-map-list.ts'
import { type Selected, useSelected } from './use-selected.ts'

const ReportsMap = dynamic(() => import('./ReportsMap.tsx').then((map) => map.ReportsMap), {
  ssr: false,
  loading: () => <Skeleton height="100%" />,
})

const { Panel: ReportPreview } = lazyPanel(
  () => import('#components/reports/report/ReportPreview.tsx').then((preview) => preview.ReportPreview),
  { onDemand: true, takesFocus: () => false, loading: () => <PreviewWaiting /> },
)

type Props = {
  views: readonly QueueView[]
  firstView: QueueView
  first: { queue: Queue; summary: MapSummary }
}

const hour = 3_600_000
const tabs = ['list', 'areas'] as const
type Tab = (typeof tabs)[number]

/** The queue on a map with its rows beside it: both show the same reports. Without the map: its communes. */
export function MapScreen({ views, firstView, first }: Props) {
  const t = useTranslations('map')
  const peek = useTranslations('reports.queue.preview')
  const nameOf = useViewName(views)
  const trpc = useTRPC()
  const { queue, place, show, order, stand } = useMapAddress(firstView)
  const key = queueAddress(queue)
  const { data: summary } = useQuery({
    ...trpc.reports.mapSummary.queryOptions(queue),
    ...(queueAddress(first.queue) === key && { initialData: first.summary }),
    staleTime: 60_000,
  })
  const { data: choices } = useQuery({ ...trpc.reports.choices.queryOptions(), staleTime: hour })
  const [sight, setSight] = useState<Sight | null>(null)
  const list = useMapList(queue, sight)
  const [tab, setTab] = useState<Tab>('list')
  const [isFiltering, setFiltering] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  const [pointedId, setPointedId] = useState<number | null>(null)
  const [selected, setSelected] = useState<Selected | null>(null)
  const [isPeeking, setPeeking] = useState(false)
  const { row: selectedRow, isListed } = useSelected(queue, list, selected)
  const ground = useRef<HTMLDivElement>(null)
  const rows = useRef<MapListHandle>(null)

  const open = useCallback((code: string) => window.location.assign(addressOf(queue, code)), [queue])
  useQueueSearch({ queue, choices, onShow: show, onOpen: open })
  const leave = () => {
    if (!selected) return false
    setSelected(null)
    ground.current?.querySelector('canvas')?.focus({ preventScroll: true })
  }
  const isActive = !isFiltering && !isPeeking
  useCommands(
    'list',
    {
      'list.filter': () => setFiltering(true),
      'list.open': () => (selected ? open(selected.code) : false),
      'list.peek': () => (selected ? setPeeking(true) : false),
      'list.clear': leave,
    },
    { active: isActive },
  )

  const filters = queueAddress({ ...queue, sort: null, dir: null })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list, nothing of it is chosen yet
  useEffect(() => {
    setSelected(null)
    setPointedId(null)
  }, [filters])

  const isNarrowed = queue.areas.length > 0
  const extent = useMemo(() => (isNarrowed ? extentOf(summary?.areas ?? []) : cityExtent), [isNarrowed, summary])
  const fitKey = extent?.join(',') ?? ''
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new count of the same area does not move the map
  const fit = useMemo(() => extent, [fitKey])
  const onSight = useCallback(
    (next: Sight, at: MapPlace) => {
      setSight(next)
      stand(at)
    },
    [stand],
  )
  const idOf = (code: string | null) => list.rows.find((row) => row.code === code)?.id ?? null
  const onPoint = (code: string | null) => setPointedId(idOf(code))
  const onChoose = (next: Selected) => {
    setTab('list')
    setSelected(next)
    // The tab must be rendered before its row can be focused.
    setTimeout(() => rows.current?.goTo(next.code))
  }
  const onSelect = ({ id, code }: MapRow) => {
    const at = list.places.get(id)
    if (at) setSelected({ code, ...at })
  }
  const pointed = pointedId === null ? null : (list.places.get(pointedId) ?? null)
  const pointedCode = list.rows.find(({ id }) => id === pointedId)?.code
  /** A drop has its head above its place. */
  const isHigh = (code: string | undefined) =>
    code !== undefined &&
    list.clusters.some(({ report }) => report?.code === code && signOf(report.group).anchor === 'bottom')
  const unplaced = summary ? summary.total - summary.placed : 0
  return (
    <OpenTimeContext value={list.openTime}>
      <div className={styles.screen}>
        <div className={styles.top}>
          <PageHeader
            look="bar"
            isStacked
            title={t('title')}
            aside={summary && t(unplaced > 0 ? 'totalUnplaced' : 'total', { count: summary.total, unplaced })}
            actions={
              <>
                <FilterRow
                  look="bar"
                  queue={queue}
                  choices={choices}
                  search={list.search}
                  onFilter={() => setFiltering(true)}
                  onQueue={show}
                  lead={
                    <SelectInput
                      aria-label={t('view')}
                      value={queue.view}
                      onChange={(event) => show({ ...queueOf(event.target.value as QueueView) })}
                    >
                      {views.map((view) => (
                        <option key={view} value={view}>
                          {nameOf(view)}
                        </option>
                      ))}
                    </SelectInput>
                  }
                />
                {/* A full navigation: client-side navigation failed after a reload, for an unknown reason. */}
                <a href={addressOf(queue)} className={styles.door}>
                  <List size={16} aria-hidden="true" />
                  <span>{t('asList')}</span>
                </a>
              </>
            }
          />
        </div>
        <div ref={ground} className={styles.ground}>
          {hasFailed ? (
            <p className={styles.failed}>{t('failed')}</p>
          ) : (
            <ReportsMap
              clusters={list.clusters}
              start={place}
              fit={fit}
              pointed={pointed && { ...pointed, isHigh: isHigh(pointedCode) }}
              selected={selected && { ...selected, isHigh: isHigh(selected.code) }}
              card={
                selectedRow && (
                  <PinCard
                    key={selectedRow.id}
                    row={selectedRow}
                    href={addressOf(queue, selectedRow.code)}
                    takesFocus={!isListed}
                    onPeek={() => setPeeking(true)}
                  />
                )
              }
              onSight={onSight}
              onPoint={onPoint}
              onChoose={onChoose}
              onFail={() => setFailed(true)}
            />
          )}
          <MapLegend counts={list.counts} />
        </div>
        <section className={styles.side} aria-label={t('side')}>
          <div className={styles.tabs}>
            <Tabs
              label={t('side')}
              id="map"
              panel="map-side"
              tabs={tabs.map((each) => ({ id: each, words: t(`tabs.${each}`) }))}
              shown={tab}
              onShow={setTab}
            />
          </div>
          <ListBar counts={list.counts} queue={queue} onOrder={order} />
          <div id="map-side" role="tabpanel" aria-labelledby={`map-${tab}`} className={styles.panel}>
            {tab === 'areas' ? (
              <AreaTable
                areas={summary?.areas ?? []}
                chosen={queue.areas}
                onChoose={(id) => show({ ...queue, areas: id === null ? [] : [id] })}
              />
            ) : (
              <MapList
                ref={rows}
                list={list}
                queue={queue}
                pointedId={pointedId}
                selectedCode={selected?.code ?? null}
                active={isActive}
                hasPlaced={(summary?.placed ?? 1) > 0}
                onPoint={setPointedId}
                onSelect={onSelect}
                onPeek={() => setPeeking(true)}
              />
            )}
          </div>
        </section>
      </div>
      {isFiltering && (
        <FilterSheet queue={queue} choices={choices} onQueue={show} onClose={() => setFiltering(false)} />
      )}
      {isPeeking && selected && (
        <Sheet open title={peek('label')} width={480} onClose={() => setPeeking(false)}>
          <ReportPreview code={selected.code} onOpen={open} onDone={list.retry} />
        </Sheet>
      )}
    </OpenTimeContext>
  )
}

/** The combined extent of the communes' reports. */
function extentOf(areas: readonly MapArea[]): Extent | null {
  const extents = areas.flatMap(({ extent }) => (extent ? [extent] : []))
  if (extents.length === 0) return null
  const all = (place: 0 | 1 | 2 | 3, which: 'min' | 'max') => Math[which](...extents.map((extent) => extent[place]))
  return [all(0, 'min'), all(1, 'min'), all(2, 'max'), all(3, 'max')]
}
