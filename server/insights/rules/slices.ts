import type { Channel, Severity } from '#server/reports/rules/lifecycle.ts'

const all = '*'

const sliceOf = (category: string, channel: string, severity: string): string => `${category} ${channel} ${severity}`

/** Everything there is. */
export const wholeCity = sliceOf(all, all, all)

/** What is with one agency, whatever it is about; '' is nobody's. */
export const sliceOfAgency = (id: string): string => `agency ${id}`

export type Subject = { agency: string; category: string; channel: string; severity: string }

/** Every slice that a row of this kind is in. */
export function slicesWith({ agency, category, channel, severity }: Subject): string[] {
  const kinds = [category, all].flatMap((one) =>
    [channel, all].flatMap((two) => [severity, all].map((three) => sliceOf(one, two, three))),
  )
  return agency === '' ? kinds : [...kinds, sliceOfAgency(agency)]
}

/** The slices that make up a board: one, or one for each of its categories. */
export function slicesOf(
  categories: readonly string[] | null,
  channel: Channel | null,
  severity: Severity | null,
): string[] {
  return (categories ?? [all]).map((category) => sliceOf(category, channel ?? all, severity ?? all))
}
