import { alertLimits } from '#server/platform/rules/limits.ts'
import type { AlertArea } from './cap.ts'
import { coveringRing } from './covering-ring.ts'
import { outlineOf } from './outline.ts'
import { englishName } from './place-words.ts'
import { type Geometry, outerRings, type Ring } from './polygons.ts'

type Commune = { code: string; name: string; geometry: Geometry }

/**
 * A commune as an alert names it. Its polygons cover it completely: no one in it is left out for the sake of fewer
 * points.
 */
export function communePlace({ code, name, geometry }: Commune): AlertArea {
  const rings = outerRings(geometry).flatMap((ring): Ring[] => {
    const covering = coveringRing(ring, alertLimits.communePoints)
    return covering ? [covering] : []
  })
  return { code, name, nameEn: englishName(name), rings }
}

/** The whole city as one polygon around its communes. The code is the city's own. */
export function cityPlace(geometries: readonly Geometry[]): AlertArea {
  const outline = outlineOf(geometries.flatMap(outerRings))
  const ring = outline && coveringRing(outline, alertLimits.cityPoints)
  return { code: '01', name: 'Thành phố Hà Nội', nameEn: 'Hanoi City', rings: ring ? [ring] : [] }
}
