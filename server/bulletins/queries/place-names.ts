import type { Connection } from '#db/client.ts'
import { areas } from '#db/schema/index.ts'
import { namesOfPlaces } from '#server/places/queries/lookup.ts'
import { possibleNames } from '../rules/facts.ts'
import type { BulletinContent } from '../rules/schemas.ts'

/** The communes of the base data, former ones included, and the streets and landmarks that the texts name. */
export async function placeNames(db: Connection, contents: readonly BulletinContent[]): Promise<string[]> {
  const rows = await db.selectDistinct({ name: areas.shortName }).from(areas)
  return [...rows.map(({ name }) => name), ...(await namesOfPlaces(db, possibleNames(contents)))]
}
