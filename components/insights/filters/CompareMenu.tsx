'use client'

import { ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ActionMenu } from '#components/ui/ActionMenu.tsx'
import { Button } from '#components/ui/Button.tsx'
import { type BoardFilters, type Comparison, comparisons } from '#server/insights/rules/filters.ts'

type Props = {
  filters: BoardFilters
  onFilters: (filters: BoardFilters) => void
  /** Another agency is chosen among the filters, where its name can be typed. */
  onAgency: () => void
}

/** What the figures are compared with. */
export function CompareMenu({ filters, onFilters, onAgency }: Props) {
  const t = useTranslations('board.compare')
  const choose = (compare: Exclude<Comparison, 'agency'>) => onFilters({ ...filters, compare, comparedAgency: null })
  return (
    <ActionMenu
      label={t('label')}
      entries={comparisons.map((each) => ({
        id: each,
        label: t(each === 'agency' ? 'chooseAgency' : each),
        // A choice can be tried and changed with the menu open; the one that opens a form closes it.
        kind: each === 'agency' ? ('action' as const) : ('radio' as const),
        on: filters.compare === each,
        ...(each === 'none' && { command: 'board.compare' as const }),
        onSelect: () => (each === 'agency' ? onAgency() : choose(each)),
      }))}
      trigger={(props) => (
        <Button {...props}>
          {t(filters.compare)}
          <ChevronDown aria-hidden="true" />
        </Button>
      )}
    />
  )
}
