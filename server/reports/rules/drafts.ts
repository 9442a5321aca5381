import { z } from 'zod'
import { moment } from '#server/platform/rules/moment.ts'

/** Longer texts on a report, which the server also keeps until they are sent. */
export const draftKinds = ['answer', 'note'] as const
export type DraftKind = (typeof draftKinds)[number]

/**
 * Far above what a person writes. A compressed request may repeat a value a thousand times, but the server must not
 * store that.
 */
export const draftLimits = { fields: 20, characters: 60_000 } as const

const value = z.union([z.string().max(20_000), z.array(z.string().max(200)).max(40)])
/** The fields of each kind as the composer holds them; incomplete ones are accepted as well. */
const fields = z
  .record(z.string().max(40), value)
  .refine((written) => Object.keys(written).length <= draftLimits.fields, { error: 'too_many', abort: true })
  .refine((written) => lengthOf(Object.values(written)) <= draftLimits.characters, 'too_long')

const lengthOf = (values: readonly (string | string[])[]): number =>
  values.flat().reduce((sum, { length }) => sum + length, 0)

const draftOf = z.object({ reportId: z.number().int().positive(), kind: z.enum(draftKinds) })
export const keepDraftInput = draftOf.extend({
  value: fields,
  /** When the text that this one continues was saved; null where there was none. */
  base: moment().nullable(),
})
export const dropDraftInput = draftOf
export const shareDraftInput = draftOf.extend({ isShared: z.boolean() })
