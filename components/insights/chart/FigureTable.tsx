import { useTranslations } from 'next-intl'
import { Cell, type Column, Table } from '#components/ui/Table.tsx'
import { DrillLink } from './DrillLink.tsx'
import styles from './FigureTable.module.css'

/** A figure as text, and the link to its reports. */
export type FigureCell = { text: string; href?: string | null }
export type FigureRow = { key: string; heading: string; cells: readonly FigureCell[] }
export type FigureTableModel = {
  /** The heading of the first column. */
  heading: string
  columns: readonly { key: string; label: string }[]
  rows: readonly FigureRow[]
}

type Props = {
  label: string
  model: FigureTableModel
  /** The maximum number of rows; of the others only their number is shown. */
  most?: number
}

/** The figures of a chart as a table: the same numbers, the same links. */
export function FigureTable({ label, model, most = model.rows.length }: Props) {
  const t = useTranslations('board.chart')
  const columns: Column[] = [
    { key: 'heading', label: model.heading },
    ...model.columns.map((column) => ({ ...column, align: 'end' as const })),
  ]
  const isLinked = model.rows.some(({ cells }) => cells.some(({ href }) => href))
  return (
    // Without links inside, only a frame that takes the focus scrolls by keys.
    <section className={styles.frame} aria-label={label} tabIndex={isLinked ? undefined : 0}>
      <Table label={label} columns={columns}>
        {model.rows.slice(0, most).map(({ key, heading, cells }) => (
          <tr key={key}>
            <Cell heading>{heading}</Cell>
            {cells.map(({ text, href = null }, i) => (
              <Cell key={model.columns[i]?.key ?? i} label={model.columns[i]?.label ?? ''} align="end">
                <span className={styles.figure}>
                  <DrillLink href={href} label={`${heading}, ${model.columns[i]?.label}: ${text}`}>
                    {text}
                  </DrillLink>
                </span>
              </Cell>
            ))}
          </tr>
        ))}
      </Table>
      {model.rows.length > most && <p className={styles.more}>{t('moreRows', { count: model.rows.length - most })}</p>}
    </section>
  )
}
