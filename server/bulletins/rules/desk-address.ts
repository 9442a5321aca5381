import { type AddressParameters, readerOf } from '#server/platform/rules/filters/address.ts'
import { parseFilters, writeFilters } from '#server/platform/rules/filters/filters.ts'
import { type DeskFilters, deskFilters } from './desk-filters.ts'
import { type BulletinState, openBulletinStates } from './lifecycle.ts'
import type { ListBulletins } from './schemas.ts'

/** The lists of the desk, in the order in which they are shown. */
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

export type DeskState = DeskFilters & { readonly view: DeskView }

function statesOfView(view: DeskView): BulletinState[] {
  if (view === 'work' || view === 'mine') return [...openBulletinStates]
  return view === 'all' || view === 'look_back' ? [] : [view]
}

type Listing = Omit<ListBulletins, 'after' | 'limit'>

/** The query that is sent to the server. */
export function listingOf({ view, ...filters }: DeskState): Listing {
  return { ...filters, states: statesOfView(view), mine: view === 'mine', needsLookBack: view === 'look_back' }
}

/** Reads the desk from an address. Unknown values are dropped: an old or mistyped link still opens. */
export function parseDesk(parameters: AddressParameters): DeskState {
  const [asked] = readerOf(parameters)('view')
  return {
    view: deskViews.find((view) => view === asked) ?? 'work',
    ...parseFilters(deskFilters, parameters),
  }
}

/** The shortest address of the desk: only what differs from an untouched one, always in the same order. */
export function deskQuery({ view, ...filters }: DeskState): string {
  const shown = view === 'work' ? [] : [['view', view]]
  return new URLSearchParams([...shown, ...writeFilters(deskFilters, filters)]).toString()
}
