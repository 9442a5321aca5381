import { createHash } from 'node:crypto'

/** The strong entity tag of an answer, derived from its text. */
export const tagOf = (text: string): string => `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
