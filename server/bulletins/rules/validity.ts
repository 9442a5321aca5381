import type { AlertPanel } from './alert.ts'
import type { Standing } from './lifecycle.ts'
import type { BulletinContent } from './schemas.ts'

/**
 * Whether a bulletin is valid at a moment. Its fate (`withdrawn`, `superseded`, `gone`) takes precedence over its
 * dates; `undated`: it names no end, so it never lapses by itself.
 */
export type Validity = Exclude<Standing, 'live'> | 'upcoming' | 'inForce' | 'expired' | 'undated'

type Dated = Pick<BulletinContent, 'validFrom' | 'validTo' | 'alert'>

/** The one place that decides it, for pages, lists, feeds, loudspeakers and share images. */
export function validityAt({ standing, content }: { standing: Standing; content: Dated }, at: Date): Validity {
  if (standing !== 'live') return standing
  const end = endOf(content)
  if (end && end <= at) return 'expired'
  const begin = beginOf(content)
  if (begin && begin > at) return 'upcoming'
  return end ? 'inForce' : 'undated'
}

/** Null: from its publication, as every alert. */
export const beginOf = ({ validFrom, alert }: Pick<Dated, 'validFrom' | 'alert'>): Date | null =>
  alert ? null : dateOf(validFrom)

/** A bulletin that carries an alert lapses with it, or page and alert would disagree. */
export const endOf = ({ validTo, alert }: Pick<Dated, 'validTo' | 'alert'>): Date | null =>
  endOfAlert(alert) ?? dateOf(validTo)

/** When an alert lapses, to the second as CAP writes it; null while it is not set. */
export function endOfAlert(alert: Pick<AlertPanel, 'expires'> | null): Date | null {
  return alert?.expires ? new Date(Math.floor(Date.parse(alert.expires) / 1000) * 1000) : null
}

/**
 * The end that the alert sets in place of the bulletin's own dates. Null where both are equal, and without an alert or
 * dates.
 */
export function endSetByAlert({ validFrom, validTo, alert }: Dated, at: Date): Date | null {
  const end = endOfAlert(alert)
  if (!end) return null
  const until = endOfAlert({ expires: validTo })
  const isOther =
    (until !== null && until.getTime() !== end.getTime()) || (validFrom !== null && new Date(validFrom) > at)
  return isOther ? end : null
}

const dateOf = (written: string | null): Date | null => (written === null ? null : new Date(written))
