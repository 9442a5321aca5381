import { sql } from 'drizzle-orm'
import { builtOnce, writtenOnce } from '#db/built-once.ts'
import type { Connection, Transaction } from '#db/client.ts'
import { apiClientDays } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import type { ApiClient } from './rules/api-client.ts'

type Limited = Pick<ApiClient, 'id' | 'reportsPerDay'>

/** The constraint that refuses a report beyond the limit of the day. */
export const dayConstraint = 'api_client_days_most'

export const dayFull = ({ reportsPerDay: most }: Limited) => new DomainError('api_client_day_full', { most })

/** Refuses a client at its limit early and cheaply, without a lock. `countReport` enforces the limit. */
export async function assertDayHasRoom(db: Connection, client: Limited, day: LocalDay): Promise<void> {
  const [counted] = await reportsOf(db, { clientId: client.id, day })
  if (counted && counted.reports >= client.reportsPerDay) throw dayFull(client)
}

const reportsOf = builtOnce((db) =>
  db
    .select({ reports: apiClientDays.reports })
    .from(apiClientDays)
    .where(
      sql`${apiClientDays.clientId} = ${sql.placeholder('clientId')} and ${apiClientDays.day} = ${sql.placeholder('day')}`,
    ),
)

/**
 * Counts one more report of the day. It locks the row of the day, so it must be the last write of the transaction. A
 * constraint refuses the report beyond the limit, so the commit can follow without waiting for the result.
 */
export async function countReport(tx: Transaction, { id, reportsPerDay }: Limited, day: LocalDay): Promise<void> {
  await countOne(tx, { id, day, most: reportsPerDay })
}

const countOne = writtenOnce(
  () => sql`
    insert into api_client_days (client_id, day, reports, most)
      values (${sql.placeholder('id')}, ${sql.placeholder('day')}, 1, ${sql.placeholder('most')})
    on conflict (client_id, day) do update set reports = api_client_days.reports + 1, most = excluded.most`,
)
