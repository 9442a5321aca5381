import { enrolmentProcedure, router, staffProcedure } from '#server/procedures/init.ts'
import { appointSubstitute, endSubstitution } from './commands/appoint-substitute.ts'
import { changePassword } from './commands/change-password.ts'
import { confirmedUntil, confirmIdentity } from './commands/confirm-identity.ts'
import { forgetSearch, rememberSearch } from './commands/keep-searches.ts'
import { revokeDevice } from './commands/revoke-sessions.ts'
import { setPreferences } from './commands/set-preferences.ts'
import { ownDevices } from './queries/devices.ts'
import { myself } from './queries/me.ts'
import { substitutionsOf } from './queries/substitutions.ts'
import {
  appointSubstituteInput,
  changePasswordInput,
  confirmIdentityInput,
  endSubstitutionInput,
  revokeDeviceInput,
  searchWordsInput,
  setPreferencesInput,
} from './rules/schemas.ts'
import { relyingPartyOf } from './rules/second-factor.ts'

const own = staffProcedure('session.own')

/** What an account sees and changes about itself. */
export const meRouter = router({
  view: own.query(({ ctx }) => myself(ctx)),
  /** Sent while the user is active on a page; as for every mutation, the procedure records the use. */
  touch: own.mutation(() => null),
  setPreferences: own.input(setPreferencesInput).mutation(({ ctx, input }) => setPreferences(ctx, input)),
  rememberSearch: own.input(searchWordsInput).mutation(({ ctx, input }) => rememberSearch(ctx, input)),
  forgetSearch: own.input(searchWordsInput).mutation(({ ctx, input }) => forgetSearch(ctx, input)),
  substitutions: own.query(({ ctx }) => substitutionsOf(ctx, ctx.session.accountId)),
  appointSubstitute: own.input(appointSubstituteInput).mutation(({ ctx, input }) => appointSubstitute(ctx, input)),
  endSubstitution: own.input(endSubstitutionInput).mutation(({ ctx, input }) => endSubstitution(ctx, input)),
  devices: own.query(({ ctx }) => ownDevices(ctx, ctx.session.id)),
  revokeDevice: own.input(revokeDeviceInput).mutation(({ ctx, input }) => revokeDevice(ctx, input)),
  /** Until when protected actions need no new confirmation. */
  confirmedUntil: own.query(({ ctx }) => confirmedUntil(ctx, ctx.session.id)),
  /** Also for a user who still has to set up a second factor and took long over it. */
  confirmIdentity: enrolmentProcedure('session.own')
    .input(confirmIdentityInput)
    .mutation(({ ctx, input }) => confirmIdentity(ctx, ctx.session.id, relyingPartyOf(ctx), input)),
  changePassword: own
    .input(changePasswordInput)
    .mutation(({ ctx, input }) => changePassword(ctx, ctx.session.id, input)),
})
