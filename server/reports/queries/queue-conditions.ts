import { and, or, type SQL, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { agenciesBelow } from '#server/agencies/queries.ts'
import { dayAfter, startOfDay } from '#server/platform/rules/local-day.ts'
import { markedReports } from '../marks.ts'
import { openStates, type ReportState, refereeReturns } from '../rules/lifecycle.ts'
import {
  type DayRange,
  type DeadlineKind,
  isOpenOnly,
  type Queue,
  type QueueView,
  statesOf,
  viewRules,
} from '../rules/queue.ts'
import { scopeOf } from '../rules/scope.ts'
import { agencyIn, textArray, visibleTo } from './scope.ts'

export type Asker = { actor: Actor; now: Date }

/** States come from the rules, never from a request, and stand in the text itself: only so the partial indexes serve. */
const isIn = (states: readonly ReportState[]): SQL =>
  states.length === 0
    ? sql`false`
    : sql`${reports.state} in (${sql.raw(states.map((state) => `'${state}'`).join(', '))})`

export const isOpenReport = isIn(openStates)

/** What makes each view, beside its states. */
const viewConditions: Record<QueueView, (asker: Asker) => SQL | undefined> = {
  awaiting_intake: () => undefined,
  // A report put back to the citizen is still the business of whoever asked.
  mine: ({ actor }) =>
    sql`(${reports.assigneeId} = ${actor.id}::uuid or (${reports.state} = 'awaiting_citizen' and ${reports.askedById} = ${actor.id}::uuid))`,
  stand_in: ({ actor }) => inPlaceOf(actor),
  my_agency: ({ actor }) => inHand(actor),
  unassigned: ({ actor }) =>
    scopeOf(actor).all
      ? sql`${reports.agencyId} is null`
      : sql`(${reports.assigneeId} is null and ${inHand(actor) ?? sql`true`})`,
  // What another agency holds by now is its own to hurry and to approve.
  due_soon: ({ actor, now }) => and(deadlineIs('soon', now), inHand(actor)),
  overdue: ({ actor, now }) => and(deadlineIs('overdue', now), inHand(actor)),
  awaiting_approval: ({ actor }) => inHand(actor),
  citizen_replied: () =>
    sql`(${reports.lastActivityBy} = 'citizen' and ${reports.lastActivityAt} > ${reports.receivedAt})`,
  reopened: () => sql`${reports.reopenCount} > 0`,
  referee: () => sql`${reports.returnCount} >= ${sql.raw(String(refereeReturns))}`,
  open: () => undefined,
  all: () => undefined,
}

export const viewCondition = (view: QueueView, asker: Asker): SQL =>
  and(isIn(viewRules[view].states), viewConditions[view](asker)) ?? sql`true`

/** What would stand before those whose roles were lent: reports given to them, and what only that role moves on. */
function inPlaceOf(actor: Actor): SQL {
  const lent = actor.grants.filter(({ lentBy }) => lentBy)
  const lenders = lent.flatMap(({ lentBy }) => lentBy?.id ?? [])
  const waiting = lent.flatMap(({ role, cityWide, agencyIds }) => {
    if (role === 'dispatcher') return cityWide ? [isIn(['awaiting_intake'])] : []
    if (role !== 'approver') return []
    const within = cityWide ? sql`true` : sql`${reports.agencyId} = any(${textArray(agencyIds)})`
    return [sql`(${isIn(['awaiting_approval'])} and ${within})`]
  })
  return or(sql`${reports.assigneeId} = any(${textArray(lenders)}::uuid[])`, ...waiting) ?? sql`false`
}

/** Held now by an agency of the account's scope, not only in the past. */
function inHand(actor: Actor): SQL | undefined {
  const scope = scopeOf(actor)
  return scope.all ? undefined : agencyIn(scope.agencyIds)
}

/** Exactly due is not late yet, as `deadlineStanding` has it. */
function deadlineIs(kind: DeadlineKind, now: Date): SQL {
  const at = sql`${now.toISOString()}::timestamptz`
  switch (kind) {
    case 'overdue':
      return sql`${reports.dueOrder} < ${at}`
    case 'soon':
      return sql`(${reports.dueOrder} >= ${at} and ${reports.soonAt} <= ${at})`
    case 'in_time':
      return sql`(${reports.dueAt} >= ${at} and (${reports.soonAt} is null or ${reports.soonAt} > ${at}))`
    case 'paused':
      return sql`${reports.pausedAt} is not null`
  }
}

/** A queue whose filter names every agency meant: those asked for and all below them. */
type WidenedQueue = Queue & { marked: SQL | undefined }

/** Looked up beforehand, and not in the list's own statement, which could then not tell one agency from several. */
export async function widen(ctx: Context, queue: Queue): Promise<WidenedQueue> {
  const [agencies, marked] = await Promise.all([
    queue.agencies.length === 0 ? [] : agenciesBelow(ctx.db, queue.agencies),
    queue.mark === null ? undefined : markedReports(ctx, queue.mark),
  ])
  return { ...queue, agencies, marked }
}

/** Everything but the words searched for: the account's scope, the view and its filters. Rows, total and counts share it. */
export function conditionsOf(queue: WidenedQueue, asker: Asker): SQL {
  const { actor, now } = asker
  return (
    and(
      isIn(statesOf(queue)),
      isOpenOnly(queue) ? isOpenReport : undefined,
      visibleTo(actor),
      viewConditions[queue.view](asker),
      queue.marked,
      among(reports.severity, queue.severities),
      queue.categories.length === 0
        ? undefined
        : sql`${reports.categoryCode} = any(array(
            select code from categories where code = any(${textArray(queue.categories)}) or parent_code = any(${textArray(queue.categories)})))`,
      queue.areas.length === 0 ? undefined : sql`${reports.areaId} = any(${`{${queue.areas.join(',')}}`}::int[])`,
      queue.agencies.length === 0 ? undefined : agencyIn(queue.agencies),
      assigneeIs(queue.assignee, actor),
      among(reports.channel, queue.channels),
      queue.incident === null ? undefined : sql`${reports.incidentId} = ${queue.incident}::uuid`,
      queue.tags.length === 0 ? undefined : sql`${reports.tags} @> ${textArray(queue.tags)}`,
      queue.withoutTags.length === 0 ? undefined : sql`not ${reports.tags} && ${textArray(queue.withoutTags)}`,
      queue.deadlines.length === 0 ? undefined : or(...queue.deadlines.map((kind) => deadlineIs(kind, now))),
      within(sql`${reports.receivedAt}`, queue.received),
      within(sql`${reports.dueAt}`, queue.due),
      queue.box && inBox(queue.box),
      queue.photo === null ? undefined : queue.photo ? sql`${reports.photoCount} > 0` : sql`${reports.photoCount} = 0`,
    ) ?? sql`true`
  )
}

function among(column: typeof reports.severity | typeof reports.channel, values: readonly string[]): SQL | undefined {
  return values.length === 0 ? undefined : sql`${column} = any(${textArray(values)})`
}

function assigneeIs(assignee: string | null, actor: Actor): SQL | undefined {
  if (assignee === null) return undefined
  if (assignee === 'none') return sql`${reports.assigneeId} is null`
  return sql`${reports.assigneeId} = ${assignee === 'me' ? actor.id : assignee}::uuid`
}

const inBox = ({ west, south, east, north }: NonNullable<Queue['box']>): SQL =>
  sql`(${reports.lon} >= ${west}::float8 and ${reports.lon} <= ${east}::float8
    and ${reports.lat} >= ${south}::float8 and ${reports.lat} <= ${north}::float8)`

function within(instant: SQL, range: DayRange | null): SQL | undefined {
  if (!range) return undefined
  return and(
    range.from === null ? undefined : sql`${instant} >= ${startOfDay(range.from).toISOString()}::timestamptz`,
    range.to === null ? undefined : sql`${instant} < ${startOfDay(dayAfter(range.to)).toISOString()}::timestamptz`,
  )
}
