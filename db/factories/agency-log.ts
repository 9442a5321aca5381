import type { Database } from '#db/client.ts'
import { events } from '#db/schema/index.ts'
import { dayAfter, instantAt, localDayOf } from '#server/platform/rules/local-day.ts'
import { buildLivedReport } from './lived-reports.ts'

type Wanted = {
  agencyId: string
  categoryCode: string
  areaId: number
  /** Who handles the reports, all of them on every day. */
  staff: readonly { id: string }[]
  days: number
  /** Every report of the last so many days is answered late. */
  lateDays?: number
}

const hour = 3_600_000
const [early, late] = [3 * hour, 9 * 24 * hour]

/**
 * Days of an agency up to yesterday, with two reports on each weekday: both answered at once, but for every tenth
 * report (and all of the last days, if wanted), which is answered days after its limit.
 */
export async function buildAgencyLog(db: Database, { staff, days, lateDays = 0, ...wanted }: Wanted): Promise<void> {
  const today = localDayOf(new Date())
  let count = 0
  for (let back = days; back > 0; back--) {
    const day = dayAfter(today, -back)
    if ([0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())) continue
    for (const time of ['08:10', '09:40']) {
      const receivedAt = instantAt(day, time)
      const answeredAt = new Date(receivedAt.getTime() + (count++ % 10 === 9 || back <= lateDays ? late : early))
      const isAnswered = answeredAt < new Date()
      const { id } = await buildLivedReport(db, { ...wanted, receivedAt, ...(isAnswered && { answeredAt }) })
      await db.insert(events).values(
        staff.map(({ id: actorId }) => ({
          at: new Date(receivedAt.getTime() + hour),
          event: 'report.note_added',
          subjectKind: 'report' as const,
          reportId: id,
          actorKind: 'staff' as const,
          actorId,
          agencyId: wanted.agencyId,
        })),
      )
    }
  }
}
