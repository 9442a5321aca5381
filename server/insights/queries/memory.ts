import { LRUCache } from 'lru-cache'
import type { Connection, Database } from '#db/client.ts'
import type { ClosedAgain, Subjects } from '../rules/closed-again.ts'
import type { Sums } from '../rules/sums.ts'

/**
 * What a process keeps of what it has read for figures, under names that say in which version it stood in the database.
 */
export type Memory = { sums: LRUCache<string, Sums>; closedAgain: LRUCache<string, Promise<ClosedAgain & Subjects>> }

/** Through which connection figures are read, and what is kept of those of that database. */
export type Source = { db: Connection; memory: Memory }

/** So many numbers are kept, four bytes each. */
const mostNumbers = 6_000_000
/** Some years of months, a few thousand rows each. */
const mostMonths = 60

export const openMemory = (numbers = mostNumbers): Memory => ({
  sums: new LRUCache({ maxSize: numbers, sizeCalculation: ({ size }) => Math.max(1, size) }),
  closedAgain: new LRUCache({ max: mostMonths }),
})

const memories = new WeakMap<Database, Memory>()

export function memoryOf(db: Database): Memory {
  const memory = memories.get(db) ?? openMemory()
  memories.set(db, memory)
  return memory
}
