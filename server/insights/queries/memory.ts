import { LRUCache } from 'lru-cache'
import type { Connection, Database } from '#db/client.ts'
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

const memories = new WeakMap<Database, Memory>()

/** Readers in a snapshot of a database use the same cache: its names include the versions that they see. */
export const shareMemory = (db: Database, snapshot: Database): void => void memories.set(snapshot, memoryOf(db))

export function memoryOf(db: Database): Memory {
  const memory = memories.get(db) ?? openMemory()
  memories.set(db, memory)
  return memory
}
