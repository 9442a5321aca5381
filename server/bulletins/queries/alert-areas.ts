import { and, asc, gte, inArray, isNull, lte, or } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { areas } from '#db/schema/index.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import type { AlertArea } from '../rules/cap.ts'
import { englishName } from '../rules/place-words.ts'
import { outerRings, type Ring, simplifiedRing } from '../rules/polygons.ts'

/** A whole city in one message: boundaries a kilometre coarse still say which streets are meant. */
const wholeCityTolerance = 0.008

/** The communes of an alert with their boundaries as CAP sends them; none named: those of the whole city. */
export async function alertAreas(db: Connection, areaIds: readonly number[], at: Date): Promise<AlertArea[]> {
  const day = localDayOf(at)
  const isWholeCity = areaIds.length === 0
  const rows = await db
    .select({ name: areas.name, geometry: areas.geometry })
    .from(areas)
    .where(
      isWholeCity
        ? and(lte(areas.validFrom, day), or(isNull(areas.validTo), gte(areas.validTo, day)))
        : inArray(areas.id, [...areaIds]),
    )
    .orderBy(asc(areas.id))
  const named = rows.map(({ name, geometry }) => ({
    name,
    rings: outerRings(geometry).flatMap((ring): Ring[] => {
      const simpler = simplifiedRing(ring, isWholeCity ? wholeCityTolerance : undefined)
      return simpler ? [simpler] : []
    }),
  }))
  if (!isWholeCity) return named.map(({ name, rings }) => ({ name, nameEn: englishName(name), rings }))
  return [{ name: 'Thành phố Hà Nội', nameEn: 'Hanoi City', rings: named.flatMap(({ rings }) => rings) }]
}
