import { type Column, type SQL, sql } from 'drizzle-orm'

/** Whether a folded text holds a folded word, each of its characters meaning itself. */
export const holds = (folded: Column, word: string): SQL =>
  sql`${folded} like ${`%${word.replace(/[%_\\]/g, '\\$&')}%`}`
