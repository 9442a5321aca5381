import { type FilterName, setNames } from '#server/platform/rules/filters/filters.ts'
import type { Channel, Severity } from '#server/reports/rules/lifecycle.ts'
import { type BoardFilters, boardFilters } from './filters.ts'

const all = '*'

const sliceOf = (category: string, channel: string, severity: string): string => `${category} ${channel} ${severity}`

/** All reports. */
export const wholeCity = sliceOf(all, all, all)

/** The reports at one agency, whatever they are about; '' is no agency. */
export const sliceOfAgency = (id: string): string => `agency ${id}`

/** The reports of one commune; 0 is an unknown place. */
export const sliceOfArea = (id: number): string => `area ${id}`

/** The filters that sums are kept by. An incident has few reports, and a separate index. */
const summedBy: readonly FilterName<typeof boardFilters>[] = ['agency', 'area', 'category', 'channel', 'severity']

/** Whether sums can be used at all; under any other filter the rows are counted. */
export const areSummedBy = (filters: BoardFilters): boolean =>
  setNames(boardFilters, filters).every((name) => summedBy.includes(name))

export type Subject = { agency: string; area: number; category: string; channel: string; severity: string }

/** Slices that are added up together, by what their rows share; the slices of a row in each group. */
export const sliceGroups = {
  category: ({ category, channel, severity }: Subject): string[] => slicesWithin(category, channel, severity),
  channel: ({ channel, severity }: Subject): string[] => [sliceOf(all, channel, severity), sliceOf(all, channel, all)],
  agency: ({ agency }: Subject): string[] => (agency === '' ? [] : [sliceOfAgency(agency)]),
  area: ({ area }: Subject): string[] => (area === 0 ? [] : [sliceOfArea(area)]),
  city: ({ severity }: Subject): string[] => [sliceOf(all, all, severity), wholeCity],
} as const
export type SliceGroup = keyof typeof sliceGroups

const slicesWithin = (category: string, channel: string, severity: string): string[] =>
  [channel, all].flatMap((one) => [severity, all].map((other) => sliceOf(category, one, other)))

/** The slices that a day is added up for, for each of its rows. */
export const slicesOfDay = (subject: Subject): string[] => [
  ...sliceGroups.city(subject),
  ...sliceGroups.channel(subject),
]

/** The slices that a month is added up for, for each of its rows. */
export const slicesOfMonth = (subject: Subject): string[] =>
  Object.values(sliceGroups).flatMap((slicesWith) => slicesWith(subject))

/** Whether these are slices that days are added up for. */
export const areOfDays = (slices: readonly string[]): boolean => slices.every((slice) => slice.startsWith(`${all} `))

/** The slices that make up a board: one, or one for each of its categories. */
export function slicesOf(
  categories: readonly string[] | null,
  channel: Channel | null,
  severity: Severity | null,
): string[] {
  return (categories ?? [all]).map((category) => sliceOf(category, channel ?? all, severity ?? all))
}
