import { z } from 'zod'
import { writtenMoment } from '#server/platform/rules/moment.ts'
import { typedLine, typedLines } from '#server/platform/rules/text.ts'

/** The words of CAP 1.2, as the standard spells them. */
export const capCategories = [
  'Geo',
  'Met',
  'Safety',
  'Security',
  'Rescue',
  'Fire',
  'Health',
  'Env',
  'Transport',
  'Infra',
  'CBRNE',
  'Other',
] as const
export const capUrgencies = ['Immediate', 'Expected', 'Future', 'Past', 'Unknown'] as const
export const capSeverities = ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'] as const
export type CapSeverity = (typeof capSeverities)[number]
/** As a message says it. */
export const capSeverityOf = (said: string | undefined): CapSeverity =>
  capSeverities.find((severity) => severity === said) ?? 'Unknown'
export const capCertainties = ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown'] as const
export const capResponses = [
  'Shelter',
  'Evacuate',
  'Prepare',
  'Execute',
  'Avoid',
  'Monitor',
  'Assess',
  'AllClear',
  'None',
] as const
/** A bulletin that is no exercise is sent as `Actual`; the others are never sent. */
export const capStatuses = ['Actual', 'Exercise', 'Test'] as const
export type CapStatus = (typeof capStatuses)[number]
export const capMessageTypes = ['Alert', 'Update', 'Cancel'] as const
export type CapMessageType = (typeof capMessageTypes)[number]

/** Why an alert ends before it expires: the danger is over (all-clear), or the alert was sent by mistake. */
export const alertEndings = ['over', 'error'] as const
export type AlertEnding = (typeof alertEndings)[number]

const line = (most: number) => z.string().overwrite(typedLine).max(most, 'too_long')
const lines = (most: number) => z.string().overwrite(typedLines).max(most, 'too_long')

/** The panel "issue as alert". Areas, validity and headline are those of the bulletin. */
export const alertPanel = z.object({
  event: line(120),
  eventEn: line(120).default(''),
  category: z.enum(capCategories),
  response: z.enum(capResponses),
  urgency: z.enum(capUrgencies),
  severity: z.enum(capSeverities),
  certainty: z.enum(capCertainties),
  /** Null: from the moment it is sent. */
  onset: z.nullable(writtenMoment()),
  /** Null only while it is being written. */
  expires: z.nullable(writtenMoment()),
  instruction: lines(2000),
  instructionEn: lines(2000).default(''),
})
export type AlertPanel = z.output<typeof alertPanel>
