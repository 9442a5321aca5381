import { type Column, type SQL, sql } from 'drizzle-orm'

/** Whether a folded text contains a folded word, each character of it taken literally. */
export const holds = (folded: Column, word: string): SQL =>
  sql`${folded} like ${`%${word.replace(/[%_\\]/g, '\\$&')}%`}`
