import { uuid } from '#server/platform/rules/filters/ids.ts'
import { type ExportFormat, exportFormats } from './board-export.ts'
import type { KpiId } from './definitions.ts'

/**
 * What can be exported from the page of a storm as a table, in the order of the tabs. A chart has the id of its card.
 */
export const stormCards = [
  'storm-figures',
  'storm-course',
  'storm-map',
  'storm-kinds',
  'storm-grid',
  'storm-oldest',
] as const
export type StormCard = (typeof stormCards)[number]

/** Which figures a table is made of: their definitions are added to the file. */
export const figuresOfStormCard: Record<StormCard, readonly KpiId[]> = {
  'storm-figures': ['received', 'handled', 'close_calendar_median', 'backlog'],
  'storm-course': ['received', 'backlog'],
  'storm-map': ['received', 'handled', 'backlog'],
  'storm-kinds': ['received', 'handled', 'backlog'],
  'storm-grid': ['received'],
  'storm-oldest': ['backlog'],
}

export type StormExport = {
  /** The incident. */
  storm: string
  /** Null: the whole page. */
  card: StormCard | null
  format: ExportFormat
  /** The moment of the page on the screen: the file holds exactly the figures shown there. Null: now. */
  asOf: Date | null
}

export function stormExportForm({ storm, card, format, asOf }: StormExport, locale: string): URLSearchParams {
  const at = asOf && { at: asOf.toISOString() }
  return new URLSearchParams({ storm, ...(card && { card }), format, ...at, locale })
}

/** Null where the form names no valid incident, card, moment or file format. */
export function parseStormExport(parameters: URLSearchParams): StormExport | null {
  const storm = parameters.get('storm')
  const name = parameters.get('card')
  const card = stormCards.find((each) => each === name) ?? null
  const format = exportFormats.find((each) => each === parameters.get('format'))
  const at = parameters.get('at')
  const asOf = at === null ? null : new Date(at)
  if (!storm || !uuid.read(storm) || !format || (name !== null && !card)) return null
  if (asOf && Number.isNaN(asOf.getTime())) return null
  return { storm, card, format, asOf }
}
