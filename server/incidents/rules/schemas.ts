import { z } from 'zod'
import { shapeOf } from '#server/platform/rules/filters/schema.ts'
import { moment } from '#server/platform/rules/moment.ts'
import { normalise } from '#server/platform/rules/text.ts'
import { incidentFilters, noIncidentFilter } from './filters.ts'
import { incidentKinds } from './incident.ts'
import { subTypes } from './sub-types.ts'

const typed = z.string().overwrite(normalise).trim()

const span = { startsAt: moment('required'), endsAt: z.nullable(moment('bad_date')) }

const incidentFields = z.object({
  name: z.string().trim().min(1, 'required').max(200, 'too_long'),
  /** Empty: it has none. */
  nameEn: z.string().trim().max(200, 'too_long').default(''),
  kind: z.enum(incidentKinds),
  ...span,
  /** Empty: the whole city. */
  areaIds: z.array(z.number().int().positive()).max(200),
  leadAgencyId: z.string().min(1).nullable(),
  /** What it looks for in new reports. Without sub-types and keywords none is suggested to it. */
  subTypes: z.array(z.enum(subTypes)).max(subTypes.length),
  keywords: z.array(typed.min(2, 'too_short').max(60, 'too_long')).max(40, 'too_many'),
  note: z.string().trim().max(4000, 'too_long'),
})

type Span = { startsAt: Date; endsAt: Date | null }
const endsAfterStart = ({ startsAt, endsAt }: Span) => endsAt === null || endsAt >= startsAt
const wrongEnd = { path: ['endsAt'], error: 'ends_before_start' }

export const createIncidentInput = incidentFields.extend({ stormMode: z.boolean() }).refine(endsAfterStart, wrongEnd)
export type CreateIncident = z.output<typeof createIncidentInput>

export const changeIncidentInput = incidentFields
  .extend({ id: z.uuid(), version: z.number().int().positive() })
  .refine(endsAfterStart, wrongEnd)
export type ChangeIncident = z.output<typeof changeIncidentInput>

export const switchStormModeInput = z.object({
  id: z.uuid(),
  version: z.number().int().positive(),
  stormMode: z.boolean(),
})
export type SwitchStormMode = z.output<typeof switchStormModeInput>

const incidentInput = z.object({ id: z.uuid(), version: z.number().int().positive() })

export const closeIncidentInput = incidentInput.extend({
  remarks: typed.max(4000, 'too_long'),
  /** Bulletins in force as alerts that the caller has seen and leaves in force. */
  alertsLeft: z.array(z.uuid()).max(500).default([]),
})
export type CloseIncident = z.output<typeof closeIncidentInput>

export const reopenIncidentInput = incidentInput.extend({ reason: typed.min(1, 'required').max(2000, 'too_long') })
export type ReopenIncident = z.output<typeof reopenIncidentInput>

export const incidentNoteInput = z.object({
  incidentId: z.uuid(),
  /** Made by the browser: a retried request finds the note it wrote before. */
  id: z.uuid(),
  body: typed.min(1, 'required').max(8000, 'too_long'),
})
export type IncidentNote = z.output<typeof incidentNoteInput>

export const incidentListInput = z.object(shapeOf(incidentFilters)).default(noIncidentFilter)
