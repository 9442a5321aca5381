import { z } from 'zod'
import { moment } from '#server/platform/rules/moment.ts'
import { actorKinds, subjectKinds } from './event.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/** What part of the log to show. The address of the page holds it, so everything is text and anything may be missing. */
export const eventFilter = z.object({
  from: day.optional(),
  to: day.optional(),
  /** A name such as `report.assigned`, or all of a family: `report.` */
  event: z.string().max(60).optional(),
  subjectKind: z.enum(subjectKinds).optional(),
  /** The code of a report, or the id of any other subject. */
  subject: z.string().trim().max(80).optional(),
  actorKind: z.enum(actorKinds).optional(),
  actorId: z.uuid().optional(),
  agencyId: z.string().max(60).optional(),
  /** Only looks at personal data. */
  personal: z.literal('1').optional(),
})
export type EventFilter = z.infer<typeof eventFilter>

/** The place after which the next page begins: instant and id of the last event shown. */
export const eventCursor = z.object({ at: moment(), id: z.number().int() })
export type EventCursor = z.infer<typeof eventCursor>

/** Events that record a look at personal data. */
export const personalDataEvents: readonly string[] = ['report.reporter_revealed', 'export.reporters_made']

export const looksAtPersonalData = (event: string): boolean => personalDataEvents.includes(event)
