import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accountRoles, accounts, substitutions } from '#db/schema/index.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { Context } from '../context.ts'
import { revokedChannel } from '../queries/sessions.ts'
import { mayAdminister } from '../rules/policy.ts'
import type { AppointSubstitute, EndSubstitution } from '../rules/schemas.ts'
import { refusalReasonForSubstitution } from '../rules/substitution.ts'

/**
 * Appoints a colleague of the same agency as substitute for a role of an account, for a time (xử lý thay); done by the
 * holder or an administrator. Every process is notified at commit; the substitution begins and ends automatically.
 */
export async function appointSubstitute(
  ctx: Context,
  { holderId, standInId, ...substitution }: AppointSubstitute,
): Promise<{ id: string }> {
  return ctx.db.transaction(async (tx) => {
    const holder = await lockHolder(tx, ctx, holderId)
    const [standIn] = await tx.select().from(accounts).where(eq(accounts.id, standInId))
    if (!standIn) throw new DomainError('not_found', { subject: 'account' })
    const now = ctx.now()
    const refusalReason = refusalReasonForSubstitution({ holder, standIn, ...substitution, now })
    if (refusalReason) throw new DomainError(refusalReason)
    const same = and(eq(substitutions.holderId, holderId), eq(substitutions.standInId, standInId))
    const sameRole = and(eq(substitutions.role, substitution.role), eq(substitutions.agencyId, substitution.agencyId))
    const overlaps = and(
      lt(substitutions.startsAt, substitution.endsAt),
      gt(substitutions.endsAt, substitution.startsAt),
    )
    const [known] = await tx
      .select({ id: substitutions.id })
      .from(substitutions)
      .where(and(same, sameRole, overlaps, isNull(substitutions.revokedAt)))
    if (known) throw new DomainError('role_lent_already')
    const [made] = await tx
      .insert(substitutions)
      .values({ holderId, standInId, ...substitution, createdById: ctx.actor.id ?? holderId, createdAt: now })
      .returning({ id: substitutions.id })
    if (!made) throw new Error('no substitution was written')
    await notifyBoth(tx)
    await recordEvent(tx, ctx, {
      event: 'account.role_lent',
      subject: { kind: 'account', id: holderId },
      agencyId: holder.agencyId,
      details: { standInId, ...substitution },
    })
    return made
  })
}

/** Ends a substitution early; the substitute may do so too. One that is over stays unchanged. */
export async function endSubstitution(ctx: Context, { id }: EndSubstitution): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [substitution] = await tx.select().from(substitutions).where(eq(substitutions.id, id)).for('no key update')
    if (!substitution) throw new DomainError('not_found')
    const holder = substitution.standInId === ctx.actor.id ? null : await lockHolder(tx, ctx, substitution.holderId)
    const now = ctx.now()
    if (substitution.revokedAt || substitution.endsAt <= now) return
    await tx.update(substitutions).set({ revokedAt: now, revokedById: ctx.actor.id }).where(eq(substitutions.id, id))
    await notifyBoth(tx)
    await recordEvent(tx, ctx, {
      event: 'account.loan_ended',
      subject: { kind: 'account', id: substitution.holderId },
      agencyId: holder?.agencyId ?? substitution.agencyId,
      details: { standInId: substitution.standInId, role: substitution.role, agencyId: substitution.agencyId },
    })
  })
}

/** The account whose role it is: the actor's own, or one they administer. For anyone else it does not exist. */
async function lockHolder(tx: Transaction, { actor }: Context, holderId: string) {
  const [holder] = await tx.select().from(accounts).where(eq(accounts.id, holderId)).for('no key update')
  if (!holder) throw new DomainError('not_found', { subject: 'account' })
  const roles = await tx
    .select({ role: accountRoles.role, agencyId: accountRoles.agencyId })
    .from(accountRoles)
    .where(eq(accountRoles.accountId, holderId))
  if (holderId !== actor.id && !mayAdminister(actor, { ...holder, roles })) {
    throw new DomainError('not_found', { subject: 'account' })
  }
  return { ...holder, roles }
}

async function notifyBoth(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_notify(${revokedChannel}, '')`)
}
