import type { Preferences } from '#server/accounts/rules/preferences.ts'
import type { QueueSort } from '#server/reports/rules/queue.ts'

export const columnIds = [
  'select',
  'presence',
  'deadline',
  'code',
  'report',
  'category',
  'place',
  'state',
  'agency',
  'received',
  'activity',
  'merged',
  'tags',
  'severity',
  'channel',
  'incident',
  'transfers',
  'rating',
  'age',
] as const
export type ColumnId = (typeof columnIds)[number]

type ColumnRule = {
  width: number
  min: number
  sort?: QueueSort
  /** Hidden by default. */
  off?: true
  /** Always in its place: it is neither hidden, moved nor resized. */
  fixed?: true
}

/** The columns of the queue in their default order. The report column takes the remaining width. */
export const columnRules: Record<ColumnId, ColumnRule> = {
  select: { width: 38, min: 38, fixed: true },
  presence: { width: 32, min: 32, fixed: true },
  deadline: { width: 158, min: 96, sort: 'due' },
  code: { width: 138, min: 96, sort: 'code' },
  report: { width: 340, min: 200 },
  category: { width: 160, min: 80, sort: 'category' },
  place: { width: 150, min: 80, sort: 'area' },
  state: { width: 130, min: 80, sort: 'state' },
  agency: { width: 150, min: 80, sort: 'agency' },
  received: { width: 96, min: 64, sort: 'received' },
  activity: { width: 146, min: 80, sort: 'activity' },
  merged: { width: 72, min: 56, sort: 'merged' },
  tags: { width: 150, min: 64 },
  severity: { width: 120, min: 72, sort: 'severity', off: true },
  channel: { width: 140, min: 72, off: true },
  incident: { width: 160, min: 72, off: true },
  transfers: { width: 92, min: 56, sort: 'transfers', off: true },
  rating: { width: 130, min: 72, off: true },
  age: { width: 90, min: 56, off: true },
}

/** With the preview open there is space for these, in rows of two lines. */
export const previewColumns: readonly ColumnId[] = [
  'select',
  'presence',
  'deadline',
  'report',
  'state',
  'agency',
  'received',
]
export const previewWidths: Partial<Record<ColumnId, number>> = {
  deadline: 164,
  report: 220,
  state: 134,
  agency: 112,
  received: 82,
}

export type ColumnChoice = Preferences['columns'][string]
export type ColumnLayout = { order: ColumnId[]; hidden: ColumnId[]; widths: Partial<Record<ColumnId, number>> }

export const defaultLayout: ColumnLayout = {
  order: [...columnIds],
  hidden: columnIds.filter((id) => columnRules[id].off),
  widths: {},
}

const isColumn = (id: string): id is ColumnId => (columnIds as readonly string[]).includes(id)

/** Completes a stored choice: a newer column gets its usual place, one that is gone is dropped. */
export function layoutOf(choice: ColumnChoice | undefined): ColumnLayout {
  if (!choice) return defaultLayout
  const known = choice.order.filter(isColumn)
  const order = columnIds.filter((id) => columnRules[id].fixed)
  for (const id of known) if (!order.includes(id)) order.push(id)
  for (const [i, id] of columnIds.entries()) if (!order.includes(id)) order.splice(i, 0, id)
  const isNew = (id: ColumnId) => !known.includes(id)
  return {
    order,
    hidden: columnIds.filter(
      (id) =>
        !columnRules[id].fixed && id !== 'report' && (choice.hidden.includes(id) || (isNew(id) && columnRules[id].off)),
    ),
    widths: Object.fromEntries(Object.entries(choice.widths).filter(([id]) => isColumn(id))),
  }
}

export function moved(order: readonly ColumnId[], id: ColumnId, before: ColumnId | null): ColumnId[] {
  const others = order.filter((each) => each !== id)
  const at = before === null ? others.length : others.indexOf(before)
  return [...others.slice(0, at), id, ...others.slice(at)]
}

/** The grid tracks that header and rows share. */
export function tracksOf(visible: readonly ColumnId[], widths: Readonly<Partial<Record<ColumnId, number>>>): string {
  return visible
    .map((id) => {
      const { width, min } = columnRules[id]
      if (id === 'report') return `minmax(${widths.report ?? Math.max(min, 280)}px, 1fr)`
      return `${widths[id] ?? width}px`
    })
    .join(' ')
}
