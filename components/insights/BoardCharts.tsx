'use client'

import { useTranslations } from 'next-intl'
import type { Ref } from 'react'
import type { Board } from '#server/insights/rules/board.ts'
import type { HeadlineKpi } from '#server/insights/rules/definitions.ts'
import type { BoardFilters } from '#server/insights/rules/filters.ts'
import styles from './BoardScreen.module.css'
import { AreaChart } from './charts/AreaChart.tsx'
import { CaseMixChart, isWholeCity } from './charts/CaseMixChart.tsx'
import { CommitmentsChart } from './charts/CommitmentsChart.tsx'
import { FlowChart } from './charts/FlowChart.tsx'
import { HandledChart } from './charts/HandledChart.tsx'
import { HoursChart } from './charts/HoursChart.tsx'
import { AgeingChart, ComingChart, MissedChart } from './charts/OpenCharts.tsx'
import { OtherFigures } from './charts/OtherFigures.tsx'
import { RatingsChart } from './charts/RatingsChart.tsx'
import { AgencyChart, CategoryChart, ChannelChart } from './charts/ShareCharts.tsx'
import { UsageCard } from './charts/UsageCard.tsx'
import { ForwardingChart, HoldingPeriodsChart, MovesChart } from './charts/WayCharts.tsx'
import { ExplainCard } from './explain/ExplainCard.tsx'
import { MoreFigures } from './kpi/MoreFigures.tsx'

type Props = {
  board: Board
  explained: HeadlineKpi
  onExplain: (kpi: HeadlineKpi) => void
  onExplained: (kpi: HeadlineKpi) => void
  explanation: Ref<HTMLDivElement>
  onFilters: (filters: BoardFilters) => void
}

/**
 * The main charts, and under a heading all others in the order of a leader's questions: whose, why, where, what next,
 * and how the work proceeds.
 */
export function BoardCharts({ board, explained, onExplain, onExplained, explanation, onFilters }: Props) {
  const t = useTranslations('board.kpi')
  const { charts } = board
  const hasCaseMix = isWholeCity(board.header)
  return (
    <>
      <div className={styles.charts} data-main>
        <FlowChart charts={charts} span={hasCaseMix ? 7 : 8} />
        {hasCaseMix ? <CaseMixChart /> : <ComingChart coming={charts.coming} />}
      </div>
      <h2 className={styles.more}>{t('more')}</h2>
      <MoreFigures board={board} onExplain={onExplain} />
      <div className={styles.charts} data-others>
        <AgencyChart board={board} onFilters={onFilters} />
        <ExplainCard board={board} kpi={explained} onKpi={onExplained} place={explanation} />
        {hasCaseMix && <ComingChart coming={charts.coming} />}
        <HandledChart board={board} span={hasCaseMix ? 8 : 12} />
        <CategoryChart board={board} onFilters={onFilters} />
        <ChannelChart board={board} onFilters={onFilters} />
        <AreaChart board={board} />
        <AgeingChart ageing={charts.ageing} />
        <OtherFigures board={board} />
        <RatingsChart board={board} />
        <HoursChart hours={charts.hours} />
        <HoldingPeriodsChart holdingPeriods={charts.holdingPeriods} />
        <ForwardingChart board={board} />
        <CommitmentsChart board={board} />
        <UsageCard usage={board.usage} />
        <MissedChart missed={charts.missed} />
        <MovesChart moves={charts.moves} />
      </div>
    </>
  )
}
