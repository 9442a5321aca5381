import { DomainError } from '#server/platform/errors.ts'
import { isValidOn, type LocalDay } from '#server/platform/rules/local-day.ts'

type VersionSpan = { validFrom: LocalDay; validTo: LocalDay | null }

/** The version whose hours count on a day: of those that are valid, the one that began last. */
export function versionInForce<T extends VersionSpan>(versions: readonly T[], day: LocalDay): T | undefined {
  const ordered = [...versions].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
  return ordered.findLast((version) => isValidOn(version, day))
}

/**
 * Hours that have begun stay as they are, for deadlines were promised by them: only what begins tomorrow or later may
 * be added, edited or taken back. Where two versions overlap, the later one counts; when it ends, the earlier one does
 * again.
 */
export function assertNotBegun({ validFrom }: VersionSpan, today: LocalDay): void {
  if (validFrom <= today) throw new DomainError('hours_have_begun', { from: validFrom })
}
