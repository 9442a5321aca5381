import { lt, or } from 'drizzle-orm'
import { z } from 'zod'
import { loginLimits, passkeyChallenges, passwordLinks, sessions } from '#db/schema/index.ts'
import { defineJob, type ScheduledJob } from '#server/platform/jobs.ts'
import { writeOfLocked } from './commands/lock-networks.ts'
import { notifyReset } from './commands/reset-second-factor.ts'
import type { Context } from './context.ts'

declare module '#server/platform/jobs.ts' {
  interface JobPayloads {
    forget_sign_ins: Record<string, never>
    tell_second_factor_reset: { accountId: string; at: string }
    tell_network_locked: { accountId: string; place: string; seconds: number; at: string }
  }
}

const keptDays = 30

/**
 * Ended sign-ins contain addresses and devices: they are deleted after a month, links and counters once they expire.
 */
async function forgetSignIns(_: unknown, { db, now }: Context): Promise<void> {
  const at = now()
  const monthAgo = new Date(at.getTime() - keptDays * 86_400_000)
  await db.delete(sessions).where(or(lt(sessions.expiresAt, monthAgo), lt(sessions.revokedAt, monthAgo)))
  await db.delete(passwordLinks).where(lt(passwordLinks.expiresAt, monthAgo))
  await db.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, at))
  await db.delete(loginLimits).where(lt(loginLimits.expire, at.getTime()))
}

export const accountJobs = {
  forget_sign_ins: defineJob(z.object({}), forgetSignIns),
  tell_second_factor_reset: defineJob(z.object({ accountId: z.uuid(), at: z.string() }), (payload, ctx: Context) =>
    notifyReset(ctx, payload),
  ),
  tell_network_locked: defineJob(
    z.object({ accountId: z.uuid(), place: z.string(), seconds: z.number(), at: z.string() }),
    (payload, ctx: Context) => writeOfLocked(ctx, payload),
  ),
}

export const accountSchedule: readonly ScheduledJob[] = [{ job: 'forget_sign_ins', cron: '17 20 * * *', payload: {} }]
