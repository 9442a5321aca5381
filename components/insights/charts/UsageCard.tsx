'use client'

import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { Board } from '#server/insights/rules/board.ts'
import { dayAfter, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { useBoardFrame } from '../board-context.ts'
import { ChartCard } from '../chart/ChartCard.tsx'
import styles from './OtherFigures.module.css'

/** What other systems report of the app, each with its source and its days: the desk computes none of it. */
export function UsageCard({ usage }: Pick<Board, 'usage'>) {
  const t = useTranslations('board.usage')
  const format = useFormat()
  const { header } = useBoardFrame()
  const today = localDayOf(header.asOf)
  const last = [today, header.toDay].toSorted()[0] as string
  const days = (startOfDay(dayAfter(last)).getTime() - startOfDay(header.fromDay).getTime()) / 86_400_000
  return (
    <ChartCard
      id="usage"
      span={7}
      title={t('title')}
      unit={t('unit')}
      table={null}
      empty={usage.length === 0 && t('empty')}
    >
      <table className={styles.table} aria-label={t('title')}>
        <thead>
          <tr>
            <th scope="col">{t('source')}</th>
            <th scope="col">{t('accounts')}</th>
            <th scope="col">{t('day')}</th>
            <th scope="col">{t('visits')}</th>
            <th scope="col" data-aside>
              {t('days')}
            </th>
          </tr>
        </thead>
        <tbody>
          {usage.map(({ source, accounts, day, visits, daysReported }) => (
            <tr key={source}>
              <th scope="row">{source}</th>
              <td data-value>{format.number(accounts)}</td>
              <td>{format.date(startOfDay(day))}</td>
              <td data-value>{visits === null ? '–' : format.number(visits)}</td>
              <td data-aside>{t('daysOf', { count: daysReported, of: days })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ChartCard>
  )
}
