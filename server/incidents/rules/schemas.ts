import { z } from 'zod'
import { incidentKinds } from './incident.ts'

const span = { startsAt: z.date('required'), endsAt: z.date('bad_date').nullable() }

const incidentFields = z.object({
  name: z.string().trim().min(1, 'required').max(200, 'too_long'),
  kind: z.enum(incidentKinds),
  ...span,
  /** Empty: the whole city. */
  areaIds: z.array(z.number().int().positive()).max(200),
  leadAgencyId: z.string().min(1).nullable(),
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
