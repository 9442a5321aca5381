'use client'

import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { Charts } from '#server/insights/rules/board.ts'
import { longWaiting, placeOfMost } from '#server/insights/rules/findings.ts'
import { ageingMarks, comingMarks, type Mark, missedMark } from '#server/insights/rules/marks.ts'
import { startOfDay } from '#server/platform/rules/local-day.ts'
import { useBoardFrame } from '../board-context.ts'
import { type BarRow, BarRows } from '../chart/BarRows.tsx'
import { ChartCard } from '../chart/ChartCard.tsx'
import type { FigureCell } from '../chart/FigureTable.tsx'
import { ageInks, countedStateInks, stripedCountedStates } from '../inks.ts'
import styles from './OpenCharts.module.css'

/** The open reports on two scales: by age, and against their promise. */
export function AgeingChart({ ageing }: { ageing: Charts['ageing'] }) {
  const t = useTranslations('board.ageing')
  const ages = useTranslations('insights.ages')
  const deadlineBuckets = useTranslations('insights.deadlineBuckets')
  const { words, shownOf, dueDay } = useBoardFrame()
  const all = ageing.byAge.reduce((sum, { count }) => sum + count, 0)
  const greatest = Math.max(
    1,
    ...ageing.byAge.map(({ count }) => count),
    ...ageing.byDeadline.map(({ count }) => count),
  )
  const bar = (mark: Mark) => ({
    share: mark.count / greatest,
    note: words.partOf(mark.count, all),
    ...shownOf(mark),
  })
  const marks = ageingMarks(ageing)
  const byAge = marks.byAge.map(
    ({ bucket, mark }): BarRow => ({ key: bucket, label: ages(bucket), ...bar(mark), ink: ageInks[bucket] }),
  )
  const byDeadline = marks.byDeadline.map(
    ({ bucket, mark }): BarRow => ({
      key: bucket,
      label: deadlineBuckets(bucket, { day: dueDay }),
      ...bar(mark),
      ink: countedStateInks[bucket],
      striped: stripedCountedStates.has(bucket),
    }),
  )
  return (
    <ChartCard
      id="ageing"
      span={5}
      title={t('title')}
      finding={t('finding', { count: longWaiting(ageing.byAge) })}
      unit={t('unit', { count: words.number(all) })}
      empty={all === 0 && t('empty')}
      table={{
        heading: t('heading'),
        columns: [
          { key: 'count', label: t('count') },
          { key: 'share', label: t('share') },
        ],
        rows: [...byAge, ...byDeadline].map(({ key, label, text, note, href }) => ({
          key,
          heading: label,
          cells: [{ text, href }, { text: note ?? '' }],
        })),
      }}
    >
      <div className={styles.scales}>
        <div>
          <h3 className={styles.scale}>{t('byAge')}</h3>
          <BarRows label={t('byAge')} rows={byAge} />
        </div>
        <div>
          <h3 className={styles.scale}>{t('byDeadline')}</h3>
          <BarRows label={t('byDeadline')} rows={byDeadline} />
        </div>
      </div>
    </ChartCard>
  )
}

/** What falls due on each of the next five working days: the load of the coming week. */
export function ComingChart({ coming }: { coming: Charts['coming'] }) {
  const t = useTranslations('board.coming')
  const format = useFormat()
  const { shownOf } = useBoardFrame()
  const greatest = Math.max(1, ...coming.map(({ count }) => count))
  const rows = coming.map((due): BarRow & { urgent: FigureCell } => {
    const date = startOfDay(due.day)
    const { all, urgent } = comingMarks(due)
    return {
      key: due.day,
      label: t('day', { weekday: format.weekday(date), date: format.date(date).slice(0, 5) }),
      share: all.count / greatest,
      note: urgent.count > 0 ? t('urgent', { count: urgent.count }) : '',
      urgent: shownOf(urgent),
      ...shownOf(all),
    }
  })
  const busiest = rows[placeOfMost(coming.map(({ count }) => count)) ?? -1]
  const all = coming.reduce((sum, { count }) => sum + count, 0)
  return (
    <ChartCard
      id="coming"
      span={4}
      onPaper="chart"
      title={t('title')}
      finding={busiest !== undefined && t('finding', { day: busiest.label, count: busiest.text })}
      unit={t('unit')}
      empty={all === 0 && t('empty')}
      table={{
        heading: t('heading'),
        columns: [
          { key: 'count', label: t('count') },
          { key: 'urgent', label: t('ofUrgent') },
        ],
        rows: rows.map(({ key, label, text, href, urgent }) => ({
          key,
          heading: label,
          cells: [{ text, href }, urgent],
        })),
      }}
    >
      <BarRows label={t('title')} rows={rows} />
    </ChartCard>
  )
}

/** Missed promises by escalation level. */
export function MissedChart({ missed }: { missed: Charts['missed'] }) {
  const t = useTranslations('board.missed')
  const { words, shownOf } = useBoardFrame()
  const all = missed.reduce((sum, { count }) => sum + count, 0)
  const rows = missed.map(
    (row): BarRow => ({
      key: String(row.level),
      label: t(`levels.${levelName(row.level)}`),
      share: all === 0 ? 0 : row.count / Math.max(...missed.map((each) => each.count)),
      note: words.partOf(row.count, all),
      ink: 'var(--late)',
      ...shownOf(missedMark(row)),
    }),
  )
  return (
    <ChartCard
      id="missed"
      span={5}
      title={t('title')}
      finding={t('finding', { count: missed.find(({ level }) => level === 0)?.count ?? 0 })}
      unit={t('unit', { count: words.number(all) })}
      empty={all === 0 && t('empty')}
      table={{
        heading: t('heading'),
        columns: [
          { key: 'count', label: t('count') },
          { key: 'share', label: t('share') },
        ],
        rows: rows.map(({ key, label, text, note, href }) => ({
          key,
          heading: label,
          cells: [{ text, href }, { text: note ?? '' }],
        })),
      }}
    >
      <BarRows label={t('title')} rows={rows} />
    </ChartCard>
  )
}

const levelNames = ['nobody', 'head', 'desk', 'leaders'] as const
const levelName = (level: number) => levelNames[level] ?? 'leaders'
