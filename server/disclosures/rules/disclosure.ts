import * as z from 'zod/mini'
import { disclosureLimits } from '#server/platform/rules/limits.ts'
import { normalise } from '#server/platform/rules/text.ts'

/**
 * The purposes of a disclosure: revealing one reporter, a search by phone number, an original photo, an export.
 */
export const disclosurePurposes = ['reveal', 'phone_search', 'original_photo', 'export'] as const
export type DisclosurePurpose = (typeof disclosurePurposes)[number]

const { shortest, longest } = disclosureLimits.reason

/** The reason for a disclosure: long enough to be meaningful, and the same rule at every endpoint. */
export const disclosureReason = z
  .string()
  .check(z.overwrite(normalise), z.trim(), z.minLength(shortest, 'reason_too_short'), z.maxLength(longest, 'too_long'))

export const isReason = (text: string): boolean => disclosureReason.safeParse(text).success

type Standing = {
  /** Persons whose data the account was shown within the last hour, and those asked for now; each counts once. */
  persons: number
  /** The account has recently signed in or confirmed its identity. */
  isConfirmed: boolean
}

/** Why a disclosure is refused, as the code of a refusal; null if it is allowed. */
export function refusalReasonForDisclosure({
  persons,
  isConfirmed,
}: Standing): 'step_up_needed' | 'too_many_persons' | null {
  const { budget, ceiling } = disclosureLimits.persons
  if (persons > ceiling) return 'too_many_persons'
  return persons > budget && !isConfirmed ? 'step_up_needed' : null
}
