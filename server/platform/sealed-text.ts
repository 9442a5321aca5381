import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { environment } from './environment.ts'

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** A separate key for each use, derived from the secret that all processes share. */
export const keyFor = (use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', environment().authSecret, '', `ihanoi-desk ${use}`, 32))

export type Sealing = {
  /** The kind of secret, which has a separate key. */
  use: string
  /** The row to which the secret belongs; in another row it cannot be decrypted. */
  owner: string
}

/** Encrypts a text for one owner, so that a copy of the database alone does not reveal it. */
export function seal(plain: string, { use, owner }: Sealing): string {
  const nonce = randomBytes(nonceBytes)
  const sealing = createCipheriv(cipher, keyFor(use), nonce).setAAD(Buffer.from(owner))
  const sealed = Buffer.concat([sealing.update(plain, 'utf8'), sealing.final()])
  return Buffer.concat([nonce, sealing.getAuthTag(), sealed]).toString('base64url')
}

/** The decrypted text; null for another owner, changed data, or another AUTH_SECRET. */
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
