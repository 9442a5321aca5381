import { openProcedure, router, staffProcedure } from '#server/procedures/init.ts'
import { changeAccount } from './commands/change-account.ts'
import { assertConfirmed } from './commands/confirm-identity.ts'
import { createAccount } from './commands/create-account.ts'
import { unlockNetwork } from './commands/lock-networks.ts'
import { makePasswordLink } from './commands/make-password-link.ts'
import { resetSecondFactor } from './commands/reset-second-factor.ts'
import { revokeAccountSessions } from './commands/revoke-sessions.ts'
import { setActive } from './commands/set-active.ts'
import { ownerOfLink, setPassword } from './commands/set-password.ts'
import { setRoles } from './commands/set-roles.ts'
import { accountList, grantableAgencies } from './queries/accounts.ts'
import { lockedNetworks } from './queries/locked-networks.ts'
import { signInWays } from './queries/sign-in-ways.ts'
import { substitutionsOf } from './queries/substitutions.ts'
import {
  accountIdInput,
  accountListInput,
  changeAccountInput,
  createAccountInput,
  passwordLinkInput,
  resetSecondFactorInput,
  setActiveInput,
  setPasswordInput,
  setRolesInput,
  unlockNetworkInput,
} from './rules/schemas.ts'

const admin = staffProcedure('accounts.edit')
/** For procedures that grant roles or access to an account: they require a recent confirmation of identity. */
const confirmed = admin.use(async ({ ctx, next }) => {
  await assertConfirmed(ctx, ctx.session.id)
  return next()
})

export const accountsRouter = router({
  list: admin.input(accountListInput).query(({ ctx, input }) => accountList(ctx, input)),
  grantableAgencies: admin.query(({ ctx }) => grantableAgencies(ctx)),
  create: confirmed.input(createAccountInput).mutation(({ ctx, input }) => createAccount(ctx, input)),
  change: admin.input(changeAccountInput).mutation(({ ctx, input }) => changeAccount(ctx, input)),
  setRoles: confirmed.input(setRolesInput).mutation(({ ctx, input }) => setRoles(ctx, input)),
  setActive: admin.input(setActiveInput).mutation(({ ctx, input }) => setActive(ctx, input)),
  makePasswordLink: confirmed.input(accountIdInput).mutation(({ ctx, input }) => makePasswordLink(ctx, input)),
  substitutions: admin.input(accountIdInput).query(({ ctx, input }) => substitutionsOf(ctx, input.accountId)),
  revokeSessions: admin.input(accountIdInput).mutation(({ ctx, input }) => revokeAccountSessions(ctx, input)),
  resetSecondFactor: admin
    .input(resetSecondFactorInput)
    .mutation(({ ctx, input }) => resetSecondFactor(ctx, ctx.session.id, input)),
  lockedNetworks: admin.query(({ ctx }) => lockedNetworks(ctx)),
  unlockNetwork: admin.input(unlockNetworkInput).mutation(({ ctx, input }) => unlockNetwork(ctx, input)),
  /** What the sign-in page offers before sign-in. */
  signInWays: openProcedure.query(() => signInWays()),
  /** Anyone who holds the link may use it, signed in or not. */
  passwordLink: openProcedure.input(passwordLinkInput).query(({ ctx, input }) => ownerOfLink(ctx, input.token)),
  setPassword: openProcedure.input(setPasswordInput).mutation(({ ctx, input }) => setPassword(ctx, input)),
})
