'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Board, KpiFigure } from '#server/insights/rules/board.ts'
import { fractionBelow, type HeadlineKpi } from '#server/insights/rules/definitions.ts'
import { missingTo } from '#server/insights/rules/judged.ts'
import { ageingMarks, backlogMarks, type Mark } from '#server/insights/rules/marks.ts'
import { useBoardFrame } from '../board-context.ts'
import { DrillLink } from '../chart/DrillLink.tsx'
import { PartsStrip } from '../chart/PartsBar.tsx'
import { countedStateInks, stripedCountedStates } from '../inks.ts'
import { Aim } from '../kpi/Aim.tsx'
import { Change } from '../kpi/Change.tsx'
import { ExplainButton } from '../kpi/ExplainButton.tsx'
import { KpiNote } from '../kpi/KpiNote.tsx'
import { Fraction } from '../kpi/KpiParts.tsx'
import { KpiValue } from '../kpi/KpiValue.tsx'
import { useNotReached } from '../kpi/use-not-reached.ts'
import { Gauge, UsualStrip } from './Gauge.tsx'
import styles from './TopFigures.module.css'

type Props = { board: Board; onExplain: (kpi: HeadlineKpi) => void }

/** The five figures a leader looks at first, each with its distance from the target or from the other period. */
export function TopFigures({ board, onExplain }: Props) {
  const t = useTranslations('board.kpi')
  const { kpis } = board
  const { besideOf } = useNotReached()
  const { words } = useBoardFrame()
  const { usual } = board.charts
  const { received, on_time: onTime, first_answer_median: answer, first_answer_p90: late, satisfaction } = kpis
  const figure = (id: HeadlineKpi) => ({ kpi: kpis[id], onExplain: () => onExplain(id) })
  const most = (...values: (number | null | undefined)[]) => Math.max(1, ...values.map((value) => value ?? 0))
  const ofMost = (value: number | null | undefined, all: number) => (value == null ? null : value / all)
  const came = most(received.value, received.previous?.value) * 1.1
  const waited = most(answer.value, late.value, answer.previous?.value, answer.judged?.target)
  return (
    <section className={styles.band} aria-label={t('label')}>
      <Figure
        {...figure('received')}
        bar={
          usual ? (
            <UsualStrip usual={usual} />
          ) : (
            <Gauge value={ofMost(received.value, came)} tick={ofMost(received.previous?.value, came)} look="before" />
          )
        }
      >
        <Before kpi={received} />
        {usual ? (
          <Item>
            {t('usual', {
              isAll: usual.received === received.value ? 'yes' : 'no',
              days: usual.days,
              received: words.number(usual.received),
              low: words.number(usual.low),
              high: words.number(usual.high),
            })}
          </Item>
        ) : (
          <Item>{t('clearance', { share: besideOf(kpis.clearance) })}</Item>
        )}
      </Figure>
      <Figure {...figure('on_time')} bar={<Gauge value={onTime.value} tick={onTime.judged?.target ?? null} />}>
        <Item>
          <Fraction kpi={onTime} />
        </Item>
        <ToTarget kpi={onTime} />
      </Figure>
      <Figure
        {...figure('first_answer_median')}
        bar={
          <Gauge
            value={ofMost(answer.value, waited)}
            tick={ofMost(answer.judged?.target ?? answer.previous?.value, waited)}
            look={answer.judged ? 'target' : 'before'}
          />
        }
      >
        <Item>{t('p90', { value: besideOf(late) })}</Item>
        <ToTarget kpi={answer} />
      </Figure>
      <Figure {...figure('backlog')} bar={<Waiting board={board} />}>
        <Overdue board={board} />
        <Oldest board={board} />
        <ToTarget kpi={kpis.backlog} />
      </Figure>
      <Figure
        {...figure('satisfaction')}
        bar={
          <Gauge
            value={satisfaction.value}
            tick={satisfaction.judged?.target ?? null}
            range={satisfaction.n < fractionBelow ? null : satisfaction.interval}
          />
        }
      >
        <Item>
          <Fraction kpi={satisfaction} />
        </Item>
        <Interval kpi={satisfaction} />
        <ToTarget kpi={satisfaction} />
      </Figure>
    </section>
  )
}

type FigureProps = { kpi: KpiFigure; onExplain: () => void; bar: ReactNode; children: ReactNode }

function Figure({ kpi, onExplain, bar, children }: FigureProps) {
  const t = useTranslations('board.kpi')
  const names = useTranslations('insights.kpis')
  const { countOf } = useNotReached()
  const name = names(`${kpi.id}.name`)
  return (
    <article className={styles.figure} data-card={`kpi-${kpi.id}`} aria-label={name}>
      <header className={styles.head}>
        <h2 className={styles.name} title={name}>
          {kpi.id === 'first_answer_median' ? t('firstAnswer') : name}
        </h2>
        <KpiNote kpi={kpi} />
      </header>
      <p className={styles.line}>
        <KpiValue kpi={kpi} name={name} className={styles.value} />
        <ExplainButton kpi={kpi} onExplain={onExplain} />
      </p>
      {bar}
      <p className={styles.foot}>
        {kpi.notReached && <Item>{countOf(kpi)}</Item>}
        {children}
        <Judged kpi={kpi} />
      </p>
    </article>
  )
}

const Item = ({ children }: { children: ReactNode }) => <span className={styles.item}>{children}</span>

/** Beyond chance by how much and which way; otherwise that it is not. */
function Judged({ kpi }: { kpi: KpiFigure }) {
  const t = useTranslations('board.change')
  const { words } = useBoardFrame()
  const { change, verdict, unit, n, previous } = kpi
  if (change === null || verdict === null || !previous) return null
  if (verdict === 'unclear') return <Item>{t('unclear')}</Item>
  return (
    <Item>
      <Change change={change} verdict={verdict} text={words.distanceOf(change, unit, Math.min(n, previous.n))} />
    </Item>
  )
}

function Before({ kpi }: { kpi: KpiFigure }) {
  const t = useTranslations('board.kpi')
  const { header, words } = useBoardFrame()
  // A change that is said names both.
  const isSaid = kpi.verdict !== null && kpi.verdict !== 'unclear'
  if (!kpi.previous || isSaid) return null
  const value = words.figureOf(kpi.previous, kpi.unit)
  return <Item>{t('before', { compared: header.filters.compare === 'agency' ? 'agency' : 'period', value })}</Item>
}

/**
 * The distance to the target: of a share in reports, which says what is to be done as a share does not; of all others
 * as on every card.
 */
function ToTarget({ kpi }: { kpi: KpiFigure }) {
  const t = useTranslations('board.kpi')
  const { words } = useBoardFrame()
  const missing = missingTo(kpi)
  const { judged } = kpi
  if (!judged) return null
  return (
    <Item>
      {missing === null ? <Aim kpi={kpi} /> : t('toTarget', { missing, target: words.targetOf(judged.target) })}
    </Item>
  )
}

function Interval({ kpi: { interval, isHidden, n } }: { kpi: KpiFigure }) {
  const t = useTranslations('board.kpi')
  const { words } = useBoardFrame()
  if (!interval || isHidden || n < fractionBelow) return null
  const low = words.number(Math.round(interval.low * 100))
  return <Item>{t('interval', { low, high: words.shareOf(interval.high, 100) })}</Item>
}

/** The open reports by their state against the promises. The links are below, and in the chart of waiting times. */
function Waiting({ board }: { board: Board }) {
  const buckets = ageingMarks(board.charts.ageing).byDeadline
  return (
    <div className={styles.parts}>
      <PartsStrip
        parts={buckets.map(({ bucket, mark }) => ({
          key: bucket,
          share: mark.count,
          ink: countedStateInks[bucket],
          striped: stripedCountedStates.has(bucket),
        }))}
      />
    </div>
  )
}

function Overdue({ board }: { board: Board }) {
  const { overdue, today } = backlogMarks(board.charts.ageing)
  return (
    <>
      <Due mark={overdue} name="overdue" opens="openOverdue" />
      <Due mark={today} name="today" opens="openToday" />
    </>
  )
}

type DueProps = { mark: Mark; name: 'overdue' | 'today'; opens: 'openOverdue' | 'openToday' }

function Due({ mark, name, opens }: DueProps) {
  const t = useTranslations('board.kpi')
  const { hrefOf, dueDay } = useBoardFrame()
  if (mark.count === 0) return null
  const values = { count: mark.count, day: dueDay }
  return (
    <Item>
      <DrillLink href={hrefOf(mark)} label={t(opens, values)}>
        <span data-due={name}>{t(name, values)}</span>
      </DrillLink>
    </Item>
  )
}

function Oldest({ board: { oldest } }: { board: Board }) {
  const t = useTranslations('board.kpi')
  const { words, mayOpen } = useBoardFrame()
  if (!oldest) return null
  const length = words.durationOf(oldest.minutes, 'working_minutes')
  return (
    <Item>
      <DrillLink
        href={mayOpen ? `/reports/${oldest.code}` : null}
        label={t('openLongest', { length, code: oldest.code })}
      >
        {t('longest', { length })}
      </DrillLink>
    </Item>
  )
}
