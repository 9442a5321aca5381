import type { Standing } from './lifecycle.ts'
import type { BulletinContent } from './schemas.ts'

/**
 * Whether a bulletin holds at a moment. What became of it (`withdrawn`, `superseded`, `gone`) outweighs its dates;
 * `undated`: it names no end, so nobody can say that it has lapsed.
 */
export type Validity = Exclude<Standing, 'live'> | 'upcoming' | 'inForce' | 'expired' | 'undated'

type Dated = Pick<BulletinContent, 'validFrom' | 'validTo' | 'alert'>

/** The one place that decides it, for pages, lists, feeds and share images. */
export function validityAt({ standing, content }: { standing: Standing; content: Dated }, at: Date): Validity {
  if (standing !== 'live') return standing
  const end = endOf(content)
  if (end && end <= at) return 'expired'
  const begin = beginOf(content)
  if (begin && begin > at) return 'upcoming'
  return end ? 'inForce' : 'undated'
}

export const beginOf = ({ validFrom }: Pick<Dated, 'validFrom'>): Date | null => dateOf(validFrom)

/** When it lapses: never before the alert it was issued as, or page and alert would disagree. */
export function endOf({ validTo, alert }: Pick<Dated, 'validTo' | 'alert'>): Date | null {
  const [until, expires] = [dateOf(validTo), dateOf(alert?.expires ?? null)]
  return until && expires && expires > until ? expires : (until ?? expires)
}

const dateOf = (written: string | null): Date | null => (written === null ? null : new Date(written))
