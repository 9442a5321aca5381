import { z } from 'zod'
import { usageDay, usageInput } from '#server/usage/rules/usage.ts'
import { time } from './schemas.ts'

export const newUsage = usageInput.meta({ id: 'NewUsage', examples: [{ accounts: 1_000_000, visits: 21_500 }] })

export const usage = z
  .object({ day: usageDay, accounts: z.int(), visits: z.int(), reported_at: time })
  .meta({ id: 'Usage', description: 'What your system reported of a day' })
