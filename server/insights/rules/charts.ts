import type { ReportState } from '#server/reports/rules/lifecycle.ts'
import type { HandledParts, Share } from './board.ts'
import { noParts, partsOf } from './figures.ts'
import { type Bucket, type Grain, stepOf } from './period.ts'
import { stateOfLetter } from './replay.ts'

type Cell<Key> = { key: Key; countedState: number; count: number }
type DueCell<Key> = { key: Key; promises_due: number; promises_kept: number }
type OpenCell<Key> = { key: Key; open: number; overdue: number }

type ShareCells<Key> = {
  cohort: readonly Cell<Key>[]
  due: readonly DueCell<Key>[]
  open: readonly OpenCell<Key>[]
}

/** One row for each value that occurs anywhere; `groupOf` may put several values into one group. */
export function sharesBy<Key, Group>(cells: ShareCells<Key>, groupOf: (key: Key) => Group): Map<Group, Share> {
  const rows = new Map<Group, Share>()
  const rowOf = (key: Key): Share => {
    const group = groupOf(key)
    const known = rows.get(group) ?? { received: 0, parts: noParts(), due: 0, kept: 0, open: 0, overdue: 0 }
    rows.set(group, known)
    return known
  }
  for (const cell of cells.cohort) {
    const { parts, received } = partsOf([cell])
    if (received === 0) continue
    const row = rowOf(cell.key)
    row.received += received
    addParts(row.parts, parts)
  }
  for (const { key, promises_due, promises_kept } of cells.due) {
    const row = rowOf(key)
    row.due += promises_due
    row.kept += promises_kept
  }
  for (const { key, open, overdue } of cells.open) {
    const row = rowOf(key)
    row.open += open
    row.overdue += overdue
  }
  return rows
}

export function addParts(sum: HandledParts, more: HandledParts): void {
  for (const part of Object.keys(sum) as (keyof HandledParts)[]) sum[part] += more[part]
}

/** The rows of each step by its number. */
export function byStep<Row>(rows: readonly Row[], numberOf: (row: Row) => number, grain: Grain) {
  const groups = Map.groupBy(rows, numberOf)
  return (bucket: Bucket): Row[] => groups.get(stepOf(bucket.from, grain)) ?? []
}

/** How often reports went from one state to another, and how many reports did so at least once. */
export function movesOf(paths: readonly { key: string; count: number }[]) {
  const moves = new Map<string, { from: ReportState; to: ReportState; count: number; reports: number }>()
  for (const { key: path, count } of paths) {
    const seen = new Set<string>()
    for (let at = 1; at < path.length; at += 1) {
      const pair = path.slice(at - 1, at + 1)
      const [from, to] = [stateOfLetter(path.charAt(at - 1)), stateOfLetter(path.charAt(at))]
      if (!from || !to) continue
      const move = moves.get(pair) ?? { from, to, count: 0, reports: 0 }
      moves.set(pair, move)
      move.count += count
      if (!seen.has(pair)) move.reports += count
      seen.add(pair)
    }
  }
  return [...moves].sort(([one, a], [other, b]) => b.count - a.count || (one < other ? -1 : 1)).map(([, move]) => move)
}

/** The backlog at the end of each step, computed backwards from the one that is known. */
export function backlogAt<Step extends Bucket>(
  steps: readonly Step[],
  last: number,
  changeIn: (step: Step) => number,
): number[] {
  const backlogs: number[] = []
  let open = last
  for (const step of [...steps].reverse()) {
    backlogs.unshift(open)
    open -= changeIn(step)
  }
  return backlogs
}
