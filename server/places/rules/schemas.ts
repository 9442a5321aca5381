import * as z from 'zod/mini'
import { placeLimits } from '#server/platform/rules/limits.ts'
import { typedLine } from '#server/platform/rules/text.ts'

const lonLat = {
  lon: z.number().check(z.minimum(-180), z.maximum(180)),
  lat: z.number().check(z.minimum(-90), z.maximum(90)),
}

export const findPlacesInput = z.object({
  /** An address as it was typed. */
  text: z.string().check(z.maxLength(placeLimits.characters, 'too_long'), z.overwrite(typedLine)),
  /** Among places that fit equally well, those near this point come first. */
  near: z.optional(z.object(lonLat)),
  /** The same for those of this commune. */
  areaId: z.optional(z.int().check(z.positive(), z.maximum(2_147_483_647))),
})
export type FindPlaces = z.output<typeof findPlacesInput>

export const placeAtInput = z.object(lonLat)
