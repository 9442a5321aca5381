import type { AlertPanel } from './alert.ts'
import { isAlertAt, type StandingAlert } from './alert-consequence.ts'
import { type Finding, found } from './checklist.ts'
import type { BulletinContent } from './schemas.ts'

/** The ways to remove something public. To clean removes the personal data and leaves the rest. */
export const removalWays = ['clean', 'withdraw', 'unpublish'] as const
export type RemovalWay = (typeof removalWays)[number]

/**
 * What each does to an alert in force. While the danger lasts only the first is right; a user who takes the page down
 * confirms that they know what ends with it.
 */
export const alertAfterRemoval = {
  clean: 'goes_on',
  withdraw: 'ends_as_said',
  unpublish: 'ends',
} as const satisfies Record<RemovalWay, string>

/**
 * Cleaning a text removes words and images from it. An alert in force continues as it is, in an Update: for the same
 * places, with the same severity and end. Where there is none, none is begun.
 */
export function cleaningFindings(
  content: BulletinContent,
  published: BulletinContent,
  standing: StandingAlert,
  sendAt: Date,
): Finding[] {
  const isStanding = standing !== null && standing.until > sendAt
  const isKept = isStanding ? frameOf(content) === frameOf(published) : !isAlertAt(content, sendAt)
  return isKept ? [] : [found('cleaning_changes_alert', 'error')]
}

/** All of an alert except its words, which may hold the data, and its beginning, which has passed by now. */
const frame = [
  'category',
  'response',
  'urgency',
  'severity',
  'certainty',
  'expires',
] as const satisfies readonly (keyof AlertPanel)[]

const frameOf = ({ alert, areaIds }: BulletinContent): string =>
  JSON.stringify([areaIds, alert && frame.map((part) => alert[part])])
