'use client'

import { useFormat } from '#components/ui/use-format.ts'
import { DrillLink } from './DrillLink.tsx'
import styles from './HeatTable.module.css'
import { heatClasses, heatInk, heatStep, heatSteps } from './heat.ts'
import { MapKey } from './MapKey.tsx'
import { useRoving } from './use-roving.ts'

export type HeatCell = { value: number; text: string; href: string | null; name: string }
export type HeatRow = { key: string; label: string; cells: readonly HeatCell[] }

type Props = {
  label: string
  /** The headings above the cells; empty ones keep their column. */
  columns: readonly { key: string; label: string; name: string }[]
  rows: readonly HeatRow[]
  /** Rows with full names, few columns, the figures visible. */
  isNamed?: boolean
}

/**
 * Cells whose depth of colour is their figure. A real table: screen readers read it as one, and arrow keys move from
 * cell to cell.
 */
export function HeatTable({ label, columns, rows, isNamed = false }: Props) {
  const { frame, onKeyDown } = useRoving<HTMLDivElement>()
  const greatest = Math.max(1, ...rows.flatMap(({ cells }) => cells.map(({ value }) => value)))
  const start = rows.findIndex(({ cells }) => cells.some(({ href }) => href !== null))
  const first = rows[start]?.cells.findIndex(({ href }) => href !== null)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys move between the links inside
    <div ref={frame} className={styles.frame} data-named={isNamed || undefined} onKeyDown={onKeyDown}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            <td />
            {columns.map(({ key, label: words, name }) => (
              <th key={key} scope="col" abbr={name}>
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label: words, cells }, row) => (
            <tr key={key}>
              <th scope="row">{words}</th>
              {cells.map(({ value, text, href, name }, column) => {
                const step = heatStep(value, greatest)
                return (
                  <td key={columns[column]?.key ?? column} title={`${name}: ${text}`}>
                    <HeatLink
                      href={href}
                      name={`${name}: ${text}`}
                      at={`${column},${row}`}
                      isFirst={row === start && column === first}
                      step={step}
                    >
                      {text}
                    </HeatLink>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {!isNamed && <HeatKey greatest={greatest} />}
    </div>
  )
}

/** Which numbers each depth stands for, where the cells do not show theirs. Screen readers read the cells. */
function HeatKey({ greatest }: { greatest: number }) {
  const { number } = useFormat()
  return (
    <MapKey
      entries={heatClasses(greatest).map(({ step, from, to }) => ({
        step,
        text: from === to ? number(from) : `${number(from)}–${number(to)}`,
      }))}
    />
  )
}

type LinkProps = { href: string | null; name: string; at: string; isFirst: boolean; step: number; children: string }

function HeatLink({ href, name, at, isFirst, step, children }: LinkProps) {
  return (
    <DrillLink
      href={href}
      label={name}
      at={href === null ? undefined : at}
      tabIndex={isFirst ? 0 : -1}
      className={styles.cell}
      style={{ backgroundColor: heatInk(step) }}
    >
      <span className={styles.figure} data-deep={step >= heatSteps || undefined}>
        {children}
      </span>
    </DrillLink>
  )
}
