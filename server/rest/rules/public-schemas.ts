import { z } from 'zod'
import { bulletinKinds, bulletinSeverities } from '#server/bulletins/rules/bulletin.ts'
import { incidentKinds } from '#server/incidents/rules/incident.ts'
import { outcomes } from '#server/reports/rules/outcome.ts'
import { toldStates } from '#server/reports/rules/told-state.ts'
import { time } from './schemas.ts'

const area = z.object({ code: z.string(), name: z.string() })
const text = z.object({ title: z.string(), summary: z.string() })
const wholeText = text.extend({ html: z.string().meta({ description: 'The body as HTML of an allow-list' }) })

const summary = z.object({
  id: z.uuid(),
  slug: z.string(),
  number: z.int().nullable(),
  url: z.url(),
  kind: z.enum(bulletinKinds),
  severity: z.enum(bulletinSeverities),
  validity: z
    .enum(['upcoming', 'in_force', 'undated', 'expired', 'superseded', 'withdrawn'])
    .meta({ description: 'At this moment; a withdrawn or superseded bulletin is never in force' }),
  valid_from: time.nullable(),
  valid_to: time.nullable(),
  first_published_at: time,
  published_at: time,
  changed_at: time.meta({ description: 'The last change that a reader should learn of' }),
  incident: z.object({ id: z.uuid(), name: z.string(), name_en: z.string().nullable() }).nullable(),
  areas: z.array(area).meta({ description: 'Empty: the whole city' }),
  vi: text,
  en: text.nullable(),
})
export const bulletinSummary = summary.meta({ id: 'BulletinSummary' })

export const bulletin = summary
  .extend({
    vi: wholeText,
    en: wholeText.nullable(),
    source: z.string(),
    source_en: z.string().nullable(),
    contact: z.string(),
    notice: z.string().meta({ description: 'Why it was withdrawn, in words for readers; else empty' }),
    corrections: z.array(z.object({ at: time, note: z.string() })),
    superseded_by: z.object({ slug: z.string(), title: z.string() }).nullable(),
  })
  .meta({ id: 'Bulletin' })

export const publishedReport = z
  .object({
    code: z.string(),
    title: z.string(),
    description: z.string(),
    address: z.string(),
    point: z.object({ lat: z.number(), lon: z.number() }).nullable(),
    category: z.object({ code: z.string(), name: z.string() }),
    area: area.nullable(),
    agency: z.object({ id: z.string(), name: z.string() }).nullable(),
    state: z.enum(toldStates),
    outcome: z.enum(outcomes).nullable().meta({ description: 'Of the latest answer, once it is answered' }),
    planned_for: z.iso.date().nullable().meta({ description: 'The day for which it is planned' }),
    received_at: time,
    due_at: time.nullable(),
    published_at: time,
    updated_at: time,
    photos: z
      .array(
        z.object({
          url: z.url(),
          of: z.enum(['report', 'answer']).meta({ description: 'Sent by the citizen or staff, or proof of an answer' }),
          width: z.int(),
          height: z.int(),
        }),
      )
      .meta({ description: 'Reviewed copies, in which parts may be hidden; those of the report first' }),
  })
  .meta({ id: 'PublishedReport' })

export const incident = z
  .object({
    id: z.uuid(),
    name: z.string(),
    name_en: z.string().nullable(),
    kind: z.enum(incidentKinds),
    starts_at: time,
    ends_at: time.nullable(),
    is_under_way: z.boolean(),
    is_storm_mode: z.boolean().meta({ description: 'Urgent deadlines run day and night' }),
    areas: z.array(area).meta({ description: 'Empty: the whole city' }),
    reports: z
      .object({
        total: z.int(),
        open: z.int(),
        handled: z.int(),
        refused: z.int(),
        handled_percent: z.number().nullable(),
      })
      .meta({ description: 'Of all reports linked with it, as the desk counts them' }),
    bulletins: z.int().meta({ description: 'Bulletins issued for it, corrections excluded' }),
  })
  .meta({ id: 'Incident' })

export const agency = z
  .object({ id: z.string(), name: z.string(), parent_id: z.string().nullable() })
  .meta({ id: 'Agency' })

export const cityArea = area.meta({ id: 'Area' })
