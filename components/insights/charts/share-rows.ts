import type { Share } from '#server/insights/rules/board.ts'
import type { DataPointCell } from '#server/insights/rules/data-point.ts'
import { fractionBelow } from '#server/insights/rules/definitions.ts'

/** A part of the reports: an agency, a category, a commune, a channel. */
export type ShareRow = Share & {
  key: string
  name: string
  by: DataPointCell
  /** What belongs to none of the parts: below all others, however these are sorted. */
  isApart?: boolean
}

export const shareSorts = ['name', 'handled', 'received', 'on_time', 'open'] as const
export type ShareSort = (typeof shareSorts)[number]

export const handledOf = ({ parts }: Share): number => parts.handled_in_time + parts.handled_late

/** Null: nothing to divide by. */
export const handledShare = (row: Share): number | null => (row.received === 0 ? null : handledOf(row) / row.received)
export const onTimeShare = (row: Share): number | null => (row.due === 0 ? null : row.kept / row.due)

const weightOf: Record<ShareSort, (row: ShareRow) => number> = {
  name: () => Number.POSITIVE_INFINITY,
  handled: ({ received }) => received,
  on_time: ({ due }) => due,
  received: () => Number.POSITIVE_INFINITY,
  open: () => Number.POSITIVE_INFINITY,
}

/**
 * The order of a ranking. By a share those with too few to have one come last, in either direction: one of one is not
 * the best.
 */
export function sortShares(
  rows: readonly ShareRow[],
  sort: ShareSort,
  ascending: boolean,
  compare: (a: string, b: string) => number,
): ShareRow[] {
  const figureOf: Record<Exclude<ShareSort, 'name'>, (row: ShareRow) => number> = {
    handled: (row) => handledShare(row) ?? -1,
    received: (row) => row.received,
    on_time: (row) => onTimeShare(row) ?? -1,
    open: (row) => row.open,
  }
  const sign = ascending ? 1 : -1
  return [...rows].sort((a, b) => {
    const few = Number(weightOf[sort](a) < fractionBelow) - Number(weightOf[sort](b) < fractionBelow)
    if (few !== 0) return few
    const order = sort === 'name' ? compare(a.name, b.name) : figureOf[sort](a) - figureOf[sort](b)
    return sign * order || b.received - a.received || compare(a.name, b.name)
  })
}
