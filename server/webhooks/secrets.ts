import { randomBytes } from 'node:crypto'
import { secretOf } from '#server/outbound/signature.ts'
import { seal, unseal } from '#server/platform/sealed-text.ts'

const use = 'webhook'

/** A new secret of 256 random bits in the form that receivers configure. */
export const drawSecret = (): string => secretOf(randomBytes(32))

export const sealSecret = (secret: string, webhookId: string): string => seal(secret, { use, owner: webhookId })

export const unsealSecret = (sealed: string, webhookId: string): string | null =>
  unseal(sealed, { use, owner: webhookId })
