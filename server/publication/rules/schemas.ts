import { z } from 'zod'
import { normalise } from '#server/platform/rules/text.ts'
import { mostBoxes, mostPhotos, settled } from './boxes.ts'
import { copyParts } from './copy-texts.ts'
import { personalDataKinds } from './finding.ts'

const typed = z.string().overwrite(normalise).trim()
const reportId = z.number().int().positive()

/** `version` 0: no one has worked on the copy yet. */
const copyChange = z.object({ reportId, version: z.number().int().min(0) })

export const copyInput = z.object({ reportId })

const fraction = z.number().min(0).max(1)
const box = z.object({ x: fraction, y: fraction, width: fraction, height: fraction }).overwrite(settled)
const photo = z.object({ fileId: z.uuid(), isShown: z.boolean(), boxes: z.array(box).max(mostBoxes) })

const copyOfTexts = copyChange.extend({
  /** Which texts of the report the reviewer saw. */
  basis: z.string().min(1).max(64),
  title: typed.min(1, 'required').max(600, 'too_long'),
  body: typed.min(1, 'required').max(24_000, 'too_long'),
  address: typed.max(1000, 'too_long'),
  /** Without it the point on the map stays inside. */
  showsPoint: z.boolean(),
  /** The decisions on photos; photos without a decision are not published. */
  photos: z.array(photo).max(mostPhotos).default([]),
})
const shownData = z.object({
  part: z.enum(copyParts),
  kind: z.enum(personalDataKinds),
  text: z.string().min(1).max(24_000),
})
export const saveCopyInput = copyOfTexts
export const publishCopyInput = copyOfTexts.extend({
  /** What the reviewer has seen of what the rules still take for personal data, and says that it is none. */
  cleared: z.array(shownData).max(5000).default([]),
})
export const withdrawCopyInput = copyChange.extend({ reason: typed.min(1, 'required').max(2000, 'too_long') })

const copyCursor = z.object({ receivedAt: z.date(), id: reportId })
export type CopyCursor = z.infer<typeof copyCursor>
export const awaitingCopiesInput = z.object({ cursor: copyCursor.nullable().default(null) })
