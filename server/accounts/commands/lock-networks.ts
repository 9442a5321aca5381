import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { accountRoles, accounts, agencies } from '#db/schema/index.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { queueJob } from '#server/platform/jobs.ts'
import { log } from '#server/platform/log.ts'
import type { Context } from '../context.ts'
import { lockedPlaces } from '../queries/locked-networks.ts'
import { robot } from '../rules/actor.ts'
import { mayAdministerCity } from '../rules/policy.ts'
import type { UnlockNetwork } from '../rules/schemas.ts'
import { forgetPlace, type Locked } from '../throttle.ts'
import { type PostSettings, writeToAccount } from './write-to-account.ts'

type Desk = { db: Database; now: () => Date }

/** An alarm: no one can sign in from this network for a while, and the administrators of the city are notified. */
export async function notifyLocked(
  { db, now }: Desk,
  { by, place, seconds }: Locked,
  { requestId }: { requestId?: string | null },
): Promise<void> {
  log.warn({ place, by, seconds }, 'too many failed sign-ins from one place: it is locked')
  await db.transaction(async (tx) => {
    await recordEvent(
      tx,
      { actor: robot, now, requestId },
      {
        event: 'network.locked',
        subject: { kind: 'network', id: place },
        details: { around: by, minutes: Math.ceil(seconds / 60) },
      },
    )
    const administrators = await tx
      .selectDistinct({ id: accounts.id })
      .from(accountRoles)
      .innerJoin(accounts, and(eq(accounts.id, accountRoles.accountId), eq(accounts.isActive, true)))
      .innerJoin(agencies, and(eq(agencies.id, accountRoles.agencyId), isNull(agencies.parentId)))
      .where(and(eq(accountRoles.role, 'admin'), isNotNull(accounts.email)))
    for (const { id: accountId } of administrators) {
      await queueJob(tx, 'tell_network_locked', { accountId, place, seconds, at: now().toISOString() })
    }
  })
}

/** Writes to an administrator of the city. */
export const writeOfLocked = (
  ctx: Pick<Context, 'db'>,
  { accountId, place, seconds, at }: { accountId: string; place: string; seconds: number; at: string },
  settings?: PostSettings,
): Promise<boolean> =>
  writeToAccount(
    ctx,
    {
      accountId,
      about: 'networkLocked',
      values: { place, minutes: Math.ceil(seconds / 60) },
      path: '/admin/accounts',
      key: `network-locked-${new Date(at).getTime()}`,
    },
    settings,
  )

/** Unlocks a network before its lock expires. */
export async function unlockNetwork(ctx: Context, { by, place }: UnlockNetwork): Promise<null> {
  if (!mayAdministerCity(ctx.actor)) throw new DomainError('forbidden')
  const locked = await lockedPlaces(ctx)
  if (!locked.some((each) => each.by === by && each.place === place)) throw new DomainError('not_found')
  await recordEvent(ctx.db, ctx, {
    event: 'network.unlocked',
    subject: { kind: 'network', id: place },
    details: { around: by },
  })
  await forgetPlace({ by, place })
  return null
}
