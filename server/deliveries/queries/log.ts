import { and, asc, count, eq, sql } from 'drizzle-orm'
import { accounts, deliveries, deliveryAttempts, gateways, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { containing, type FilterSql, filterConditions, within } from '#server/platform/filter-sql.ts'
import { deliveryLimits } from '#server/platform/rules/limits.ts'
import { mustAdminister } from '../commands/keep-gateways.ts'
import { type DeliveryFilter, deliveryFilters } from '../rules/filters.ts'
import type { DeliveryCursor } from '../rules/schemas.ts'
import { type DeliveryCounts, newestFirst } from './undelivered.ts'

type Reading = Pick<Context, 'db' | 'actor'>
const pageSize = 50

/** A page of all deliveries, newest first, without data that identifies reporters. */
export async function deliveryLog(ctx: Reading, filter: DeliveryFilter, cursor: DeliveryCursor | null) {
  mustAdminister(ctx)
  const after =
    cursor &&
    sql`(${deliveries.createdAt}, ${deliveries.id}) < (${cursor.createdAt.toISOString()}::timestamptz, ${cursor.id}::uuid)`
  const rows = await ctx.db
    .select({
      id: deliveries.id,
      code: reports.code,
      kind: deliveries.kind,
      state: deliveries.state,
      channel: deliveries.channel,
      gateway: gateways.name,
      attempts: deliveries.attempts,
      dueAt: deliveries.dueAt,
      failure: deliveries.failure,
      status: deliveries.status,
      receipt: deliveries.receipt,
      createdAt: deliveries.createdAt,
      settledAt: deliveries.settledAt,
      settledBy: accounts.name,
    })
    .from(deliveries)
    .innerJoin(reports, eq(reports.id, deliveries.reportId))
    .leftJoin(gateways, eq(gateways.id, deliveries.gatewayId))
    .leftJoin(accounts, eq(accounts.id, deliveries.settledById))
    .where(and(...filterConditions(deliveryFilters, conditions, filter, null), after ?? undefined))
    .orderBy(...newestFirst)
    .limit(pageSize + 1)
  const shown = rows.slice(0, pageSize)
  const last = shown.at(-1)
  return {
    deliveries: shown,
    next: rows.length > pageSize && last ? { createdAt: last.createdAt, id: last.id } : null,
  }
}
export type LoggedDelivery = Awaited<ReturnType<typeof deliveryLog>>['deliveries'][number]

const conditions: FilterSql<typeof deliveryFilters, null> = {
  day: (days) => within(sql`${deliveries.createdAt}`, days),
  state: (state) => eq(deliveries.state, state),
  channel: (channel) => eq(deliveries.channel, channel),
  kind: (kind) => eq(deliveries.kind, kind),
  report: (code) => containing(sql`${reports.code}`, code),
}

/** The number of deliveries in each state under this filter, counted among the latest ones only. */
export async function deliveryCounts(ctx: Reading, filter: DeliveryFilter) {
  mustAdminister(ctx)
  const anyState = { ...filter, state: null }
  const latest = ctx.db
    .select({ state: deliveries.state })
    .from(deliveries)
    .innerJoin(reports, eq(reports.id, deliveries.reportId))
    .where(and(...filterConditions(deliveryFilters, conditions, anyState, null)))
    .orderBy(...newestFirst)
    .limit(counted)
    .as('latest')
  const rows = await ctx.db.select({ state: latest.state, count: count() }).from(latest).groupBy(latest.state)
  const counts: DeliveryCounts = Object.fromEntries(rows.map(({ state, count }) => [state, count]))
  return { counts, isAll: rows.reduce((sum, row) => sum + row.count, 0) < counted }
}

const { counted } = deliveryLimits

export async function deliveryAttemptsOf(ctx: Reading, id: string) {
  mustAdminister(ctx)
  return ctx.db
    .select({
      id: deliveryAttempts.id,
      at: deliveryAttempts.at,
      endedAt: deliveryAttempts.endedAt,
      gateway: gateways.name,
      channel: gateways.kind,
      outcome: deliveryAttempts.outcome,
      failure: deliveryAttempts.failure,
      status: deliveryAttempts.status,
      reported: deliveryAttempts.reported,
    })
    .from(deliveryAttempts)
    .innerJoin(gateways, eq(gateways.id, deliveryAttempts.gatewayId))
    .where(eq(deliveryAttempts.deliveryId, id))
    .orderBy(asc(deliveryAttempts.at), asc(deliveryAttempts.id))
}
