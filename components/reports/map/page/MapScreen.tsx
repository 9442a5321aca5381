'use client'

import { useQuery } from '@tanstack/react-query'
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
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { Tabs } from '#components/ui/Tabs.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { MapArea, MapSummary } from '#server/reports/queries/map.ts'
import type { MapPlace } from '#server/reports/rules/map.ts'
import { type Queue, type QueueView, queueOf } from '#server/reports/rules/queue.ts'
import { queueAddress } from '#server/reports/rules/queue-address.ts'
import { cityExtent } from '../city.ts'
import { AreaTable } from './AreaTable.tsx'
import { MapLegend } from './MapLegend.tsx'
import { MapList, type MapListHandle } from './MapList.tsx'
import styles from './MapScreen.module.css'
import type { Extent, Sight } from './ReportsMap.tsx'
import { useMapAddress } from './use-map-address.ts'
import { useMapList } from './use-map-list.ts'

const ReportsMap = dynamic(() => import('./ReportsMap.tsx').then((map) => map.ReportsMap), {
  ssr: false,
  loading: () => <Skeleton height="100%" />,
})

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
  const nameOf = useViewName(views)
  const trpc = useTRPC()
  const format = useFormat()
  const { queue, place, show, stand } = useMapAddress(firstView)
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
  const [chosen, setChosen] = useState<string | null>(null)
  const rows = useRef<MapListHandle>(null)

  const open = useCallback((code: string) => window.location.assign(addressOf(queue, code)), [queue])
  useQueueSearch({ queue, choices, onShow: show, onOpen: open })
  useCommands('list', { 'list.filter': () => setFiltering(true) }, { active: !isFiltering })

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list, nothing of it is chosen yet
  useEffect(() => {
    setChosen(null)
    setPointedId(null)
  }, [key])

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
  const onChoose = (code: string) => {
    setTab('list')
    setChosen(code)
    // The tab must be rendered before its row can be focused.
    setTimeout(() => rows.current?.goTo(code))
  }
  const pointed = pointedId === null ? null : (list.places.get(pointedId) ?? null)
  const chosenCluster = chosen === null ? undefined : list.clusters.find(({ report }) => report?.code === chosen)
  const unplaced = summary ? summary.total - summary.placed : 0
  return (
    <OpenTimeContext value={list.openTime}>
      <div className={styles.screen}>
        <div className={styles.top}>
          <PageHeader
            look="bar"
            title={t('title')}
            aside={summary && t('total', { count: summary.total })}
            sentence={unplaced > 0 ? t('unplaced', { count: unplaced }) : undefined}
            actions={
              <span className={styles.tools}>
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
                {/* A full navigation: client-side navigation failed after a reload, for an unknown reason. */}
                <a href={addressOf(queue)} className={styles.door}>
                  {t('asList')}
                </a>
              </span>
            }
          />
          <FilterRow
            queue={queue}
            choices={choices}
            search={list.search}
            onFilter={() => setFiltering(true)}
            onQueue={show}
          />
        </div>
        <div className={styles.ground}>
          {hasFailed ? (
            <p className={styles.failed}>{t('failed')}</p>
          ) : (
            <ReportsMap
              clusters={list.clusters}
              start={place}
              fit={fit}
              pointed={pointed ?? chosenCluster ?? null}
              onSight={onSight}
              onPoint={onPoint}
              onChoose={onChoose}
              onFail={() => setFailed(true)}
            />
          )}
          <MapLegend />
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
            <span className={styles.count} role="status">
              {list.count !== null && t('inSight', { count: list.count, total: format.number(list.count) })}
            </span>
          </div>
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
                chosen={chosenCluster?.report ?? null}
                active={!isFiltering}
                hasPlaced={(summary?.placed ?? 1) > 0}
                onPoint={setPointedId}
              />
            )}
          </div>
        </section>
      </div>
      {isFiltering && (
        <FilterSheet queue={queue} choices={choices} onQueue={show} onClose={() => setFiltering(false)} />
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
