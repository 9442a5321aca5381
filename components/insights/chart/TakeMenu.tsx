'use client'

import { Download, Printer } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ActionMenu, type MenuEntry } from '#components/ui/ActionMenu.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { useTables } from './use-tables.tsx'

type Props = {
  /** The label of the entry for the whole page. */
  whole: string
  /** The parts of the page that are not charts with their own menu. */
  some: (entryOf: ReturnType<typeof useTables>['entryOf']) => readonly MenuEntry[]
}

/** What can be exported from a page of figures as a whole. */
export function TakeMenu({ whole, some }: Props) {
  const t = useTranslations('board.take')
  const { isFetching, entryOf } = useTables()
  return (
    <ActionMenu
      label={t('board')}
      entries={[
        { id: 'whole', heading: whole },
        ...entryOf(null, 'xlsx', { label: t('wholeXlsx'), note: t('wholeXlsxNote') }),
        ...entryOf(null, 'csv', { label: t('wholeCsv'), note: t('wholeCsvNote') }),
        ...entryOf(null, 'csv_excel', { label: t('wholeCsvExcel'), note: t('csvExcelNote') }),
        { id: 'some', heading: t('some') },
        ...some(entryOf),
        { id: 'paper', divider: true },
        {
          id: 'print',
          label: t('print'),
          note: t('printNote'),
          icon: <Printer size={16} />,
          // The menu must be closed before the page is laid out for print.
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
