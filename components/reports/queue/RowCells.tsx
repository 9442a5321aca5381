'use client'

import { Copy, User } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useCategoryNames } from '#components/categories/CategoryNames.tsx'
import { RatingChip } from '#components/reports/RatingChip.tsx'
import { PersonAvatar } from '#components/ui/PersonAvatar.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { statusIcons } from '#components/ui/status-icons.ts'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useNameIn } from '#components/ui/use-name-in.ts'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import { categoryIcon } from './category-icons.ts'
import type { ColumnId } from './columns.ts'
import { DeadlineCell } from './DeadlineCell.tsx'
import { FoundIn } from './FoundIn.tsx'
import { PlacePin } from './PlacePin.tsx'
import { PutOffSign } from './PutOffSign.tsx'
import type { RowProps } from './QueueRow.tsx'
import styles from './Row.module.css'
import { Signs } from './Signs.tsx'
import { useRowWords } from './use-row-words.ts'

type CellProps = Omit<RowProps, 'index' | 'top' | 'height'>

/** The content of each column. Every cell uses its own hooks, so a hidden column costs nothing. */
export const cells: Record<ColumnId, (props: CellProps) => ReactNode> = {
  select: SelectCell,
  deadline: (props) => <DeadlineCell {...props} />,
  code: CodeCell,
  report: ReportCell,
  category: CategoryCell,
  place: PlaceCell,
  state: StateCell,
  agency: AgencyCell,
  received: ({ row, lines }) => (
    <span className={styles.quiet}>
      <TimeText at={row.receivedAt} as={lines === 'preview' ? 'short' : 'compact'} />
    </span>
  ),
  activity: ActivityCell,
  merged: ({ row }) => <span className={styles.figure}>{row.citizens > 1 ? `×${row.citizens}` : ''}</span>,
  tags: TagsCell,
  severity: SeverityCell,
  channel: ChannelCell,
  incident: IncidentCell,
  transfers: ({ row }) => <span className={styles.figure}>{row.transferCount || ''}</span>,
  rating: RatingCell,
  age: AgeCell,
}

function SelectCell({ row, isSelected, isChanged, onSelect }: CellProps) {
  const t = useTranslations('reports.queue.row')
  return (
    <>
      <label className={styles.select}>
        <input
          type="checkbox"
          checked={isSelected}
          tabIndex={-1}
          aria-label={t('select', { code: row.code })}
          onChange={(event) => onSelect(row.id, (event.nativeEvent as MouseEvent).shiftKey)}
        />
      </label>
      <Signs row={row} isChanged={isChanged} />
    </>
  )
}

function CodeCell({ row, onCopy }: CellProps) {
  const t = useTranslations('reports.queue.row')
  return (
    <button
      type="button"
      className={styles.code}
      tabIndex={-1}
      title={t('copy', { code: row.code })}
      aria-label={t('copy', { code: row.code })}
      onClick={(event) => {
        event.stopPropagation()
        onCopy(row.code)
      }}
    >
      {row.code}
      <Copy size={12} aria-hidden="true" />
    </button>
  )
}

function ReportCell(props: CellProps) {
  const { row, columns, lines, left, href, onOpen, onDetail, isUnread } = props
  const t = useTranslations('reports.queue.row')
  const words = useRowWords()
  const isMoved = row.was !== undefined && row.was.state !== row.state
  return (
    <span className={lines === 'one' ? styles.reportLine : styles.reportLines}>
      <span className={lines === 'preview' ? styles.headOfTwo : styles.head}>
        <a
          className={isUnread ? styles.unread : styles.title}
          href={href}
          title={row.title}
          tabIndex={-1}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
            event.preventDefault()
            event.stopPropagation()
            onOpen(row)
          }}
        >
          {row.title}
        </a>
        {isUnread && <VisuallyHidden>{t('unread')}</VisuallyHidden>}
        {lines !== 'preview' && <PutOffSign row={row} />}
        {row.citizens > 1 && (
          <span className={styles.badge} title={t('same', { count: row.citizens })}>
            ×{row.citizens}
          </span>
        )}
      </span>
      {left ? (
        <span className={styles.why} title={words.whyLeft(row, left)}>
          {words.whyLeft(row, left)}
        </span>
      ) : isMoved && !columns.includes('state') ? (
        <StatusChip status={row.state} variant="plain">
          {words.stateOf(row)}
        </StatusChip>
      ) : row.foundIn ? (
        <FoundIn found={row.foundIn} className={styles.excerpt} />
      ) : lines === 'preview' ? (
        <WhatAndWhere row={row} onDetail={onDetail} />
      ) : (
        <span className={styles.excerpt}>{row.excerpt}</span>
      )}
    </span>
  )
}

/** The place stays visible however long the category's name is. */
function WhatAndWhere({ row, onDetail }: Pick<CellProps, 'row' | 'onDetail'>) {
  const t = useTranslations('reports.queue.row')
  const { name, parent } = useCategoryNames()(row.categoryCode)
  const place = row.areaName ?? t('noPlace')
  return (
    <span className={styles.under} title={`${[parent, name].filter(Boolean).join(' › ')} · ${place}`}>
      <PutOffSign row={row} />
      <span className={styles.excerpt}>{name}</span>
      <span className={styles.where}> · {place}</span>
      <PlacePin row={row} onDetail={onDetail} />
    </span>
  )
}

function CategoryCell({ row }: CellProps) {
  const { name, parent } = useCategoryNames()(row.categoryCode)
  const Icon = categoryIcon(row.categoryCode)
  return (
    <span className={styles.withIcon} title={parent ? `${parent} › ${name}` : name}>
      <Icon size={15} strokeWidth={1.75} aria-hidden="true" className={styles.icon} />
      <span className={styles.cut}>
        {name}
        {parent && <span className={styles.parent}> · {parent}</span>}
      </span>
    </span>
  )
}

function PlaceCell({ row, onDetail }: CellProps) {
  const t = useTranslations('reports.queue.row')
  const place = [row.areaName, row.address].filter(Boolean).join(' · ')
  return (
    <span className={styles.placed}>
      <PlacePin row={row} onDetail={onDetail} />
      <span className={styles.cut} title={place}>
        {row.areaName ?? (row.address ? '' : <i className={styles.none}>{t('noPlace')}</i>)}
        {row.address && <span className={styles.muted}> {row.areaName ? `· ${row.address}` : row.address}</span>}
      </span>
    </span>
  )
}

function StateCell({ row, left }: CellProps) {
  const words = useRowWords()
  const state = left?.state ?? row.state
  return (
    <span className={styles.state} title={words.stateOf({ state })}>
      <StatusChip status={state} variant="plain">
        {words.shortStateOf({ state })}
      </StatusChip>
    </span>
  )
}

/** No agency yet, or an agency where no one has it yet: two things, each in its own words. */
function AgencyCell({ row, lines }: CellProps) {
  const t = useTranslations('reports.queue.row')
  if (!row.agencyName) return <i className={styles.none}>{t('unassigned')}</i>
  const title = [row.agencyName, row.assigneeName ?? t('nobody')].join(' · ')
  if (lines !== 'one') {
    return (
      <span className={styles.stack} title={title}>
        <span className={styles.cut}>{row.agencyName}</span>
        <span className={styles.below}>{row.assigneeName ?? <i>{t('nobody')}</i>}</span>
      </span>
    )
  }
  return (
    <span className={styles.withIcon} title={title}>
      <span className={styles.cut}>{row.agencyName}</span>
      {row.assigneeName && <PersonAvatar name={row.assigneeName} size={20} alone />}
    </span>
  )
}

function ActivityCell({ row }: CellProps) {
  const t = useTranslations('reports.queue.row')
  const byCitizen = row.lastActivityBy === 'citizen'
  return (
    <span className={byCitizen ? styles.byCitizen : styles.quiet}>
      {byCitizen && <User size={13} aria-hidden="true" />}
      {t(row.lastActivityBy)} · <TimeText at={row.lastActivityAt} as="compact" />
    </span>
  )
}

const mostTags = 3

function TagsCell({ row }: CellProps) {
  const t = useTranslations('reports.queue.row')
  if (row.tags.length === 0) return null
  return (
    <span className={styles.tags} title={row.tags.join(', ')}>
      {row.tags.slice(0, mostTags).map((tag) => (
        <span key={tag} className={styles.tag}>
          {tag}
        </span>
      ))}
      {row.tags.length > mostTags && (
        <span className={styles.muted}>{t('more', { count: row.tags.length - mostTags })}</span>
      )}
    </span>
  )
}

function SeverityCell({ row }: CellProps) {
  const t = useTranslations('reports.severities')
  return (
    <StatusChip status={row.severity} variant="plain" icon={statusIcons[row.severity]}>
      {t(row.severity)}
    </StatusChip>
  )
}

function IncidentCell({ row: { incident } }: CellProps) {
  const nameIn = useNameIn()
  return <span className={styles.cut}>{incident && nameIn(incident)}</span>
}

function ChannelCell({ row }: CellProps) {
  const t = useTranslations('reports.channels')
  return <span className={styles.cut}>{t(row.channel)}</span>
}

function RatingCell({ row }: CellProps) {
  return row.rating ? <RatingChip rating={row.rating} /> : null
}

function AgeCell({ row }: CellProps) {
  const t = useTranslations('reports.queue.row')
  return <span className={styles.quiet}>{t('age', { days: row.ageDays })}</span>
}
