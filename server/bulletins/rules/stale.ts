import { readingLimits } from '#server/platform/rules/limits.ts'
import { dayAfter, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import type { BulletinKind } from './bulletin.ts'
import type { Standing } from './lifecycle.ts'
import type { BulletinContent } from './schemas.ts'
import { endOf, type Validity, validityAt } from './validity.ts'

type Dated = { content: { kind: BulletinKind }; firstPublishedAt: Date }
type Judged = {
  standing: Standing
  content: Pick<BulletinContent, 'kind' | 'validFrom' | 'validTo' | 'alert'>
  firstPublishedAt: Date
}

/**
 * Whether a warning that names no end is so old that no one should take it for a current one. News and rules may be
 * old.
 */
export function isStale({ content, firstPublishedAt }: Dated, validity: Validity, at: Date): boolean {
  return validity === 'undated' && !mayBeOld(content) && at >= staleFrom(firstPublishedAt)
}

/** How a reader should take it: as its validity says, or as old. */
export function readAs(bulletin: Judged, at: Date): Validity | 'stale' {
  const validity = validityAt(bulletin, at)
  return isStale(bulletin, validity, at) ? 'stale' : validity
}

/** When a bulletin becomes old by the clock alone; null where it never does. */
export function staleTurn({ content, firstPublishedAt }: Omit<Judged, 'standing'>): Date | null {
  return endOf(content) || mayBeOld(content) ? null : staleFrom(firstPublishedAt)
}

const mayBeOld = ({ kind }: { kind: BulletinKind }): boolean => kind === 'news' || kind === 'policy'
const staleFrom = (published: Date): Date => startOfDay(dayAfter(localDayOf(published), readingLimits.staleDays + 1))
