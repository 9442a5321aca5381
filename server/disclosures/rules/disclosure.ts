import { z } from 'zod'
import { disclosureLimits } from '#server/platform/rules/limits.ts'
import { normalise } from '#server/platform/rules/text.ts'

/**
 * What personal data is looked at for: one look at one reporter, a number looked for, a photo as it came, a file taken
 * away.
 */
export const disclosurePurposes = ['reveal', 'phone_search', 'original_photo', 'export'] as const
export type DisclosurePurpose = (typeof disclosurePurposes)[number]

const { shortest, longest } = disclosureLimits.reason

/** Why somebody looks: long enough to say something, and the same at every door. */
export const disclosureReason = z
  .string()
  .overwrite(normalise)
  .trim()
  .min(shortest, 'reason_too_short')
  .max(longest, 'too_long')

export const isReason = (text: string): boolean => disclosureReason.safeParse(text).success

type Standing = {
  /** Persons whose data the account was shown within the last hour, and those asked for now; each counts once. */
  persons: number
  /** Signed in, or shown to be himself, a short while ago. */
  isConfirmed: boolean
}

/** What stands in the way of a look, as the code of a refusal; null where nothing does. */
export function refusalReasonForDisclosure({
  persons,
  isConfirmed,
}: Standing): 'step_up_needed' | 'too_many_persons' | null {
  const { budget, ceiling } = disclosureLimits.persons
  if (persons > ceiling) return 'too_many_persons'
  return persons > budget && !isConfirmed ? 'step_up_needed' : null
}
