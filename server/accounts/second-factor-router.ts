import { enrolmentProcedure, factorProcedure, router, staffProcedure } from '#server/procedures/init.ts'
import { addPasskey, beginPasskey, removePasskey, renamePasskey } from './commands/keep-passkeys.ts'
import { askForPasskey } from './commands/passkey-challenges.ts'
import { renewRecoveryCodes } from './commands/recovery-codes.ts'
import { beginTotp, finishTotp, removeTotp } from './commands/set-up-totp.ts'
import { showSecondFactor } from './commands/show-second-factor.ts'
import { factorStep, ownSecondFactor } from './queries/second-factor.ts'
import {
  addPasskeyInput,
  finishTotpInput,
  passkeyIdInput,
  renamePasskeyInput,
  showSecondFactorInput,
} from './rules/schemas.ts'
import { relyingPartyOf } from './rules/second-factor.ts'

const showing = factorProcedure('session.own')
const settingUp = enrolmentProcedure('session.own')
const own = staffProcedure('session.own')

/** The caller's own second factor: proved after the password, set up, and managed. */
export const secondFactorRouter = router({
  step: showing.query(({ ctx }) => factorStep(ctx, ctx.session.accountId, ctx.pending?.step ?? null)),
  askForPasskey: showing.mutation(({ ctx }) =>
    askForPasskey({ ...ctx, rp: relyingPartyOf(ctx) }, { accountId: ctx.session.accountId, sessionId: ctx.session.id }),
  ),
  show: showing
    .input(showSecondFactorInput)
    .mutation(({ ctx, input }) => showSecondFactor(ctx, ctx.session, relyingPartyOf(ctx), input)),

  beginTotp: settingUp.mutation(({ ctx }) => beginTotp(ctx, ctx.session)),
  finishTotp: settingUp.input(finishTotpInput).mutation(({ ctx, input }) => finishTotp(ctx, ctx.session, input.code)),
  beginPasskey: settingUp.mutation(({ ctx }) => beginPasskey(ctx, ctx.session, relyingPartyOf(ctx))),
  addPasskey: settingUp
    .input(addPasskeyInput)
    .mutation(({ ctx, input }) => addPasskey(ctx, ctx.session, relyingPartyOf(ctx), input)),

  own: own.query(({ ctx }) => ownSecondFactor(ctx)),
  removeTotp: own.mutation(({ ctx }) => removeTotp(ctx, ctx.session)),
  renamePasskey: own.input(renamePasskeyInput).mutation(({ ctx, input }) => renamePasskey(ctx, ctx.session, input)),
  removePasskey: own.input(passkeyIdInput).mutation(({ ctx, input }) => removePasskey(ctx, ctx.session, input)),
  renewRecoveryCodes: own.mutation(({ ctx }) => renewRecoveryCodes(ctx, ctx.session)),
})
