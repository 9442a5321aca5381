import type { Connection, Sql } from './client.ts'
import { clientOf } from './prepared.ts'

/** Next bundles its own copy of this module: what is kept is shared through the process. */
const shared = globalThis as { ihanoiDeskKept?: WeakMap<object, Map<string, unknown>> }

/** What the connections of one pool have in common, in transactions too. */
export const poolOf = (db: Connection): object => clientOf(db).options

/**
 * What this process keeps of a database, opened at its first use: a value for each pool, so that nothing read from one
 * database is ever told of another. A value that has a `close` is closed with the pool.
 */
export function keptFor<Kept extends object>(name: string, open: (db: Connection) => Kept): (db: Connection) => Kept {
  return (db) => {
    const values = valuesOf(poolOf(db))
    const kept = (values.get(name) as Kept | undefined) ?? open(db)
    values.set(name, kept)
    return kept
  }
}

/** To be called when a pool is closed. */
export function closeKept({ options }: Sql): void {
  const values = valuesOf(options)
  for (const kept of values.values()) (kept as { close?: () => void }).close?.()
  values.clear()
}

function valuesOf(pool: object): Map<string, unknown> {
  shared.ihanoiDeskKept ??= new WeakMap()
  const values = shared.ihanoiDeskKept.get(pool) ?? new Map<string, unknown>()
  shared.ihanoiDeskKept.set(pool, values)
  return values
}
