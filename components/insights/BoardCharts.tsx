'use client'

import type { Ref } from 'react'
import type { Board } from '#server/insights/rules/board.ts'
import type { HeadlineKpi } from '#server/insights/rules/definitions.ts'
import type { BoardFilters } from '#server/insights/rules/filters.ts'
import styles from './BoardScreen.module.css'
import { AreaChart } from './charts/AreaChart.tsx'
import { CaseMixChart } from './charts/CaseMixChart.tsx'
import { CommitmentsChart } from './charts/CommitmentsChart.tsx'
import { FlowChart } from './charts/FlowChart.tsx'
import { HandledChart } from './charts/HandledChart.tsx'
import { HoursChart } from './charts/HoursChart.tsx'
import { AgeingChart, ComingChart, MissedChart } from './charts/OpenCharts.tsx'
import { OtherFigures } from './charts/OtherFigures.tsx'
import { AgencyChart, CategoryChart, ChannelChart } from './charts/ShareCharts.tsx'
import { UsageCard } from './charts/UsageCard.tsx'
import { ForwardingChart, HoldingPeriodsChart, MovesChart } from './charts/WayCharts.tsx'
import { ExplainCard } from './explain/ExplainCard.tsx'

type Props = {
  board: Board
  explained: HeadlineKpi
  onExplained: (kpi: HeadlineKpi) => void
  explanation: Ref<HTMLDivElement>
  onFilters: (filters: BoardFilters) => void
}

/** In the order of a leader's questions: how much, whose, why, where, what next, and how the work proceeds. */
export function BoardCharts({ board, explained, onExplained, explanation, onFilters }: Props) {
  const { charts } = board
  return (
    <div className={styles.charts}>
      <FlowChart charts={charts} />
      <ComingChart coming={charts.coming} />
      <AgencyChart board={board} onFilters={onFilters} />
      <ExplainCard board={board} kpi={explained} onKpi={onExplained} place={explanation} />
      <CaseMixChart />
      <HandledChart board={board} />
      <CategoryChart board={board} onFilters={onFilters} />
      <AreaChart areas={charts.areas} />
      <AgeingChart ageing={charts.ageing} />
      <HoursChart hours={charts.hours} />
      <ChannelChart board={board} onFilters={onFilters} />
      <HoldingPeriodsChart holdingPeriods={charts.holdingPeriods} />
      <ForwardingChart board={board} />
      <OtherFigures board={board} />
      <MissedChart missed={charts.missed} />
      <CommitmentsChart board={board} />
      <MovesChart moves={charts.moves} />
      <UsageCard usage={board.usage} />
    </div>
  )
}
