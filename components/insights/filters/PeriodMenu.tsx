'use client'

import { ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ActionMenu } from '#components/ui/ActionMenu.tsx'
import { Segment } from '#components/ui/Segments.tsx'
import { type Period, periodPresets } from '#server/insights/rules/filters.ts'
import { usePeriodWords } from '../use-period-words.ts'
import { PeriodSheet } from './PeriodSheet.tsx'

type Props = { period: Period; isCurrent: boolean; onPeriod: (period: Period) => void }

/** All named periods, and free days. */
export function PeriodMenu({ period, isCurrent, onPeriod }: Props) {
  const t = useTranslations('board.period')
  const { nameOf } = usePeriodWords()
  const [isChoosing, setChoosing] = useState(false)
  return (
    <>
      <ActionMenu
        label={t('label')}
        entries={[
          ...periodPresets.map((preset) => ({
            id: preset,
            label: t(`presets.${preset}`),
            kind: 'radio' as const,
            on: period === preset,
            onSelect: () => onPeriod(preset),
          })),
          { id: 'divider', divider: true as const },
          { id: 'own', label: t('own'), on: typeof period !== 'string', onSelect: () => setChoosing(true) },
        ]}
        trigger={(props) => (
          <Segment {...props} on={isCurrent}>
            {isCurrent ? nameOf(period) : t('more')}
            <ChevronDown aria-hidden="true" />
          </Segment>
        )}
      />
      {isChoosing && <PeriodSheet period={period} onPeriod={onPeriod} onClose={() => setChoosing(false)} />}
    </>
  )
}
