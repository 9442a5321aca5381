'use client'

import { ChevronLeft, ChevronRight, ListFilter } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { KeyHint } from '#components/keyboard/KeyHint.tsx'
import { Button } from '#components/ui/Button.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { Segment, Segments } from '#components/ui/Segments.tsx'
import { type BoardFilters, boardConditions, boardFilters, type PeriodPreset } from '#server/insights/rules/filters.ts'
import { isAnySet, setNames } from '#server/platform/rules/filters/filters.ts'
import styles from './BoardHeader.module.css'
import { CompareMenu } from './CompareMenu.tsx'
import { PeriodMenu } from './PeriodMenu.tsx'

/** Those a leader uses every day; the others are in the menu. */
const shortcuts = ['yesterday', 'last_week', '30d', 'quarter'] as const satisfies readonly PeriodPreset[]

type Props = {
  filters: BoardFilters
  onFilters: (filters: BoardFilters) => void
  onShift: (direction: -1 | 1) => void
  onFilter: () => void
  onCompareAgency: () => void
  mayGoOn: boolean
  /** Whose figures, which days, compared with what, as of when. */
  sentence: ReactNode
  chips: ReactNode
  actions?: ReactNode
}

/** Which figures these are, and all controls that change that. */
export function BoardHeader(props: Props) {
  const { filters, onFilters, onShift, onFilter, onCompareAgency, mayGoOn, sentence, chips, actions } = props
  const t = useTranslations('board')
  const count = setNames(boardFilters, filters).length
  const isShortcut = shortcuts.some((preset) => preset === filters.period)
  return (
    <div className={styles.header}>
      <PageHeader
        look="bar"
        title={t('title')}
        actions={
          <>
            <div className={styles.actions}>{actions}</div>
            <div className={styles.tools}>
              <Segments label={t('period.label')}>
                {shortcuts.map((preset) => (
                  <Segment
                    key={preset}
                    on={filters.period === preset}
                    onClick={() => onFilters({ ...filters, period: preset })}
                  >
                    {t(`period.presets.${preset}`)}
                  </Segment>
                ))}
                <PeriodMenu
                  period={filters.period}
                  isCurrent={!isShortcut}
                  onPeriod={(period) => onFilters({ ...filters, period })}
                />
              </Segments>
              <span className={styles.shift}>
                <IconButton
                  label={t('period.previous')}
                  command="board.previousPeriod"
                  disabled={filters.period === 'launch'}
                  onClick={() => onShift(-1)}
                >
                  <ChevronLeft />
                </IconButton>
                <IconButton
                  label={t('period.next')}
                  command="board.nextPeriod"
                  disabled={!mayGoOn}
                  onClick={() => onShift(1)}
                >
                  <ChevronRight />
                </IconButton>
              </span>
              <CompareMenu filters={filters} onFilters={onFilters} onAgency={onCompareAgency} />
              <Button icon={<ListFilter />} command="board.filter" onClick={onFilter}>
                {count > 0 ? t('filters.buttonCount', { count }) : t('filters.button')}
              </Button>
            </div>
          </>
        }
      />
      <p className={styles.sentence}>{sentence}</p>
      {isAnySet(boardConditions, filters) && (
        <section className={styles.chips} aria-label={t('filters.label')}>
          {chips}
        </section>
      )}
    </div>
  )
}

export function KeysLine() {
  const t = useTranslations('board.keys')
  return (
    <p className={styles.keys}>
      <KeyHint command="board.previousPeriod" /> <KeyHint command="board.nextPeriod" /> {t('period')}
      <KeyHint command="board.compare" /> {t('compare')}
      <KeyHint command="board.filter" /> {t('filter')}
      <KeyHint command="board.drill" /> {t('drill')}
    </p>
  )
}
