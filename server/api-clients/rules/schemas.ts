import { z } from 'zod'
import { apiLimits } from '#server/platform/rules/limits.ts'
import { typedLine } from '#server/platform/rules/text.ts'
import { clientChannels, clientPermissions } from './api-client.ts'

const { requestsPerMinute, reportsPerDay } = apiLimits.client
const { shortestDays, longestDays, longestOverlapHours } = apiLimits.key
const between = (least: number, most: number) => z.number({ error: 'required' }).int().min(least).max(most)
const keyDays = between(shortestDays, longestDays)

/** The fields that can be changed later. */
const terms = {
  name: z.string().overwrite(typedLine).min(1, 'required').max(100, 'too_long'),
  permissions: z
    .array(z.enum(clientPermissions))
    .min(1, 'required')
    .transform((chosen) => clientPermissions.filter((permission) => chosen.includes(permission))),
  requestsPerMinute: between(requestsPerMinute.least, requestsPerMinute.most),
  reportsPerDay: between(reportsPerDay.least, reportsPerDay.most),
  extendedStatuses: z.boolean(),
}

export const createClientInput = z.object({
  ...terms,
  extendedStatuses: z.boolean().default(false),
  agencyId: z.string().min(1, 'required'),
  channel: z.enum(clientChannels),
  keyDays,
})
export type CreateClient = z.output<typeof createClientInput>

export const seenClientInput = z.object({ id: z.uuid(), version: z.number().int().positive() })
export type SeenClient = z.output<typeof seenClientInput>

export const changeClientInput = seenClientInput.extend(terms)
export type ChangeClient = z.output<typeof changeClientInput>

export const rotateKeyInput = seenClientInput.extend({
  /** How long the keys in use stay valid beside the new one. */
  overlapHours: between(0, longestOverlapHours),
  keyDays,
})
export type RotateKey = z.output<typeof rotateKeyInput>
