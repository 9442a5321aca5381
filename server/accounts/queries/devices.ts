import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { sessions } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import { sessionLimits } from '#server/platform/rules/limits.ts'
import type { Context } from '../context.ts'
import { deviceOf } from '../rules/device.ts'

/** The devices on which the actor is signed in at this moment, the current one first. */
export async function ownDevices({ db, actor, now }: Context, currentSessionId: string) {
  if (!actor.id) throw new DomainError('signed_out')
  const at = now()
  const idleSince = new Date(at.getTime() - sessionLimits.idleSeconds * 1000)
  const open = await db
    .select({
      id: sessions.id,
      ip: sessions.ip,
      userAgent: sessions.userAgent,
      signedInAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.accountId, actor.id),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, at),
        gt(sessions.lastSeenAt, idleSince),
      ),
    )
    .orderBy(desc(sessions.lastSeenAt))
  return open
    .map(({ userAgent, ...session }) => ({
      ...session,
      ...deviceOf(userAgent),
      isCurrent: session.id === currentSessionId,
    }))
    .sort((one, other) => Number(other.isCurrent) - Number(one.isCurrent))
}

export type Device = Awaited<ReturnType<typeof ownDevices>>[number]
