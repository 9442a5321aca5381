import { z } from 'zod'

/** Null: the agency of the account. */
export const whatIfInput = z.object({
  agency: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/)
    .nullable(),
})
