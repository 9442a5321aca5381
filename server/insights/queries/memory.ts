import { LRUCache } from 'lru-cache'
import type { Connection, Database } from '#db/client.ts'
import type { ClosedAgain, Subjects } from '../rules/closed-again.ts'
import type { Sums } from '../rules/sums.ts'

/** What a process caches of what it has read for figures, under names that include the version in the database. */
export type Memory = { sums: LRUCache<string, Sums>; closedAgain: LRUCache<string, Promise<ClosedAgain & Subjects>> }

/** The connection through which figures are read, and the cache for that database. */
export type Source = { db: Connection; memory: Memory }

/** The maximum of cached numbers, four bytes each. */
const mostNumbers = 6_000_000
/** Some years of months, a few thousand rows each. */
const mostMonths = 60

export const openMemory = (numbers = mostNumbers): Memory => ({
  sums: new LRUCache({ maxSize: numbers, sizeCalculation: ({ size }) => Math.max(1, size) }),
  closedAgain: new LRUCache({ max: mostMonths }),
})

const memories = new WeakMap<Database, Memory>()

/** Readers in a snapshot of a database use the same cache: its names include the versions that they see. */
export const shareMemory = (db: Database, snapshot: Database): void => void memories.set(snapshot, memoryOf(db))

export function memoryOf(db: Database): Memory {
  const memory = memories.get(db) ?? openMemory()
  memories.set(db, memory)
  return memory
}
