import { and, eq, lt, ne } from 'drizzle-orm'
import type { z } from 'zod'
import { reportPutOffs } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { laterLimits } from '#server/platform/rules/limits.ts'
import { refusalReasonToPutOff } from '../rules/put-off.ts'
import type { putOffInput } from '../rules/schemas.ts'
import { markingAccount } from './own-mark.ts'

const day = 86_400_000

/**
 * Takes a report out of the account's own lists until then, or brings it back (null). Its clocks run on, and no one
 * else notices, so it is not logged.
 */
export async function putOffReport(ctx: Context, { reportId, until }: z.output<typeof putOffInput>): Promise<void> {
  const { db, now } = ctx
  const accountId = await markingAccount(ctx, reportId)
  if (until === null) {
    const own = and(eq(reportPutOffs.accountId, accountId), eq(reportPutOffs.reportId, reportId))
    await db.delete(reportPutOffs).where(own)
    return
  }
  const putOffAt = now()
  const refusalReason = refusalReasonToPutOff(until, putOffAt)
  if (refusalReason) throw new DomainError(refusalReason, { days: laterLimits.putOffDays })
  const others = and(eq(reportPutOffs.accountId, accountId), ne(reportPutOffs.reportId, reportId))
  if ((await db.$count(reportPutOffs, others)) >= laterLimits.putOffs)
    throw new DomainError('too_many_put_off', { count: laterLimits.putOffs })
  await db
    .insert(reportPutOffs)
    .values({ accountId, reportId, putOffAt, until })
    .onConflictDoUpdate({ target: [reportPutOffs.accountId, reportPutOffs.reportId], set: { putOffAt, until } })
}

/** Deletes what was put off and has been back for long. */
export async function forgetOldPutOffs({ db, now }: Context): Promise<void> {
  const before = new Date(now().getTime() - laterLimits.putOffKeptDays * day)
  await db.delete(reportPutOffs).where(lt(reportPutOffs.until, before))
}
