import { z } from 'zod'
import { moment } from '#server/platform/rules/moment.ts'

/** What is written at length on a report, and kept by the server too until it is sent. */
export const draftKinds = ['answer', 'note'] as const
export type DraftKind = (typeof draftKinds)[number]

/**
 * Nothing a person writes comes near these. Each value may stand a thousand times in a small request, but not on the
 * server.
 */
export const draftLimits = { fields: 20, characters: 60_000 } as const

const value = z.union([z.string().max(20_000), z.array(z.string().max(200)).max(40)])
/** The fields of each kind as the composer holds them; half-written ones are as good as whole ones. */
const fields = z
  .record(z.string().max(40), value)
  .refine((written) => Object.keys(written).length <= draftLimits.fields, { error: 'too_many', abort: true })
  .refine((written) => lengthOf(Object.values(written)) <= draftLimits.characters, 'too_long')

const lengthOf = (values: readonly (string | string[])[]): number =>
  values.flat().reduce((sum, { length }) => sum + length, 0)

const draftOf = z.object({ reportId: z.number().int().positive(), kind: z.enum(draftKinds) })
export const keepDraftInput = draftOf.extend({
  value: fields,
  /** Of which words these are the continuation: when those were saved; null where there were none. */
  base: moment().nullable(),
})
export const dropDraftInput = draftOf
export const shareDraftInput = draftOf.extend({ isShared: z.boolean() })
