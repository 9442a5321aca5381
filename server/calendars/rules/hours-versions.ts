import { DomainError } from '#server/platform/errors.ts'
import { isValidOn, type LocalDay } from '#server/platform/rules/local-day.ts'

type VersionSpan = { validFrom: LocalDay; validTo: LocalDay | null }

/** The version whose hours apply on a day: of the valid ones, the one that began last. */
export function versionInForce<T extends VersionSpan>(versions: readonly T[], day: LocalDay): T | undefined {
  const ordered = [...versions].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
  return ordered.findLast((version) => isValidOn(version, day))
}

/**
 * Hours that have begun cannot be changed, because deadlines were promised with them: only hours that begin tomorrow or
 * later may be added, edited or removed. If two versions overlap, the later one applies; when it ends, the earlier one
 * applies again.
 */
export function assertNotBegun({ validFrom }: VersionSpan, today: LocalDay): void {
  if (validFrom <= today) throw new DomainError('hours_have_begun', { from: validFrom })
}
