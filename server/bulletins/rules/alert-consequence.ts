import type { AlertEnding } from './alert.ts'
import type { BulletinContent } from './schemas.ts'
import { endOfAlert } from './validity.ts'

/**
 * The alert in force before a publication, of the same bulletin or of the one it replaces; null if there is none.
 * `isSaid`: the content of its last message equals the new content.
 */
export type StandingAlert = { until: Date; isSaid: boolean } | null

/**
 * What a publication does to the alert in force. `keep`: the last message stays valid. `undecided`: an alert is in
 * force, the new content has none, and no reason for its end was chosen.
 */
export type AlertConsequence =
  | { kind: 'none' | 'keep' | 'issue' | 'update' | 'undecided' }
  | { kind: 'cancel'; ending: AlertEnding }

type Alerting = Pick<BulletinContent, 'alert' | 'alertEnding'>

/** The one place that decides it, so that the page and the alert never disagree. */
export function alertConsequence(content: Alerting, standing: StandingAlert, at: Date): AlertConsequence {
  const isStanding = standing !== null && standing.until > at
  if (isAlertAt(content, at)) {
    if (!isStanding) return { kind: 'issue' }
    return { kind: standing.isSaid ? 'keep' : 'update' }
  }
  if (!isStanding) return { kind: 'none' }
  return content.alertEnding ? { kind: 'cancel', ending: content.alertEnding } : { kind: 'undecided' }
}

/** Whether a text is an alert at this moment. */
export function isAlertAt({ alert }: Pick<BulletinContent, 'alert'>, at: Date): boolean {
  const end = endOfAlert(alert)
  return end !== null && end > at
}

/** All parts of a text that its alert is made of. */
const parts = ['alert', 'areaIds', 'vi', 'en', 'contact'] as const satisfies readonly (keyof BulletinContent)[]

export const saysTheSame = (one: BulletinContent, other: BulletinContent): boolean =>
  parts.every((part) => JSON.stringify(one[part]) === JSON.stringify(other[part]))
