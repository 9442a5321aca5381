'use client'

import { CircleAlert, Info } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/Button.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { BoardHeader } from '#server/insights/rules/board.ts'
import { type BoardFilters, isInFuture, isNarrowed, noBoardFilters } from '#server/insights/rules/filters.ts'
import styles from './BoardNotices.module.css'

type Props = { header: BoardHeader; onFilters: (filters: BoardFilters) => void }

/**
 * What limits the reliability of the figures: why there are none, that a check failed, that some changes are still
 * missing.
 */
export function BoardNotices({ header, onFilters }: Props) {
  const t = useTranslations('board.notices')
  const format = useFormat()
  const { filters, check, behind } = header
  return (
    <>
      {check && check.failed > 0 && (
        <p className={styles.warning} role="alert">
          <CircleAlert size={16} aria-hidden="true" />
          {t('checkFailed', { count: check.failed, at: format.dateTime(check.at) })}
        </p>
      )}
      {behind > 0 && (
        <p className={styles.notice}>
          <Info size={16} aria-hidden="true" />
          {t('behind', { count: behind })}
        </p>
      )}
      {header.counted === 0 && <NothingCounted header={header} filters={filters} onFilters={onFilters} />}
    </>
  )
}

/** Why the board is empty, and the next step. */
function NothingCounted({ header, filters, onFilters }: Props & { filters: BoardFilters }) {
  const t = useTranslations('board.notices')
  const reason = !header.isAnyKnown
    ? 'nothingKnown'
    : isInFuture(filters.period, header.asOf)
      ? 'future'
      : isNarrowed(filters)
        ? 'narrowed'
        : 'noneInPeriod'
  return (
    <div className={styles.notice} role="status">
      <Info size={16} aria-hidden="true" />
      <p>{t(reason)}</p>
      {reason === 'narrowed' && (
        <Button
          size="small"
          onClick={() =>
            onFilters({ ...noBoardFilters, period: filters.period, compare: filters.compare, asked: filters.asked })
          }
        >
          {t('dropFilters')}
        </Button>
      )}
      {(reason === 'noneInPeriod' || reason === 'future') && (
        <Button size="small" onClick={() => onFilters({ ...filters, period: '90d' })}>
          {t('longer')}
        </Button>
      )}
    </div>
  )
}
