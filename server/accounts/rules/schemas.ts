import { z } from 'zod'
import { shapeOf } from '#server/platform/rules/filters/schema.ts'
import { passwordLimits, secondFactorLimits } from '#server/platform/rules/limits.ts'
import { moment } from '#server/platform/rules/moment.ts'
import { roles } from './actor.ts'
import { accountFilters } from './filters.ts'
import { surroundings } from './network.ts'
import { preferencesSchema } from './preferences.ts'
import { usernameOf, usernamePattern } from './username.ts'

const line = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .transform((text) => text.normalize('NFC'))
const username = z.string().transform(usernameOf).pipe(z.string().regex(usernamePattern, 'username_pattern'))
const password = z.string().max(4 * passwordLimits.longest)
const agencyId = z.string().min(1).max(80)
const token = z.string().min(20).max(200)

const grants = z
  .array(z.object({ role: z.enum(roles), agencyId }))
  .max(20)
  .refine((list) => new Set(list.map(({ role, agencyId }) => `${role} ${agencyId}`)).size === list.length, 'role_twice')

const person = z.object({
  name: line(120).pipe(z.string().min(1, 'required')),
  position: line(120),
  email: z.union([z.literal('').transform(() => null), z.email().max(200)]).nullable(),
  agencyId,
})

export const createAccountInput = person.extend({ username, roles: grants })
export type CreateAccount = z.infer<typeof createAccountInput>

export const firstAdministratorInput = createAccountInput.omit({ agencyId: true, roles: true })

const ofAccount = z.object({ accountId: z.uuid(), version: z.number().int() })

export const changeAccountInput = person.extend(ofAccount.shape)
export type ChangeAccount = z.infer<typeof changeAccountInput>

export const setRolesInput = ofAccount.extend({ roles: grants })
export type SetRoles = z.infer<typeof setRolesInput>

export const setActiveInput = ofAccount.extend({ isActive: z.boolean() })
export type SetActive = z.infer<typeof setActiveInput>

export const accountIdInput = z.object({ accountId: z.uuid() })
export type AccountId = z.infer<typeof accountIdInput>

export const appointSubstituteInput = z
  .object({
    holderId: z.uuid(),
    standInId: z.uuid('required'),
    role: z.enum(roles),
    agencyId,
    startsAt: moment('required'),
    /** From this instant on it no longer applies. */
    endsAt: moment('required'),
  })
  .refine(({ startsAt, endsAt }) => endsAt > startsAt, { path: ['endsAt'], error: 'ends_before_start' })
export type AppointSubstitute = z.infer<typeof appointSubstituteInput>

export const endSubstitutionInput = z.object({ id: z.uuid() })
export type EndSubstitution = z.infer<typeof endSubstitutionInput>

export const accountListInput = z.object({
  ...shapeOf(accountFilters),
  cursor: z.object({ word: z.string(), name: z.string(), id: z.uuid() }).optional(),
})
export type AccountList = z.infer<typeof accountListInput>

const base64url = z.string().max(8000)
const credential = {
  id: z.string().max(2000),
  rawId: z.string().max(2000),
  type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string().max(60), z.unknown()).transform(() => ({})),
}

/** Proofs of a second factor: a code of the authenticator app, a recovery code, or a passkey response. */
const proofs = [
  z.object({ code: z.string().max(40) }),
  z.object({ recoveryCode: z.string().max(60) }),
  z.object({
    passkey: z.object({
      ...credential,
      response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url }),
    }),
  }),
] as const
export const showSecondFactorInput = z.union(proofs)
export type SecondFactorProof = z.infer<typeof showSecondFactorInput>

/** The password counts only where the account has no second factor. */
export const confirmIdentityInput = z.union([z.object({ password }), ...proofs])
export type ConfirmIdentity = z.infer<typeof confirmIdentityInput>

export const finishTotpInput = z.object({ code: z.string().max(40) })

const passkeyName = line(60).pipe(z.string().min(1, 'required'))
export const addPasskeyInput = z.object({
  name: passkeyName,
  response: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: base64url,
      attestationObject: z.string().max(20_000),
      transports: z
        .array(z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']))
        .max(10)
        .optional(),
    }),
  }),
})
export type AddPasskey = z.infer<typeof addPasskeyInput>

export const passkeyIdInput = z.object({ id: z.uuid() })
export type PasskeyId = z.infer<typeof passkeyIdInput>
export const renamePasskeyInput = passkeyIdInput.extend({ name: passkeyName })
export type RenamePasskey = z.infer<typeof renamePasskeyInput>

export const resetSecondFactorInput = z.object({
  accountId: z.uuid(),
  reason: line(500).pipe(z.string().min(secondFactorLimits.shortestReason, 'reason_short')),
})
export type ResetSecondFactor = z.infer<typeof resetSecondFactorInput>

export const unlockNetworkInput = z.object({ by: z.enum(surroundings), place: line(60) })
export type UnlockNetwork = z.infer<typeof unlockNetworkInput>

export const changePasswordInput = z.object({ current: password, next: password })
export type ChangePassword = z.infer<typeof changePasswordInput>

export const passwordLinkInput = z.object({ token })
export const setPasswordInput = z.object({ token, password })
export type SetPassword = z.infer<typeof setPasswordInput>

export const revokeDeviceInput = z.object({ sessionId: z.uuid() })
export type RevokeDevice = z.infer<typeof revokeDeviceInput>

export const searchWordsInput = z.object({ words: line(500) })
export type SearchWords = z.infer<typeof searchWordsInput>

/** Only the changed preferences; the others are kept. */
export const setPreferencesInput = preferencesSchema.omit({ recentSearches: true }).partial()
export type SetPreferences = z.infer<typeof setPreferencesInput>
