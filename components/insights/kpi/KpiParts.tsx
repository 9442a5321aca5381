'use client'

import { useTranslations } from 'next-intl'
import { WholeCodes } from '#components/ui/WholeCodes.tsx'
import type { Board, KpiFigure } from '#server/insights/rules/board.ts'
import { fractionBelow, handledParts } from '#server/insights/rules/definitions.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { useBoardFrame } from '../board-context.ts'
import { DrillLink } from '../chart/DrillLink.tsx'
import { PartsBar } from '../chart/PartsBar.tsx'
import { countedStateInks, partInks, ratingInks, stripedCountedStates, stripedParts } from '../inks.ts'
import { usePeriodWords } from '../use-period-words.ts'
import styles from './KpiRow.module.css'

/** Denominator and numerator of a share: both are links. */
export function Fraction({ kpi }: { kpi: KpiFigure }) {
  const t = useTranslations('board.kpi')
  const { words, hrefOf } = useBoardFrame()
  const { numerator, denominator, marks, isHidden, value } = kpi
  if (denominator === null || denominator === 0) return t('nothing')
  const below = (
    <DrillLink
      href={marks.denominator && hrefOf(denominator, marks.denominator)}
      label={t('openDenominator', { count: denominator })}
    >
      {words.number(denominator)}
    </DrillLink>
  )
  // The value itself is the fraction then.
  if (denominator < fractionBelow || isHidden || value === null) return t.rich('ofWhole', { whole: () => below })
  return t.rich('fraction', {
    part: () => (
      <DrillLink href={hrefOf(numerator, marks.numerator)} label={t('openNumerator', { count: numerator })}>
        {words.number(numerator)}
      </DrillLink>
    ),
    whole: () => below,
  })
}

/** The number of reports on which a duration is based. */
export function Cohort({ kpi }: { kpi: KpiFigure }) {
  const t = useTranslations('board.kpi')
  const { words, hrefOf } = useBoardFrame()
  const { n, marks } = kpi
  return t.rich('ofWhole', {
    whole: () => (
      <DrillLink href={marks.denominator && hrefOf(n, marks.denominator)} label={t('openDenominator', { count: n })}>
        {words.number(n)}
      </DrillLink>
    ),
  })
}

/** The five parts of "percentage handled". */
export function Handled({ board }: { board: Board }) {
  const t = useTranslations('board.parts')
  const { words, hrefOf } = useBoardFrame()
  const counts = board.parts.now
  const all = handledParts.reduce((sum, part) => sum + counts[part], 0)
  const texts = words.partsOf(handledParts.map((part) => counts[part]))
  if (all === 0) return null
  return (
    <div className={styles.parts}>
      <PartsBar
        label={t('label')}
        parts={handledParts.map((part, place) => ({
          key: part,
          label: t(part),
          share: counts[part] / all,
          text: texts[place] ?? '',
          ink: partInks[part],
          striped: stripedParts.has(part),
          href: hrefOf(counts[part], part),
        }))}
      />
    </div>
  )
}

/** The backlog by its state against the promises. */
export function CountedStates({ board }: { board: Board }) {
  const t = useTranslations('insights.deadlineBuckets')
  const label = useTranslations('board.ageing')
  const { words, hrefOf } = useBoardFrame()
  const buckets = board.charts.ageing.byDeadline.filter(({ count }) => count > 0)
  const all = buckets.reduce((sum, { count }) => sum + count, 0)
  if (all === 0) return null
  return (
    <div className={styles.parts}>
      <PartsBar
        label={label('byDeadline')}
        parts={buckets.map(({ bucket, count }) => ({
          key: bucket,
          label: t(bucket),
          share: count / all,
          text: words.number(count),
          ink: countedStateInks[bucket],
          striped: stripedCountedStates.has(bucket),
          href: hrefOf(count, 'backlog', { standing: bucket }),
        }))}
      />
    </div>
  )
}

export function Oldest({ board }: { board: Board }) {
  const t = useTranslations('board.kpi')
  const { words, mayOpen } = useBoardFrame()
  const { oldest } = board
  if (!oldest) return null
  const length = words.durationOf(oldest.minutes, 'working_minutes')
  return t.rich('oldest', {
    length,
    code: () => (
      <DrillLink href={mayOpen ? `/reports/${oldest.code}` : null} label={t('openOldest', { code: oldest.code })}>
        <WholeCodes>{oldest.code}</WholeCodes>
      </DrillLink>
    ),
  })
}

/** Still able to change although the period is over. */
export function Provisional({ until }: { until: LocalDay | null }) {
  const t = useTranslations('board.kpi')
  const { dateOf } = usePeriodWords()
  return until && <span className={styles.provisional}>{t('provisional', { day: dateOf(until).slice(0, 5) })}</span>
}

export function Satisfaction({ board }: { board: Board }) {
  const t = useTranslations('board.kpi')
  const ratings = useTranslations('reports.ratings')
  const { words, hrefOf } = useBoardFrame()
  const { satisfaction, rating_response: response } = board.kpis
  const { interval, isHidden } = satisfaction
  const all = board.charts.ratings.reduce((sum, { count }) => sum + count, 0)
  const texts = words.partsOf(board.charts.ratings.map(({ count }) => count))
  return (
    <>
      {!isHidden && all > 0 && (
        <div className={styles.ratings}>
          <PartsBar
            label={t('ratings')}
            parts={board.charts.ratings.map(({ rating, count }, place) => ({
              key: rating,
              label: ratings(rating).toLocaleLowerCase(),
              share: count / all,
              text: texts[place] ?? '',
              ink: ratingInks[rating],
              striped: rating === 'acceptable',
              href: hrefOf(count, 'rated', { rating }),
            }))}
          />
        </div>
      )}
      <p className={styles.more}>
        {t('response', { share: words.figureOf(response, 'share') })}
        {!isHidden && interval && satisfaction.n >= fractionBelow && (
          <>
            {' · '}
            {t('interval', {
              low: words.number(Math.round(interval.low * 100)),
              high: words.shareOf(interval.high, 100),
            })}
          </>
        )}
      </p>
    </>
  )
}
