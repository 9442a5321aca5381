import { type BulletinKind, bulletinKinds } from './bulletin.ts'
import { type BulletinState, openBulletinStates } from './lifecycle.ts'
import type { ListBulletins } from './schemas.ts'

/** The lists of the desk, in the order in which they stand beside it. */
export const deskViews = [
  'work',
  'mine',
  'draft',
  'in_review',
  'changes_requested',
  'approved',
  'scheduled',
  'look_back',
  'discarded',
  'published',
  'superseded',
  'withdrawn',
  'unpublished',
  'all',
] as const
export type DeskView = (typeof deskViews)[number]

export type DeskFilters = {
  kind: BulletinKind | null
  incidentId: string | null
  areaId: number | null
  from: string | null
  to: string | null
  text: string
}
export type DeskState = DeskFilters & { view: DeskView }

export const noDeskFilters: DeskFilters = { kind: null, incidentId: null, areaId: null, from: null, to: null, text: '' }

function statesOfView(view: DeskView): BulletinState[] {
  if (view === 'work' || view === 'mine') return [...openBulletinStates]
  return view === 'all' || view === 'look_back' ? [] : [view]
}

type Listing = Omit<ListBulletins, 'after' | 'limit'>

/** What the server is asked for. */
export function listingOf({ view, ...filters }: DeskState): Listing {
  return { ...filters, states: statesOfView(view), mine: view === 'mine', needsLookBack: view === 'look_back' }
}

/** Search parameters as a page or `URLSearchParams` hands them over. */
export type DeskParameters = Readonly<Record<string, string | readonly string[] | undefined>>

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Reads the desk from an address. What it does not understand it drops: an old or mistyped link still opens. */
export function parseDesk(parameters: DeskParameters): DeskState {
  const one = (name: string): string => {
    const value = parameters[name]
    return (typeof value === 'string' ? value : value?.[0]) ?? ''
  }
  const day = (name: string) => (isDay(one(name)) ? one(name) : null)
  const area = one('area')
  return {
    view: deskViews.find((view) => view === one('view')) ?? 'work',
    kind: bulletinKinds.find((kind) => kind === one('kind')) ?? null,
    incidentId: uuid.test(one('incident')) ? one('incident') : null,
    areaId: /^[1-9]\d{0,8}$/.test(area) ? Number(area) : null,
    from: day('from'),
    to: day('to'),
    text: one('q').normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, 200),
  }
}

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** The shortest address of the desk: only what differs from an untouched one, always in the same order. */
export function deskQuery({ view, kind, incidentId, areaId, from, to, text }: DeskState): string {
  const parameters = new URLSearchParams()
  if (view !== 'work') parameters.set('view', view)
  if (text) parameters.set('q', text)
  if (kind) parameters.set('kind', kind)
  if (incidentId) parameters.set('incident', incidentId)
  if (areaId) parameters.set('area', String(areaId))
  if (from) parameters.set('from', from)
  if (to) parameters.set('to', to)
  return parameters.toString()
}
