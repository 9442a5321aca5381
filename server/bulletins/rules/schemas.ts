import { z } from 'zod'
import { shapeOf } from '#server/platform/rules/filters/schema.ts'
import { moment, writtenMoment } from '#server/platform/rules/moment.ts'
import { typedLine, typedLines } from '#server/platform/rules/text.ts'
import { alertEndings, alertPanel } from './alert.ts'
import { audiences, bulletinKinds, bulletinSeverities } from './bulletin.ts'
import { deskFilters } from './desk-filters.ts'
import { cleanDocument, emptyDocument } from './document.ts'
import { bulletinStates, correctionKinds, mostReleased } from './lifecycle.ts'
import { loudspeakerText } from './loudspeaker-text.ts'

const typed = z.string().overwrite(typedLines)
const words = (most: number) => typed.min(1, 'required').max(most, 'too_long')
const maybe = (most: number) => typed.max(most, 'too_long')
const line = (most: number) => z.string().overwrite(typedLine).max(most, 'too_long')

/** Whatever comes in, only what the allow-list knows is kept. */
const document = z.unknown().transform(cleanDocument)

/**
 * One language of a bulletin. It may be saved unfinished; the checklist says what is missing before it is published.
 */
const bulletinText = z.object({ title: line(200), summary: line(500), body: document })
export type BulletinText = z.output<typeof bulletinText>

/** All that a revision stores: the texts, their metadata, and the alert they are issued as. */
export const bulletinContent = z.object({
  kind: z.enum(bulletinKinds),
  severity: z.enum(bulletinSeverities),
  audience: z.array(z.enum(audiences)).max(audiences.length),
  /** The communes it applies to. Empty is no choice, except in texts that were published before it had to be made. */
  areaIds: z
    .array(z.number().int().positive())
    .max(200)
    .transform((ids) => [...new Set(ids)].sort((a, b) => a - b)),
  /** It applies to the whole city: chosen explicitly, in place of communes. */
  wholeCity: z.boolean().optional(),
  validFrom: z.nullable(writtenMoment()),
  validTo: z.nullable(writtenMoment()),
  source: line(200),
  /** For the English page; without it that shows the Vietnamese one. Missing in older texts. */
  sourceEn: line(200).optional(),
  contact: line(200),
  vi: bulletinText,
  en: bulletinText.nullable(),
  /** Null: a bulletin that is no alert. */
  alert: alertPanel.nullable(),
  /** Why the alert ends that was in force before this text; nothing where there was none. */
  alertEnding: z.enum(alertEndings).nullable().optional(),
  /**
   * What the wards read out over their loudspeakers, where it was written manually; otherwise it is made from the
   * fields.
   */
  loudspeaker: loudspeakerText.nullable().optional(),
})
export type BulletinContent = z.output<typeof bulletinContent>

export const emptyText: BulletinText = { title: '', summary: '', body: emptyDocument }

/** Every change names the bulletin and the version that the user saw. */
export const bulletinChange = z.object({ id: z.uuid(), version: z.number().int().positive() })
export type BulletinChange = z.output<typeof bulletinChange>

/** Warnings of the checklist that were read and accepted, by their keys. */
const acknowledged = z.array(z.string().max(120)).max(200).default([])
const reason = words(2000)

export const createBulletinInput = z.object({
  content: bulletinContent,
  incidentId: z.uuid().nullable(),
  /** The bulletin that this one replaces when it is published. */
  supersedesId: z.uuid().nullable().default(null),
  /** Fixed at creation: an exercise can never become public. */
  isExercise: z.boolean().default(false),
})
export type CreateBulletin = z.output<typeof createBulletinInput>

export const saveBulletinInput = bulletinChange.extend({
  content: bulletinContent,
  /** The content from which the edit began: with it, edits of different blocks are merged instead of refused. */
  base: bulletinContent.optional(),
  incidentId: z.uuid().nullable().optional(),
  supersedesId: z.uuid().nullable().optional(),
  /** Autosaves of one person within five minutes are one revision. */
  auto: z.boolean().default(false),
  /** A typo in an approved text, which stays approved. */
  typo: z.boolean().default(false),
})
export type SaveBulletin = z.output<typeof saveBulletinInput>

export const submitBulletinInput = bulletinChange.extend({ note: maybe(2000).default('') })
export const requestChangesInput = bulletinChange.extend({ remarks: words(4000) })
export const approveBulletinInput = bulletinChange.extend({ acknowledged })
export const scheduleBulletinInput = bulletinChange.extend({ at: moment('required'), acknowledged })
export const publishBulletinInput = bulletinChange.extend({ acknowledged })
export const publishUnreviewedInput = bulletinChange.extend({ reason, acknowledged })
export const lookBackInput = bulletinChange.extend({ remarks: maybe(2000).default('') })
export const correctBulletinInput = bulletinChange
  .extend({
    kind: z.enum(correctionKinds),
    /** The note to readers. */
    note: maybe(1000).default(''),
    noteEn: maybe(1000).default(''),
    /** Why personal data has to be removed: for the log alone, as it may name what must not be read any more. */
    reason: maybe(2000).optional(),
  })
  .refine(({ kind, note }) => kind !== 'substantive' || note !== '', { path: ['note'], error: 'required' })
  .refine(({ kind, note, noteEn }) => kind !== 'personal_data' || (note === '' && noteEn === ''), { path: ['note'] })
  .refine(({ kind, reason: why }) => kind !== 'personal_data' || Boolean(why), { path: ['reason'], error: 'required' })
export const withdrawBulletinInput = bulletinChange.extend({
  notice: words(1000),
  noticeEn: maybe(1000).default(''),
  /** Where the bulletin is in force as an alert: why that ends. */
  alertEnding: z.enum(alertEndings).nullable().default(null),
})
export const unpublishBulletinInput = bulletinChange.extend({
  reason,
  /** The bulletin to which readers are redirected. */
  redirectToId: z.uuid().nullable().default(null),
  /** Where it is in force as an alert: the user confirms that it ends with its page. */
  endsAlert: z.boolean().optional(),
})
export const restoreRevisionInput = bulletinChange.extend({ revisionId: z.uuid() })

/** Up to fifty at a time: each is processed separately and returns its outcome. */
export const releaseSetInput = z
  .object({
    move: z.enum(['approve', 'schedule', 'publish']),
    bulletins: z.array(bulletinChange).min(1).max(mostReleased),
    at: z.nullable(moment()).default(null),
    acknowledged: z.record(z.uuid(), z.array(z.string().max(120)).max(200)).default({}),
  })
  .refine(({ move, at }) => move !== 'schedule' || at !== null, { path: ['at'], error: 'required' })
export type ReleaseSet = z.output<typeof releaseSetInput>

export const addRemarkInput = z.object({
  bulletinId: z.uuid(),
  /** Made by the browser: a retried request finds the remark it wrote before. */
  id: z.uuid(),
  body: words(4000),
  important: z.boolean().default(false),
})
export const remarkInput = z.object({ bulletinId: z.uuid(), remarkId: z.uuid() })

export const listBulletinsInput = z.object({
  states: z.array(z.enum(bulletinStates)).default([]),
  ...shapeOf(deskFilters),
  mine: z.boolean().default(false),
  needsLookBack: z.boolean().default(false),
  after: z.object({ at: moment(), id: z.uuid() }).nullable().default(null),
  limit: z.number().int().min(1).max(200).default(50),
})
export type ListBulletins = z.output<typeof listBulletinsInput>

export const diffRevisionsInput = z.object({ bulletinId: z.uuid(), fromId: z.uuid().nullable(), toId: z.uuid() })
export const readersInput = z.object({ id: z.uuid(), isWriting: z.boolean().default(false) })
/** The words of a bulletin that is being written. */
export const streetAreasInput = z.object({ text: line(1000) })
export const checkBulletinInput = z.object({ id: z.uuid(), at: z.nullable(moment()).default(null) })
export const revokePreviewsInput = z.object({ id: z.uuid() })
export const makePreviewInput = z.object({ id: z.uuid(), hours: z.number().int().min(1).max(168).default(24) })
