'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Board, KpiFigure } from '#server/insights/rules/board.ts'
import { headlineKpis } from '#server/insights/rules/definitions.ts'
import { missingTo } from '#server/insights/rules/judged.ts'
import { kpiMarks } from '#server/insights/rules/marks.ts'
import { useBoardFrame } from '../board-context.ts'
import { DrillLink } from '../chart/DrillLink.tsx'
import styles from './TopFigures.module.css'

/** The board in a sentence: how much came in, whether it was in time, and what differs beyond chance. */
export function Headline({ board }: { board: Board }) {
  const t = useTranslations('board.headline')
  const { words, shownOf } = useBoardFrame()
  const { received, on_time: onTime } = board.kpis
  const linked = (kpi: KpiFigure) => (text: ReactNode) => (
    <DrillLink href={shownOf(kpiMarks(kpi).figure).href} className={styles.told}>
      {text}
    </DrillLink>
  )
  const missing = missingTo(onTime)
  const share = words.figureOf(onTime, onTime.unit)
  return (
    <section className={styles.headline} aria-label={t('label')} data-card="headline">
      <p>
        {t.rich('received', { count: received.numerator, open: linked(received) })}{' '}
        {onTime.value === null
          ? t('noneDue')
          : missing === null
            ? t.rich('onTime', { share, open: linked(onTime) })
            : t.rich('onTimeTo', {
                share,
                missing,
                target: words.targetOf(onTime.judged?.target ?? 0),
                open: linked(onTime),
              })}{' '}
        <Differences board={board} />
      </p>
    </section>
  )
}

/** Null where nothing was compared, or too few to tell. */
function Differences({ board }: { board: Board }) {
  const t = useTranslations('board.headline')
  const names = useTranslations('insights.kpis')
  const judged = headlineKpis.map((id) => board.kpis[id]).filter(({ verdict }) => verdict !== null)
  if (judged.length === 0) return null
  const list = judged
    .filter(({ verdict }) => verdict !== 'unclear')
    .map(({ id, verdict, change }) =>
      t('change', {
        name: names(`${id}.name`).toLocaleLowerCase(),
        verdict: verdict === 'differs' ? ((change ?? 0) > 0 ? 'up' : 'down') : String(verdict),
      }),
    )
  return list.length === 0 ? t('same') : t('differ', { list: list.join(', ') })
}
