'use client'

import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { BreakdownCell } from '#server/reports/queries/incident-breakdown.ts'
import styles from './AfterAction.module.css'

const mostAreas = 40

/** Reports by area, most first, and sub-type, with the sums of both. */
export function BreakdownTable({ cells }: { cells: readonly BreakdownCell[] }) {
  const t = useTranslations('incidents')
  const matching = useTranslations('matching.subTypes')
  const format = useFormat()
  const sum = (some: readonly BreakdownCell[]) => some.reduce((all, { reports }) => all + reports, 0)
  const bySubType = Map.groupBy(cells, ({ subType }) => subType)
  const subTypes = [...bySubType].sort(([, a], [, b]) => sum(b) - sum(a)).map(([subType]) => subType)
  const areas = [...Map.groupBy(cells, ({ area }) => area ?? t('after.noArea'))].sort(
    ([nameA, a], [nameB, b]) => sum(b) - sum(a) || format.compare(nameA, nameB),
  )
  const figure = (count: number) => (count === 0 ? '' : format.number(count))
  return (
    <section aria-labelledby="breakdown" className={styles.section}>
      <h2 id="breakdown" className={styles.heading}>
        {t('after.breakdown')}
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users must be able to scroll it */}
      <section className={styles.scroll} tabIndex={0} aria-labelledby="breakdown">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('after.area')}</th>
              {subTypes.map((subType) => (
                <th key={subType} scope="col">
                  {matching(subType)}
                </th>
              ))}
              <th scope="col">{t('after.total')}</th>
            </tr>
          </thead>
          <tbody>
            <tr className={styles.sums}>
              <th scope="row">{t('after.total')}</th>
              {subTypes.map((subType) => (
                <td key={subType}>{figure(sum(bySubType.get(subType) ?? []))}</td>
              ))}
              <td>{figure(sum(cells))}</td>
            </tr>
            {areas.slice(0, mostAreas).map(([area, own]) => (
              <tr key={area}>
                <th scope="row" lang="vi">
                  {area}
                </th>
                {subTypes.map((subType) => (
                  <td key={subType}>{figure(sum(own.filter((cell) => cell.subType === subType)))}</td>
                ))}
                <td>{figure(sum(own))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {areas.length > mostAreas && (
        <p className={styles.note}>{t('after.moreAreas', { count: areas.length - mostAreas })}</p>
      )}
    </section>
  )
}
