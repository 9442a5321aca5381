'use client'

import { type FocusEvent, Fragment, memo, useId, useLayoutEffect, useMemo, useState } from 'react'
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { usePrinting } from '#components/ui/use-printing.ts'
import { useDrill } from './DrillLink.tsx'
import { HatchedArea, type HatchedRun, HatchPattern } from './Hatched.tsx'
import styles from './TimeChart.module.css'
import { TimeReadout } from './TimeReadout.tsx'
import {
  labelledSteps,
  niceTicks,
  type PlacedMark,
  placeMarks,
  placeWords,
  type TargetRun,
  type TimeMark,
  type TimeSeries,
  type TimeStep,
  type UsualRange,
} from './time-series.ts'
import { useRoving } from './use-roving.ts'

export type TimePlotProps = {
  label: string
  series: readonly TimeSeries[]
  steps: readonly TimeStep[]
  marks: readonly TimeMark[]
  /** The target, and the distance from it that still counts as near. */
  targets?: { runs: readonly TargetRun[]; label: string } | undefined
  usual?: UsualRange | undefined
  /** Steps that have no value yet. */
  hatched?: { runs: readonly HatchedRun[]; label: string } | undefined
  /** The text of a tick of the value axis. */
  tickOf: (value: number) => string
  /** Where on paper another chart stands beside it. */
  paperWidth?: number
  /** The upper limit of the axis: shares end at 1. */
  most?: number
}

const markInk: Record<TimeMark['kind'], string> = {
  incident: 'var(--soon)',
  bulletin: 'var(--s-accept)',
  note: 'var(--ink-2)',
}

/** The width of a landscape sheet between its margins. */
const onPaper = { width: 930, height: 230 } as const

const margin = { top: 34, right: 14, bottom: 0, left: 0 } as const

/** Lines over time. Every point is a link; the chart is one Tab stop, arrow keys move from point to point. */
export function TimePlot(props: TimePlotProps) {
  const { label, series, steps, marks, usual, paperWidth = onPaper.width } = props
  const { frame, onKeyDown } = useRoving<HTMLElement>()
  const [focused, setFocused] = useState<number | null>(null)
  const [width, setWidth] = useState(640)
  // Measured before the first drawing: redrawing for another width would lose the focus.
  useLayoutEffect(() => {
    if (frame.current) setWidth(frame.current.clientWidth)
  }, [frame])
  const printing = usePrinting()
  const placed = placeMarks(marks, steps)
  const rows = useMemo(
    () =>
      steps.map((step, at) => ({
        at,
        usualRange: rangeOf(usual?.at[at]),
        usualMedian: usual?.at[at]?.median ?? null,
        ...Object.fromEntries(series.map(({ key }) => [key, step.values[key]?.value ?? null])),
      })),
    [steps, series, usual],
  )
  const onFocus = (event: FocusEvent) => {
    const at = event.target.getAttribute('data-at')
    if (at) setFocused(Number(at.split(',')[0]))
  }
  return (
    <figure
      ref={frame}
      className={styles.frame}
      aria-label={label}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onBlur={() => setFocused(null)}
    >
      <ResponsiveContainer
        {...(printing ? { ...onPaper, width: paperWidth } : { width: '100%', height: '100%' })}
        onResize={(wide) => setWidth(Math.round(wide))}
      >
        <ComposedChart data={rows} margin={margin} accessibilityLayer={false}>
          <Lines {...props} width={width} />
          <Tooltip
            key={focused ?? 'pointer'}
            {...(focused !== null && { defaultIndex: focused, active: true })}
            cursor={{ stroke: 'var(--line-strong)', strokeDasharray: '2 3' }}
            isAnimationActive={false}
            content={({ active, label: at }) =>
              active && typeof at === 'number' && steps[at] ? (
                <TimeReadout
                  step={steps[at]}
                  series={series}
                  usual={usual ? { label: usual.label, text: usual.textAt(at) } : null}
                  marks={placed.filter((mark) => mark.first <= at && at <= mark.last)}
                />
              ) : null
            }
          />
        </ComposedChart>
      </ResponsiveContainer>
    </figure>
  )
}

const rangeOf = (usual: UsualRange['at'][number] | undefined): [number, number] | null =>
  usual ? [usual.low, usual.high] : null

/**
 * Axes, marks and lines. They are redrawn when the figures change, not when the focus moves from point to point: the
 * chart library would remove the focused point.
 */
const Lines = memo(function Lines({
  series,
  steps,
  marks,
  targets,
  usual,
  hatched,
  tickOf,
  most,
  width,
}: TimePlotProps & { width: number }) {
  const pattern = useId()
  const placed = placeMarks(marks, steps)
  const words = placeWords(placed, steps.length, width)
  const values = steps.flatMap((step) => series.map(({ key }) => step.values[key]?.value ?? 0))
  const hasValue = steps.some((step) => series.some(({ key }) => (step.values[key]?.value ?? null) !== null))
  const greatest = Math.max(
    0,
    ...(targets?.runs ?? []).map(({ value }) => value),
    ...(usual?.at ?? []).map((each) => each?.high ?? 0),
    ...values,
  )
  const ticks = most === undefined ? niceTicks(greatest) : niceTicks(Math.min(most, greatest), 5)
  const last = steps.length - 1
  const isRunning = steps[last]?.isPartial === true
  // The Tab stop is the latest point with a link: today may have none yet.
  const stops = series.map(({ key }) => steps.findLastIndex((step) => (step.values[key]?.href ?? null) !== null))
  const stopRow = stops.findIndex((at) => at >= 0)

  return (
    <>
      {hatched && <HatchPattern id={pattern} />}
      <CartesianGrid vertical={false} stroke="var(--line-2)" />
      {hatched?.runs.map((run) => (
        <HatchedArea key={run.first} run={run} lastStep={last} pattern={pattern} />
      ))}
      {placed.map((mark) => (
        <MarkArea key={mark.key} mark={mark} words={words.get(mark.key)} />
      ))}
      <XAxis
        dataKey="at"
        type="number"
        domain={[-0.3, last + 0.3]}
        ticks={labelledSteps(steps.length, width / 74)}
        tickFormatter={(at: number) => steps[at]?.label ?? ''}
        tickLine={false}
        axisLine={{ stroke: 'var(--line)' }}
        tick={{ fill: 'var(--ink-2)', fontSize: 12 }}
        interval={0}
        height={26}
      />
      <YAxis
        ticks={ticks}
        domain={[0, ticks.at(-1) ?? 1]}
        // Without any value the chart library has no scale, and would draw neither hatches nor a target.
        allowDataOverflow={!hasValue}
        tickFormatter={tickOf}
        tickLine={false}
        axisLine={false}
        tick={{ fill: 'var(--ink-2)', fontSize: 12 }}
        width={46}
      />
      {targets?.runs.map(({ first, last: end, value, band }) => {
        const [x1, x2] = [Math.max(-0.3, first - 0.5), Math.min(last + 0.3, end + 0.5)]
        return (
          <Fragment key={first}>
            {band > 0 && (
              <ReferenceArea
                x1={x1}
                x2={x2}
                y1={Math.max(0, value - band)}
                y2={Math.min(most ?? Number.POSITIVE_INFINITY, value + band)}
                fill="var(--ink-2)"
                fillOpacity={0.08}
                stroke="none"
                ifOverflow="hidden"
              />
            )}
            <ReferenceLine
              segment={[
                { x: x1, y: value },
                { x: x2, y: value },
              ]}
              stroke="var(--ink-2)"
              strokeDasharray="1 4"
              strokeWidth={1.5}
              strokeLinecap="round"
            />
          </Fragment>
        )
      })}
      {usual && (
        <>
          <Area
            dataKey="usualRange"
            stroke="var(--line-strong)"
            strokeWidth={0.5}
            fill="var(--ink-2)"
            fillOpacity={0.16}
            isAnimationActive={false}
            activeDot={false}
            tooltipType="none"
          />
          <Line
            dataKey="usualMedian"
            stroke="var(--ink-2)"
            strokeWidth={1}
            isAnimationActive={false}
            activeDot={false}
            dot={false}
            tooltipType="none"
          />
        </>
      )}
      {series.map(({ key, ink, look = 'solid' }, row) => (
        <Line
          key={key}
          dataKey={key}
          stroke={ink}
          strokeWidth={look === 'ghost' ? 1.5 : 2}
          strokeOpacity={look === 'ghost' ? 0.55 : 1}
          {...(look !== 'solid' && { strokeDasharray: look === 'ghost' ? '2 4' : '5 4' })}
          strokeLinejoin="round"
          isAnimationActive={false}
          activeDot={false}
          dot={({ cx, cy, index }: { cx?: number; cy?: number; index?: number }) => {
            const at = index ?? 0
            return (
              <Point
                key={`${key}-${at}`}
                x={cx}
                y={cy}
                at={at}
                row={row}
                isFirst={row === stopRow && at === stops[row]}
                isOpen={isRunning && at === last}
                ink={ink}
                name={`${steps[at]?.long}, ${series[row]?.label}: ${steps[at]?.values[key]?.text}`}
                href={steps[at]?.values[key]?.href ?? null}
                size={steps.length > 70 || look === 'ghost' ? 0 : 2.5}
              />
            )
          }}
        />
      ))}
    </>
  )
})

type MarkProps = {
  mark: PlacedMark
  /** Where its text is placed, if there is room for it. */
  words: { row: number; room: number; side: 'left' | 'right' } | undefined
}

/** A time range under a mark, its text above. Bulletins are a tick: a storm has hundreds. */
function MarkArea({ mark, words }: MarkProps) {
  const ink = markInk[mark.kind]
  const label = words && {
    value: mark.words.length > words.room ? `${mark.words.slice(0, words.room - 1).trimEnd()}…` : mark.words,
    position: words.side === 'left' ? ('insideTopLeft' as const) : ('insideTopRight' as const),
    fill: ink,
    fontSize: 11.5,
    dx: words.side === 'left' ? -4 : 4,
    dy: words.row === 0 ? -20 : -34,
  }
  if (mark.kind === 'bulletin') {
    return <ReferenceDot x={mark.first} y={0} r={3} fill={ink} stroke="none" ifOverflow="visible" />
  }
  return (
    <ReferenceArea
      x1={mark.first - 0.3}
      x2={mark.last + 0.3}
      fill={ink}
      fillOpacity={0.1}
      stroke="none"
      ifOverflow="hidden"
      {...(label && { label })}
    />
  )
}

type PointProps = {
  x: number | undefined
  y: number | undefined
  at: number
  row: number
  /** This one is the Tab stop. */
  isFirst: boolean
  isOpen: boolean
  ink: string
  name: string
  href: string | null
  size: number
}

function Point({ x, y, at, row, isFirst, isOpen, ink, name, href, size }: PointProps) {
  const open = useDrill()
  if (x === undefined || y === undefined || Number.isNaN(y)) return <g />
  const circle = (
    <>
      <circle cx={x} cy={y} r={9} fill="transparent" />
      <circle className={styles.dot} cx={x} cy={y} r={size || 1} stroke={ink} fill={isOpen ? 'var(--paper)' : ink} />
    </>
  )
  if (href === null) return <g>{circle}</g>
  return (
    <a
      href={href}
      className={styles.point}
      aria-label={name}
      tabIndex={isFirst ? 0 : -1}
      data-at={`${at},${-row}`}
      data-drill
      onClick={open}
    >
      {circle}
    </a>
  )
}
