import * as z from 'zod/mini'
import { disclosureReason } from '#server/disclosures/rules/disclosure.ts'
import { moment } from '#server/platform/rules/moment.ts'
import { personsPhoneOf, phoneOf } from '#server/platform/rules/phone.ts'
import { normalise } from '#server/platform/rules/text.ts'
import { channels, ratings, rejectReasons, severities, staffChannels } from './lifecycle.ts'
import { fitsOutcome, outcomeFields, statedOutcomes } from './outcome.ts'
import { photoKinds, templateUses } from './parts.ts'
import { hasGaps } from './templates.ts'

/** Every text is composed (NFC) on input; otherwise it is stored as typed. */
const typed = z.string().check(z.overwrite(normalise), z.trim())
const words = (most: number) => typed.check(z.minLength(1, 'required'), z.maxLength(most, 'too_long'))
const maybe = (most: number) => typed.check(z.maxLength(most, 'too_long'))
const reason = words(2000)
const personsPhone = (text: string, payload: z.core.ParsePayload): string => {
  const phone = personsPhoneOf(text)
  if (phone === null) payload.issues.push({ code: 'custom', message: 'not_a_phone', input: text })
  return phone ?? ''
}

/** Every change names the report and the version that the user saw. */
const positive = z.number().check(z.int(), z.positive())
export const changeInput = z.object({ reportId: positive, version: positive })
export type ChangeInput = z.infer<typeof changeInput>

export const pointSchema = z.object({
  lon: z.number().check(z.minimum(-180), z.maximum(180)),
  lat: z.number().check(z.minimum(-90), z.maximum(90)),
})

const code = z.string().check(z.minLength(1))

/** The commune that somebody chose; null or absent where it follows from the point. */
const chosenArea = z.optional(z.nullable(z.number().check(z.int(), z.positive(), z.maximum(2_147_483_647))))

export const assignInput = z.extend(changeInput, {
  agencyId: code,
  categoryCode: z.optional(code),
  severity: z.optional(z.enum(severities)),
  incidentId: z.optional(z.nullable(z.uuid())),
  note: z.optional(maybe(2000)),
})
/** A variable such as `{{due}}` that is still in the text is an unfilled gap of a template. */
const isFilled = (text: string) => !hasGaps(text)
export const rejectInput = z.extend(changeInput, {
  reason: z.enum(rejectReasons),
  answer: maybe(8000).check(z.refine(isFilled, 'gaps')),
})
export const askCitizenInput = z.extend(changeInput, { question: words(4000).check(z.refine(isFilled, 'gaps')) })
export const citizenRepliedInput = z.extend(changeInput, { reply: words(8000) })
export const mergeInput = z.extend(changeInput, { intoReportId: positive })
const partIds = z._default(z.array(z.uuid()).check(z.maxLength(200)), [])
/** The parts of the other report that are taken along; none by default. */
const partsInput = z._default(z.object({ messageIds: partIds, noteIds: partIds, fileIds: partIds }), {
  messageIds: [],
  noteIds: [],
  fileIds: [],
})
export const unmergeInput = z.extend(changeInput, { parts: partsInput })
export const splitInput = z.extend(changeInput, { title: words(300), categoryCode: code, parts: partsInput })
export const linkInput = z.extend(changeInput, { toReportId: positive })
export const acceptInput = z.extend(changeInput, { assignToMe: z._default(z.boolean(), true) })
export const returnInput = z.extend(changeInput, { reason, suggestedAgencyId: z.optional(z.nullable(code)) })
export const transferInput = z.extend(changeInput, { agencyId: code, reason })
export const assignPersonInput = z.extend(changeInput, { accountId: z.nullable(z.uuid()) })
export const extensionInput = z.extend(changeInput, {
  /** Made by the browser: a retried request finds the one that it made before. */
  id: z.optional(z.uuid()),
  minutes: z.number().check(z.int(), z.minimum(60), z.maximum(60 * 8 * 60)),
  reason,
})
export const pauseInput = z.extend(changeInput, { agencyId: code, reason })
export const decideInput = z.extend(changeInput, {
  requestId: z.uuid(),
  approve: z.boolean(),
  remarks: z._default(maybe(2000), ''),
})
export const answerFields = z.object({
  what: words(8000),
  where: words(500),
  when: words(200),
  next: z._default(maybe(2000), ''),
  ...outcomeFields,
})
const photoIds = z._default(z.array(z.uuid()).check(z.maxLength(20)), [])
const givenAnswer = z.extend(changeInput, { ...answerFields.shape, photoIds })
export const answerInput = givenAnswer.check(...fitsOutcome)
export const scheduleAnswerInput = z.extend(givenAnswer, { sendAt: moment() }).check(...fitsOutcome)
export const scheduleApprovalInput = z.extend(changeInput, { sendAt: moment() })
/** `sendAt` null: now. */
export const rescheduleInput = z.extend(changeInput, { sendAt: z.nullable(moment()) })
export const sendTimeInput = z.object({ reportId: positive, sendAt: moment() })
export const sendBackInput = z.extend(changeInput, { remarks: words(4000) })
export const rateInput = z.extend(changeInput, {
  rating: z.enum(ratings),
  /** How the citizen gave it to the staff who record it. */
  channel: z.enum(staffChannels),
  words: z._default(maybe(4000), ''),
})
export const reopenInput = z.extend(changeInput, { reason })
export const resumeInput = z.extend(changeInput, { reason: z._default(maybe(2000), '') })

export const noteInput = z.object({
  reportId: positive,
  /** Made by the browser: a retried request finds the note it wrote before. */
  id: z.uuid(),
  body: words(8000),
  /** The colleagues chosen while it was written; those whose names are no longer in the text do not count. */
  mentions: z.optional(z.array(z.uuid()).check(z.maxLength(40))),
})
export const informationInput = z.extend(changeInput, { body: words(8000) })
export const categoryInput = z.extend(changeInput, { categoryCode: code })
export const severityInput = z.extend(changeInput, {
  severity: z.enum(severities),
  reason: z._default(maybe(2000), ''),
})
export const placeInput = z.extend(changeInput, {
  address: maybe(500),
  point: z.nullable(pointSchema),
  areaId: chosenArea,
})
export const watchInput = z.object({ reportId: positive, isWatched: z.boolean() })
/** `until` null: it is put off no longer. */
export const putOffInput = z.object({ reportId: positive, until: z.nullable(moment()) })
export const tagsInput = z.extend(changeInput, { tags: z.array(words(40)).check(z.maxLength(20)) })
export const incidentInput = z.extend(changeInput, { incidentId: z.nullable(z.uuid()) })
/** Each with the version that was seen, and decided separately. */
export const decideSuggestionsInput = z.object({
  incidentId: z.uuid(),
  reports: z.array(changeInput).check(z.minLength(1), z.maxLength(200)),
})
export type DecideSuggestions = z.output<typeof decideSuggestionsInput>
export const mergeReportsInput = z.object({
  intoReportId: positive,
  reports: z.array(changeInput).check(z.minLength(1), z.maxLength(200)),
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
  point: z.nullable(pointSchema),
})
export type DuplicateDraft = z.output<typeof duplicateDraftInput>
export const revealInput = z.object({ reportId: positive, reason: disclosureReason })
/** A person's complete number: partial numbers cannot be searched. */
export const phoneSearchInput = z.object({
  phone: z.pipe(z.string().check(z.maxLength(40)), z.transform(personsPhone)),
  reason: disclosureReason,
})
export const earlierAnswersInput = z.object({ reportId: positive, words: maybe(100) })
export type EarlierAnswersInput = z.output<typeof earlierAnswersInput>
export const photoInput = z.object({ reportId: positive, fileId: z.uuid() })
const longestName = 200
export const namedPhotoInput = z.extend(photoInput, {
  /** The file name, truncated where it is too long. */
  name: z.pipe(
    z._default(z.string(), ''),
    z.transform((name) => [...normalise(name)].slice(0, longestName).join('')),
  ),
})
/** `citizen`: the sender's own picture, brought to the counter or sent by e-mail. */
export const addPhotoInput = z.extend(namedPhotoInput, { kind: z._default(z.enum(photoKinds), 'staff') })

const reporterPhone = maybe(40)
export const reporterSchema = z.object({
  name: z._default(maybe(200), ''),
  phone: z._default(reporterPhone, ''),
  email: z._default(z.union([z.literal(''), z.email('bad_email')]), ''),
  address: z._default(maybe(500), ''),
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
  categoryCode: z._default(z.nullable(code), null),
  severity: z._default(z.nullable(z.enum(severities)), null),
  address: z._default(maybe(500), ''),
  point: z._default(z.nullable(pointSchema), null),
  receivedAt: z._default(z.nullable(moment()), null),
  occurredAt: z._default(z.nullable(moment()), null),
  incidentId: z._default(z.nullable(z.uuid()), null),
  reporter: z._default(z.nullable(reporterSchema), null),
  tags: z._default(z.array(words(40)).check(z.maxLength(20)), []),
})
export type Intake = z.output<typeof intakeSchema>

/** The form staff fill in for a citizen on the phone, at the counter, or by e-mail. */
export const receiveInput = z.object({
  /** Made by the browser once per form. */
  key: z.uuid(),
  channel: z.enum(staffChannels),
  title: words(300),
  body: words(20_000),
  categoryCode: z.string().check(z.minLength(1, 'required')),
  severity: z._default(z.nullable(z.enum(severities)), null),
  address: z._default(maybe(500), ''),
  point: z._default(z.nullable(pointSchema), null),
  areaId: chosenArea,
  occurredAt: z._default(z.nullable(moment()), null),
  incidentId: z._default(z.nullable(z.uuid()), null),
  // Only here is the number checked: staff can still ask for it. It is stored as typed.
  reporter: z.extend(reporterSchema, {
    phone: z._default(
      reporterPhone.check(z.refine((phone) => phone === '' || phoneOf(phone) !== null, 'bad_phone')),
      '',
    ),
  }),
})

export const answerTemplateInput = z.object({
  id: z.nullable(z.uuid()),
  version: z.number().check(z.int(), z.nonnegative()),
  name: words(200),
  use: z.enum(templateUses),
  categoryCode: z.nullable(z.string()),
  /** For a rejection: the reason whose standard text this is. */
  reason: z._default(z.nullable(z.enum(rejectReasons)), null),
  /** For an answer: the outcome that it usually states. */
  outcome: z._default(z.nullable(z.enum(statedOutcomes)), null),
  body: words(8000),
  isActive: z.boolean(),
  position: z.number().check(z.int(), z.minimum(0), z.maximum(10_000)),
})
