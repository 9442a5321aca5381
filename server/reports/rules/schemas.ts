import { z } from 'zod'
import { disclosureReason } from '#server/disclosures/rules/disclosure.ts'
import { moment } from '#server/platform/rules/moment.ts'
import { personsPhoneOf, phoneOf } from '#server/platform/rules/phone.ts'
import { normalise } from '#server/platform/rules/text.ts'
import { channels, ratings, rejectReasons, severities, staffChannels } from './lifecycle.ts'
import { photoKinds, templateUses } from './parts.ts'
import { hasGaps } from './templates.ts'

/** Every text is composed (NFC) on input; otherwise it is stored as typed. */
const typed = z.string().overwrite(normalise).trim()
const words = (most: number) => typed.min(1, 'required').max(most, 'too_long')
const maybe = (most: number) => typed.max(most, 'too_long')
const reason = words(2000)
const personsPhone = (text: string, ctx: z.RefinementCtx): string => {
  const phone = personsPhoneOf(text)
  if (phone === null) ctx.addIssue({ code: 'custom', message: 'not_a_phone' })
  return phone ?? ''
}

/** Every change names the report and the version that the user saw. */
export const changeInput = z.object({ reportId: z.number().int().positive(), version: z.number().int().positive() })
export type ChangeInput = z.infer<typeof changeInput>

export const pointSchema = z.object({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) })

export const assignInput = changeInput.extend({
  agencyId: z.string().min(1),
  categoryCode: z.string().min(1).optional(),
  severity: z.enum(severities).optional(),
  incidentId: z.uuid().nullable().optional(),
  note: maybe(2000).optional(),
})
/** A variable such as `{{due}}` that is still in the text is an unfilled gap of a template. */
const isFilled = (text: string) => !hasGaps(text)
export const rejectInput = changeInput.extend({
  reason: z.enum(rejectReasons),
  answer: maybe(8000).refine(isFilled, 'gaps'),
})
export const askCitizenInput = changeInput.extend({ question: words(4000).refine(isFilled, 'gaps') })
export const citizenRepliedInput = changeInput.extend({ reply: words(8000) })
export const mergeInput = changeInput.extend({ intoReportId: z.number().int().positive() })
const partIds = z.array(z.uuid()).max(200).default([])
/** The parts of the other report that are taken along; none by default. */
const partsInput = z
  .object({ messageIds: partIds, noteIds: partIds, fileIds: partIds })
  .default({ messageIds: [], noteIds: [], fileIds: [] })
export const unmergeInput = changeInput.extend({ parts: partsInput })
export const splitInput = changeInput.extend({ title: words(300), categoryCode: z.string().min(1), parts: partsInput })
export const linkInput = changeInput.extend({ toReportId: z.number().int().positive() })
export const acceptInput = changeInput.extend({ assignToMe: z.boolean().default(true) })
export const returnInput = changeInput.extend({ reason, suggestedAgencyId: z.string().min(1).nullable().optional() })
export const transferInput = changeInput.extend({ agencyId: z.string().min(1), reason })
export const assignPersonInput = changeInput.extend({ accountId: z.uuid().nullable() })
export const extensionInput = changeInput.extend({
  /** Made by the browser: a retried request finds the one that it made before. */
  id: z.uuid().optional(),
  minutes: z
    .number()
    .int()
    .min(60)
    .max(60 * 8 * 60),
  reason,
})
export const pauseInput = changeInput.extend({ agencyId: z.string().min(1), reason })
export const decideInput = changeInput.extend({
  requestId: z.uuid(),
  approve: z.boolean(),
  remarks: maybe(2000).default(''),
})
export const answerInput = changeInput.extend({
  what: words(8000),
  where: words(500),
  when: words(200),
  next: maybe(2000).default(''),
  photoIds: z.array(z.uuid()).max(20).default([]),
})
export const scheduleAnswerInput = answerInput.extend({ sendAt: moment() })
export const scheduleApprovalInput = changeInput.extend({ sendAt: moment() })
/** `sendAt` null: now. */
export const rescheduleInput = changeInput.extend({ sendAt: moment().nullable() })
export const sendTimeInput = z.object({ reportId: z.number().int().positive(), sendAt: moment() })
export const sendBackInput = changeInput.extend({ remarks: words(4000) })
export const rateInput = changeInput.extend({
  rating: z.enum(ratings),
  /** How the citizen gave it to the staff who record it. */
  channel: z.enum(staffChannels),
  words: maybe(4000).default(''),
})
export const reopenInput = changeInput.extend({ reason })
export const resumeInput = changeInput.extend({ reason: maybe(2000).default('') })

export const noteInput = z.object({
  reportId: z.number().int().positive(),
  /** Made by the browser: a retried request finds the note it wrote before. */
  id: z.uuid(),
  body: words(8000),
  /** The colleagues chosen while it was written; those whose names are no longer in the text do not count. */
  mentions: z.array(z.uuid()).max(40).optional(),
})
export const informationInput = changeInput.extend({ body: words(8000) })
export const categoryInput = changeInput.extend({ categoryCode: z.string().min(1) })
export const severityInput = changeInput.extend({ severity: z.enum(severities), reason: maybe(2000).default('') })
export const placeInput = changeInput.extend({ address: maybe(500), point: pointSchema.nullable() })
export const watchInput = z.object({ reportId: z.number().int().positive(), isWatched: z.boolean() })
/** `until` null: it is put off no longer. */
export const putOffInput = z.object({ reportId: z.number().int().positive(), until: moment().nullable() })
export const tagsInput = changeInput.extend({ tags: z.array(words(40)).max(20) })
export const incidentInput = changeInput.extend({ incidentId: z.uuid().nullable() })
/** Each with the version that was seen, and decided separately. */
export const decideSuggestionsInput = z.object({ incidentId: z.uuid(), reports: z.array(changeInput).min(1).max(200) })
export type DecideSuggestions = z.output<typeof decideSuggestionsInput>
export const mergeReportsInput = z.object({
  intoReportId: z.number().int().positive(),
  reports: z.array(changeInput).min(1).max(200),
})
/**
 * What is needed of a report being entered to tell whether it is known already; the beginning of its text is enough.
 */
export const duplicateDraftInput = z.object({
  title: maybe(300),
  body: maybe(1000),
  /** Empty until it is chosen. */
  categoryCode: z.string(),
  address: maybe(500),
  point: pointSchema.nullable(),
})
export type DuplicateDraft = z.output<typeof duplicateDraftInput>
export const revealInput = z.object({ reportId: z.number().int().positive(), reason: disclosureReason })
/** A person's complete number: partial numbers cannot be searched. */
export const phoneSearchInput = z.object({
  phone: z.string().max(40).transform(personsPhone),
  reason: disclosureReason,
})
export const earlierAnswersInput = z.object({ reportId: z.number().int().positive(), words: maybe(100) })
export type EarlierAnswersInput = z.output<typeof earlierAnswersInput>
export const photoInput = z.object({ reportId: z.number().int().positive(), fileId: z.uuid() })
const longestName = 200
export const namedPhotoInput = photoInput.extend({
  /** The file name, truncated where it is too long. */
  name: z
    .string()
    .default('')
    .transform((name) => [...normalise(name)].slice(0, longestName).join('')),
})
/** `citizen`: the sender's own picture, brought to the counter or sent by e-mail. */
export const addPhotoInput = namedPhotoInput.extend({ kind: z.enum(photoKinds).default('staff') })

export const reporterSchema = z.object({
  name: maybe(200).default(''),
  phone: maybe(40).default(''),
  email: z.union([z.literal(''), z.email('bad_email')]).default(''),
  address: maybe(500).default(''),
})

/**
 * The input of every channel. `sourceKey` is the source's own key: submitted twice under it, a report is created once.
 */
export const intakeSchema = z.object({
  channel: z.enum(channels),
  source: words(60),
  sourceKey: words(200),
  title: words(300),
  body: words(20_000),
  categoryCode: z.string().min(1).nullable().default(null),
  severity: z.enum(severities).nullable().default(null),
  address: maybe(500).default(''),
  point: pointSchema.nullable().default(null),
  receivedAt: moment().nullable().default(null),
  occurredAt: moment().nullable().default(null),
  incidentId: z.uuid().nullable().default(null),
  reporter: reporterSchema.nullable().default(null),
  tags: z.array(words(40)).max(20).default([]),
})
export type Intake = z.output<typeof intakeSchema>

/** The form staff fill in for a citizen on the phone, at the counter, or by e-mail. */
export const receiveInput = z.object({
  /** Made by the browser once per form. */
  key: z.uuid(),
  channel: z.enum(staffChannels),
  title: words(300),
  body: words(20_000),
  categoryCode: z.string().min(1, 'required'),
  severity: z.enum(severities).nullable().default(null),
  address: maybe(500).default(''),
  point: pointSchema.nullable().default(null),
  occurredAt: moment().nullable().default(null),
  incidentId: z.uuid().nullable().default(null),
  // Only here is the number checked: staff can still ask for it. It is stored as typed.
  reporter: reporterSchema.extend({
    phone: reporterSchema.shape.phone.refine((phone) => phone === '' || phoneOf(phone) !== null, 'bad_phone'),
  }),
})

export const answerTemplateInput = z.object({
  id: z.uuid().nullable(),
  version: z.number().int().nonnegative(),
  name: words(200),
  use: z.enum(templateUses),
  categoryCode: z.string().nullable(),
  /** For a rejection: the reason whose standard text this is. */
  reason: z.enum(rejectReasons).nullable().default(null),
  body: words(8000),
  isActive: z.boolean(),
  position: z.number().int().min(0).max(10_000),
})
