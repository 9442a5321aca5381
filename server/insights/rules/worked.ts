import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import type { PromiseClock } from './promises.ts'

const minuteMillis = 60_000

/** Working minutes between two instants without the pauses; a begun minute counts. */
export function workingMinutes(from: Date, to: Date, clocks: readonly PromiseClock[], time: WorkingTime): number {
  const [start, end] = [from.getTime(), to.getTime()]
  if (end <= start) return 0
  let open = time.openBefore(end) - time.openBefore(start)
  for (const { pauses, stoppedAt } of clocks) {
    for (const pause of pauses) {
      const pausedFrom = Math.max(start, pause.from.getTime())
      const pausedTo = Math.min(end, (pause.to ?? stoppedAt)?.getTime() ?? end)
      if (pausedTo > pausedFrom) open -= time.openBefore(pausedTo) - time.openBefore(pausedFrom)
    }
  }
  return Math.ceil(Math.round(open) / minuteMillis)
}
