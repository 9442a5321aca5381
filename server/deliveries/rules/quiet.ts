import { dayAfter, instantAt, localDayOf, localParts } from '#server/platform/rules/local-day.ts'
import type { Severity } from '#server/reports/rules/lifecycle.ts'
import type { DeliveryChannel } from './delivery.ts'

/** From one time of day to another, `HH:mm`, mostly over midnight; the same twice is no quiet time at all. */
export type QuietHours = { quietFrom: string; quietTo: string; quietSparesUrgent: boolean }

/** Printing a letter wakes nobody, and a mail is read when its reader likes. */
const isLoud: Record<DeliveryChannel, boolean> = { app: true, sms: true, zalo: true, mail: false, letter: false }

/** When something that is due now may be sent: now, or at the end of the quiet hours. */
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
