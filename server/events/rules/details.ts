import { canonical, isChange } from './changes.ts'
import type { DetailField } from './detail-fields.ts'

/** One detail of an event: a value, or the value before and after. A detail without a field needs no label. */
export type Detail =
  | { field: string | null; value: unknown; isChange: false }
  | { field: string | null; before: unknown; after: unknown; isChange: true }

/** Fields that hold lists: a list of two entries is not a pair of before and after. */
const listFields: readonly DetailField[] = [
  'photos',
  'roles',
  'agencyIds',
  'areaIds',
  'columns',
  'recipientIds',
  'secondFactorRoles',
  'tags',
  'alertsLeft',
  'faults',
  'jobs',
  'mentions',
  'reportIds',
]

type Stored = Readonly<Record<string, unknown>>

/** The details of an event for display: origin comes before destination, in whatever order they were stored. */
export function detailsOf({ changes, from, to, ...others }: Stored): Detail[] {
  const cameFrom = isGiven(from) && !isGiven(to) ? from : undefined
  const fields: Record<string, unknown> = { ...others, ...changesIn(changes as Stored | undefined) }
  if (isGiven(cameFrom) && isGiven(fields.agencyId)) fields.agencyId = [cameFrom, fields.agencyId]
  else if (isGiven(cameFrom)) fields.from = cameFrom
  const told = Object.entries(fields).filter(([, value]) => isGiven(value))
  return [...movedTo(from, to), ...told.map(([field, value]) => detailOf(field, value))]
}

/** The change from one value to the other; empty if it stayed the same. */
export function movedTo(from: unknown, to: unknown): Detail[] {
  if (!isGiven(to) || canonical(from) === canonical(to)) return []
  if (!isGiven(from)) return [{ field: null, value: to, isChange: false }]
  return [{ field: null, before: from, after: to, isChange: true }]
}

const changesIn = (changes: Stored = {}) =>
  Object.fromEntries(Object.entries(changes).map(([field, change]) => [field, asPair(change)]))

/** Changes of an account are stored as `{ from, to }` instead of a pair. */
function asPair(change: unknown): unknown {
  if (typeof change !== 'object' || change === null || !('from' in change && 'to' in change)) return change
  return [change.from, change.to]
}

const isGiven = (value: unknown) => value !== null && value !== undefined

function detailOf(field: string, value: unknown): Detail {
  const pair = pairIn(field, value)
  return pair ? { field, before: pair[0], after: pair[1], isChange: true } : { field, value, isChange: false }
}

function pairIn(field: string, value: unknown): [before: unknown, after: unknown] | null {
  if (!isChange(value)) return null
  return (listFields as readonly string[]).includes(field) && !value.every(isListOrNothing) ? null : value
}

const isListOrNothing = (value: unknown) => value === null || Array.isArray(value)
