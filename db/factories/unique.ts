import { randomUUID } from 'node:crypto'

/** A name nobody else has, in whatever database it is built. */
export const unique = (prefix: string): string => `${prefix}-${randomUUID().slice(0, 8)}`
