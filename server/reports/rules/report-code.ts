import type { LocalDay } from '#server/platform/rules/local-day.ts'

/** The public code: HN-yymmdd-nnnn, by the local day of receipt and the running number of that day. */
export function reportCode(day: LocalDay, number: number): string {
  return `HN-${day.slice(2).replaceAll('-', '')}-${String(number).padStart(4, '0')}`
}
