import { z } from 'zod'

/** Null: the agency that the account leads first, or the whole city. */
export const todayInput = z.object({
  agency: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/)
    .nullable(),
})
