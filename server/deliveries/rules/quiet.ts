import { dayAfter, instantAt, localDayOf, localParts } from '#server/platform/rules/local-day.ts'
import type { Severity } from '#server/reports/rules/lifecycle.ts'
import type { DeliveryChannel } from './delivery.ts'

/** Times of day as `HH:mm` in Hanoi, usually over midnight; two equal times mean no quiet hours. */
export type QuietHours = { quietFrom: string; quietTo: string; quietSparesUrgent: boolean }

/** Letters and mail do not make a sound when they arrive. */
const isLoud: Record<DeliveryChannel, boolean> = { app: true, sms: true, zalo: true, mail: false, letter: false }

/** The earliest time to send a message that is due now: now, or the end of the quiet hours. */
export function afterQuietHours(
  at: Date,
  { quietFrom, quietTo, quietSparesUrgent }: QuietHours,
  { channel, severity }: { channel: DeliveryChannel; severity: Severity },
): Date {
  if (!isLoud[channel] || (severity === 'urgent' && quietSparesUrgent)) return at
  const time = localParts(at).toISOString().slice(11, 16)
  const day = localDayOf(at)
  const isOverMidnight = quietFrom > quietTo
  const isQuiet = isOverMidnight ? time >= quietFrom || time < quietTo : time >= quietFrom && time < quietTo
  if (!isQuiet) return at
  return instantAt(isOverMidnight && time >= quietFrom ? dayAfter(day) : day, quietTo)
}
