'use client'

import { CalendarX2, Pencil, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { CSSProperties } from 'react'
import { dayText } from '#components/calendars/clock-text.ts'
import { IconButton } from '#components/ui/IconButton.tsx'
import { Cell } from '#components/ui/Table.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { AgencyRow } from '#server/organisation/queries.ts'
import styles from './AgencyTable.module.css'
import type { Editing } from './AgencyTable.tsx'

type Props = {
  agency: AgencyRow
  depth: number
  hasEnded: boolean
  successor: string | null
  onEdit: (editing: Editing) => void
}

export function AgencyTableRow({ agency, depth, hasEnded, successor, onEdit }: Props) {
  const t = useTranslations('agencies.admin')
  const kinds = useTranslations('agencies.kinds')
  const format = useFormat()
  const { name } = agency
  return (
    <tr className={hasEnded ? styles.ended : undefined}>
      <Cell heading>
        <span className={styles.name} style={{ '--depth': depth } as CSSProperties}>
          <span>{name}</span>
          <span className={styles.short}>
            {agency.shortName} · <span className={styles.code}>{agency.id}</span>
          </span>
        </span>
      </Cell>
      <Cell label={t('columns.kind')}>{kinds(agency.kind)}</Cell>
      <Cell label={t('columns.calendar')}>{agency.calendarName}</Cell>
      <Cell label={t('columns.valid')}>
        <Span agency={agency} />
        {successor && <span className={styles.short}>{t('successor', { name: successor })}</span>}
      </Cell>
      <Cell label={t('columns.accounts')} align="end">
        {format.number(agency.accounts)}
      </Cell>
      <Cell label={t('columns.openReports')} align="end">
        {format.number(agency.openReports)}
      </Cell>
      <Cell actions>
        <span className={styles.actions}>
          {!hasEnded && (
            <IconButton
              size="small"
              label={t('addBelow', { name })}
              onClick={() => onEdit({ form: 'new', parentId: agency.id })}
            >
              <Plus />
            </IconButton>
          )}
          <IconButton size="small" label={t('edit', { name })} onClick={() => onEdit({ form: 'change', agency })}>
            <Pencil />
          </IconButton>
          {agency.parentId !== null && (
            <IconButton size="small" label={t('end', { name })} onClick={() => onEdit({ form: 'end', agency })}>
              <CalendarX2 />
            </IconButton>
          )}
        </span>
      </Cell>
    </tr>
  )
}

function Span({ agency: { validFrom, validTo } }: { agency: AgencyRow }) {
  const t = useTranslations('agencies.admin')
  if (validFrom && validTo) return t('span', { from: dayText(validFrom), to: dayText(validTo) })
  if (validTo) return t('until', { to: dayText(validTo) })
  return validFrom ? t('since', { from: dayText(validFrom) }) : t('always')
}
