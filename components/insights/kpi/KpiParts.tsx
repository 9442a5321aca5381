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
import { ChangeOf } from './ChangeOf.tsx'
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

/** How many of a cohort are due, beside the share of them. */
export function OfMatured({ kpi }: { kpi: KpiFigure }) {
  const t = useTranslations('board.kpi')
  const { shownOf } = useBoardFrame()
  const { allMatured } = kpiMarks(kpi)
  if (!allMatured || allMatured.count === 0) return null
  const { href, text } = shownOf(allMatured)
  return t.rich('ofMatured', {
    whole: () => (
      <DrillLink href={href} label={t('openAllMatured', { count: allMatured.count })}>
        {text}
      </DrillLink>
    ),
  })
}

/** All of a cohort of which some are not due yet: a count, which no target is for, and its own change. */
export function OfAll({ kpi }: { kpi: KpiFigure }) {
  const t = useTranslations('board.kpi')
  const { shownOf } = useBoardFrame()
  const { numerator, denominator, notYet } = kpiMarks(kpi)
  if (!denominator || !notYet) return null
  const [part, whole, rest] = [shownOf(numerator), shownOf(denominator), shownOf(notYet)]
  return (
    <>
      <p className={styles.more}>
        {t.rich('handledOfAll', {
          part: () => (
            <DrillLink href={part.href} label={t('openNumerator', { count: numerator.count })}>
              {part.text}
            </DrillLink>
          ),
          whole: () => (
            <DrillLink href={whole.href} label={t('openDenominator', { count: denominator.count })}>
              {whole.text}
            </DrillLink>
          ),
          rest: () => (
            <DrillLink href={rest.href} label={t('openNotYet', { count: notYet.count })}>
              {rest.text}
            </DrillLink>
          ),
        })}
      </p>
      {kpi.change !== null && kpi.previous && (
        <p className={styles.more}>
          {t('changeOfAll')} <ChangeOf kpi={kpi} />
        </p>
      )}
    </>
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
