import { z } from 'zod'
import { subTypes } from '#server/incidents/rules/sub-types.ts'
import { normalise } from '#server/platform/rules/text.ts'
import { fitsOutcome, outcomeFields } from './outcome.ts'

const typed = z.string().overwrite(normalise).trim()
const words = (most: number) => typed.min(1, 'required').max(most, 'too_long')

/** Which of the incident's reports are meant. Empty lists: all. `other` are those of no sub-type. */
export const batchFilter = z.object({
  subTypes: z.array(z.enum([...subTypes, 'other'])).max(20),
  areaIds: z.array(z.number().int().positive()).max(200),
})
export type BatchFilter = z.output<typeof batchFilter>

export const batchWords = z.object({
  what: words(8000),
  where: words(500),
  when: words(200),
  next: typed.max(2000, 'too_long'),
})
export type BatchWords = z.output<typeof batchWords>

/** The words with the outcome, which is the same for all. */
export const batchAnswer = z.object({ ...batchWords.shape, ...outcomeFields }).check(...fitsOutcome)

export const batchDraft = z.object({ incidentId: z.uuid(), filter: batchFilter })
export const batchPreviewInput = batchDraft.extend({ words: batchWords.partial() })

/**
 * `expected`: how many reports the author saw. If the number has changed meanwhile, the author must look again first.
 */
export const composeBatchInput = batchDraft.extend({
  id: z.uuid(),
  words: batchAnswer,
  expected: z.number().int().nonnegative(),
  wantsSecondPerson: z.boolean(),
})
export type ComposeBatch = z.output<typeof composeBatchInput>

/** `openOnly`: without those whose report is already answered or rejected. */
const noticeFilter = batchFilter.extend({ openOnly: z.boolean() })
export type NoticeFilter = z.output<typeof noticeFilter>

const noticeDraft = z.object({
  incidentId: z.uuid(),
  filter: noticeFilter,
  /** The earlier notice that this one follows: those it reached do not get this one. */
  followsId: z.uuid().nullable(),
})
export const noticePreviewInput = noticeDraft.extend({ body: typed.max(2000, 'too_long') })

export const noticeWords = z.object({ body: words(2000) })

export const composeNoticeInput = noticeDraft.extend({
  id: z.uuid(),
  body: noticeWords.shape.body,
  expected: z.number().int().nonnegative(),
  wantsSecondPerson: z.boolean(),
})
export type ComposeNotice = z.output<typeof composeNoticeInput>

export const batchInput = z.object({ id: z.uuid(), version: z.number().int().positive() })
export const refuseBatchInput = batchInput.extend({ remarks: words(2000) })
