import { z } from 'zod'
import { shapeOf } from '#server/platform/rules/filters/schema.ts'
import { moment } from '#server/platform/rules/moment.ts'
import { type Queue, queueSorts, queueViews, sortDirections } from './queue.ts'
import { queueFilters } from './queue-filters.ts'

/** The queue as a procedure takes it: strict, because the page has already read its address forgivingly. */
export const queueSchema = z
  .object({
    view: z.enum(queueViews),
    ...shapeOf(queueFilters),
    sort: z.enum(queueSorts).nullable(),
    dir: z.enum(sortDirections).nullable(),
    /** Excluded tags, as pages send them that were loaded before these had a minus among the others. */
    withoutTags: z.array(z.string().max(41)).max(60).optional(),
  })
  .transform(
    ({ withoutTags = [], ...queue }): Omit<Queue, 'box'> => ({
      ...queue,
      tags: [...queue.tags, ...withoutTags.map((tag) => `-${tag}`)],
    }),
  )

/** As many parts as the longest order has: that of a search says beside how and in which step it found the row. */
const cursor = z.array(z.union([z.string().max(300), z.number(), z.boolean()])).max(8)

export const queuePageInput = z.object({ queue: queueSchema, cursor: cursor.nullish() })
export type QueuePageInput = z.input<typeof queuePageInput>

/** `end`: where the part of the list ends that is loaded; nothing where that is the whole of it. */
export const queueChangesInput = z.object({ queue: queueSchema, since: moment(), end: cursor.nullish() })
