import type { Connection } from '#db/client.ts'
import { reportClocks } from '#db/schema/index.ts'
import {
  type Clock,
  type Deadline,
  deadlineOf,
  dueOf,
  firstDueOf,
  pauseClock,
  resolutionMinutes,
  startClock,
  stopClock,
} from '#server/calendars/rules/deadlines.ts'
import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { isOpen, type ReportState, type Severity } from '#server/reports/rules/lifecycle.ts'
import type { BuiltCategory } from './categories.ts'

/** When things happened to a report; moments that do not apply to its state are ignored. */
export type Moments = { receivedAt: Date; assignedAt: Date; askedAt: Date; endedAt: Date }

export type Life = Moments & {
  state: ReportState
  /** For a merged or set-aside report: its previous state. */
  stateBefore: ReportState | null
  severity: Severity
  /** Whether an agency has had it: then the intake clock has stopped and the resolution clock exists. */
  wasAssigned: boolean
  /** Its clock is paused because another agency is waited for. */
  waiting: boolean
}

type KeptClock = { clock: Clock; calendarId: string }

/** The clocks of a report with such a history. */
export function clocksOfLife(life: Life, category: BuiltCategory, calendars: { city: string; agency: string }) {
  const intake = startClock('intake', life.receivedAt, category.intakeMinutes)
  const resolution = startClock('resolution', life.assignedAt, resolutionMinutes(category, life.severity))
  const clocks: KeptClock[] = life.wasAssigned
    ? [
        { clock: stopClock(intake, life.assignedAt), calendarId: calendars.city },
        { clock: resolution, calendarId: calendars.agency },
      ]
    : [{ clock: intake, calendarId: calendars.city }]
  const running = clocks.at(-1) as KeptClock
  if (life.state === 'awaiting_citizen' || (life.state === 'merged' && life.stateBefore === 'awaiting_citizen')) {
    running.clock = pauseClock(running.clock, life.askedAt, 'awaiting_citizen')
  }
  if (life.waiting) running.clock = pauseClock(running.clock, life.askedAt, 'Chờ đơn vị khác')
  if (!isOpen(life.state)) running.clock = stopClock(running.clock, life.endedAt)
  return clocks
}

type TimeOf = (calendarId: string) => Promise<WorkingTime>

export async function deadlineOfClocks(clocks: readonly KeptClock[], timeOf: TimeOf): Promise<Deadline> {
  const { clock, calendarId } = clocks.at(-1) as KeptClock
  return deadlineOf(clock, await timeOf(calendarId))
}

export async function writeClocks(
  db: Connection,
  reportId: number,
  clocks: readonly KeptClock[],
  timeOf: TimeOf,
): Promise<void> {
  const rows = clocks.map(async ({ clock, calendarId }) => {
    const time = await timeOf(calendarId)
    return {
      ...clock,
      reportId,
      calendarId,
      pauses: clock.pauses.map(({ from, to, reason }) => ({
        from: from.toISOString(),
        to: to?.toISOString() ?? null,
        reason,
      })),
      spells: [],
      dueAt: dueOf(clock, time),
      firstDueAt: firstDueOf(clock, time),
    }
  })
  await db.insert(reportClocks).values(await Promise.all(rows))
}
