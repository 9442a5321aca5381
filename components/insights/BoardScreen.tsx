'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { FilterChips } from '#components/ui/filters/FilterChips.tsx'
import { LinkButton } from '#components/ui/LinkButton.tsx'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import type { Board } from '#server/insights/rules/board.ts'
import type { HeadlineKpi } from '#server/insights/rules/definitions.ts'
import {
  type BoardFilters,
  boardAddress,
  boardConditions,
  boardConditionWords,
  boardThings,
  momentAsked,
} from '#server/insights/rules/filters.ts'
import { shiftPeriod } from '#server/insights/rules/shift-period.ts'
import { BoardCharts } from './BoardCharts.tsx'
import { BoardNotices } from './BoardNotices.tsx'
import styles from './BoardScreen.module.css'
import { BoardContext } from './board-context.ts'
import { returnToPlace } from './chart/drill-place.ts'
import { BoardHeader, KeysLine } from './filters/BoardHeader.tsx'
import { BoardMenu } from './filters/BoardMenu.tsx'
import { BoardPictures } from './filters/BoardPictures.tsx'
import { BoardTake } from './filters/BoardTake.tsx'
import { WhoseFigures } from './filters/WhoseFigures.tsx'
import { Headline } from './top/Headline.tsx'
import { TopFigures } from './top/TopFigures.tsx'
import { useBoardAddress } from './use-board-address.ts'

const BoardFilterForm = dynamic(() => import('./filters/BoardFilterForm.tsx').then((form) => form.BoardFilterForm), {
  ssr: false,
})

type Props = {
  first: { filters: BoardFilters; board: Board }
  /** Whether the account may open reports, so that figures are links. */
  mayOpen: boolean
  maySetTargets: boolean
  mayMail: boolean
  mayAskWhatIf: boolean
}

/** What a leader opens at half past seven: a sentence, five figures, the main charts; then what explains them. */
export function BoardScreen({ first, mayOpen, maySetTargets, mayMail, mayAskWhatIf }: Props) {
  const t = useTranslations('board')
  const trpc = useTRPC()
  const { filters, show, back } = useBoardAddress()
  const isFirst = boardAddress(first.filters) === boardAddress(filters)
  const {
    data: board,
    error,
    isPlaceholderData,
    refetch,
  } = useQuery({
    ...trpc.insights.board.queryOptions(filters),
    staleTime: 60_000,
    gcTime: 30 * 60_000,
    placeholderData: keepPreviousData,
    ...(isFirst && { initialData: first.board, initialDataUpdatedAt: first.board.header.asOf.getTime() }),
  })
  const [filtering, setFiltering] = useState<'filters' | 'comparison' | null>(null)
  const [explained, setExplained] = useState<HeadlineKpi>('handled')
  const explanation = useRef<HTMLDivElement>(null)
  const lastCompare = useRef<BoardFilters['compare']>('previous')

  useLayoutEffect(returnToPlace, [])
  useEffect(() => {
    if (filters.compare !== 'none' && filters.compare !== 'agency') lastCompare.current = filters.compare
  }, [filters.compare])

  const shift = (direction: -1 | 1) => {
    const period = shiftPeriod(filters.period, direction, momentAsked(filters, new Date()))
    if (period === null) return false
    show({ ...filters, period })
  }
  useCommands(
    'board',
    {
      'board.previousPeriod': () => shift(-1),
      'board.nextPeriod': () => shift(1),
      'board.compare': () =>
        show({
          ...filters,
          compare: filters.compare === 'none' ? lastCompare.current : 'none',
          comparedAgency: null,
        }),
      'board.filter': () => setFiltering('filters'),
      'board.drill': () => false,
      'board.back': () => leaveDataPoint() || back(),
    },
    { active: filtering === null },
  )

  if (!board) {
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null
  }
  const explain = (kpi: HeadlineKpi) => {
    setExplained(kpi)
    const card = explanation.current?.firstElementChild
    card?.scrollIntoView({ block: 'center', behavior: 'smooth' })
    card?.querySelector<HTMLElement>('select')?.focus({ preventScroll: true })
  }
  return (
    <BoardContext value={{ header: board.header, mayOpen }}>
      <div className={styles.screen}>
        <BoardHeader
          filters={filters}
          onFilters={show}
          onShift={shift}
          onFilter={() => setFiltering('filters')}
          onCompareAgency={() => setFiltering('comparison')}
          mayGoOn={shiftPeriod(filters.period, 1, board.header.asOf) !== null}
          actions={
            <>
              <BoardTake />
              <BoardMenu
                incident={filters.incident}
                maySetTargets={maySetTargets}
                mayMail={mayMail}
                mayAskWhatIf={mayAskWhatIf}
              />
            </>
          }
          sentence={
            <>
              <WhoseFigures header={board.header} coordinated={board.coordinated} />{' '}
              <AllSeen board={board} filters={filters} onFilters={show} />
            </>
          }
          chips={
            <FilterChips
              filters={boardConditions}
              words={boardConditionWords}
              values={filters}
              // While the next board is loading, the header still names the filters of the last one.
              things={boardThings(filters, (name) =>
                board.header.filters[name] === filters[name] ? board.header.names[name] : null,
              )}
              onEdit={() => setFiltering('filters')}
              onChange={(change) => show({ ...filters, ...change })}
            >
              <OtherWay filters={filters} onFilters={show} />
            </FilterChips>
          }
        />
        <div role="status" className={styles.status}>
          {isPlaceholderData && !error && <VisuallyHidden>{t('loading')}</VisuallyHidden>}
          {error && (
            <p className={styles.failed}>
              {t('failed')} <LinkButton onClick={() => void refetch()}>{t('retry')}</LinkButton>
            </p>
          )}
        </div>
        <div
          className={styles.board}
          data-waiting={isPlaceholderData || undefined}
          aria-busy={isPlaceholderData || undefined}
        >
          <BoardNotices header={board.header} onFilters={show} />
          <Headline board={board} />
          <TopFigures board={board} onExplain={explain} />
          <BoardPictures header={board.header}>
            <BoardCharts
              board={board}
              explained={explained}
              onExplain={explain}
              onExplained={setExplained}
              explanation={explanation}
              onFilters={show}
            />
          </BoardPictures>
          <KeysLine />
        </div>
      </div>
      {filtering && (
        <BoardFilterForm
          filters={filters}
          isComparing={filtering === 'comparison'}
          onFilters={show}
          onClose={() => setFiltering(null)}
        />
      )}
    </BoardContext>
  )
}

/** The same moment by the other question: as issued, or as now known. */
function OtherWay({ filters, onFilters }: { filters: BoardFilters; onFilters: (filters: BoardFilters) => void }) {
  const t = useTranslations('board.moment.show')
  const { asked } = filters
  if (!asked) return null
  const way = asked.way === 'issued' ? 'known' : 'issued'
  return (
    <Button variant="quiet" size="small" onClick={() => onFilters({ ...filters, asked: { ...asked, way } })}>
      {t(way)}
    </Button>
  )
}

/** From what the agency of the account is responsible for, which is shown first, to all that the account may see. */
function AllSeen({
  board,
  filters,
  onFilters,
}: { board: Board } & Pick<Parameters<typeof OtherWay>[0], 'filters' | 'onFilters'>) {
  const t = useTranslations('board.seen')
  const isOwn = filters.agency === null && filters.whose === null && board.header.names.agency !== null
  if (!isOwn) return null
  return <LinkButton onClick={() => onFilters({ ...filters, whose: 'seen' })}>{t('show')}</LinkButton>
}

/** Moves the focus from a data point of a chart to the chart itself; false if the focus is on none. */
function leaveDataPoint(): boolean {
  const dataPoint = document.activeElement?.closest('[data-drill]')
  if (!dataPoint) return false
  const card = dataPoint.closest<HTMLElement>('[data-card]')
  if (!card) return false
  card.tabIndex = -1
  card.focus()
  return true
}
