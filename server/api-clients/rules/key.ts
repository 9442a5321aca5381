/** `reading`: a key in the address, for programs that send none with GET; it reads what the client may read. */
export const keyUses = ['calls', 'reading'] as const
export type KeyUse = (typeof keyUses)[number]

const beginnings: Record<KeyUse, string> = { calls: 'ihd', reading: 'ihr' }
const form = /^((ih[dr])_[0-9a-f]{8})_[\w-]{43}$/

/** The readable beginning of a key, by which an administrator recognises it; null if the text is not a key. */
export function prefixOf(key: string, use: KeyUse = 'calls'): string | null {
  const [, prefix = null, beginning] = form.exec(key) ?? []
  return beginning === beginnings[use] ? prefix : null
}

/** A key of a readable beginning and a secret part. */
export const keyOf = (name: string, secret: string, use: KeyUse = 'calls'): string =>
  `${beginnings[use]}_${name}_${secret}`
