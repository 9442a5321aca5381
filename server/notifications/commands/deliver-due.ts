import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'
import { announce } from '#server/platform/announce.ts'

/** Announces the notifications of accounts whose office hours have begun: they are shown from now on. */
export async function deliverDue({ db, now }: Context): Promise<void> {
  const waiting = await db.execute<{ accountId: string }>(shownJustNow(now()))
  for (const { accountId } of waiting) await announce(db, { kind: 'notification', ids: null, accountId })
}

export function shownJustNow(now: Date): SQL {
  const at = sql`${now.toISOString()}::timestamptz`
  return sql`
    select distinct account_id as "accountId" from notifications
    where read_at is null and shown_at <= ${at} and shown_at > ${at} - interval '90 seconds'`
}
