'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import type { BoardHeader } from '#server/insights/rules/board.ts'
import {
  byStanding,
  type CaseMix,
  coveredShare,
  isCompared,
  isNamed,
  missingData,
} from '#server/insights/rules/case-mix.ts'
import { caseMixMarks } from '#server/insights/rules/marks.ts'
import { useBoardFrame } from '../board-context.ts'
import { ChartCard } from '../chart/ChartCard.tsx'
import { usePeriodWords } from '../use-period-words.ts'
import { Funnel, funnelHeight } from './Funnel.tsx'

/** The others are not seen otherwise. */
export const isWholeCity = ({ scope, filters }: BoardHeader): boolean => scope.all && filters.agency === null

/**
 * Agencies against what others missed of the same mix of promises. Only those beyond chance are named in the plot, and
 * it is said aloud where there are none. Loaded apart from the board, which it would slow down.
 */
export function CaseMixChart() {
  const t = useTranslations('board.caseMix')
  const trpc = useTRPC()
  const { header, words, shownOf } = useBoardFrame()
  const { dateOf } = usePeriodWords()
  // What the board compares with changes nothing here.
  const filters = { ...header.filters, compare: 'none', comparedAgency: null } as const
  const { data, isPending, isError } = useQuery({
    ...trpc.insights.caseMix.queryOptions({ filters, asOf: header.asOf }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const agencies = data?.agencies ?? []
  const compared = agencies.filter(isCompared)
  const named = compared.filter(isNamed)
  const ofStanding = (standing: 'few' | 'uncovered') => agencies.filter((each) => each.standing === standing).length
  const covered = data && coveredShare(data)
  const missing = data && missingData(data)
  const title = !data || compared.length === 0 ? t('title') : t('found', { count: named.length, of: compared.length })
  return (
    <ChartCard
      id="caseMix"
      span={5}
      onPaper="chart"
      title={title}
      unit={t('unit')}
      table={data ? tableOf(data) : null}
      empty={isError ? t('failed') : data && missing ? sayMissing(data, missing) : null}
      foot={
        covered === null || covered === undefined
          ? undefined
          : t('foot', {
              covered: words.shareOf(covered, 100),
              few: ofStanding('few'),
              uncovered: ofStanding('uncovered'),
            })
      }
    >
      {isPending ? (
        <div aria-busy="true">
          <Skeleton height={funnelHeight} />
        </div>
      ) : (
        data && data.missedShare !== null && <Funnel label={title} mix={data} share={data.missedShare} />
      )}
    </ChartCard>
  )

  function sayMissing({ past }: CaseMix, why: NonNullable<ReturnType<typeof missingData>>) {
    const about = { due: words.number(past.due), from: dateOf(past.from) }
    const begins = past.begins && t('begins', { day: dateOf(past.begins) })
    return [t(`missingData.${why}`, about), begins].filter(Boolean).join(' ')
  }

  function tableOf(mix: CaseMix) {
    return {
      heading: t('heading'),
      columns: [
        { key: 'due', label: t('due') },
        { key: 'missed', label: t('missed') },
        { key: 'covered', label: t('covered') },
        { key: 'observed', label: t('observed') },
        { key: 'expected', label: t('expected') },
        { key: 'standing', label: t('standing') },
      ],
      rows: byStanding(mix.agencies).map((row) => {
        const marks = caseMixMarks(row)
        return {
          key: row.id,
          heading: row.name,
          cells: [
            shownOf(marks.due),
            shownOf(marks.missed),
            { text: words.partOf(row.covered.due, row.due) },
            { text: words.number(row.covered.missed) },
            { text: words.number(Math.round(row.expected * 10) / 10) },
            { text: t(`standings.${row.standing}`) },
          ],
        }
      }),
    }
  }
}
