'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useFormat } from '#components/ui/use-format.ts'
import { handledParts } from '#server/insights/rules/definitions.ts'
import { busiestHour, isGoingOn } from '#server/insights/rules/storm-steps.ts'
import { DrillLink } from '../chart/DrillLink.tsx'
import { PartsBar } from '../chart/PartsBar.tsx'
import { partInks, stripedParts } from '../inks.ts'
import { Change } from '../kpi/Change.tsx'
import styles from './StormFigures.module.css'
import { instants, useStorm } from './storm-context.ts'

const hour = 3_600_000

/** The state of the storm: how many reports, how many are open, how fast danger is removed, how it develops. */
export function StormFigures({ mayReadBulletins }: { mayReadBulletins: boolean }) {
  const t = useTranslations('storm.figures')
  const format = useFormat()
  const { storm, words, lengthOf, hrefOf } = useStorm()
  const { total, citizens, open, overdue, urgentOpen, peak, safeMedian, safeNotReached, bulletins, incident } = storm
  const merged = citizens - total
  return (
    <section className={styles.panel} aria-label={t('label')} data-card="storm-figures">
      <dl className={styles.figures}>
        <Figure
          name={t('total')}
          value={words.number(total)}
          href={hrefOf(total, 'received')}
          aside={
            merged > 0
              ? t.rich('citizens', {
                  citizens,
                  merged,
                  link: (chunks) => <DrillLink href={hrefOf(merged, 'merged')}>{chunks}</DrillLink>,
                })
              : t('citizensAlone', { citizens })
          }
        />
        <Figure
          name={t('open')}
          value={words.number(open)}
          href={hrefOf(open, 'still_open')}
          aside={
            open === 0
              ? t('noneOpen')
              : t.rich('openAside', {
                  urgent: urgentOpen,
                  overdue,
                  urgentLink: (chunks) => (
                    <DrillLink href={hrefOf(urgentOpen, 'still_open', { severity: 'urgent' })}>{chunks}</DrillLink>
                  ),
                  overdueLink: (chunks) => (
                    <span data-late={overdue > 0 || undefined}>
                      <DrillLink href={hrefOf(overdue, 'open_overdue')}>{chunks}</DrillLink>
                    </span>
                  ),
                })
          }
        />
        <Figure
          name={t('peak')}
          value={peak ? words.number(peak.count) : '–'}
          aside={peak ? t('peakAt', { at: format.dateTime(peak.at) }) : t('nothingYet')}
        />
        <Figure
          name={t('safe')}
          value={safeMedian === null ? '–' : lengthOf(safeMedian)}
          href={hrefOf(total - open, 'ended')}
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
          value={words.number(bulletins)}
          href={mayReadBulletins && bulletins > 0 ? `/bulletins/storm/${incident.id}` : null}
          aside={t('bulletinsAside')}
        />
      </dl>
      {total > 0 && <Handled />}
    </section>
  )
}

/** Longer values are set smaller, on one line: "4 giờ 53 phút". */
const longest = 8

type FigureProps = { name: string; value: string; href?: string | null; change?: ReactNode; aside: ReactNode }

function Figure({ name, value, href = null, change, aside }: FigureProps) {
  const t = useTranslations('storm.figures')
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
  const { storm, words, hrefOf } = useStorm()
  const { lastHour, hourBefore, asOf } = storm
  const [now, then, before] = [asOf, new Date(asOf.getTime() - hour), new Date(asOf.getTime() - 2 * hour)]
  const change = lastHour - hourBefore
  return (
    <Figure
      name={t('lastHour')}
      value={words.number(lastHour)}
      href={hrefOf(lastHour, 'received', { came: instants({ from: then, to: now }) })}
      change={change !== 0 && <Change change={change} verdict={null} text={words.number(Math.abs(change))} />}
      aside={t.rich('hourBefore', {
        count: hourBefore,
        link: (chunks) => (
          <DrillLink href={hrefOf(hourBefore, 'received', { came: instants({ from: before, to: then }) })}>
            {chunks}
          </DrillLink>
        ),
      })}
    />
  )
}

/** Of a storm that is over the last hour says nothing; its worst one does. */
function BusiestHour() {
  const t = useTranslations('storm.figures')
  const format = useFormat()
  const { storm, words, hrefOf } = useStorm()
  const busiest = busiestHour(storm)
  const stretch = busiest && { from: busiest.at, to: new Date(busiest.at.getTime() + hour) }
  return (
    <Figure
      name={t('busiest')}
      value={busiest ? words.number(busiest.count) : '–'}
      href={stretch && hrefOf(busiest.count, 'received', { happened: instants(stretch) })}
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
  const { storm, words, hrefOf } = useStorm()
  const { total, handled, parts: counts } = storm
  const share = words.partOf(handled, total)
  return (
    <div className={styles.handled}>
      <p className={styles.share}>
        <span className={styles.name}>{t('handled')}</span>{' '}
        <DrillLink
          href={hrefOf(handled, 'handled')}
          className={styles.shareLink}
          label={t('opens', { name: t('handled'), value: share })}
        >
          {share}
        </DrillLink>
      </p>
      <div className={styles.parts}>
        <PartsBar
          label={parts('label')}
          parts={handledParts.map((part) => ({
            key: part,
            label: parts(part),
            share: counts[part] / total,
            text: words.number(counts[part]),
            ink: partInks[part],
            striped: stripedParts.has(part),
            href: hrefOf(counts[part], part),
          }))}
        />
      </div>
    </div>
  )
}
