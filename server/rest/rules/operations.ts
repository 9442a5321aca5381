import { z } from 'zod'
import type { ClientPermission } from '#server/api-clients/rules/api-client.ts'
import { bulletinKinds } from '#server/bulletins/rules/bulletin.ts'
import { apiLimits } from '#server/platform/rules/limits.ts'
import { toldStates } from '#server/reports/rules/told-state.ts'
import { usageDay } from '#server/usage/rules/usage.ts'
import type { ProblemName } from './problems.ts'
import { agency, bulletin, bulletinSummary, cityArea, incident, publishedReport } from './public-schemas.ts'
import {
  category,
  newInformation,
  newRating,
  newReopening,
  newReport,
  pageOf,
  receivedReport,
  report,
  reportSummary,
  spoken,
  time,
} from './schemas.ts'
import { newUsage, usage } from './usage-schemas.ts'

export const restPath = '/api/v1'
const { most, usual } = apiLimits.restPage

export const tags = [
  { name: 'reports', description: 'Reports that this key sent' },
  {
    name: 'published',
    description: 'Copies of reports that staff have reviewed and published, whoever sent the reports',
  },
  { name: 'bulletins', description: 'What the city has published' },
  { name: 'incidents', description: 'Storms, floods and other incidents' },
  { name: 'usage', description: 'Accounts and visits, as your system counts them' },
  { name: 'catalogue', description: 'Categories, agencies and areas' },
  { name: 'description', description: 'The interface itself' },
  { name: 'webhooks', description: 'What the desk sends to the addresses of other systems' },
] as const

type Fields = z.ZodObject<Record<string, z.ZodType>>
export type Operation = {
  method: 'GET' | 'POST' | 'PUT'
  /** Relative to `/api/v1`, with parameters in braces. */
  path: string
  tag: (typeof tags)[number]['name']
  summary: string
  description?: string
  /** The permission that the key needs; `public`: no key is needed. */
  permission: ClientPermission | 'public'
  path_parameters?: Fields
  query?: Fields
  headers?: Fields
  body?: z.ZodType
  /** The body may also be the part of this name of a form, beside photos. */
  part?: string
  /** `media`: the answer is a file of this type; its schema is not in the document. */
  answers: Partial<Record<200 | 201, { description: string; schema: z.ZodType; media?: 'image/jpeg' }>>
  /** In addition to the problems that every request may cause. */
  problems: readonly ProblemName[]
}

const byCode = z.object({
  code: z.string().meta({ description: 'The public code of the report', example: 'HN-261129-0001' }),
})
const page = {
  cursor: z.string().max(200).optional().meta({ description: 'The `next` of the page before' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(most)
    .default(usual)
    .meta({
      description: `Entries of a page: ${usual} unless told, at most ${most}`,
    }),
}
const ifMatch = z.object({
  'if-match': z.string().max(2000).optional().meta({
    description: 'The `ETag` of the report as it was read: refused by 412 where it has changed since',
  }),
})
/** The key in the store of the photo that is answered. */
const photoFile = z.object({ key: z.string(), id: z.string() })
const speaking = z.object({
  ...ifMatch.shape,
  'idempotency-key': z.string().min(1).max(180).optional().meta({
    description: 'Under the same key something is handed on once for a report, also when it is sent again much later',
  }),
})
const listed = { explode: false, style: 'form' } as const

/** All operations. Requests are matched and checked by this table, and the OpenAPI document is generated from it. */
export const operations = {
  listReports: {
    method: 'GET',
    path: '/reports',
    tag: 'reports',
    summary: 'The reports that this key sent, the newest first',
    description:
      'A page stays the same while reports come in and change: `next` continues behind the last one. To follow ' +
      'changes, ask with `updated_after` from a minute before you asked last.',
    permission: 'follow_reports',
    query: z.object({
      ...page,
      state: z.array(z.enum(toldStates)).max(20).optional().meta({ description: 'In any of these', param: listed }),
      category: z.array(z.string().max(60)).max(50).optional().meta({ description: 'Codes', param: listed }),
      reference: z.array(z.string().max(200)).max(50).optional().meta({
        description: 'Your own references; the parameter is repeated for several',
      }),
      updated_after: time.optional().meta({ description: 'Changed at this time or later' }),
      received_after: time.optional().meta({ description: 'Received at this time or later' }),
      received_before: time.optional().meta({ description: 'Received before this time' }),
    }),
    answers: { 200: { description: 'A page of reports', schema: pageOf(reportSummary).meta({ id: 'ReportPage' }) } },
    problems: [],
  },
  getReport: {
    method: 'GET',
    path: '/reports/{code}',
    tag: 'reports',
    summary: 'One report that this key sent, with what the citizen was told',
    permission: 'follow_reports',
    path_parameters: byCode,
    answers: { 200: { description: 'The report', schema: report } },
    problems: [],
  },
  getReportPhoto: {
    method: 'GET',
    path: '/reports/{code}/photos/{photo}',
    tag: 'reports',
    summary: 'A photo that the citizen sent, or was sent with an answer',
    permission: 'follow_reports',
    path_parameters: byCode.extend({ photo: z.string().meta({ description: 'The `id` of a photo of the report' }) }),
    answers: { 200: { description: 'The photo, without metadata', schema: photoFile, media: 'image/jpeg' } },
    problems: [],
  },
  sendReport: {
    method: 'POST',
    path: '/reports',
    tag: 'reports',
    summary: 'Send a report',
    description:
      'The same `reference`, and without one the same `Idempotency-Key`, makes one report; the first counts. With ' +
      `photos it is a form: the report as the part \`report\`, and up to ${apiLimits.photos.perReport} of \`photo\`.`,
    permission: 'submit_reports',
    headers: z.object({
      'idempotency-key': z.string().max(180).optional().meta({ description: 'The same key makes one report' }),
    }),
    body: newReport,
    part: 'report',
    answers: {
      201: { description: 'It was received', schema: receivedReport },
      200: { description: 'It was received before', schema: receivedReport },
    },
    problems: ['category_unknown', 'refused', 'day_full'],
  },
  rateReport: {
    method: 'POST',
    path: '/reports/{code}/rating',
    tag: 'reports',
    summary: 'Hand on how the citizen rates the answer',
    description: 'Within the days of rating; a later rating replaces an earlier one.',
    permission: 'speak_for_citizens',
    path_parameters: byCode,
    headers: speaking,
    body: newRating,
    answers: { 200: { description: 'It is recorded', schema: spoken } },
    problems: ['conflict', 'not_possible_now', 'too_late', 'changed_meanwhile'],
  },
  addInformation: {
    method: 'POST',
    path: '/reports/{code}/information',
    tag: 'reports',
    summary: 'Hand on what the citizen adds, or answers to the question of the desk',
    permission: 'speak_for_citizens',
    path_parameters: byCode,
    headers: speaking,
    body: newInformation,
    answers: { 200: { description: 'It is recorded', schema: spoken } },
    problems: ['conflict', 'not_possible_now', 'changed_meanwhile'],
  },
  reopenReport: {
    method: 'POST',
    path: '/reports/{code}/reopening',
    tag: 'reports',
    summary: 'Hand on that the matter is still not dealt with',
    description: 'The report is opened again, within the days of reopening.',
    permission: 'speak_for_citizens',
    path_parameters: byCode,
    headers: speaking,
    body: newReopening,
    answers: { 200: { description: 'It is opened again', schema: spoken } },
    problems: ['conflict', 'not_possible_now', 'too_late', 'changed_meanwhile'],
  },
  listPublishedReports: {
    method: 'GET',
    path: '/published-reports',
    tag: 'published',
    summary: 'Published copies of reports, the newest report first',
    description:
      'Texts and photos are those that staff have reviewed, never those that were sent. Without `updated_after` they were received within 90 days: from `received_after`, otherwise before `received_before` or now. A longer time is refused.',
    permission: 'public',
    query: z.object({
      ...page,
      category: z.array(z.string().max(60)).max(50).optional().meta({ description: 'Codes', param: listed }),
      updated_after: time.optional().meta({ description: 'Changed at this time or later' }),
      received_after: time.optional().meta({ description: 'Received at this time or later' }),
      received_before: time.optional().meta({ description: 'Received before this time' }),
    }),
    answers: {
      200: { description: 'A page of copies', schema: pageOf(publishedReport).meta({ id: 'PublishedReportPage' }) },
    },
    problems: [],
  },
  getPublishedReport: {
    method: 'GET',
    path: '/published-reports/{code}',
    tag: 'published',
    summary: 'The published copy of one report',
    permission: 'public',
    path_parameters: byCode,
    answers: { 200: { description: 'The copy', schema: publishedReport } },
    problems: [],
  },
  listBulletins: {
    method: 'GET',
    path: '/bulletins',
    tag: 'bulletins',
    summary: 'Published bulletins, the newest first',
    permission: 'public',
    query: z.object({
      ...page,
      area: z.string().max(20).optional().meta({ description: 'The code of an area; those for the whole city belong' }),
      incident: z.uuid().optional(),
      kind: z.enum(bulletinKinds).optional(),
    }),
    answers: {
      200: { description: 'A page of bulletins', schema: pageOf(bulletinSummary).meta({ id: 'BulletinPage' }) },
    },
    problems: [],
  },
  getBulletin: {
    method: 'GET',
    path: '/bulletins/{name}',
    tag: 'bulletins',
    summary: 'One published bulletin, by its slug or its id',
    permission: 'public',
    path_parameters: z.object({ name: z.string() }),
    answers: { 200: { description: 'The bulletin', schema: bulletin } },
    problems: ['gone'],
  },
  listIncidents: {
    method: 'GET',
    path: '/incidents',
    tag: 'incidents',
    summary: 'Incidents of the city with their counts, the newest first',
    permission: 'read_figures',
    query: z.object({ ...page, is_under_way: z.stringbool().optional().meta({ type: 'boolean' }) }),
    answers: { 200: { description: 'A page of incidents', schema: pageOf(incident).meta({ id: 'IncidentPage' }) } },
    problems: [],
  },
  reportUsage: {
    method: 'PUT',
    path: '/usage/{day}',
    tag: 'usage',
    summary: 'Report the accounts and visits of a day',
    description:
      'Again for the same day it replaces the figures; the log keeps both. The board shows them as they are.',
    permission: 'report_usage',
    path_parameters: z.object({ day: usageDay }),
    headers: z.object({
      ...ifMatch.shape,
      'if-none-match': z.literal('*').optional().meta({ description: 'Refused by 412 where the day was reported' }),
    }),
    body: newUsage,
    answers: { 200: { description: 'The figures of the day', schema: usage } },
    problems: ['changed_meanwhile', 'refused'],
  },
  listUsage: {
    method: 'GET',
    path: '/usage',
    tag: 'usage',
    summary: 'The figures that this key reported, the newest day first',
    permission: 'report_usage',
    query: z.object({ ...page, from: usageDay.optional(), to: usageDay.optional() }),
    answers: { 200: { description: 'A page of days', schema: pageOf(usage).meta({ id: 'UsagePage' }) } },
    problems: [],
  },
  listAgencies: {
    method: 'GET',
    path: '/agencies',
    tag: 'catalogue',
    summary: 'The agencies that are in office',
    permission: 'follow_reports',
    answers: {
      200: { description: 'All of them', schema: z.object({ items: z.array(agency) }).meta({ id: 'Agencies' }) },
    },
    problems: [],
  },
  listAreas: {
    method: 'GET',
    path: '/areas',
    tag: 'catalogue',
    summary: 'The communes of the city',
    permission: 'public',
    answers: {
      200: { description: 'All of them', schema: z.object({ items: z.array(cityArea) }).meta({ id: 'Areas' }) },
    },
    problems: [],
  },
  listCategories: {
    method: 'GET',
    path: '/categories',
    tag: 'catalogue',
    summary: 'The categories that reports can be filed under',
    permission: 'public',
    answers: {
      200: { description: 'All of them', schema: z.object({ items: z.array(category) }).meta({ id: 'Categories' }) },
    },
    problems: [],
  },
  getDocument: {
    method: 'GET',
    path: '/openapi.json',
    tag: 'description',
    summary: 'This document',
    permission: 'public',
    answers: { 200: { description: 'OpenAPI 3.1', schema: z.looseObject({ openapi: z.string() }) } },
    problems: [],
  },
} as const satisfies Record<string, Operation>

export type OperationId = keyof typeof operations
export const operationIds = Object.keys(operations) as OperationId[]
export const operationOf = (id: OperationId): Operation => operations[id]
