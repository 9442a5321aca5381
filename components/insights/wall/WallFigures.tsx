'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useFormat } from '#components/ui/use-format.ts'
import { handledParts } from '#server/insights/rules/definitions.ts'
import { busiestHour, isGoingOn } from '#server/insights/rules/storm-steps.ts'
import { PartsBar } from '../chart/PartsBar.tsx'
import { partInks, stripedParts } from '../inks.ts'
import { Change } from '../kpi/Change.tsx'
import { useStorm } from '../storm/storm-context.ts'
import styles from './Wall.module.css'

/** The figures of the storm, to be read from afar. */
export function WallFigures() {
  const t = useTranslations('storm.figures')
  const wall = useTranslations('storm.wall')
  const parts = useTranslations('board.parts')
  const format = useFormat()
  const { storm, words, lengthOf } = useStorm()
  const { total, citizens, open, urgentOpen, overdue, peak, safeMedian, safeNotReached, bulletins, handled } = storm
  return (
    <section className={styles.figures} aria-label={t('label')}>
      <Figure name={t('total')} value={words.number(total)} aside={t('citizensAlone', { citizens })} />
      <Figure
        name={t('open')}
        value={words.number(open)}
        isLate={overdue > 0}
        aside={
          open === 0
            ? t('noneOpen')
            : [wall('urgent', { count: urgentOpen }), wall('overdue', { count: overdue })].join(' · ')
        }
      />
      {isGoingOn(storm) ? <LastHour /> : <Busiest />}
      <Figure
        name={t('peak')}
        value={peak ? words.number(peak.count) : '–'}
        aside={peak ? t('peakAt', { at: format.dateTime(peak.at) }) : t('nothingYet')}
      />
      <Figure
        name={t('safe')}
        value={safeMedian === null ? '–' : lengthOf(safeMedian)}
        aside={safeNotReached ? t('safeNotReached', safeNotReached) : t('safeAside')}
      />
      <Figure name={t('bulletins')} value={words.number(bulletins)} aside={t('bulletinsAside')} />
      {total > 0 && (
        <div className={styles.handled}>
          <p className={styles.share}>
            <span className={styles.name}>{t('handled')}</span> {words.partOf(handled, total)}
          </p>
          <div>
            <PartsBar
              label={parts('label')}
              parts={handledParts.map((part) => ({
                key: part,
                label: parts(part),
                share: storm.parts[part] / total,
                text: words.number(storm.parts[part]),
                ink: partInks[part],
                striped: stripedParts.has(part),
                href: null,
              }))}
            />
          </div>
        </div>
      )}
    </section>
  )
}

/** Longer values are set smaller, on one line: "4 giờ 53 phút". */
const longest = 7

type FigureProps = { name: string; value: string; change?: ReactNode; isLate?: boolean; aside: ReactNode }

function Figure({ name, value, change, isLate = false, aside }: FigureProps) {
  return (
    <div className={styles.figure}>
      <p className={styles.name}>{name}</p>
      <p className={styles.value} data-long={value.length > longest || undefined}>
        {value} {change}
      </p>
      <p className={styles.aside} data-late={isLate || undefined}>
        {aside}
      </p>
    </div>
  )
}

function LastHour() {
  const t = useTranslations('storm.figures')
  const { storm, words } = useStorm()
  const { lastHour, hourBefore } = storm
  const change = lastHour - hourBefore
  return (
    <Figure
      name={t('lastHour')}
      value={words.number(lastHour)}
      change={change !== 0 && <Change change={change} verdict={null} text={words.number(Math.abs(change))} />}
      aside={t.rich('hourBefore', { count: hourBefore, link: (chunks) => chunks })}
    />
  )
}

function Busiest() {
  const t = useTranslations('storm.figures')
  const format = useFormat()
  const { storm, words } = useStorm()
  const busiest = busiestHour(storm)
  if (!busiest) return <Figure name={t('busiest')} value="–" aside={t('nothingYet')} />
  const end = new Date(busiest.at.getTime() + 3_600_000)
  return (
    <Figure
      name={t('busiest')}
      value={words.number(busiest.count)}
      aside={t('busiestAt', { from: format.time(busiest.at), to: format.time(end), date: format.date(busiest.at) })}
    />
  )
}
