import { createHmac } from 'node:crypto'
import { keyFor, seal as sealText, unseal as unsealText } from '#server/platform/sealed-text.ts'

const use = 'second factor'

/** Encrypts the secret of an authenticator app for storage; only its account can decrypt it. */
export const seal = (plain: string, owner: string): string => sealText(plain, { use, owner })

export const unseal = (text: string, owner: string): string | null => unsealText(text, { use, owner })

/**
 * The stored form of a recovery code: too short for a plain hash, it is hashed under a key that is not in the database.
 */
export const hashOfRecoveryCode = (code: string, owner: string): string =>
  createHmac('sha256', keyFor('recovery codes')).update(`${owner} ${code}`).digest('base64url')
