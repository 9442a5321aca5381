import { and, desc, eq, gte, lt, lte, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { apiClients, usageDays } from '#db/schema/index.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import type { UsageDay } from '../commands/report-usage.ts'
import type { UsageOfSource } from '../rules/usage.ts'

type Span = { fromDay: LocalDay; toDay: LocalDay }

/**
 * The figures of every source for a period, by name; sources without figures up to its end are left out. Figures of
 * different sources are not summed, because one person may have accounts in several.
 */
export async function usageOf(db: Connection, { fromDay, toDay }: Span): Promise<UsageOfSource[]> {
  const within = sql`${usageDays.day} >= ${fromDay}`
  const rows = await db
    .select({
      source: apiClients.name,
      day: sql<LocalDay>`max(${usageDays.day})::text`,
      accounts: sql<number>`(array_agg(${usageDays.accounts} order by ${usageDays.day} desc))[1]`.mapWith(Number),
      visits: sql<string | null>`sum(${usageDays.visits}) filter (where ${within})`,
      daysReported: sql<number>`(count(*) filter (where ${within}))::int`,
    })
    .from(usageDays)
    .innerJoin(apiClients, eq(apiClients.id, usageDays.clientId))
    .where(lte(usageDays.day, toDay))
    .groupBy(apiClients.id)
    .orderBy(sql`${apiClients.name} collate "vi-x-icu"`, apiClients.id)
  return rows.map((row) => ({ ...row, visits: row.visits === null ? null : Number(row.visits) }))
}

type Page = { before: LocalDay | null; from: LocalDay | null; to: LocalDay | null; limit: number }

/** The days that a client reported, newest first. */
export async function usageDaysOf(db: Connection, clientId: string, { before, from, to, limit }: Page) {
  const rows: UsageDay[] = await db
    .select({
      day: usageDays.day,
      accounts: usageDays.accounts,
      visits: usageDays.visits,
      reportedAt: usageDays.reportedAt,
    })
    .from(usageDays)
    .where(
      and(
        eq(usageDays.clientId, clientId),
        before === null ? undefined : lt(usageDays.day, before),
        from === null ? undefined : gte(usageDays.day, from),
        to === null ? undefined : lte(usageDays.day, to),
      ),
    )
    .orderBy(desc(usageDays.day))
    .limit(limit)
  return rows
}
