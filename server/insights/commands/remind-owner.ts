import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { riskActions } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { capacityFor } from '#server/accounts/rules/substitution.ts'
import { recordEvent } from '#server/events/commands.ts'
import { notifyOfRisk } from '#server/notifications/commands/notify-of-risk.ts'
import { DomainError } from '#server/platform/errors.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { mayActOnRisk, type RiskActionInput } from '../rules/risk-actions.ts'
import { actionOf, ownedRisk } from './owned-risk.ts'

/** `isNew`: false where the account has reminded them of it today before, at `at`. */
export type Reminded = { at: Date; isNew: boolean }

/** Notifies the head of an agency of a risk, as it is at this moment. Again on the same day it changes nothing. */
export async function remindOwner(ctx: Context, input: RiskActionInput): Promise<Reminded> {
  const actor = capacityFor(ctx.actor, (capacity) => mayActOnRisk(capacity, input.agency))
  if (!actor) throw new DomainError('forbidden')
  const at = ctx.now()
  const { risk, owner } = await ownedRisk(ctx, at, input)
  return ctx.db.transaction(async (tx) => {
    const [made] = await tx
      .insert(riskActions)
      .values({ ...actionOf(ctx, risk, owner), action: 'remind', at })
      .onConflictDoNothing()
      .returning({ id: riskActions.id })
    if (!made) return { at: await remindedAt(tx, ctx, at, input), isNew: false }
    const acting = { ...ctx, actor }
    await recordEvent(tx, acting, {
      event: 'agency.reminded',
      subject: { kind: 'agency', id: owner.id },
      agencyId: owner.id,
      details: { risk: risk.kind, count: owner.count },
    })
    await notifyOfRisk(tx, acting, {
      kind: 'reminded',
      riskActionId: made.id,
      risk: risk.kind,
      accounts: [],
      roles: [{ role: 'approver', agencyId: owner.id }],
      mustReach: true,
    })
    return { at, isNew: true }
  })
}

async function remindedAt(tx: Transaction, ctx: Context, at: Date, { risk, agency }: RiskActionInput): Promise<Date> {
  const [row] = await tx
    .select({ at: riskActions.at })
    .from(riskActions)
    .where(
      and(
        eq(riskActions.action, 'remind'),
        eq(riskActions.risk, risk),
        eq(riskActions.agencyId, agency),
        eq(riskActions.day, localDayOf(at)),
        eq(riskActions.byId, ctx.actor.id ?? ''),
      ),
    )
  if (!row) throw new Error('a reminder was neither made nor there')
  return row.at
}
