import type { ReactNode } from 'react'
import styles from './Table.module.css'

export type Column = {
  key: string
  label: string
  /** Figures are aligned to the end. */
  align?: 'end'
  /** The heading is for screen readers only: a column of buttons. */
  quiet?: boolean
  width?: number | string
}

type Props = {
  /** What the table is: its name for screen readers. */
  label: string
  columns: readonly Column[]
  /** `<tr>` of `<Cell>`. */
  children: ReactNode
}

/**
 * A plain table with hairlines. On a phone each row becomes a block, its cells under each other with their headings.
 */
export function Table({ label, columns, children }: Props) {
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ key, label, align, quiet, width }) => (
              <th key={key} scope="col" data-align={align} style={{ width }}>
                {quiet ? <span className={styles.hidden}>{label}</span> : label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

type CellProps = {
  /** The heading shown before it on a phone; without one the cell takes a whole line. */
  label?: string
  align?: 'end'
  /** The cell that names the row. */
  heading?: boolean
  /** Buttons: on a phone they are in the corner of the row. */
  actions?: boolean
  children?: ReactNode
}

export function Cell({ label, align, heading = false, actions = false, children }: CellProps) {
  const Element = heading ? 'th' : 'td'
  return (
    <Element
      data-label={label}
      data-align={actions ? 'end' : align}
      data-actions={actions || undefined}
      {...(heading && { scope: 'row' })}
    >
      {/* One box: on a phone it is beside the heading as a whole. */}
      {label && children ? <span>{children}</span> : children}
    </Element>
  )
}

/** A row across the whole table that names the rows below it. */
export function GroupRow({ columns, children }: { columns: number; children: ReactNode }) {
  return (
    <tr className={styles.group}>
      <th colSpan={columns} scope="colgroup">
        {children}
      </th>
    </tr>
  )
}
