import { readingLimits } from '#server/platform/rules/limits.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import type { BulletinKind } from './bulletin.ts'
import type { Validity } from './validity.ts'

type Dated = { content: { kind: BulletinKind }; firstPublishedAt: Date }

/** Whether a warning that names no end is so old that nobody should take it for one of today. News and rules may be old. */
export function isStale({ content, firstPublishedAt }: Dated, validity: Validity, at: Date): boolean {
  if (validity !== 'undated' || content.kind === 'news' || content.kind === 'policy') return false
  const days = (Date.parse(localDayOf(at)) - Date.parse(localDayOf(firstPublishedAt))) / 86_400_000
  return days > readingLimits.staleDays
}
