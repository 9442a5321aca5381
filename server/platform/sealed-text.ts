import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { environment } from './environment.ts'

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** A separate key for each use, derived from the secret that all processes share. */
export const keyFor = (use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', environment().authSecret, '', `ihanoi-desk ${use}`, 32))

export type Sealing = {
  /** What kind of secret: each has a key of its own. */
  use: string
  /** Whose it is: moved to another row it cannot be decrypted. */
  owner: string
}

/** Encrypts a text so that a copy of the database alone cannot decrypt it, and for one owner. */
export function seal(plain: string, { use, owner }: Sealing): string {
  const nonce = randomBytes(nonceBytes)
  const sealing = createCipheriv(cipher, keyFor(use), nonce).setAAD(Buffer.from(owner))
  const sealed = Buffer.concat([sealing.update(plain, 'utf8'), sealing.final()])
  return Buffer.concat([nonce, sealing.getAuthTag(), sealed]).toString('base64url')
}

/** The decrypted text; null if it belongs to another owner, was changed, or was sealed under another AUTH_SECRET. */
export function unseal(text: string, { use, owner }: Sealing): string | null {
  const bytes = Buffer.from(text, 'base64url')
  const [nonce, tag] = [bytes.subarray(0, nonceBytes), bytes.subarray(nonceBytes, nonceBytes + tagBytes)]
  try {
    const opening = createDecipheriv(cipher, keyFor(use), nonce).setAAD(Buffer.from(owner)).setAuthTag(tag)
    return Buffer.concat([opening.update(bytes.subarray(nonceBytes + tagBytes)), opening.final()]).toString('utf8')
  } catch {
    return null
  }
}
