import { type Actor, holdsAnywhere, type Role } from '#server/accounts/rules/actor.ts'
import { isAnySet } from '#server/platform/rules/filters/filters.ts'
import { handledStates, openStates, type ReportState, reportStates } from './lifecycle.ts'
import { noFilters, type QueueFilters, queueFilters } from './queue-filters.ts'
import { scopeOf } from './scope.ts'

type ViewRule = {
  /** The view is useful to those who hold one of these roles … */
  roles: readonly Role[]
  /** … over the whole city, or not over the whole city. */
  span?: 'city' | 'agency'
  states: readonly ReportState[]
  /** Only for users who act for a colleague by a substitution. */
  isBySubstitution?: true
  /** The states define the view: a filter narrows them and never replaces them. */
  isAboutStates?: true
}

const everyone = ['dispatcher', 'officer', 'approver', 'manager', 'auditor'] as const satisfies readonly Role[]
/** Those who may give a later answer, and those who watch that it comes. */
const followers = ['officer', 'approver', 'manager', 'auditor'] as const satisfies readonly Role[]
const handlers = ['dispatcher', 'officer', 'approver'] as const satisfies readonly Role[]

/** In the order of the sidebar. */
const views = {
  awaiting_intake: {
    roles: ['dispatcher', 'manager', 'auditor'],
    span: 'city',
    states: ['awaiting_intake'],
    isAboutStates: true,
  },
  mine: { roles: handlers, states: openStates },
  stand_in: { roles: handlers, states: openStates, isBySubstitution: true },
  my_agency: { roles: everyone, span: 'agency', states: openStates },
  unassigned: { roles: handlers, states: openStates },
  due_soon: { roles: everyone, states: openStates },
  overdue: { roles: everyone, states: openStates },
  awaiting_approval: { roles: everyone, states: ['awaiting_approval'], isAboutStates: true },
  citizen_replied: { roles: everyone, states: openStates },
  reopened: { roles: everyone, states: openStates },
  committed: { roles: followers, states: handledStates, isAboutStates: true },
  referee: { roles: ['dispatcher'], span: 'city', states: openStates },
  watching: { roles: everyone, states: openStates },
  put_off: { roles: everyone, states: openStates },
  open: { roles: everyone, states: openStates },
  all: { roles: everyone, states: reportStates },
} as const satisfies Record<string, ViewRule>

export type QueueView = keyof typeof views
export const queueViews = Object.keys(views) as QueueView[]
export const viewRules: Record<QueueView, ViewRule> = views

/** The views to offer an account, in the order of the sidebar. */
export function viewsFor(actor: Actor): QueueView[] {
  const span = scopeOf(actor).all ? 'city' : 'agency'
  return queueViews.filter((view) => {
    const rule = viewRules[view]
    if (rule.isBySubstitution && !actor.grants.some(({ substituteFor }) => substituteFor)) return false
    return (!rule.span || rule.span === span) && rule.roles.some((role) => holdsAnywhere(actor, role))
  })
}

/**
 * Whether the list leaves out what the account has put off: a search finds it all the same, and the reports of a figure
 * are all there.
 */
export const hidesPutOffs = ({ view, words, mark }: Pick<Queue, 'view' | 'words' | 'mark'>): boolean =>
  view !== 'put_off' && view !== 'all' && words === '' && mark === null

/** What a view is called: without an agency, or, in an agency, without a person. */
export type ViewName = QueueView | 'without_person'

/** For the city the view `unassigned` lists what no agency has; for an agency what none of its people has. */
export const viewNameOf = (view: QueueView, offered: readonly QueueView[]): ViewName =>
  view === 'unassigned' && offered.includes('my_agency') ? 'without_person' : view

/** The first view of an account. */
export function firstViewFor(actor: Actor): QueueView {
  const offered = viewsFor(actor)
  const wanted: [Role, QueueView][] = [
    ['dispatcher', 'awaiting_intake'],
    ['approver', 'awaiting_approval'],
    ['officer', 'my_agency'],
  ]
  return wanted.find(([role, view]) => holdsAnywhere(actor, role) && offered.includes(view))?.[1] ?? 'open'
}

export const sortDirections = ['asc', 'desc'] as const
export type SortDirection = (typeof sortDirections)[number]

/** The direction of each sort at its first click. */
const firstDirections = {
  match: 'asc',
  urgency: 'asc',
  due: 'asc',
  committed: 'asc',
  received: 'desc',
  activity: 'desc',
  code: 'desc',
  category: 'asc',
  area: 'asc',
  agency: 'asc',
  state: 'asc',
  severity: 'asc',
  merged: 'desc',
  transfers: 'desc',
} as const satisfies Record<string, SortDirection>
export type QueueSort = keyof typeof firstDirections
export const queueSorts = Object.keys(firstDirections) as QueueSort[]

/** Those that an index supports in unbounded lists. */
const endless: readonly QueueSort[] = ['received', 'code']

export const firstDirection = (sort: QueueSort): SortDirection => firstDirections[sort]

/** What the queue shows, as in the address of the page. */
export type Queue = QueueFilters & {
  view: QueueView
  /** A part of the map, in degrees. The list itself never has one. */
  box?: Readonly<Record<'west' | 'south' | 'east' | 'north', number>> | undefined
  /** Null: the order of the view. */
  sort: QueueSort | null
  dir: SortDirection | null
}

export const queueOf = (view: QueueView, filters: Partial<QueueFilters> = {}): Queue => ({
  ...noFilters,
  view,
  sort: null,
  dir: null,
  ...filters,
})

export const isFiltered = (queue: Queue): boolean => isAnySet(queueFilters, queue)

/** The states in the list: a filter replaces the default ones of a view. */
export function statesOf(queue: Pick<Queue, 'view' | 'states'>): readonly ReportState[] {
  const { states, isAboutStates } = viewRules[queue.view]
  if (queue.states.length === 0) return states
  return isAboutStates ? states.filter((state) => queue.states.includes(state)) : queue.states
}

/** Whether the list contains only open reports: those are few, so they may be counted and sorted freely. */
export function isOpenOnly(queue: Pick<Queue, 'view' | 'states'>): boolean {
  return statesOf(queue).every((state) => (openStates as readonly ReportState[]).includes(state))
}

/**
 * The sorts that a list allows: all where reports are open or found by search, otherwise those that an index supports.
 */
export function sortsFor(queue: Pick<Queue, 'view' | 'states' | 'words'>): QueueSort[] {
  return queueSorts.filter((sort) => {
    if (sort === 'match') return queue.words !== ''
    if (sort === 'urgency') return queue.view === 'awaiting_intake'
    if (sort === 'committed') return queue.view === 'committed'
    return endless.includes(sort) || isOpenOnly(queue)
  })
}

export type QueueOrder = { sort: QueueSort; dir: SortDirection }

/**
 * The requested order where the list allows it, otherwise that of the view: best match, what is urgent before the rest,
 * the day that is planned for, due date, or newest.
 */
export function orderOf(queue: Queue): QueueOrder {
  const possible = sortsFor(queue)
  if (queue.sort && possible.includes(queue.sort)) {
    return { sort: queue.sort, dir: queue.dir ?? firstDirections[queue.sort] }
  }
  const sort = (['match', 'urgency', 'committed', 'due'] as const).find((each) => possible.includes(each)) ?? 'received'
  return { sort, dir: firstDirections[sort] }
}

/** Where a page ended: the sort keys of its last row. */
export type QueueCursor = readonly (string | number | boolean)[]
