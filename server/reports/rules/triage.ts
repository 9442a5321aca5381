import type { Standing } from '#server/calendars/rules/standing.ts'
import type { AddressParameters } from '#server/platform/rules/filters/address.ts'
import { type Queue, queueOf } from './queue.ts'
import { parseQueue } from './queue-address.ts'

/** The reports awaiting intake, narrowed by the filters of the address; another view in it is ignored. */
export const triageQueue = (parameters: AddressParameters): Queue => ({
  ...parseQueue(parameters, 'awaiting_intake'),
  view: 'awaiting_intake',
})

export const triageStart: Queue = queueOf('awaiting_intake')

/** Above so many hours days say more. */
const hoursMatterBelow = 100

/** The deadline of intake is eight working hours: at the desk it is counted in hours, where other lists say "1 day". */
export const standingInHours = (standing: Standing): Standing =>
  standing.minutes < hoursMatterBelow * 60 ? { ...standing, minutesPerDay: Number.POSITIVE_INFINITY } : standing

/** How long ago, in minutes below an hour and otherwise in whole hours; null where days say more. */
export function agoInHours(at: Date, now: Date): { unit: 'minutes' | 'hours'; count: number } | null {
  const minutes = Math.max(0, Math.floor((now.getTime() - at.getTime()) / 60_000))
  if (minutes < 60) return { unit: 'minutes', count: minutes }
  const hours = Math.floor(minutes / 60)
  return hours < hoursMatterBelow ? { unit: 'hours', count: hours } : null
}
