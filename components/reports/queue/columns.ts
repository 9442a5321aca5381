import type { Preferences } from '#server/accounts/rules/preferences.ts'
import type { QueueSort } from '#server/reports/rules/queue.ts'

export const columnIds = [
  'select',
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
  /** The check box and the signs of a row. */
  select: { width: 54, min: 54, fixed: true },
  deadline: { width: 124, min: 96, sort: 'due' },
  code: { width: 124, min: 96, sort: 'code' },
  report: { width: 340, min: 200 },
  category: { width: 132, min: 80, sort: 'category' },
  place: { width: 132, min: 80, sort: 'area' },
  state: { width: 124, min: 80, sort: 'state' },
  agency: { width: 132, min: 80, sort: 'agency' },
  received: { width: 72, min: 48, sort: 'received' },
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
export const previewColumns: readonly ColumnId[] = ['select', 'deadline', 'report', 'state', 'agency', 'received']
export const previewWidths: Partial<Record<ColumnId, number>> = {
  deadline: 124,
  report: 200,
  state: 112,
  agency: 112,
  received: 52,
}

type Widths = Readonly<Partial<Record<ColumnId, number>>>
export type ColumnChoice = Preferences['columns'][string]
export type ColumnLayout = {
  order: ColumnId[]
  /** Null: not chosen, so the usual ones are shown as far as the list has space for them. */
  hidden: ColumnId[] | null
  widths: Partial<Record<ColumnId, number>>
}

export const usualLayout: ColumnLayout = { order: [...columnIds], hidden: null, widths: {} }

/** Where a list is narrow the title keeps its space, and these are left out in this order. */
const givingWay = {
  preview: { columns: ['agency', 'received'], report: 318 },
  full: { columns: ['tags', 'merged', 'activity', 'code', 'place', 'category'], report: 280 },
} as const satisfies Record<string, { columns: readonly ColumnId[]; report: number }>

/** The columns of a list without those for which it is too narrow. */
function fitting(columns: readonly ColumnId[], widths: Widths, listWidth: number, way: 'preview' | 'full'): ColumnId[] {
  const { columns: leaving, report } = givingWay[way]
  const widthOf = (id: ColumnId) => (id === 'report' ? report : (widths[id] ?? columnRules[id].width))
  let fit = [...columns]
  for (const id of leaving) {
    if (fit.reduce((sum, each) => sum + widthOf(each), 0) <= listWidth) break
    fit = fit.filter((each) => each !== id)
  }
  return fit
}

/**
 * The columns that a list of this width does not show. Chosen widths do not count: no column disappears while one is
 * widened.
 */
export function hiddenIn({ hidden }: ColumnLayout, listWidth: number): ColumnId[] {
  if (hidden) return hidden
  const usual = columnIds.filter((id) => !columnRules[id].off)
  const fit = fitting(usual, {}, listWidth, 'full')
  return columnIds.filter((id) => !fit.includes(id))
}

/** The columns beside the preview: those that the account has not hidden, as far as there is space. */
export const columnsBesidePreview = (possible: readonly ColumnId[], listWidth: number): ColumnId[] =>
  fitting(
    previewColumns.filter((id) => possible.includes(id)),
    previewWidths,
    listWidth,
    'preview',
  )

const isColumn = (id: string): id is ColumnId => (columnIds as readonly string[]).includes(id)

/** Completes a stored choice: a newer column gets its usual place, one that is gone is dropped. */
export function layoutOf(choice: ColumnChoice): ColumnLayout {
  const known = choice.order.filter(isColumn)
  const order = columnIds.filter((id) => columnRules[id].fixed)
  for (const id of known) if (!order.includes(id)) order.push(id)
  for (const [i, id] of columnIds.entries()) if (!order.includes(id)) order.splice(i, 0, id)
  const isNew = (id: ColumnId) => !known.includes(id)
  const { hidden } = choice
  return {
    order,
    hidden:
      hidden &&
      columnIds.filter(
        (id) =>
          !columnRules[id].fixed && id !== 'report' && (hidden.includes(id) || (isNew(id) && columnRules[id].off)),
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
export function tracksOf(visible: readonly ColumnId[], widths: Widths): string {
  return visible
    .map((id) => {
      const { width, min } = columnRules[id]
      if (id === 'report') return `minmax(${widths.report ?? min}px, 1fr)`
      return `${widths[id] ?? width}px`
    })
    .join(' ')
}
