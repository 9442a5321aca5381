import type { ColourName } from '#components/ui/tokens.ts'
import { type DeadlineGroup, deadlineGroups, type GroupCounts } from '#server/reports/rules/map.ts'

/** Filled, drawn as a line of a width, or both, in the colour of the sign or in that of the paper. */
export type PinPart = { path: string; fill?: 'ink' | 'paper'; line?: 'ink' | 'paper'; width?: number }

/** How a part of the ring around a cluster is drawn: told apart without colour too. */
export type RingLine = { width: number; look: 'solid' | 'double' | 'dashed' }

export type PinSign = {
  ink: ColourName
  /** In pixels; the parts are drawn within it. */
  width: number
  height: number
  /** What of it stands on the place. */
  anchor: 'bottom' | 'center'
  parts: readonly PinPart[]
  ring: RingLine
}

const circle = (x: number, y: number, radius: number): string =>
  `M${x - radius} ${y}a${radius} ${radius} 0 1 1 ${2 * radius} 0a${radius} ${radius} 0 1 1 ${-2 * radius} 0Z`

/** Each deadline has its own shape, sign and colour, the same on every map, in its legend and in its list. */
export const pinSigns = {
  overdue: {
    ink: 'late',
    width: 22,
    height: 29,
    anchor: 'bottom',
    parts: [
      {
        path: 'M11 28C7.2 21.6 1 17 1 10.8 1 5.4 5.5 1 11 1s10 4.4 10 9.8C21 17 14.8 21.6 11 28Z',
        fill: 'ink',
        line: 'paper',
        width: 1.5,
      },
      { path: 'M11 5.8v6', line: 'paper', width: 2.4 },
      { path: circle(11, 15.4, 1.5), fill: 'paper' },
    ],
    ring: { width: 5, look: 'solid' },
  },
  soon: {
    ink: 'soon-mark',
    width: 22,
    height: 22,
    anchor: 'center',
    parts: [
      { path: 'M11 1.2 20.8 11 11 20.8 1.2 11Z', fill: 'ink', line: 'paper', width: 1.5 },
      { path: 'M10.4 6.6v5l3.4 2', line: 'paper', width: 1.8 },
    ],
    ring: { width: 5, look: 'double' },
  },
  in_time: {
    ink: 'ok',
    width: 13,
    height: 13,
    anchor: 'center',
    parts: [{ path: circle(6.5, 6.5, 5.5), fill: 'ink', line: 'paper', width: 1.5 }],
    ring: { width: 3, look: 'solid' },
  },
  paused: {
    ink: 'pause',
    width: 18,
    height: 18,
    anchor: 'center',
    parts: [
      { path: circle(9, 9, 8.8), fill: 'paper' },
      { path: circle(9, 9, 7), line: 'ink', width: 1.8 },
      { path: 'M7.2 6.2v5.6M10.8 6.2v5.6', line: 'ink', width: 1.8 },
    ],
    ring: { width: 3, look: 'dashed' },
  },
  none: {
    ink: 'line-strong',
    width: 11,
    height: 11,
    anchor: 'center',
    parts: [
      { path: circle(5.5, 5.5, 5.3), fill: 'paper' },
      { path: circle(5.5, 5.5, 3.4), line: 'ink', width: 1.8 },
    ],
    ring: { width: 1.5, look: 'solid' },
  },
} as const satisfies Record<DeadlineGroup, PinSign>

export const signOf = (group: DeadlineGroup): PinSign => pinSigns[group]

/** The number of parts of a ring: few, so that clusters can share their images. */
export const ringParts = 20

/** The parts of the ring that each group has: all of them together, and at least one where it has any report. */
export function ringShares(counts: GroupCounts): number[] {
  const total = deadlineGroups.reduce((sum, group) => sum + counts[group], 0)
  const shares = deadlineGroups.map((group) =>
    counts[group] === 0 ? 0 : Math.max(1, Math.round((counts[group] / total) * ringParts)),
  )
  // What rounding has added or left is the largest share's, where it is seen least.
  const largest = shares.indexOf(Math.max(...shares))
  const rest = ringParts - shares.reduce((sum, share) => sum + share, 0)
  return shares.map((share, at) => (at === largest ? share + rest : share))
}
