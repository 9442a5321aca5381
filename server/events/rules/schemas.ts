import { z } from 'zod'
import { shapeOf } from '#server/platform/rules/filters/schema.ts'
import { moment } from '#server/platform/rules/moment.ts'
import { eventFilters } from './filters.ts'

/** The position after which the next page begins: instant and id of the last event shown. */
const eventCursor = z.object({ at: moment(), id: z.number().int() })
export type EventCursor = z.infer<typeof eventCursor>

export const eventPageInput = z.object({ ...shapeOf(eventFilters), cursor: eventCursor.nullish() })
