import { and, eq } from 'drizzle-orm'
import { apiClients, usageDays } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import { assertDayHasCome, type UsageInput } from '../rules/usage.ts'

export type UsageDay = UsageInput & { day: LocalDay; reportedAt: Date }

/**
 * Stores the figures that a program reports for a day. They replace earlier figures of the day, and the log keeps both;
 * equal figures change nothing. `check` gets the stored figures before they are replaced and may refuse.
 */
export async function reportUsage(
  ctx: Context,
  { day, accounts, visits }: UsageInput & { day: LocalDay },
  check: (stored: UsageDay | null) => void = () => undefined,
): Promise<UsageDay> {
  const { actor, now } = ctx
  if (actor.kind !== 'api_client' || actor.id === null) throw new DomainError('forbidden')
  assertDayHasCome(day, localDayOf(now()))
  const clientId = actor.id
  return ctx.db.transaction(async (tx) => {
    // Locks the client, so that simultaneous reports of a new day are serialised too.
    const [client] = await tx
      .select({ agencyId: apiClients.agencyId })
      .from(apiClients)
      .where(eq(apiClients.id, clientId))
      .for('no key update')
    if (!client) throw new DomainError('forbidden')
    const [stored] = await tx
      .select()
      .from(usageDays)
      .where(and(eq(usageDays.clientId, clientId), eq(usageDays.day, day)))
    check(stored ?? null)
    if (stored && stored.accounts === accounts && stored.visits === visits) return stored
    const row = { clientId, day, accounts, visits, reportedAt: now() }
    const [written] = await tx
      .insert(usageDays)
      .values(row)
      .onConflictDoUpdate({
        target: [usageDays.clientId, usageDays.day],
        set: { accounts, visits, reportedAt: row.reportedAt },
      })
      .returning()
    if (!written) throw new Error('no figures were written')
    await recordEvent(tx, ctx, {
      event: 'usage.reported',
      subject: { kind: 'api_client', id: clientId },
      agencyId: client.agencyId,
      details: {
        day,
        accounts,
        visits,
        ...(stored && { accountsBefore: stored.accounts, visitsBefore: stored.visits }),
      },
    })
    return written
  })
}
