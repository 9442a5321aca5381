'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { IncidentStateChip } from '#components/incidents/IncidentStateChip.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { Storm } from '#server/insights/rules/board.ts'
import { isGoingOn } from '#server/insights/rules/storm-steps.ts'
import { BarRows } from '../chart/BarRows.tsx'
import { countClasses, wholeNumbers } from '../chart/heat.ts'
import { StormContext, useStorm } from '../storm/storm-context.ts'
import { LineStatus } from './LineStatus.tsx'
import { useAwake } from './use-awake.ts'
import { useLiveStorm } from './use-live-storm.ts'
import { useSeconds } from './use-seconds.ts'
import styles from './Wall.module.css'
import { WallFigures } from './WallFigures.tsx'
import { WallHours } from './WallHours.tsx'

const AreaMap = dynamic(() => import('../chart/AreaMap.tsx').then((map) => map.AreaMap), {
  ssr: false,
  loading: () => <Skeleton height="100%" />,
})

const mostKinds = 7
const mostAreas = 8

/** A storm on the wall of the command room: nothing to operate, large enough to be read from the door, never blank. */
export function StormWall({ first }: { first: Storm }) {
  const format = useFormat()
  const t = useTranslations('storm')
  const nameIn = useNameIn()
  const { storm, since, fault, nextAt } = useLiveStorm(first)
  const now = useSeconds()
  useAwake()
  const { incident, asOf, isWholeCity } = storm
  return (
    <StormContext value={{ storm, mayOpen: false }}>
      <main className={styles.wall}>
        <header className={styles.head}>
          <h1 className={styles.title}>
            {nameIn(incident)}
            <IncidentStateChip incident={{ ...incident, underWay: isGoingOn(storm), closedAt: null }} />
          </h1>
          <p className={styles.whose}>
            {t(isWholeCity ? 'whose.city' : 'whose.part')}
            {' · '}
            {incident.endsAt
              ? t('span', { from: format.dateTime(incident.startsAt), to: format.dateTime(incident.endsAt) })
              : t('since', { from: format.dateTime(incident.startsAt) })}
          </p>
          <p className={styles.clock}>{now && format.time(now)}</p>
          <LineStatus fault={fault} asOf={asOf} since={since} nextAt={nextAt} now={now} />
        </header>
        <WallFigures />
        {storm.total === 0 ? <p className={styles.empty}>{t('empty.sentence')}</p> : <Panels />}
      </main>
    </StormContext>
  )
}

function Panels() {
  const t = useTranslations('storm.wall')
  const { storm } = useStorm()
  const isOpen = storm.open > 0
  return (
    <div className={styles.panels}>
      <section className={styles.panel} data-place="map">
        <h2 className={styles.heading}>{t(isOpen ? 'mapTitle' : 'mapTitleOver')}</h2>
        <div className={styles.map}>
          <WallMap isOpen={isOpen} />
        </div>
      </section>
      <section className={styles.panel} data-place="kinds">
        <h2 className={styles.heading}>{t('kinds')}</h2>
        <div className={styles.bars}>
          <Kinds />
        </div>
      </section>
      <section className={styles.panel} data-place="areas">
        <h2 className={styles.heading}>{t(isOpen ? 'areasOpen' : 'areas')}</h2>
        <div className={styles.bars}>
          <Areas isOpen={isOpen} />
        </div>
      </section>
      <section className={styles.panel} data-place="oldest">
        <Oldest />
      </section>
      <section className={styles.panel} data-place="hours">
        <WallHours />
      </section>
    </div>
  )
}

function WallMap({ isOpen }: { isOpen: boolean }) {
  const t = useTranslations('storm.wall')
  const { storm, words } = useStorm()
  const figures = storm.areas.flatMap(({ id, name, open, total }) => {
    const value = isOpen ? open : total
    return id === null || value === 0 ? [] : [{ areaId: id, name, value, text: words.number(value), href: null }]
  })
  return (
    <AreaMap
      isStill
      label={t(isOpen ? 'mapTitle' : 'mapTitleOver')}
      classes={countClasses(figures.map(({ value }) => value))}
      nameOf={(each) => wholeNumbers(each, words.number)}
      figures={figures}
    />
  )
}

function Kinds() {
  const t = useTranslations('storm.kinds')
  const nameIn = useNameIn()
  const { storm, words } = useStorm()
  const greatest = Math.max(1, ...storm.kinds.map(({ total }) => total))
  return (
    <BarRows
      label={t('title')}
      rows={storm.kinds.slice(0, mostKinds).map((kind) => ({
        key: kind.code,
        label: nameIn(kind),
        share: kind.total / greatest,
        text: words.number(kind.total),
        note: kind.open > 0 ? t('openNote', { count: kind.open }) : '',
        href: null,
      }))}
    />
  )
}

/** While reports are open, where most are open; afterwards where most were. */
function Areas({ isOpen }: { isOpen: boolean }) {
  const t = useTranslations('storm.wall')
  const map = useTranslations('storm.map')
  const { storm, words } = useStorm()
  const rows = storm.areas
    .map(({ id, name, open, total }) => ({ id, name, count: isOpen ? open : total }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, mostAreas)
  const greatest = Math.max(1, ...rows.map(({ count }) => count))
  return (
    <BarRows
      label={t(isOpen ? 'areasOpen' : 'areas')}
      rows={rows.map(({ id, name, count }) => ({
        key: String(id),
        label: id === null ? map('none') : name,
        share: count / greatest,
        text: words.number(count),
        href: null,
      }))}
    />
  )
}

function Oldest() {
  const t = useTranslations('storm.oldest')
  const format = useFormat()
  const { storm, lengthOf } = useStorm()
  return (
    <>
      <h2 className={styles.heading}>{t('title')}</h2>
      {storm.oldest.length === 0 && <p className={styles.quiet}>{t('none')}</p>}
      <ol className={styles.oldest}>
        {storm.oldest.map(({ code, title, receivedAt, areaName, agencyName }) => (
          <li key={code}>
            <p className={styles.report}>{title}</p>
            <p className={styles.quiet}>
              {[areaName, agencyName ?? t('noAgency')].filter(Boolean).join(' · ')}
              {' · '}
              <strong title={format.dateTime(receivedAt)}>
                {lengthOf((storm.asOf.getTime() - receivedAt.getTime()) / 60_000)}
              </strong>
            </p>
          </li>
        ))}
      </ol>
    </>
  )
}
