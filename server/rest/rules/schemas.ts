import { z } from 'zod'
import { citizenInformation, citizenRating, citizenReopening } from '#server/citizen-links/rules/schemas.ts'
import { ratings, rejectReasons } from '#server/reports/rules/lifecycle.ts'
import { outcomes } from '#server/reports/rules/outcome.ts'
import { answerKinds, messageKinds } from '#server/reports/rules/parts.ts'
import { intakeSchema, pointSchema, reporterSchema } from '#server/reports/rules/schemas.ts'
import { toldStates } from '#server/reports/rules/told-state.ts'

const { title, body, categoryCode: _, address } = intakeSchema.shape

/** A time with its zone, limited to the years that the desk supports. */
export const time = z.iso
  .datetime({ offset: true, error: 'bad_time', abort: true })
  .refine((text) => /^(?:19|20|21)/.test(text), 'bad_time')
  .meta({ description: 'A time with its zone (ISO 8601)', example: '2026-11-29T08:30:00+07:00' })

const code = z.string().meta({ description: 'The public code of the report', example: 'HN-261129-0001' })
const named = z.object({ id: z.string(), name: z.string() })

const deadline = z
  .object({
    kind: z.enum(['intake', 'resolution']),
    due_at: time.nullable().meta({ description: 'Null while the deadline is paused' }),
    first_due_at: time.nullable().meta({ description: 'The deadline before any extension' }),
    is_paused: z.boolean(),
  })
  .meta({ id: 'Deadline', description: 'The deadline that runs now' })

const photo = z
  .object({
    id: z.uuid(),
    url: z.url().meta({ description: 'Needs the key of the report' }),
    width: z.int(),
    height: z.int(),
  })
  .meta({ id: 'Photo', description: 'A JPEG without metadata' })

const summary = z.object({
  code,
  reference: z.string().nullable().meta({ description: 'Your own reference of the report' }),
  state: z.enum(toldStates).meta({
    description: 'What the citizen may know: answered, refused and closed only after the citizen was told',
  }),
  category: z.object({ code: z.string(), name: z.string() }),
  agency: named.nullable().meta({ description: 'The agency that works on it' }),
  received_at: time,
  updated_at: time,
  deadline: deadline.nullable(),
  rating: z.enum(ratings).nullable().meta({ description: 'How the citizen rated the answer' }),
})
export const reportSummary = summary.meta({ id: 'ReportSummary' })

export const report = summary
  .extend({
    question: z.string().nullable().meta({ description: 'What the citizen was asked and has not answered yet' }),
    refusal_reason: z.enum(rejectReasons).nullable(),
    photos: z.array(photo).meta({ description: 'What the citizen sent' }),
    answers: z
      .array(
        z.object({
          id: z.uuid(),
          kind: z.enum(answerKinds),
          at: time.meta({ description: 'When the citizen was told' }),
          agency: named.nullable(),
          what: z.string(),
          where: z.string(),
          when: z.string(),
          next: z.string(),
          outcome: z.enum(outcomes).nullable().meta({
            description:
              'What became of the matter; `not_stated` in answers from before it was asked, null in a refusal',
          }),
          planned_for: z.iso.date().nullable().meta({ description: 'The day for which it is planned' }),
          referred_to: z.string().nullable().meta({ description: 'Where a matter went that is not the agency’s' }),
          photos: z.array(photo).meta({ description: 'What the agency sent with the answer' }),
        }),
      )
      .meta({ description: 'The answers that the citizen was sent, the oldest first' }),
    messages: z
      .array(
        z.object({
          id: z.uuid(),
          kind: z.enum(messageKinds).extract(['question', 'notice']),
          at: time,
          body: z.string(),
        }),
      )
      .meta({ description: 'Questions and notices that the citizen was sent, the oldest first' }),
  })
  .meta({ id: 'Report' })

/** One page of a list. `next` is null at its end. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().meta({ description: 'The cursor of the next page; null on the last one' }),
  })

const mostReference = 180
const reporter = z
  .object({
    name: reporterSchema.shape.name,
    phone: reporterSchema.shape.phone,
    email: reporterSchema.shape.email,
  })
  .meta({ description: 'Who reports it: personal data, which no answer of this interface repeats' })

export const newReport = z
  .object({
    category: z
      .string()
      .min(1, 'required')
      .max(60, 'too_long')
      .nullish()
      .meta({ description: 'The code of a category; without one the desk proposes it by the words' }),
    title: z.optional(title),
    description: body,
    address: z.optional(address),
    point: z.nullish(pointSchema),
    occurred_at: time.nullish(),
    reporter: reporter.nullish(),
    reference: z
      .string()
      .max(mostReference, 'too_long')
      .nullish()
      .meta({ description: 'Your own reference: the same one makes one report. Comes before Idempotency-Key.' }),
  })
  .refine((given) => given.point || given.address, { error: 'no_place', path: ['address'] })
  .meta({
    id: 'NewReport',
    description: 'A location is required: point, or address. Unknown fields are ignored.',
    examples: [
      {
        description: 'Cây xà cừ đổ chắn ngang phố Lò Đúc',
        address: '73 phố Lò Đúc',
        point: { lat: 21.0145, lon: 105.8556 },
        reference: 'app-1',
      },
    ],
  })
export type NewReport = z.output<typeof newReport>

export const receivedReport = z
  .object({ code, is_repeated: z.boolean().meta({ description: 'It was received before, under the same key' }) })
  .meta({ id: 'ReceivedReport' })

export const category = z
  .object({
    code: z.string(),
    name: z.string(),
    group: z.string().nullable(),
    keywords: z.array(z.string()),
  })
  .meta({ id: 'Category' })

export const problem = z
  .object({
    type: z.string().meta({ description: 'A stable name of the kind of problem' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    request_id: z.string().optional().meta({ description: 'Under which the desk logged the request' }),
    errors: z
      .array(
        z.object({
          detail: z.string(),
          pointer: z.string().optional().meta({ description: 'The field of the body, as a JSON Pointer' }),
          parameter: z.string().optional().meta({ description: 'The parameter of the address or the header' }),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'What went wrong (RFC 9457)' })

export const newRating = z
  .object({ rating: citizenRating.shape.rating, words: citizenRating.shape.words })
  .meta({ id: 'NewRating', examples: [{ rating: 'satisfied', words: 'Cảm ơn' }] })
export const newInformation = z
  .object({ body: citizenInformation.shape.body })
  .meta({ id: 'NewInformation', description: 'Answers the question, where the citizen was asked one' })
export const newReopening = z
  .object({ reason: citizenReopening.shape.reason })
  .meta({ id: 'NewReopening', description: 'What is still not dealt with' })

export const spoken = z
  .object({ code, is_repeated: z.boolean().meta({ description: 'It had been said before, word for word' }) })
  .meta({ id: 'Spoken' })
