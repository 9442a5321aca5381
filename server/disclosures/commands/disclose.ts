import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { disclosedReporters, disclosures } from '#db/schema/index.ts'
import { confirmedUntil } from '#server/accounts/commands/confirm-identity.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { log } from '#server/platform/log.ts'
import { disclosureLimits } from '#server/platform/rules/limits.ts'
import { type DisclosurePurpose, disclosureReason, refusalReasonForDisclosure } from '../rules/disclosure.ts'

export type Look = {
  purpose: DisclosurePurpose
  reason: string
  /** The reports whose reporters are shown; none if a search found no one. */
  reportIds: readonly number[]
  /** The phone number searched for, masked. */
  searchedPhone?: string
}

/**
 * The only access to reporters' personal data, called in the transaction that reads it. The caller has checked the
 * permission. Checks the reason and the hourly budget of persons, and records who viewed whose data and why. Returns
 * the id of the record.
 */
export async function disclose(
  tx: Transaction,
  ctx: Context,
  sessionId: string | null,
  { purpose, reason, reportIds, searchedPhone }: Look,
): Promise<number> {
  const accountId = ctx.actor.id
  if (ctx.actor.kind !== 'staff' || accountId === null) throw new DomainError('forbidden')
  const given = disclosureReason.safeParse(reason)
  if (!given.success) throw new DomainError('reason_too_short', { shortest: disclosureLimits.reason.shortest })
  // Disclosures of one account are serialised: two at once would each find the budget not yet used up.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('disclosures'), hashtext(${accountId}))`)
  const asked = sql`select unnest(${`{${reportIds.join(',')}}`}::bigint[]) as report_id`
  const [count] = await tx.execute<{ persons: number; here: number }>(sql`
    select (${personsIn(sql`${seenBy(accountId, ctx.now())} union ${asked}`)})::int
        + (${emptySearches(accountId, ctx.now())})::int as persons,
      (${personsIn(asked)})::int as here`)
  const { persons = 0, here = 0 } = count ?? {}
  // A search that finds no one counts as one person: otherwise numbers could be guessed for free.
  const total = persons + (reportIds.length === 0 ? 1 : 0)
  const refusalReason = refusalReasonForDisclosure({
    persons: total,
    isConfirmed: await isConfirmed(tx, ctx, sessionId, total),
  })
  if (refusalReason === 'too_many_persons') raiseAlarm(ctx, accountId, { purpose, persons: total })
  if (refusalReason) throw new DomainError(refusalReason, { ceiling: disclosureLimits.persons.ceiling })
  const [look] = await tx
    .insert(disclosures)
    .values({
      at: ctx.now(),
      accountId,
      onBehalfOf: ctx.actor.onBehalfOf ?? null,
      sessionId,
      purpose,
      reason: given.data,
      searchedPhone: searchedPhone ?? null,
      persons: here,
      requestId: ctx.requestId ?? null,
      ip: ctx.ip ?? null,
    })
    .returning({ id: disclosures.id })
  if (!look) throw new Error('no look was written down')
  await tx.execute(
    sql`insert into ${disclosedReporters} select distinct ${look.id}::bigint, report_id from (${asked}) asked`,
  )
  return look.id
}

/** How many more persons the account may be shown before it must confirm its identity again. */
export async function personsLeft({ db, actor, now }: Context): Promise<number> {
  const accountId = actor.id ?? ''
  const [seen] = await db.execute<{ persons: number }>(sql`
    select (${personsIn(seenBy(accountId, now()))})::int + (${emptySearches(accountId, now())})::int as persons`)
  return Math.max(0, disclosureLimits.persons.budget - (seen?.persons ?? 0))
}

/** Reporters with the same phone number count as one person, regardless of the number of reports. */
const personsIn = (
  reportIds: SQL,
): SQL => sql`select count(distinct coalesce(phone_digits(r.phone), 'report ' || i.report_id))
  from (${reportIds}) i left join reporters r on r.report_id = i.report_id`

const seenBy = (accountId: string, now: Date): SQL => sql`select p.report_id from disclosures d
  join disclosed_reporters p on p.disclosure_id = d.id where ${inTheHourOf(accountId, now)}`

const emptySearches = (accountId: string, now: Date): SQL => sql`select count(*) from disclosures d
  where ${inTheHourOf(accountId, now)} and not exists (select from disclosed_reporters p where p.disclosure_id = d.id)`

const inTheHourOf = (accountId: string, now: Date): SQL =>
  sql`d.account_id = ${accountId}::uuid and d.at > ${hourBefore(now)}::timestamptz`

const hourBefore = (now: Date) => new Date(now.getTime() - disclosureLimits.persons.windowSeconds * 1000).toISOString()

/**
 * Uses the connection that holds the lock: waiting for another connection while holding it would block everyone.
 */
async function isConfirmed(
  tx: Transaction,
  { now }: Context,
  sessionId: string | null,
  persons: number,
): Promise<boolean> {
  if (sessionId === null || persons <= disclosureLimits.persons.budget) return false
  return (await confirmedUntil({ db: tx }, sessionId)) >= now()
}

/**
 * Uses a separate connection, because the refusal rolls back its transaction; not awaited while the lock is held.
 */
function raiseAlarm(ctx: Context, accountId: string, details: { purpose: string; persons: number }): void {
  recordEvent(ctx.db, ctx, {
    event: 'account.personal_data_refused',
    subject: { kind: 'account', id: accountId },
    details,
  }).catch((error: unknown) => log.error({ err: error, accountId }, 'an alarm about personal data could not be kept'))
}
