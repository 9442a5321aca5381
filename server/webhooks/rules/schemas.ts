import { z } from 'zod'
import { webhookLimits } from '#server/platform/rules/limits.ts'
import { typedLine } from '#server/platform/rules/text.ts'
import { webhookKinds } from './kinds.ts'
import { deliveryKinds } from './payload.ts'
import { deliveryStates } from './webhook.ts'

const isAddress = (text: string) => {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return ['http:', 'https:'].includes(protocol) && !username && !password
}

const settings = {
  name: z.string().overwrite(typedLine).min(1, 'required').max(100, 'too_long'),
  address: z.string().trim().min(1, 'required').max(1000, 'too_long').refine(isAddress, { error: 'address' }),
  kinds: z
    .array(z.enum(webhookKinds))
    .min(1, 'required')
    .transform((chosen) => webhookKinds.filter((kind) => chosen.includes(kind))),
}

export const createWebhookInput = z.object({
  ...settings,
  /** Only reports that this agency or one below it may read; null: reports of the whole city. */
  agencyId: z.string().min(1).nullable(),
  /** Only reports that this API client sent. */
  clientId: z.uuid().nullable(),
})
export type CreateWebhook = z.output<typeof createWebhookInput>

export const seenWebhook = z.object({ id: z.uuid(), version: z.number().int().positive() })
export type SeenWebhook = z.output<typeof seenWebhook>

export const changeWebhookInput = seenWebhook.extend(settings)
export type ChangeWebhook = z.output<typeof changeWebhookInput>

export const rotateSecretInput = seenWebhook.extend({
  /** The time for which the old secret also signs. */
  overlapHours: z.number({ error: 'required' }).int().min(0).max(webhookLimits.secret.longestOverlapHours),
})
export type RotateSecret = z.output<typeof rotateSecretInput>

export const deliveriesInput = z.object({
  webhookId: z.uuid(),
  state: z.enum(deliveryStates).nullable(),
  kind: z.enum(deliveryKinds).nullable(),
  /** The last id of the previous page. */
  cursor: z.uuid().nullish(),
})
export type DeliveriesInput = z.output<typeof deliveriesInput>

export const deliveryInput = z.object({ webhookId: z.uuid(), id: z.uuid() })

export const replayInput = z.object({
  webhookId: z.uuid(),
  /** One delivery; null: all dead ones. */
  deliveryId: z.uuid().nullable(),
})
export type Replay = z.output<typeof replayInput>
