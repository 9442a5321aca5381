import type { ExplainDimension } from './board.ts'
import { type HeadlineKpi, headlineKpis, type KpiId, kpiIds } from './definitions.ts'
import { dimensionsOf } from './explain.ts'
import { type BoardFilters, boardParameters, parseBoard } from './filters.ts'

/** What can be exported from the board as a table, in the order of the tabs. A chart has the id of its card. */
export const exportCards = [
  'kpis',
  'parts',
  'outcomes',
  'flow',
  'coming',
  'agencies',
  'explain',
  'caseMix',
  'handled',
  'categories',
  'areas',
  'ageing',
  'hours',
  'channels',
  'stays',
  'forwarding',
  'moves',
  'missed',
  'ratings',
  'commitments',
  'annotations',
  'usage',
] as const
export type ExportCard = (typeof exportCards)[number]

/** Two kinds of CSV: for programs, and as Excel opens it on a Vietnamese Windows (`server/platform/csv.ts`). */
export const exportFormats = ['csv', 'csv_excel', 'xlsx'] as const
export type ExportFormat = (typeof exportFormats)[number]
export const fileEndings = { csv: 'csv', csv_excel: 'csv', xlsx: 'xlsx' } as const satisfies Record<
  ExportFormat,
  string
>

/** Which figures a table is made of: their definitions are added to the file. */
export const figuresOfCard: Record<ExportCard, readonly KpiId[]> = {
  kpis: kpiIds,
  parts: ['handled'],
  outcomes: ['handled'],
  flow: ['received', 'clearance', 'backlog'],
  coming: ['on_time', 'backlog'],
  agencies: ['received', 'handled', 'on_time', 'backlog', 'close_median', 'forwarded'],
  explain: headlineKpis,
  caseMix: ['on_time'],
  handled: ['received', 'handled'],
  categories: ['received', 'handled', 'on_time', 'backlog'],
  areas: ['received', 'handled', 'on_time', 'backlog'],
  ageing: ['backlog', 'oldest_open'],
  hours: ['received'],
  channels: ['received', 'handled', 'on_time', 'backlog'],
  stays: ['close_median'],
  forwarding: ['forwarded', 'changed_twice', 'ping_pong'],
  moves: ['received'],
  missed: ['on_time'],
  ratings: ['satisfaction', 'rating_response'],
  commitments: ['commitments_kept'],
  annotations: [],
  usage: [],
}

/** The change that the table of contributions explains. */
export type Explaining = { kpi: HeadlineKpi; dimension: ExplainDimension }
export const usuallyExplained: Explaining = { kpi: 'handled', dimension: 'agency' }

export type BoardExport = {
  /** Null: the whole board. */
  card: ExportCard | null
  format: ExportFormat
  filters: BoardFilters
  /** The moment of the board on the screen: the file holds exactly the figures shown there. Null: now. */
  asOf: Date | null
  explaining: Explaining
}

export const figuresPath = '/api/insights/export'

export function boardExportForm(
  { card, format, filters, asOf, explaining }: BoardExport,
  locale: string,
): URLSearchParams {
  const parameters = boardParameters(filters)
  if (card) parameters.set('card', card)
  if (card === 'explain') {
    parameters.set('kpi', explaining.kpi)
    parameters.set('by', explaining.dimension)
  }
  parameters.set('format', format)
  if (asOf) parameters.set('at', asOf.toISOString())
  parameters.set('locale', locale)
  return parameters
}

/** Null where the form names an unknown card or file format, or a moment that cannot be read. */
export function parseBoardExport(parameters: URLSearchParams): BoardExport | null {
  const name = parameters.get('card')
  const card = exportCards.find((each) => each === name) ?? null
  const format = exportFormats.find((each) => each === parameters.get('format'))
  const at = parameters.get('at')
  const asOf = at === null ? null : new Date(at)
  if (!format || (name !== null && !card) || (asOf && Number.isNaN(asOf.getTime()))) return null
  const filters = parseBoard(Object.fromEntries(parameters))
  // A file must not silently answer another question than the one asked.
  if (parameters.has('as') && !filters.asked) return null
  const kpi = headlineKpis.find((each) => each === parameters.get('kpi')) ?? usuallyExplained.kpi
  return {
    card,
    format,
    asOf,
    filters,
    explaining: {
      kpi,
      dimension: dimensionsOf(kpi).find((by) => by === parameters.get('by')) ?? usuallyExplained.dimension,
    },
  }
}
