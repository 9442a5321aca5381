import type { AlertPanel } from './alert.ts'
import { isAlertAt, type StandingAlert } from './alert-consequence.ts'
import { type Finding, found } from './checklist.ts'
import type { BulletinContent } from './schemas.ts'

/** The ways to take something away from what stands outside. To clean takes the personal data and leaves the rest. */
export const removalWays = ['clean', 'withdraw', 'unpublish'] as const
export type RemovalWay = (typeof removalWays)[number]

/**
 * What each does to an alert in force. While the danger stands only the first is right; whoever takes the page down
 * says that he knows what ends with it.
 */
export const alertAfterRemoval = {
  clean: 'goes_on',
  withdraw: 'ends_as_said',
  unpublish: 'ends',
} as const satisfies Record<RemovalWay, string>

/**
 * To clean a text takes words and images out of it. An alert in force goes on as it is, in an Update: for the same
 * places, as grave and as long as before. Where none is, none is begun.
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

/** All of an alert but its words, which may hold the data, and its beginning, which has passed by now. */
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
