import { isoInHanoi, localDayOf } from '#server/platform/rules/local-day.ts'
import type { BoardFilters } from './filters.ts'

/**
 * The moment of figures in the name of their file, on Hanoi's clocks: `2026-11-22`, or with the question where one was
 * asked, `issued-2026-11-22-1730`.
 */
export function momentInFileName({ asked }: Pick<BoardFilters, 'asked'>, asOf: Date): string {
  if (!asked) return localDayOf(asOf)
  return `${asked.way}-${localDayOf(asOf)}-${isoInHanoi(asOf).slice(11, 16).replace(':', '')}`
}
