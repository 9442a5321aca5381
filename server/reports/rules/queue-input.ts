import { z } from 'zod'
import { calendarDay, moment } from '#server/platform/rules/moment.ts'
import { channels, reportStates, severities } from './lifecycle.ts'
import { deadlineKinds, queueSorts, queueViews } from './queue.ts'

const list = <T extends z.ZodType>(item: T) => z.array(item).max(60)
const day = calendarDay()
const range = z.object({ from: day.nullable(), to: day.nullable() })

/** The queue as a procedure takes it: strict, because the page has already read its address forgivingly. */
export const queueSchema = z.object({
  view: z.enum(queueViews),
  words: z.string().max(200),
  states: list(z.enum(reportStates)),
  severities: list(z.enum(severities)),
  categories: list(z.string().max(20)),
  areas: list(z.number().int().positive()),
  agencies: list(z.string().max(60)),
  assignee: z.union([z.enum(['me', 'none']), z.guid()]).nullable(),
  channels: list(z.enum(channels)),
  incident: z.guid().nullable(),
  tags: list(z.string().max(41)),
  withoutTags: list(z.string().max(41)),
  deadlines: list(z.enum(deadlineKinds)),
  received: range.nullable(),
  due: range.nullable(),
  photo: z.boolean().nullable(),
  mark: z.string().max(600).nullable().default(null),
  sort: z.enum(queueSorts).nullable(),
  dir: z.enum(['asc', 'desc']).nullable(),
})

/** As many parts as the longest order has: that of a search says beside how and in which step it found the row. */
const cursor = z.array(z.union([z.string().max(300), z.number(), z.boolean()])).max(8)

export const queuePageInput = z.object({ queue: queueSchema, cursor: cursor.nullish() })
export type QueuePageInput = z.input<typeof queuePageInput>

/** `end`: where the part of the list ends that is loaded; nothing where that is the whole of it. */
export const queueChangesInput = z.object({ queue: queueSchema, since: moment(), end: cursor.nullish() })
