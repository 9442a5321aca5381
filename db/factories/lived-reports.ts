import type { Connection } from '#db/client.ts'
import { Life, robotActor } from '#db/demo/life.ts'
import { events, reportClocks, reports } from '#db/schema/index.ts'
import { startClock, stopClock } from '#server/calendars/rules/deadlines.ts'
import { dueAt } from '#server/calendars/rules/working-time.ts'
import type { Severity } from '#server/reports/rules/lifecycle.ts'
import { buildCity } from './agencies.ts'
import { timeOfCalendar } from './calendars.ts'
import { type BuiltReport, buildReport, nextCode } from './reports.ts'
import { unique } from './unique.ts'

type Wanted = {
  /** The agency that gets it within the hour and keeps it. */
  agencyId: string
  categoryCode: string
  areaId: number
  receivedAt: Date
  /** It is still open if neither is given. */
  answeredAt?: Date
  refusedAt?: Date
  severity?: Severity
}

const limits = { intake: 480, resolution: 960 } as const
const minute = 60_000

/** A report in progress that its agency got within the hour: the log says so too, from which figures are counted. */
export async function buildHeldReport(
  db: Connection,
  agencyId: string,
  { receivedAt }: { receivedAt?: Date } = {},
): Promise<BuiltReport> {
  const received = receivedAt && { receivedAt }
  const report = await buildReport(db, { state: 'in_progress', agencyId, heldBy: [agencyId], ...received })
  await buildAssignment(db, report, agencyId)
  return report
}

/** Its assignment half an hour after the receipt: only by its events is an agency responsible for a report. */
export async function buildAssignment(
  db: Connection,
  report: Pick<BuiltReport, 'id' | 'receivedAt'>,
  agencyId: string,
): Promise<void> {
  const at = new Date(report.receivedAt.getTime() + 30 * minute)
  const states = { fromState: 'awaiting_intake', toState: 'awaiting_acceptance' } as const
  const by = { subjectKind: 'report', actorKind: 'robot', agencyId, at } as const
  await db
    .insert(events)
    .values({ ...by, ...states, event: 'report.assigned', reportId: report.id, details: { agencyId } })
}

/**
 * A report with its complete events, as figures need them: received, assigned, accepted, and answered, or returned and
 * rejected.
 */
export async function buildLivedReport(db: Connection, wanted: Wanted): Promise<{ id: number; code: string }> {
  const { agencyId, categoryCode, areaId, receivedAt, answeredAt, refusedAt, severity = 'normal' } = wanted
  const { calendarId } = await buildCity(db)
  const time = await timeOfCalendar(db, calendarId)
  const life = new Life(
    {
      state: 'awaiting_intake',
      severity,
      channel: 'app',
      categoryCode,
      areaId,
      title: 'Nước tràn qua cống, ngập ngõ',
      body: 'Nước tràn qua cống từ sáng, ngập hết ngõ. Mong sớm xử lý ạ.',
      receivedAt,
      maturesAt: dueAt(receivedAt, limits.intake + limits.resolution, time),
      lastActivityAt: receivedAt,
      lastActivityBy: 'citizen',
      source: 'test',
      sourceKey: unique('key'),
    },
    new Map([[calendarId, time]]),
    new Date(),
  )
  const later = (minutes: number) => life.reach(new Date(receivedAt.getTime() + minutes * minute))
  life.startClock(startClock('intake', receivedAt, limits.intake), calendarId)
  life.act('report.received', { who: { kind: 'citizen' }, details: { channel: 'app', category: categoryCode } })

  const assignedAt = later(30)
  life.changeClock((clock) => stopClock(clock, assignedAt))
  life.startClock(startClock('resolution', assignedAt, limits.resolution), calendarId)
  life.move('assign', { who: robotActor, set: { agencyId, heldBy: [agencyId] }, details: { agencyId } })
  later(45)
  life.move('accept', { who: robotActor })
  const endsAt = answeredAt ?? refusedAt
  if (endsAt) {
    const now = life.reach(endsAt)
    life.changeClock((clock) => stopClock(clock, now))
    if (answeredAt) {
      life.move('answer', { who: robotActor, set: { stateBefore: life.row.state, answeredAt: now } })
    } else {
      const reason = 'out_of_scope' as const
      const set = { stateBefore: 'awaiting_intake' as const, rejectReason: reason, answeredAt: now }
      // Only dispatchers reject, so the agency returns it first.
      life.move('return', { who: robotActor, set: { agencyId: null }, details: { agencyId } })
      life.move('reject', { who: robotActor, set, details: { reason } })
    }
    life.act('report.answer_sent', { who: robotActor }, 'none')
  }

  const [report] = await db
    .insert(reports)
    .values({ ...life.row, ...life.deadline(), code: await nextCode(db, receivedAt) })
    .returning({ id: reports.id, code: reports.code })
  if (!report) throw new Error('the report was not written')
  await db.insert(reportClocks).values(life.clockRows().map((row) => ({ ...row, reportId: report.id })))
  // The events are written last: they mark the report as new to the figures.
  await db.insert(events).values(life.events.map((event) => ({ ...event, reportId: report.id })))
  return report
}
