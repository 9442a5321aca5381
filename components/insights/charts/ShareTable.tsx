'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { NameButton } from '#components/ui/NameButton.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { usePrinting } from '#components/ui/use-printing.ts'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import { fractionBelow } from '#server/insights/rules/definitions.ts'
import { shareMarks } from '#server/insights/rules/marks.ts'
import { fold } from '#server/platform/rules/text.ts'
import { useBoardFrame } from '../board-context.ts'
import { DrillLink } from '../chart/DrillLink.tsx'
import styles from './ShareTable.module.css'
import { handledShare, onTimeShare, type ShareRow, type ShareSort, sortShares } from './share-rows.ts'

type Props = {
  label: string
  /** What the rows are: "Đơn vị". */
  heading: string
  rows: readonly ShareRow[]
  /** Below this an on-time share is marked, except that of a few. */
  target: number | null
  /** How many are shown until all are requested. */
  first?: number
  /** The action of a name: the board of that part alone. */
  onName?: ((row: ShareRow) => void) | undefined
}

/** A ranking that is its own table: bars for the share handled, every figure opens its reports, every heading sorts. */
export function ShareTable({ label, heading, rows, target, first = 10, onName }: Props) {
  const t = useTranslations('board.shares')
  const chart = useTranslations('board.chart')
  const format = useFormat()
  const printing = usePrinting()
  const [order, setOrder] = useState<{ sort: ShareSort; ascending: boolean }>({ sort: 'received', ascending: false })
  const [isWhole, setWhole] = useState(false)
  const [searchText, setSearchText] = useState('')
  const apart = rows.filter(({ isApart }) => isApart)
  const parts = rows.filter(({ isApart }) => !isApart)
  const sorted = sortShares(parts, order.sort, order.ascending, format.compare)
  const found =
    searchText.trim() === '' ? sorted : sorted.filter(({ name }) => fold(name).includes(fold(searchText.trim())))
  // On paper the first, whichever are on screen: a board is no telephone book.
  const most = isWhole && !printing ? found.length : first
  const shown = found.slice(0, most)
  const sortBy = (sort: ShareSort) =>
    setOrder(({ sort: now, ascending }) => ({ sort, ascending: now === sort ? !ascending : sort === 'name' }))
  return (
    <div className={styles.place}>
      {isWhole && parts.length > first && !printing && (
        <TextInput
          type="search"
          className={styles.search}
          aria-label={t('search', { what: heading })}
          placeholder={t('search', { what: heading })}
          value={searchText}
          onChange={(event) => setSearchText(event.target.value)}
        />
      )}
      <div className={styles.frame} data-whole={isWhole || undefined}>
        <table className={styles.table} aria-label={label}>
          <thead>
            <tr>
              <Heading sort="name" order={order} onSort={sortBy}>
                {heading}
              </Heading>
              <Heading sort="handled" order={order} onSort={sortBy}>
                {t('handled')}
              </Heading>
              <Heading sort="received" order={order} onSort={sortBy} isFigure>
                {t('received')}
              </Heading>
              <Heading sort="on_time" order={order} onSort={sortBy} isFigure>
                {t('onTime')}
              </Heading>
              <Heading sort="open" order={order} onSort={sortBy} isFigure>
                {t('open')}
              </Heading>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Row key={row.key} row={row} target={target} onName={onName} />
            ))}
          </tbody>
          {apart.length > 0 && (
            <tbody className={styles.apart}>
              {apart.map((row) => (
                <Row key={row.key} row={row} target={null} onName={undefined} />
              ))}
            </tbody>
          )}
        </table>
      </div>
      {printing && found.length > most && (
        <p className={styles.none}>{chart('moreRows', { count: found.length - most })}</p>
      )}
      {found.length === 0 && <p className={styles.none}>{t('noneFound')}</p>}
      {parts.length > first && !printing && (
        <Button
          size="small"
          variant="quiet"
          aria-expanded={isWhole}
          onClick={() => {
            setWhole(!isWhole)
            setSearchText('')
          }}
        >
          {isWhole
            ? t('fewer', { count: first })
            : t('all', { count: parts.length, what: heading.toLocaleLowerCase() })}
        </Button>
      )}
    </div>
  )
}

type HeadingProps = {
  sort: ShareSort
  order: { sort: ShareSort; ascending: boolean }
  onSort: (sort: ShareSort) => void
  isFigure?: boolean
  children: string
}

function Heading({ sort, order, onSort, isFigure, children }: HeadingProps) {
  const isOn = order.sort === sort
  const Icon = order.ascending ? ArrowUp : ArrowDown
  return (
    <th
      scope="col"
      data-figure={isFigure || undefined}
      aria-sort={isOn ? (order.ascending ? 'ascending' : 'descending') : undefined}
    >
      <button type="button" className={styles.sort} onClick={() => onSort(sort)}>
        {children}
        {isOn && <Icon size={13} aria-hidden="true" />}
      </button>
    </th>
  )
}

type RowProps = { row: ShareRow; target: number | null; onName: Props['onName'] }

function Row({ row, target, onName }: RowProps) {
  const t = useTranslations('board.shares')
  const { words, shownOf } = useBoardFrame()
  const { name, by, received, open, overdue } = row
  const marks = shareMarks(row, by)
  const [handled, all, timely, waiting] = [
    shownOf(marks.handled),
    shownOf(marks.received),
    shownOf(marks.onTime),
    shownOf(marks.open),
  ]
  const share = handledShare(row)
  const onTime = onTimeShare(row)
  const isBelow = target !== null && onTime !== null && row.due >= fractionBelow && onTime < target
  return (
    <tr>
      <th scope="row">
        {onName ? (
          <NameButton title={t('narrow', { name })} onClick={() => onName(row)}>
            {name}
          </NameButton>
        ) : (
          name
        )}
      </th>
      <td>
        <DrillLink href={handled.href} className={styles.bar} label={t('openHandled', { name, share: handled.text })}>
          <span className={styles.track} aria-hidden="true">
            <span className={styles.fill} style={{ width: `${(share ?? 0) * 100}%` }} />
          </span>
          <span className={styles.share}>{handled.text}</span>
        </DrillLink>
      </td>
      <td data-figure>
        <DrillLink href={all.href} label={t('openReceived', { name, count: received })}>
          {all.text}
        </DrillLink>
      </td>
      <td data-figure data-below={isBelow || undefined}>
        <DrillLink href={timely.href} label={t('openDue', { name, share: timely.text })}>
          {timely.text}
          {isBelow && <VisuallyHidden> {t('below')}</VisuallyHidden>}
        </DrillLink>
      </td>
      <td data-figure>
        <DrillLink href={waiting.href} label={t('openBacklog', { name, count: open, overdue })}>
          {waiting.text}
          {overdue > 0 && <span className={styles.overdue}> {t('overdue', { count: words.number(overdue) })}</span>}
        </DrillLink>
      </td>
    </tr>
  )
}
