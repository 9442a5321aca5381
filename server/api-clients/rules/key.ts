const form = /^(ihd_[0-9a-f]{8})_[\w-]{43}$/

/** The readable beginning of a key, by which an administrator recognises it; null if the text is not a key. */
export const prefixOf = (key: string): string | null => form.exec(key)?.[1] ?? null

/** A key of a readable beginning and a secret part. */
export const keyOf = (name: string, secret: string): string => `ihd_${name}_${secret}`
