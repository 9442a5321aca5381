'use client'

import { ReferenceArea } from 'recharts'

export type HatchedRun = {
  first: number
  last: number
  /** Which steps they are, and why they have no value. */
  words: string
}

/** A pattern for steps without a value: as a drawing in itself, so that a picture of the chart has it too. */
export function HatchPattern({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width={7} height={7} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width={7} height={7} fill="var(--line-2)" />
        <line x1={1} x2={1} y1={0} y2={7} stroke="var(--line-strong)" strokeWidth={1.5} />
      </pattern>
    </defs>
  )
}

type Props = { run: HatchedRun; lastStep: number; pattern: string }

/** Steps that have no value yet, over the height of the chart. Screen readers hear which they are. */
export function HatchedArea({ run: { first, last, words }, lastStep, pattern }: Props) {
  return (
    <ReferenceArea
      x1={Math.max(-0.3, first - 0.5)}
      x2={Math.min(lastStep + 0.3, last + 0.5)}
      ifOverflow="hidden"
      shape={({ x = 0, y = 0, width = 0, height = 0 }: Partial<Record<'x' | 'y' | 'width' | 'height', number>>) => (
        <svg x={x} y={y} width={width} height={height} role="img" aria-label={words} data-hatched>
          <rect width={width} height={height} fill={`url(#${pattern})`} />
        </svg>
      )}
    />
  )
}
