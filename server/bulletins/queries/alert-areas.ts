import { and, asc, gte, inArray, isNull, lte, or } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import type { Connection } from '#db/client.ts'
import { keptFor } from '#db/kept.ts'
import { areas } from '#db/schema/index.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { cityPlace, communePlace } from '../rules/alert-places.ts'
import type { AlertArea } from '../rules/cap.ts'

const columns = { code: areas.code, name: areas.name, geometry: areas.geometry }

/** The communes of an alert with their boundaries as CAP sends them; none named: the whole city as one. */
export async function alertAreas(db: Connection, areaIds: readonly number[], at: Date): Promise<AlertArea[]> {
  if (areaIds.length === 0) return [await wholeCity(db, at)]
  const rows = await db
    .select(columns)
    .from(areas)
    .where(inArray(areas.id, [...areaIds]))
    .orderBy(asc(areas.id))
  return rows.map(communePlace)
}

/** Computed once for each set of communes: a new boundary is a new row, valid from its day. */
const citiesIn = keptFor('whole cities', () => new LRUCache<string, AlertArea>({ max: 4 }))

async function wholeCity(db: Connection, at: Date): Promise<AlertArea> {
  const day = localDayOf(at)
  const isValid = and(lte(areas.validFrom, day), or(isNull(areas.validTo), gte(areas.validTo, day)))
  const rows = await db.select({ id: areas.id }).from(areas).where(isValid).orderBy(asc(areas.id))
  const key = rows.map(({ id }) => id).join(' ')
  const cities = citiesIn(db)
  const known = cities.get(key)
  if (known) return known
  const city = cityPlace((await db.select(columns).from(areas).where(isValid)).map(({ geometry }) => geometry))
  cities.set(key, city)
  return city
}
