'use client'

import { ChartNoAxesColumn, Table2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { Button } from '#components/ui/Button.tsx'
import { usePrinting } from '#components/ui/use-printing.ts'
import type { Explaining } from '#server/insights/rules/board-export.ts'
import { CardMenu } from './CardMenu.tsx'
import styles from './ChartCard.module.css'
import { FigureTable, type FigureTableModel } from './FigureTable.tsx'
import { mostOnPaper } from './most-on-paper.ts'

type Props = {
  /** The chart's name in the address of its exports and in the stored scroll position. */
  id: string
  /** What it shows, as a phrase. */
  title: string
  /** What it says, where figures say something: the heading then, and the title stands before the unit. */
  finding?: string | null | false
  /** Unit and span: "phản ánh mỗi ngày, 16/08 – 14/09". */
  unit: string
  /** The same figures in rows. Null where the chart is a table already. */
  table: FigureTableModel | null
  /** How many of the twelve columns it takes. */
  span?: 4 | 5 | 6 | 7 | 8 | 12
  /** Controls of this chart alone: on a separate line, so that a longer title moves nothing. */
  controls?: ReactNode
  /** Below the chart, on paper too: the texts of the marks, a caveat. */
  foot?: ReactNode
  /** On paper with its table, unless the page says that charts are enough. */
  onPaper?: 'withTable' | 'chart'
  /** Why there is nothing to draw. */
  empty?: ReactNode
  /** For the card of contributions: which change it explains. */
  explaining?: Explaining
  children: ReactNode
}

/** The frame of every chart: title, unit, the switch to its table, and both on paper. */
export function ChartCard(props: Props) {
  const {
    id,
    title,
    finding,
    table,
    span = 6,
    controls,
    foot,
    onPaper = 'withTable',
    empty,
    explaining,
    children,
  } = props
  const t = useTranslations('board.chart')
  const [asTable, setAsTable] = useState(false)
  const printing = usePrinting()
  const heading = useId()
  const chart = useRef<HTMLDivElement>(null)
  const isEmpty = empty !== undefined && empty !== null && empty !== false
  const said = !isEmpty && finding ? finding : null
  const unit = said === null ? props.unit : `${title} · ${props.unit}`
  const showChart = async () => {
    if (asTable) flushSync(() => setAsTable(false))
    // A chart that was hidden measures its width before it draws.
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame)
    return chart.current
  }
  const Icon = asTable ? ChartNoAxesColumn : Table2
  return (
    <section className={styles.card} data-card={id} data-span={span} aria-labelledby={heading}>
      <header className={styles.head}>
        <div className={styles.words}>
          <h2 id={heading} className={styles.title}>
            {said ?? title}
          </h2>
          <p className={styles.unit}>{unit}</p>
        </div>
        <div className={styles.tools}>
          {table && !isEmpty && (
            <Button
              size="small"
              variant="quiet"
              icon={<Icon />}
              aria-pressed={asTable}
              aria-label={t(asTable ? 'chartOf' : 'tableOf', { title })}
              onClick={() => setAsTable(!asTable)}
            >
              {t(asTable ? 'asChart' : 'asTable')}
            </Button>
          )}
          {!isEmpty && (
            <CardMenu
              id={id}
              title={title}
              heading={said ?? title}
              unit={unit}
              explaining={explaining}
              onChart={showChart}
            />
          )}
        </div>
      </header>
      {controls && <div className={styles.controls}>{controls}</div>}
      {isEmpty ? (
        <p className={styles.empty}>{empty}</p>
      ) : (
        <>
          <div ref={chart} className={styles.chart} data-chart={id} hidden={asTable && !printing}>
            {children}
          </div>
          {/* In print a chart is followed by its table, whichever was on screen. */}
          {table && (printing ? onPaper === 'withTable' : asTable) && (
            <FigureTable label={title} model={table} {...(!asTable && { most: mostOnPaper })} />
          )}
        </>
      )}
      {foot && <div className={styles.foot}>{foot}</div>}
    </section>
  )
}
