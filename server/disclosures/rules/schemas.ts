import { z } from 'zod'
import { shapeOf } from '#server/platform/rules/filters/schema.ts'
import { lookFilters } from './filters.ts'

/** The position after which the next page begins. */
const lookCursor = z.object({ at: z.date(), id: z.number().int().positive() })
export type LookCursor = z.infer<typeof lookCursor>

export const lookPageInput = z.object({ ...shapeOf(lookFilters), cursor: lookCursor.nullish() })

export const personsInput = z.object({
  lookId: z.number().int().positive(),
  /** The id of the last report shown; reports are ordered by id. */
  cursor: z.number().int().nonnegative().nullish(),
})
