import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { accountRoles, accounts, substitutions } from '#db/schema/index.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { Context } from '../context.ts'
import { revokedChannel } from '../queries/sessions.ts'
import { mayAdminister } from '../rules/policy.ts'
import type { EndLoan, LendRole } from '../rules/schemas.ts'
import { obstacleToLending } from '../rules/substitution.ts'

/**
 * Lends a role of an account to a colleague of the same agency for a time (thay mặt), by its holder or an administrator.
 * Every process learns of it with the commit; it begins and ends by itself.
 */
export async function lendRole(ctx: Context, { holderId, standInId, ...loan }: LendRole): Promise<{ id: string }> {
  return ctx.db.transaction(async (tx) => {
    const holder = await lockHolder(tx, ctx, holderId)
    const [standIn] = await tx.select().from(accounts).where(eq(accounts.id, standInId))
    if (!standIn) throw new DomainError('not_found', { subject: 'account' })
    const now = ctx.now()
    const obstacle = obstacleToLending({ holder, standIn, ...loan, now })
    if (obstacle) throw new DomainError(obstacle)
    const same = and(eq(substitutions.holderId, holderId), eq(substitutions.standInId, standInId))
    const sameRole = and(eq(substitutions.role, loan.role), eq(substitutions.agencyId, loan.agencyId))
    const overlaps = and(lt(substitutions.startsAt, loan.endsAt), gt(substitutions.endsAt, loan.startsAt))
    const [known] = await tx
      .select({ id: substitutions.id })
      .from(substitutions)
      .where(and(same, sameRole, overlaps, isNull(substitutions.revokedAt)))
    if (known) throw new DomainError('role_lent_already')
    const [made] = await tx
      .insert(substitutions)
      .values({ holderId, standInId, ...loan, createdById: ctx.actor.id ?? holderId, createdAt: now })
      .returning({ id: substitutions.id })
    if (!made) throw new Error('no substitution was written')
    await tellEveryone(tx)
    await recordEvent(tx, ctx, {
      event: 'account.role_lent',
      subject: { kind: 'account', id: holderId },
      agencyId: holder.agencyId,
      details: { standInId, ...loan },
    })
    return made
  })
}

/** Takes a loan back before its time; whoever stands in may give it back. One that is over stays as it is. */
export async function endLoan(ctx: Context, { id }: EndLoan): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [loan] = await tx.select().from(substitutions).where(eq(substitutions.id, id)).for('no key update')
    if (!loan) throw new DomainError('not_found')
    const holder = loan.standInId === ctx.actor.id ? null : await lockHolder(tx, ctx, loan.holderId)
    const now = ctx.now()
    if (loan.revokedAt || loan.endsAt <= now) return
    await tx.update(substitutions).set({ revokedAt: now, revokedById: ctx.actor.id }).where(eq(substitutions.id, id))
    await tellEveryone(tx)
    await recordEvent(tx, ctx, {
      event: 'account.loan_ended',
      subject: { kind: 'account', id: loan.holderId },
      agencyId: holder?.agencyId ?? loan.agencyId,
      details: { standInId: loan.standInId, role: loan.role, agencyId: loan.agencyId },
    })
  })
}

/** The account whose role it is: the actor's own, or one that he administers. To anybody else it does not exist. */
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

async function tellEveryone(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_notify(${revokedChannel}, '')`)
}
