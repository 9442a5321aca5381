import { sql } from 'drizzle-orm'
import { builtOnce } from '#db/built-once.ts'
import type { Connection } from '#db/client.ts'
import { type CompletedBy, completed, type FirstWrite } from '#db/rows.ts'
import { reportCodes } from '#db/schema/index.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { numberToCome } from '../rules/report-code.ts'

/** Gives out the sequence number of a day, for the public code. */
export type NextNumber = (tx: Connection, day: LocalDay) => Promise<number>

/**
 * In the caller's transaction: a number is used up only together with its report, and the next report of the day waits
 * for it.
 */
export const nextNumberOf: NextNumber = (tx, day) => lastOf(tx, day, 1)

const largestBlock = 64

/**
 * For long-running work: numbers are taken in blocks of doubling size, each committed at once, so that no one at the
 * desk waits for the counter of a day until an import has ended. The unused rest of a block leaves a gap.
 */
export function numbersInBlocks(db: Connection): NextNumber {
  const days = new Map<LocalDay, { next: number; last: number; size: number }>()
  return async (_, day) => {
    let block = days.get(day)
    if (!block || block.next > block.last) {
      const size = Math.min(largestBlock, 2 * (block?.size ?? 0.5))
      const last = await lastOf(db, day, size)
      block = { next: last - size + 1, last, size }
      days.set(day, block)
    }
    return block.next++
  }
}

async function lastOf(db: Connection, day: LocalDay, count: number): Promise<number> {
  const [row] = await numbersTaken(db, { day, count })
  if (!row) throw new Error('no number was given out')
  return row.last
}

const numberTaking = (db: Connection) => {
  const count = sql`${sql.placeholder('count')}::integer`
  return db
    .insert(reportCodes)
    .values({ day: sql`${sql.placeholder('day')}`, last: count })
    .onConflictDoUpdate({ target: reportCodes.day, set: { last: sql`${reportCodes.last} + ${count}` } })
    .returning({ last: reportCodes.last })
}

const numbersTaken = builtOnce(numberTaking)

/**
 * The same within the statement that writes the report: the next report of the day waits for no more than this
 * statement and its commit. Texts with `numberToCome` are written with the number, by `numbered` and `numberedWords`.
 */
export const nextNumber = (day: LocalDay): FirstWrite<{ last: number }> => ({
  name: 'number',
  sql: (blank) => numberTaking(blank).getSQL(),
  values: { day, count: 1 },
})

/** As in `reportCode`. */
const withNumber: CompletedBy = {
  name: 'with number',
  sql: (given) => sql`(select replace(${given}, ${sql.raw(`'${numberToCome}'`)},
    lpad(last::text, greatest(4, length(last::text)), '0')) from number)`,
}
const withNumberAsWords: CompletedBy = {
  name: 'with number as words',
  sql: (given) => sql`${withNumber.sql(given)}::tsvector`,
}

export const numbered = (text: string) => completed(text, withNumber)
export const numberedWords = (words: string) => completed(words, withNumberAsWords)
