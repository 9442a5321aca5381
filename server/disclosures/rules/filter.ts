import { z } from 'zod'
import { disclosurePurposes } from './disclosure.ts'

/** Which looks at personal data to show. The address of the page holds it, so everything is text and anything may be missing. */
export const lookFilter = z.object({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  accountId: z.uuid().optional(),
  purpose: z.enum(disclosurePurposes).optional(),
  /** The code of a report: who looked at its reporter. */
  report: z.string().trim().max(40).optional(),
})
export type LookFilter = z.infer<typeof lookFilter>

/** The place after which the next page begins. */
export const lookCursor = z.object({ at: z.date(), id: z.number().int().positive() })
export type LookCursor = z.infer<typeof lookCursor>

export const personsInput = z.object({
  lookId: z.number().int().positive(),
  /** The last report shown; its reporters come in the order of their ids. */
  cursor: z.number().int().nonnegative().nullish(),
})

export const disclosuresPath = '/api/disclosures/export'

/** The filter that an address holds. What does not fit is left out: an old link still opens. */
export function lookFilterOf(parameters: Readonly<Record<string, unknown>>): LookFilter {
  const kept: Record<string, unknown> = {}
  for (const [key, field] of Object.entries(lookFilter.shape)) {
    const value = parameters[key]
    if (typeof value === 'string' && value !== '' && field.safeParse(value).success) kept[key] = value
  }
  return lookFilter.parse(kept)
}

export function lookAddress(filter: LookFilter): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(filter)) if (value) query.set(key, value)
  const text = query.toString()
  return text ? `/admin/disclosures?${text}` : '/admin/disclosures'
}
