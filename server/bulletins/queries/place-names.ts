import type { Connection } from '#db/client.ts'
import { areas } from '#db/schema/index.ts'

/** The communes of the base data, former ones included, by their common names. */
export async function placeNames(db: Connection): Promise<string[]> {
  const rows = await db.selectDistinct({ name: areas.shortName }).from(areas)
  return rows.map(({ name }) => name)
}
