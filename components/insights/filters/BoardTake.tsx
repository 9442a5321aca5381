'use client'

import { Download, Printer } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ActionMenu } from '#components/ui/ActionMenu.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { useTables } from '../chart/use-tables.tsx'

/** What can be taken away from the board as a whole. */
export function BoardTake() {
  const t = useTranslations('board.take')
  const { isFetching, entryOf } = useTables()
  return (
    <ActionMenu
      label={t('board')}
      entries={[
        { id: 'whole', heading: t('whole') },
        ...entryOf(null, 'xlsx', { label: t('wholeXlsx'), note: t('wholeXlsxNote') }),
        ...entryOf(null, 'csv', { label: t('wholeCsv'), note: t('wholeCsvNote') }),
        { id: 'some', heading: t('some') },
        ...entryOf('kpis', 'xlsx', { label: t('kpisXlsx') }),
        ...entryOf('kpis', 'csv', { label: t('kpisCsv') }),
        ...entryOf('annotations', 'csv', { label: t('annotationsCsv') }),
        { id: 'paper', divider: true },
        {
          id: 'print',
          label: t('print'),
          note: t('printNote'),
          icon: <Printer size={16} />,
          // The menu is gone before the page is laid out for paper.
          onSelect: () => setTimeout(() => window.print()),
        },
      ]}
      trigger={(props) => (
        <IconButton {...props} label={t('board')} aria-busy={isFetching || undefined}>
          <Download />
        </IconButton>
      )}
    />
  )
}
