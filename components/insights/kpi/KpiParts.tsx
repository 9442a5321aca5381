'use client'

import { useTranslations } from 'next-intl'
import type { Board, KpiFigure } from '#server/insights/rules/board.ts'
import { fractionBelow } from '#server/insights/rules/definitions.ts'
import { handledMarks, kpiMarks, type Mark, outcomeMarks } from '#server/insights/rules/marks.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { useBoardFrame } from '../board-context.ts'
import { DrillLink } from '../chart/DrillLink.tsx'
import { PartsBar } from '../chart/PartsBar.tsx'
import { outcomeInks, partInks, stripedOutcomes, stripedParts } from '../inks.ts'
import { usePeriodWords } from '../use-period-words.ts'
import styles from './MoreFigures.module.css'

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
  return (
    <Parts
      label={t('label')}
      parts={handledMarks(board.parts.now).map(({ part, mark }) => ({
        key: part,
        label: t(part),
        mark,
        ink: partInks[part],
        striped: stripedParts.has(part),
      }))}
    />
  )
}

/** What became of those handled, by what their latest answers say. */
export function Outcomes({ board }: { board: Board }) {
  const t = useTranslations('board.outcomes')
  const names = useTranslations('reports.outcomes')
  return (
    <Parts
      label={t('label')}
      parts={outcomeMarks(board.outcomes.now)
        .filter(({ mark }) => mark.count > 0)
        .map(({ outcome, mark }) => ({
          key: outcome,
          label: names(outcome).toLocaleLowerCase(),
          mark,
          ink: outcomeInks[outcome],
          striped: stripedOutcomes.has(outcome),
        }))}
    />
  )
}

type PartsProps = {
  label: string
  parts: readonly { key: string; label: string; mark: Mark; ink: string; striped: boolean }[]
}

/** Null: there is nothing to divide. */
function Parts({ label, parts }: PartsProps) {
  const { shownOf } = useBoardFrame()
  const all = parts.reduce((sum, { mark }) => sum + mark.count, 0)
  if (all === 0) return null
  return (
    <div className={styles.parts}>
      <PartsBar
        label={label}
        parts={parts.map(({ mark, ...part }) => ({ ...part, share: mark.count / all, ...shownOf(mark) }))}
      />
    </div>
  )
}

/** Still able to change although the period is over. */
export function Provisional({ until }: { until: LocalDay | null }) {
  const t = useTranslations('board.kpi')
  const { dateOf } = usePeriodWords()
  return until && <span className={styles.provisional}>{t('provisional', { day: dateOf(until).slice(0, 5) })}</span>
}
