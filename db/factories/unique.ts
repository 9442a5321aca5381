import { randomUUID } from 'node:crypto'

/** A unique name, in any database. */
export const unique = (prefix: string): string => `${prefix}-${randomUUID().slice(0, 8)}`
