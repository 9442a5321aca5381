import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { apiClients, deliveries, gateways } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { environment } from '#server/platform/environment.ts'
import { localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { mustAdminister } from '../commands/keep-gateways.ts'
import { gatewayHealth } from '../rules/health.ts'
import { namedSecretsOf, usesSecret } from '../rules/template.ts'

type Reading = Pick<Context, 'db' | 'actor' | 'now'>

/** The gateways in use with their health, and the secrets that each needs and has, but not their values. */
export async function listGateways(ctx: Reading, mail = environment().mail) {
  mustAdminister(ctx)
  const { db, now } = ctx
  const today = sql`${startOfDay(localDayOf(now())).toISOString()}::timestamptz`
  const count = (condition: ReturnType<typeof sql>) =>
    sql<number>`(select count(*)::int from ${deliveries} d where d.gateway_id = ${gateways.id} and ${condition})`
  const rows = await db
    .select({
      gateway: gateways,
      client: apiClients.name,
      // What it never accepted was not sent by it, whatever is written of the message.
      sentToday: count(sql`d.state = 'sent' and d.settled_at >= ${today} and ${gateways.lastAcceptedAt} is not null`),
      waiting: count(sql`d.state = 'queued'`),
    })
    .from(gateways)
    .leftJoin(apiClients, eq(apiClients.id, gateways.clientId))
    .where(isNull(gateways.removedAt))
    .orderBy(asc(gateways.kind), asc(gateways.createdAt))
  return rows.map(({ gateway: { secret, namedSecrets, receiptHash, ...gateway }, ...row }) => ({
    ...gateway,
    ...row,
    /** Until then the provider wants no calls. */
    closedUntil: gateway.closedUntil !== null && gateway.closedUntil > now() ? gateway.closedUntil : null,
    /** Its provider has an address for reports on messages. */
    hasReceipts: receiptHash !== null,
    secrets: [
      ...(usesSecret(gateway) ? [{ name: null, isSet: secret !== null }] : []),
      ...namedSecretsOf(gateway).map((name) => ({ name, isSet: Object.hasOwn(namedSecrets, name) })),
    ],
    health: gatewayHealth({ ...gateway, hasServer: gateway.kind !== 'mail' || mail !== undefined }),
  }))
}
export type GatewayRow = Awaited<ReturnType<typeof listGateways>>[number]

/** Active API clients without a gateway to their program. */
export async function clientsWithoutGateway(ctx: Reading): Promise<{ id: string; name: string }[]> {
  mustAdminister(ctx)
  return ctx.db
    .select({ id: apiClients.id, name: apiClients.name })
    .from(apiClients)
    .leftJoin(gateways, and(eq(gateways.clientId, apiClients.id), isNull(gateways.removedAt)))
    .where(and(isNull(apiClients.revokedAt), isNull(gateways.id)))
    .orderBy(sql`${apiClients.name} collate "vi-x-icu"`)
}
