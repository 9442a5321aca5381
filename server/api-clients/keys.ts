import { createHash, randomBytes } from 'node:crypto'
import { type KeyUse, keyOf, prefixOf } from './rules/key.ts'

export type DrawnKey = { key: string; prefix: string; hash: string }

/** A new key of 256 random bits, which is shown once: only its hash is stored. */
export function drawKey(use: KeyUse): DrawnKey {
  const key = keyOf(randomBytes(4).toString('hex'), randomBytes(32).toString('base64url'), use)
  return { key, prefix: prefixOf(key, use) as string, hash: hashOfKey(key) }
}

export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex')
