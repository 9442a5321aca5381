import type { Database } from '#db/client.ts'

type Asking = { db: Database; now: () => Date }

/**
 * What is read rarely and asked for all the time, kept in the process for so many milliseconds, apart for each
 * database. Whoever asks while it is being read waits for the same reading; one that failed is not kept.
 */
export function keptAWhile<Value>(
  freshness: number,
  read: (db: Database) => Promise<Value>,
): (asking: Asking) => Promise<Value> {
  const kept = new WeakMap<Database, { at: number; value: Promise<Value> }>()
  return ({ db, now }) => {
    const at = now().getTime()
    const known = kept.get(db)
    if (known && Math.abs(at - known.at) < freshness) return known.value
    const reading = { at, value: read(db) }
    kept.set(db, reading)
    reading.value.catch(() => {
      if (kept.get(db) === reading) kept.delete(db)
    })
    return reading.value
  }
}
