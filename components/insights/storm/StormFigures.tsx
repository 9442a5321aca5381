'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useFormat } from '#components/ui/use-format.ts'
import { stormFigureMarks, stormPartMarks } from '#server/insights/rules/storm-marks.ts'
import { busiestHour, isGoingOn } from '#server/insights/rules/storm-steps.ts'
import { DrillLink } from '../chart/DrillLink.tsx'
import { PartsBar } from '../chart/PartsBar.tsx'
import { partInks, stripedParts } from '../inks.ts'
import { Change } from '../kpi/Change.tsx'
import styles from './StormFigures.module.css'
import { useStorm } from './storm-context.ts'

const hour = 3_600_000

/** The state of the storm: how many reports, how many are open, how fast danger is removed, how it develops. */
export function StormFigures({ mayReadBulletins }: { mayReadBulletins: boolean }) {
  const t = useTranslations('storm.figures')
  const format = useFormat()
  const { storm, words, hrefOf, shownOf } = useStorm()
  const { total, citizens, open, overdue, urgentOpen, peak, safeMedian, safeNotReached, bulletins, incident } = storm
  const marks = stormFigureMarks(storm)
  const merged = marks.merged.count
  return (
    <section className={styles.panel} aria-label={t('label')} data-card="storm-figures">
      <dl className={styles.figures}>
        <Figure
          name={t('total')}
          shown={shownOf(marks.total)}
          aside={
            merged > 0
              ? t.rich('citizens', {
                  citizens,
                  merged,
                  link: (chunks) => <DrillLink href={hrefOf(marks.merged)}>{chunks}</DrillLink>,
                })
              : t('citizensAlone', { citizens })
          }
        />
        <Figure
          name={t('open')}
          shown={shownOf(marks.open)}
          aside={
            open === 0
              ? t('noneOpen')
              : t.rich('openAside', {
                  urgent: urgentOpen,
                  overdue,
                  urgentLink: (chunks) => <DrillLink href={hrefOf(marks.urgent)}>{chunks}</DrillLink>,
                  overdueLink: (chunks) => (
                    <span data-late={overdue > 0 || undefined}>
                      <DrillLink href={hrefOf(marks.overdue)}>{chunks}</DrillLink>
                    </span>
                  ),
                })
          }
        />
        <Figure
          name={t('peak')}
          shown={peak && { text: words.number(peak.count), href: null }}
          aside={peak ? t('peakAt', { at: format.dateTime(peak.at) }) : t('nothingYet')}
        />
        <Figure
          name={t('safe')}
          shown={marks.safe && shownOf(marks.safe)}
          aside={
            safeNotReached
              ? t('safeNotReached', { open: safeNotReached.open, of: safeNotReached.of })
              : safeMedian === null
                ? t('nothingYet')
                : t('safeAside')
          }
        />
        {isGoingOn(storm) ? <LastHour /> : <BusiestHour />}
        <Figure
          name={t('bulletins')}
          shown={{
            text: words.number(bulletins),
            href: mayReadBulletins && bulletins > 0 ? `/bulletins/storm/${incident.id}` : null,
          }}
          aside={t('bulletinsAside')}
        />
      </dl>
      {total > 0 && <Handled />}
    </section>
  )
}

/** Longer values are set smaller, on one line: "4 giờ 53 phút". */
const longest = 8

type FigureProps = {
  name: string
  /** Null: there is none. */
  shown: { text: string; href: string | null } | null
  change?: ReactNode
  aside: ReactNode
}

function Figure({ name, shown, change, aside }: FigureProps) {
  const t = useTranslations('storm.figures')
  const { text: value, href } = shown ?? { text: '–', href: null }
  return (
    <div className={styles.figure}>
      <dt className={styles.name}>{name}</dt>
      <dd className={styles.line}>
        <span className={styles.value} data-long={value.length > longest || undefined}>
          <DrillLink href={href} className={styles.link} label={t('opens', { name, value })}>
            {value}
          </DrillLink>
        </span>
        {change}
      </dd>
      <dd className={styles.aside}>{aside}</dd>
    </div>
  )
}

/** Reports of the last sixty minutes against the sixty before. */
function LastHour() {
  const t = useTranslations('storm.figures')
  const { storm, words, hrefOf, shownOf } = useStorm()
  const { lastHour, hourBefore } = stormFigureMarks(storm)
  const change = lastHour.count - hourBefore.count
  return (
    <Figure
      name={t('lastHour')}
      shown={shownOf(lastHour)}
      change={change !== 0 && <Change change={change} verdict={null} text={words.number(Math.abs(change))} />}
      aside={t.rich('hourBefore', {
        count: hourBefore.count,
        link: (chunks) => <DrillLink href={hrefOf(hourBefore)}>{chunks}</DrillLink>,
      })}
    />
  )
}

/** Of a storm that is over the last hour says nothing; its worst one does. */
function BusiestHour() {
  const t = useTranslations('storm.figures')
  const format = useFormat()
  const { storm, shownOf } = useStorm()
  const busiest = busiestHour(storm)
  const { busiest: mark } = stormFigureMarks(storm)
  const stretch = busiest && { from: busiest.at, to: new Date(busiest.at.getTime() + hour) }
  return (
    <Figure
      name={t('busiest')}
      shown={mark && shownOf(mark)}
      aside={
        stretch
          ? t('busiestAt', {
              from: format.time(stretch.from),
              to: format.time(stretch.to),
              date: format.date(stretch.from),
            })
          : t('nothingYet')
      }
    />
  )
}

/** The share handled, and the five parts it is one of. */
function Handled() {
  const t = useTranslations('storm.figures')
  const parts = useTranslations('board.parts')
  const { storm, shownOf } = useStorm()
  const { text: share, href } = shownOf(stormFigureMarks(storm).handled)
  return (
    <div className={styles.handled}>
      <p className={styles.share}>
        <span className={styles.name}>{t('handled')}</span>{' '}
        <DrillLink href={href} className={styles.shareLink} label={t('opens', { name: t('handled'), value: share })}>
          {share}
        </DrillLink>
      </p>
      <div className={styles.parts}>
        <PartsBar
          label={parts('label')}
          parts={stormPartMarks(storm).map(({ part, mark }) => ({
            key: part,
            label: parts(part),
            share: mark.count / storm.total,
            ink: partInks[part],
            striped: stripedParts.has(part),
            ...shownOf(mark),
          }))}
        />
      </div>
    </div>
  )
}
