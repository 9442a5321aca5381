import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { agencies, apiClientDays, apiClients, apiKeys } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { healthOf } from '../rules/api-client.ts'
import { keyUses } from '../rules/key.ts'

/** The clients of the agencies that the administrator is responsible for, those in use first, by name. */
export async function listApiClients({ db, actor, now }: Context) {
  const rows = await db
    .select({
      id: apiClients.id,
      name: apiClients.name,
      agencyName: agencies.name,
      channel: apiClients.channel,
      permissions: apiClients.permissions,
      requestsPerMinute: apiClients.requestsPerMinute,
      reportsPerDay: apiClients.reportsPerDay,
      extendedStatuses: apiClients.extendedStatuses,
      createdAt: apiClients.createdAt,
      revokedAt: apiClients.revokedAt,
      version: apiClients.version,
      reportsToday: sql<number>`coalesce(${apiClientDays.reports}, 0)`,
    })
    .from(apiClients)
    .innerJoin(agencies, eq(agencies.id, apiClients.agencyId))
    .leftJoin(apiClientDays, and(eq(apiClientDays.clientId, apiClients.id), eq(apiClientDays.day, localDayOf(now()))))
    .where(withinReach(actor))
    .orderBy(sql`${apiClients.revokedAt} is not null`, sql`${apiClients.name} collate "vi-x-icu"`, asc(apiClients.id))
  const ids = rows.map(({ id }) => id)
  const keys =
    ids.length === 0
      ? []
      : await db
          .select({
            clientId: apiKeys.clientId,
            use: apiKeys.use,
            prefix: apiKeys.prefix,
            expiresAt: apiKeys.expiresAt,
            lastUsedAt: apiKeys.lastUsedAt,
          })
          .from(apiKeys)
          .where(inArray(apiKeys.clientId, ids))
          .orderBy(desc(apiKeys.createdAt))
  const byClient = Map.groupBy(keys, ({ clientId }) => clientId)
  return rows.map((row) => {
    const own = byClient.get(row.id) ?? []
    const used = own.flatMap(({ lastUsedAt }) => lastUsedAt?.getTime() ?? [])
    return {
      ...row,
      /** Those that are valid now, the newest first: of calls before those that only read. */
      keys: own
        .filter(({ expiresAt }) => row.revokedAt === null && expiresAt > now())
        .map(({ clientId: _, ...key }) => key)
        .sort((a, b) => keyUses.indexOf(a.use) - keyUses.indexOf(b.use)),
      lastUsedAt: used.length > 0 ? new Date(Math.max(...used)) : null,
      health: healthOf({ revokedAt: row.revokedAt, keys: own.filter(({ use }) => use === 'calls') }, now()),
    }
  })
}

export type ApiClientRow = Awaited<ReturnType<typeof listApiClients>>[number]

function withinReach({ grants }: Context['actor']): SQL | undefined {
  const administered = grants.filter(({ role }) => role === 'admin')
  if (administered.some(({ cityWide }) => cityWide)) return undefined
  const ids = [...new Set(administered.flatMap(({ agencyIds }) => agencyIds))]
  return ids.length > 0 ? inArray(apiClients.agencyId, ids) : sql`false`
}
