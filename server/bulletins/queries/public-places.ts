import { desc, eq, inArray } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { areas } from '#db/schema/index.ts'

export type PublicPlace = { id: number; code: string; name: string }

const columns = { id: areas.id, code: areas.code, name: areas.name }

/** The places that bulletins name, former ones included. */
export async function placesOf(db: Connection, ids: readonly number[]): Promise<ReadonlyMap<number, PublicPlace>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select(columns)
    .from(areas)
    .where(inArray(areas.id, [...ids]))
  return new Map(rows.map((row) => [row.id, row]))
}

/** The commune of a code: codes were reused, so the last that had it. */
export async function placeOfCode(db: Connection, code: string): Promise<PublicPlace | null> {
  const [row] = await db.select(columns).from(areas).where(eq(areas.code, code)).orderBy(desc(areas.validFrom)).limit(1)
  return row ?? null
}
