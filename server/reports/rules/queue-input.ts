import { z } from 'zod'
import { shapeOf } from '#server/platform/rules/filters/schema.ts'
import { moment } from '#server/platform/rules/moment.ts'
import { type Queue, queueSorts, queueViews, sortDirections } from './queue.ts'
import { queueFilters } from './queue-filters.ts'

/** The queue as input of a procedure: strict, because the page has already read its address leniently. */
export const queueSchema = z
  .object({
    view: z.enum(queueViews),
    ...shapeOf(queueFilters),
    sort: z.enum(queueSorts).nullable(),
    dir: z.enum(sortDirections).nullable(),
    /** Excluded tags, as sent by pages that were loaded before these were written with a minus among the others. */
    withoutTags: z.array(z.string().max(41)).max(60).optional(),
  })
  .transform(
    ({ withoutTags = [], ...queue }): Omit<Queue, 'box'> => ({
      ...queue,
      tags: [...queue.tags, ...withoutTags.map((tag) => `-${tag}`)],
    }),
  )

/** As many parts as the longest order has: a search adds the mode, the shape and the step in which it found the row. */
const cursor = z.array(z.union([z.string().max(300), z.number(), z.boolean()])).max(8)

export const queuePageInput = z.object({ queue: queueSchema, cursor: cursor.nullish() })
export type QueuePageInput = z.input<typeof queuePageInput>

/** `end`: the cursor at the end of the loaded part of the list; null or missing where all of it is loaded. */
export const queueChangesInput = z.object({ queue: queueSchema, since: moment(), end: cursor.nullish() })
