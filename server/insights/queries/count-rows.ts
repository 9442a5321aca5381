import { and, or, type SQL, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import type { Tally } from '../rules/tally.ts'
import { type Columns, readColumns, type Wanted } from './columns.ts'
import { type Counted, type CountedFrame, countedFrames } from './counted.ts'
import { rowsOf, type Under } from './frames.ts'
import { unsettledWithin } from './unsettled.ts'

type Reading<More extends Wanted> = {
  more: More
  narrowed?: SQL | undefined
  /** Leaves out places that no one asks for. */
  isWanted?: ((place: string) => boolean) | undefined
}

/**
 * Reads the rows of a frame, and with each the further columns that are wanted. `place` gets every row and a function
 * that counts it: into a tally, at a step of the charts, this many times.
 */
export async function countRows<More extends Wanted>(
  db: Connection,
  name: CountedFrame,
  under: Under,
  { more, narrowed, isWanted = () => true }: Reading<More>,
  place: (row: number, columns: Columns<More>, add: (tally: Tally, step: string, weight: number) => void) => void,
): Promise<void> {
  const { frame, only, parts }: Counted = countedFrames[name]
  const wanted = parts.filter(({ places }) => places.some(isWanted))
  if (wanted.length === 0) return
  const { from, where } = rowsOf(frame, under)
  const rows = { from, where: and(where, only, narrowed) as SQL }
  const asked: Wanted = Object.assign({}, ...wanted.map((one) => one.wanted(under)), more)
  const columns = await readColumns(db, rows, asked)
  for (const { count } of wanted) {
    count(columns, (row, add) => place(row, columns as unknown as Columns<More>, add))
  }
}

/**
 * Reads rows that were not settled at the moment of `earlier` once, and hands each of them over twice: as it was at
 * that moment, to be counted, and as it is at that of `end`, to be subtracted (`weight` -1).
 */
export async function countTwice<More extends Wanted>(
  db: Connection,
  name: CountedFrame,
  { earlier, end }: { earlier: Under; end: Under },
  { more, isWanted = () => true }: Omit<Reading<More>, 'narrowed'>,
  place: (
    row: number,
    columns: Columns<More>,
    weight: 1 | -1,
    add: (tally: Tally, step: string, weight: number) => void,
  ) => void,
): Promise<void> {
  const { frame, at, only, parts }: Counted = countedFrames[name]
  const wanted = parts.filter(({ places }) => places.some(isWanted))
  if (wanted.length === 0) return
  const { from, where, isCountedAt } = unsettledWithin(frame, earlier, at)
  const stood: Wanted = Object.assign({}, ...wanted.map((one) => one.wanted(earlier)))
  const stands: Wanted = Object.assign({}, ...wanted.map((one) => one.wanted(end)))
  const turned = Object.keys(stood).filter((column) => stood[column] !== stands[column])
  const asked: Wanted = {
    ...stood,
    ...Object.fromEntries(turned.map((column) => [`${column} at the end`, stands[column] as Wanted[string]])),
    isEarlier: { number: sql`coalesce((${isCountedAt(earlier)})::int, 0)` },
    isAtEnd: { number: sql`coalesce((${isCountedAt(end)})::int, 0)` },
    ...more,
  }
  // Where one part needs every unsettled row, all parts get them.
  const turns = wanted.every((one) => one.turns) ? or(...wanted.map((one) => one.turns?.(earlier))) : undefined
  const columns = await readColumns(db, { from, where: and(where, only, turns) as SQL }, asked)
  const { isEarlier, isAtEnd } = columns as unknown as Columns<Record<'isEarlier' | 'isAtEnd', { number: SQL }>>
  const atEnd = { ...columns, ...Object.fromEntries(turned.map((column) => [column, columns[`${column} at the end`]])) }
  const ways = [
    { read: columns, counts: isEarlier, weight: 1 },
    { read: atEnd as typeof columns, counts: isAtEnd, weight: -1 },
  ] as const
  for (const { count } of wanted) {
    for (const { read, counts, weight } of ways) {
      count(read, (row, add) => {
        if (counts[row] === 1) place(row, columns as unknown as Columns<More>, weight, add)
      })
    }
  }
}
