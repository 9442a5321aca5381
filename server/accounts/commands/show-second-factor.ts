import { eq } from 'drizzle-orm'
import { accounts } from '#db/schema/index.ts'
import { recordEvent } from '#server/events/commands.ts'
import type { Context } from '../context.ts'
import { knownDeviceOf, rememberDevice } from '../known-device.ts'
import type { SecondFactorProof } from '../rules/schemas.ts'
import type { RelyingParty } from '../rules/second-factor.ts'
import { forgetSession } from '../session.ts'
import { markSecondFactor } from './keep-sessions.ts'
import { proveSecondFactor } from './prove-second-factor.ts'

type Session = { id: string; accountId: string }

/** The browser: its known-device cookie, and how to set one. */
export type Browser = { device?: string | undefined; setCookie?: ((line: string) => void) | undefined }

/**
 * The step after the password: it completes the sign-in, and the browser is a known device from now on.
 */
export async function showSecondFactor(
  ctx: Context & Browser,
  session: Session,
  rp: RelyingParty,
  proof: SecondFactorProof,
): Promise<null> {
  const { id: sessionId, accountId } = session
  const [account] = await ctx.db
    .select({ id: accounts.id, passwordHash: accounts.passwordHash })
    .from(accounts)
    .where(eq(accounts.id, accountId))
  // As at sign-in: someone who has only the password does not use up the attempts of a known device.
  const triesOf = (await knownDeviceOf(ctx.device, account, ctx.now())) ?? accountId
  await proveSecondFactor({ ...ctx, rp }, { accountId, sessionId, triesOf }, proof, async (tx, by) => {
    await markSecondFactor(tx, session, ctx.now())
    await recordEvent(tx, ctx, {
      event: 'account.second_factor_shown',
      subject: { kind: 'account', id: accountId },
      details: { sessionId, by },
    })
  })
  await settleIn(ctx, session)
  return null
}

/** Called when a sign-in is complete. */
export async function settleIn(ctx: Context & Browser, { id, accountId }: Session): Promise<void> {
  forgetSession(id)
  ctx.setCookie?.(await rememberDevice(ctx, accountId, ctx.device))
}
