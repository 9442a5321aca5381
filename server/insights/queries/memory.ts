import { LRUCache } from 'lru-cache'
import type { Connection, Database } from '#db/client.ts'
import { poolOf } from '#db/kept.ts'
import type { ClosedAgain, CountedMonths, Subjects } from '../rules/closed-again.ts'
import type { Sums } from '../rules/sums.ts'
import type { Tally } from '../rules/tally.ts'
import type { CellRow } from './case-mix.ts'
import type { OpenReports, OpenTotals } from './open.ts'

/** What a process caches of what it has read for figures, under names that include the version in the database. */
export type Memory = {
  sums: LRUCache<string, Sums>
  closedAgain: LRUCache<string, Promise<ClosedAgain & Subjects>>
  closedMonths: LRUCache<string, CountedMonths>
  /** Of moments that have passed; the last ones by which places are counted in them. No reader changes one. */
  open: LRUCache<string, OpenReports>
  cells: LRUCache<string, CellRow[]>
  openTotals: LRUCache<string, OpenTotals>
  talliesOf: (isWanted: ((place: string) => boolean) | undefined) => LRUCache<string, Tally>
}

/** The connection through which figures are read, and the cache for that database. */
export type Source = { db: Connection; memory: Memory }

/** The maximum of cached numbers, four bytes each. */
const mostNumbers = 6_000_000
/** Some years of months, a few thousand rows each. */
const mostMonths = 60
/** The boards that are looked at within some minutes; those of all places take up to two megabytes each. */
const mostTallies = 8
/** Thirteen months of promises by agency and kind of work: some ten thousand rows each. */
const mostCells = 2

export const openMemory = (numbers = mostNumbers): Memory => {
  const tallies = new WeakMap<object, LRUCache<string, Tally>>()
  return {
    sums: new LRUCache({ maxSize: numbers, sizeCalculation: ({ size }) => Math.max(1, size) }),
    closedAgain: new LRUCache({ max: mostMonths }),
    closedMonths: new LRUCache({ max: mostTallies }),
    open: new LRUCache({ max: mostTallies }),
    cells: new LRUCache({ max: mostCells }),
    openTotals: new LRUCache({ max: mostTallies }),
    talliesOf: (isWanted = everyPlace) => {
      const kept = tallies.get(isWanted) ?? new LRUCache<string, Tally>({ max: mostTallies })
      tallies.set(isWanted, kept)
      return kept
    },
  }
}

const everyPlace = (): boolean => true

const memories = new WeakMap<object, Memory>()

/** Another pool of the same database uses the same cache. */
export const shareMemory = (db: Database, other: Database): void => void memories.set(poolOf(other), memoryOf(db))

/** Readers in a snapshot use the cache of its pool: the names include the versions that they see. */
export function memoryOf(db: Database): Memory {
  const pool = poolOf(db)
  const memory = memories.get(pool) ?? openMemory()
  memories.set(pool, memory)
  return memory
}
