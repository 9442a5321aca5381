import type { Database } from '#db/client.ts'
import { poolOf } from '#db/kept.ts'

type Asking = { db: Database; now: () => Date }

/**
 * A value that is needed often and changes rarely, cached in the process for `freshness` milliseconds, separately for
 * each database. Callers that ask while it is being read wait for the same read; a failed read is not cached.
 */
export function keptAWhile<Value>(
  freshness: number,
  read: (db: Database) => Promise<Value>,
): (asking: Asking) => Promise<Value> {
  const kept = new WeakMap<object, { at: number; value: Promise<Value> }>()
  return ({ db, now }) => {
    const at = now().getTime()
    const pool = poolOf(db)
    const known = kept.get(pool)
    if (known && Math.abs(at - known.at) < freshness) return known.value
    const reading = { at, value: read(db) }
    kept.set(pool, reading)
    reading.value.catch(() => {
      if (kept.get(pool) === reading) kept.delete(pool)
    })
    return reading.value
  }
}
