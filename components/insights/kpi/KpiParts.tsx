'use client'

import { useTranslations } from 'next-intl'
import { WholeCodes } from '#components/ui/WholeCodes.tsx'
import type { Board, KpiFigure } from '#server/insights/rules/board.ts'
import { fractionBelow } from '#server/insights/rules/definitions.ts'
import { ageingMarks, handledMarks, kpiMarks, outcomeMarks, ratingMarks } from '#server/insights/rules/marks.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { useBoardFrame } from '../board-context.ts'
import { DrillLink } from '../chart/DrillLink.tsx'
import { PartsBar } from '../chart/PartsBar.tsx'
import {
  countedStateInks,
  outcomeInks,
  partInks,
  ratingInks,
  stripedCountedStates,
  stripedOutcomes,
  stripedParts,
} from '../inks.ts'
import { usePeriodWords } from '../use-period-words.ts'
import styles from './KpiRow.module.css'

/** Denominator and numerator of a share: both are links. */
export function Fraction({ kpi }: { kpi: KpiFigure }) {
  const t = useTranslations('board.kpi')
  const { shownOf } = useBoardFrame()
  const { isHidden, value } = kpi
  const { numerator, denominator } = kpiMarks(kpi)
  if (denominator === null || denominator.count === 0) return t('nothing')
  const [above, whole] = [shownOf(numerator), shownOf(denominator)]
  const below = (
    <DrillLink href={whole.href} label={t('openDenominator', { count: denominator.count })}>
      {whole.text}
    </DrillLink>
  )
  // The value itself is the fraction then.
  if (denominator.count < fractionBelow || isHidden || value === null) return t.rich('ofWhole', { whole: () => below })
  return t.rich('fraction', {
    part: () => (
      <DrillLink href={above.href} label={t('openNumerator', { count: numerator.count })}>
        {above.text}
      </DrillLink>
    ),
    whole: () => below,
  })
}

/** What the target is compared with where part of the cohort cannot be judged yet, and that part beside it. */
export function MaturedLine({ kpi }: { kpi: KpiFigure }) {
  const t = useTranslations('board.kpi')
  const { shownOf, words } = useBoardFrame()
  const { matured, notYet } = kpiMarks(kpi)
  if (!matured || !notYet || !kpi.matured) return null
  const { handled, of } = kpi.matured
  const [share, rest] = [shownOf(matured), shownOf(notYet)]
  return (
    <p className={styles.more}>
      {t.rich('matured', {
        share: () => (
          <DrillLink href={share.href} label={t('openMatured', { share: share.text, count: matured.count })}>
            {share.text}
          </DrillLink>
        ),
        // The share itself is the fraction then.
        of: () => (of < fractionBelow ? null : `(${words.fractionOf(handled, of)})`),
        rest: () => (
          <DrillLink href={rest.href} label={t('openNotYet', { count: notYet.count })}>
            {rest.text}
          </DrillLink>
        ),
      })}
    </p>
  )
}

/** The number of reports on which a duration is based. */
export function Cohort({ kpi }: { kpi: KpiFigure }) {
  const t = useTranslations('board.kpi')
  const { words, hrefOf } = useBoardFrame()
  const { n } = kpi
  return t.rich('ofWhole', {
    whole: () => (
      <DrillLink href={hrefOf(kpiMarks(kpi).denominator)} label={t('openDenominator', { count: n })}>
        {words.number(n)}
      </DrillLink>
    ),
  })
}

/** The five parts of "percentage handled". */
export function Handled({ board }: { board: Board }) {
  const t = useTranslations('board.parts')
  const { shownOf } = useBoardFrame()
  const marks = handledMarks(board.parts.now)
  const all = marks.reduce((sum, { mark }) => sum + mark.count, 0)
  if (all === 0) return null
  return (
    <div className={styles.parts}>
      <PartsBar
        label={t('label')}
        parts={marks.map(({ part, mark }) => ({
          key: part,
          label: t(part),
          share: mark.count / all,
          ink: partInks[part],
          striped: stripedParts.has(part),
          ...shownOf(mark),
        }))}
      />
    </div>
  )
}

/** What became of those handled, by what their latest answers say. */
export function Outcomes({ board }: { board: Board }) {
  const t = useTranslations('board.outcomes')
  const names = useTranslations('reports.outcomes')
  const { shownOf } = useBoardFrame()
  const marks = outcomeMarks(board.outcomes.now).filter(({ mark }) => mark.count > 0)
  const all = marks.reduce((sum, { mark }) => sum + mark.count, 0)
  if (all === 0) return null
  return (
    <div className={styles.parts}>
      <PartsBar
        label={t('label')}
        parts={marks.map(({ outcome, mark }) => ({
          key: outcome,
          label: names(outcome).toLocaleLowerCase(),
          share: mark.count / all,
          ink: outcomeInks[outcome],
          striped: stripedOutcomes.has(outcome),
          ...shownOf(mark),
        }))}
      />
    </div>
  )
}

/** The backlog by its state against the promises. */
export function CountedStates({ board }: { board: Board }) {
  const t = useTranslations('insights.deadlineBuckets')
  const label = useTranslations('board.ageing')
  const { shownOf } = useBoardFrame()
  const buckets = ageingMarks(board.charts.ageing).byDeadline.filter(({ mark }) => mark.count > 0)
  const all = buckets.reduce((sum, { mark }) => sum + mark.count, 0)
  if (all === 0) return null
  return (
    <div className={styles.parts}>
      <PartsBar
        label={label('byDeadline')}
        parts={buckets.map(({ bucket, mark }) => ({
          key: bucket,
          label: t(bucket),
          share: mark.count / all,
          ink: countedStateInks[bucket],
          striped: stripedCountedStates.has(bucket),
          ...shownOf(mark),
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
  const { words, shownOf } = useBoardFrame()
  const { satisfaction, rating_response: response } = board.kpis
  const { interval, isHidden } = satisfaction
  const all = board.charts.ratings.reduce((sum, { count }) => sum + count, 0)
  const marks = ratingMarks(board.charts.ratings)
  return (
    <>
      {!isHidden && all > 0 && (
        <div className={styles.ratings}>
          <PartsBar
            label={t('ratings')}
            parts={marks.map(({ rating, mark }) => ({
              key: rating,
              label: ratings(rating).toLocaleLowerCase(),
              share: mark.count / all,
              ink: ratingInks[rating],
              striped: rating === 'acceptable',
              ...shownOf(mark),
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
