import { and, or, type SQL, sql } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { filterConditions } from '#server/platform/filter-sql.ts'
import { refereeReturns } from '../rules/lifecycle.ts'
import { isOpenOnly, type Queue, type QueueView, statesOf, viewRules } from '../rules/queue.ts'
import { queueFilters } from '../rules/queue-filters.ts'
import { scopeOf } from '../rules/scope.ts'
import { isCommitted, isOpenReport, stateIs } from '../states.ts'
import { deadlineIs } from './deadline-sql.ts'
import { isAway, ownPutOffs, type PutOffs, putOffCondition } from './put-offs.ts'
import { queueFilterSql } from './queue-filter-sql.ts'
import type { Knowing } from './queue-lookup.ts'
import { agencyIn, textArray, visibleTo } from './scope.ts'

export type Asker = { actor: Actor; now: Date; putOffs: PutOffs }

/** The condition of each view, besides its states. */
const viewConditions: Record<QueueView, (asker: Asker) => SQL | undefined> = {
  awaiting_intake: () => undefined,
  // A report that awaits the citizen still belongs to the account that asked.
  mine: ({ actor }) =>
    sql`(${reports.assigneeId} = ${actor.id}::uuid or (${reports.state} = 'awaiting_citizen' and ${reports.askedById} = ${actor.id}::uuid))`,
  stand_in: ({ actor }) => inPlaceOf(actor),
  my_agency: ({ actor }) => inHand(actor),
  unassigned: ({ actor }) =>
    scopeOf(actor).all
      ? sql`${reports.agencyId} is null`
      : sql`(${reports.assigneeId} is null and ${inHand(actor) ?? sql`true`})`,
  // A report that another agency holds now is that agency's to hurry and to approve.
  due_soon: ({ actor, now }) => and(deadlineIs('soon', now), inHand(actor)),
  overdue: ({ actor, now }) => and(deadlineIs('overdue', now), inHand(actor)),
  awaiting_approval: ({ actor }) => inHand(actor),
  citizen_replied: () =>
    sql`(${reports.lastActivityBy} = 'citizen' and ${reports.lastActivityAt} > ${reports.receivedAt})`,
  reopened: () => sql`${reports.reopenCount} > 0`,
  // Another agency's plan is that agency's to follow up.
  committed: ({ actor }) => and(isCommitted, inHand(actor)),
  referee: () => sql`${reports.returnCount} >= ${sql.raw(String(refereeReturns))}`,
  watching: ({ actor }) =>
    sql`${reports.id} = any(array(select report_id from report_watches where account_id = ${actor.id}::uuid))`,
  put_off: ({ putOffs }) => isAway(putOffs),
  open: () => undefined,
  all: () => undefined,
}

export const viewCondition = (view: QueueView, asker: Asker): SQL =>
  and(
    stateIs(viewRules[view].states),
    viewConditions[view](asker),
    putOffCondition(asker.putOffs, { view, words: '', mark: null }),
  ) ?? sql`true`

/**
 * Work waiting for those whom the actor acts for: reports given to them, and what only the substituted role can move
 * on.
 */
function inPlaceOf(actor: Actor): SQL {
  const substituteGrants = actor.grants.filter(({ substituteFor }) => substituteFor)
  const substitutedIds = substituteGrants.flatMap(({ substituteFor }) => substituteFor?.id ?? [])
  const waiting = substituteGrants.flatMap(({ role, cityWide, agencyIds }) => {
    if (role === 'dispatcher') return cityWide ? [stateIs(['awaiting_intake'])] : []
    if (role !== 'approver') return []
    const within = cityWide ? sql`true` : sql`${reports.agencyId} = any(${textArray(agencyIds)})`
    return [sql`(${stateIs(['awaiting_approval'])} and ${within})`]
  })
  return or(sql`${reports.assigneeId} = any(${textArray(substitutedIds)}::uuid[])`, ...waiting) ?? sql`false`
}

/** Held now by an agency of the account's scope, not only in the past. */
function inHand(actor: Actor): SQL | undefined {
  const scope = scopeOf(actor)
  return scope.all ? undefined : agencyIn(scope.agencyIds)
}

/** Everything but the search text: the account's scope, the view and its filters. Rows, total and counts share it. */
export async function conditionsOf(queue: Queue, ctx: Knowing, known?: PutOffs): Promise<SQL> {
  const now = ctx.now()
  const putOffs = known ?? (await ownPutOffs(ctx))
  const asked = await Promise.all(filterConditions(queueFilters, queueFilterSql, queue, { ...ctx, now: () => now }))
  const states = statesOf(queue)
  return (
    and(
      stateIs(states),
      // Beside a single state the planner would take both conditions for narrowing, and sort instead of using an index.
      states.length > 1 && isOpenOnly(queue) ? isOpenReport : undefined,
      visibleTo(ctx.actor),
      viewConditions[queue.view]({ actor: ctx.actor, now, putOffs }),
      putOffCondition(putOffs, queue),
      ...asked,
      queue.box && inBox(queue.box),
    ) ?? sql`true`
  )
}

const inBox = ({ west, south, east, north }: NonNullable<Queue['box']>): SQL =>
  sql`(${reports.lon} >= ${west}::float8 and ${reports.lon} <= ${east}::float8
    and ${reports.lat} >= ${south}::float8 and ${reports.lat} <= ${north}::float8)`
