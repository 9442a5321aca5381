import { z } from 'zod'
import { bulletinKinds, bulletinSeverities } from '#server/bulletins/rules/bulletin.ts'
import { publicStates } from '#server/reports/rules/citizen-view.ts'
import { ratings } from '#server/reports/rules/lifecycle.ts'
import { outcomes } from '#server/reports/rules/outcome.ts'
import { type WebhookKind, webhookKinds } from './kinds.ts'

/**
 * The version of the body. The body contains only public data: no text of a citizen, no name, point or address. Fields
 * may be added; any other change needs a new version.
 */
export const payloadVersion = 1

const instant = z.iso.datetime()

export const reportData = z.object({
  /** The public code of the report. */
  code: z.string(),
  state: z.enum(publicStates),
  /** Whether a question to the citizen is open. */
  waits_for_citizen: z.boolean(),
  /** The code of the canonical report; null if the report is not merged. */
  merged_into: z.string().nullable(),
  category: z.string(),
  /** The official code of the commune. */
  area: z.string().nullable(),
  agency: z.object({ id: z.string(), name: z.string() }).nullable(),
  received_at: instant,
  /** Null before assignment, while a question to the citizen is open, and after the end. */
  due_at: instant.nullable(),
  rating: z.enum(ratings).nullable(),
  /** Of the latest answer that the citizen was sent, while it stands; otherwise null. */
  outcome: z.enum(outcomes).nullable(),
  /** The day for which it is planned, where that is the outcome. */
  planned_for: z.iso.date().nullable(),
  /** The time of this state: of two notifications the one with the later time is valid. */
  as_of: instant,
})
export type ReportData = z.output<typeof reportData>

export const bulletinData = z.object({
  slug: z.string(),
  /** The path on the public pages of the city. */
  path: z.string(),
  state: z.enum(['published', 'withdrawn']),
  kind: z.enum(bulletinKinds),
  severity: z.enum(bulletinSeverities),
  /** Null after withdrawal. */
  title: z.string().nullable(),
  published_at: instant.nullable(),
  valid_until: instant.nullable(),
  as_of: instant,
})
export type BulletinData = z.output<typeof bulletinData>

const testData = z.object({ message: z.string() })

const envelope = <Type extends string, Data extends z.ZodType>(type: Type, data: Data) =>
  z.object({
    type: z.literal(type),
    version: z.literal(payloadVersion),
    /** The time of the event. */
    timestamp: instant,
    data,
  })

export const webhookPayloads = {
  'report.received': envelope('report.received', reportData),
  'report.assigned': envelope('report.assigned', reportData),
  'report.state_changed': envelope('report.state_changed', reportData),
  'report.information_requested': envelope('report.information_requested', reportData),
  'report.answered': envelope('report.answered', reportData),
  'report.rated': envelope('report.rated', reportData),
  'report.reopened': envelope('report.reopened', reportData),
  'bulletin.published': envelope('bulletin.published', bulletinData),
  'bulletin.withdrawn': envelope('bulletin.withdrawn', bulletinData),
  'webhook.test': envelope('webhook.test', testData),
} as const satisfies Record<WebhookKind | 'webhook.test', z.ZodType>

/** The kinds that can be subscribed to, and the test. */
export const deliveryKinds = [...webhookKinds, 'webhook.test'] as const
export type DeliveryKind = (typeof deliveryKinds)[number]

/** The exact text of the body, because the signature covers its bytes. */
export function bodyOf(type: DeliveryKind, at: Date, data: ReportData | BulletinData | z.output<typeof testData>) {
  const payload = { type, version: payloadVersion, timestamp: at.toISOString(), data }
  return JSON.stringify(webhookPayloads[type].parse(payload))
}
