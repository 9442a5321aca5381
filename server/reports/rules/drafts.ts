import * as z from 'zod/mini'
import { moment } from '#server/platform/rules/moment.ts'
import { draftKinds } from './draft-kinds.ts'

/**
 * Far above what a person writes. A compressed request may repeat a value a thousand times, but the server must not
 * store that.
 */
export const draftLimits = { fields: 20, characters: 60_000 } as const

const value = z.union([
  z.string().check(z.maxLength(20_000)),
  z.array(z.string().check(z.maxLength(200))).check(z.maxLength(40)),
])
/** The fields of each kind as the composer holds them; incomplete ones are accepted as well. */
const fields = z.record(z.string().check(z.maxLength(40)), value).check(
  z.refine((written) => Object.keys(written).length <= draftLimits.fields, { error: 'too_many', abort: true }),
  z.refine((written) => lengthOf(Object.values(written)) <= draftLimits.characters, 'too_long'),
)

const lengthOf = (values: readonly (string | string[])[]): number =>
  values.flat().reduce((sum, { length }) => sum + length, 0)

const draftOf = z.object({ reportId: z.number().check(z.int(), z.positive()), kind: z.enum(draftKinds) })
export const keepDraftInput = z.extend(draftOf, {
  value: fields,
  /** When the text that this one continues was saved; null where there was none. */
  base: z.nullable(moment()),
})
export const dropDraftInput = draftOf
export const shareDraftInput = z.extend(draftOf, { isShared: z.boolean() })
