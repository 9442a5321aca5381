import { asc, eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildReport } from '#db/factories/reports.ts'
import { actingAt, buildTeam } from '#db/factories/team.ts'
import { events, reports, scheduledAnswers } from '#db/schema/index.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { scheduleAnswer } from '../commands/schedule-answer.ts'
import { sendScheduledAnswer } from '../commands/send-scheduled-answers.ts'

export const words = { what: 'Đã dọn', where: 'Ngõ 5', when: 'sáng nay', ...fixed, next: '', photoIds: [] }
export const at = (local: string) => hanoi(`2026-03-02 ${local}`)

/** At ten the officer schedules an answer for 14:00. */
export async function scheduled(db: Database, wanted: { needsApproval?: boolean } = {}) {
  const team = await buildTeam(db)
  const { code: categoryCode } = await buildCategory(db, { needsApproval: wanted.needsApproval ?? false })
  const held = { agencyId: team.agency.id, heldBy: [team.agency.id], categoryCode }
  const report = await buildReport(db, { state: 'in_progress', ...held })
  const version = async () =>
    (await db.select({ version: reports.version }).from(reports).where(eq(reports.id, report.id)))[0]?.version ?? 0
  const sees = async () => ({ reportId: report.id, version: await version() })
  const schedule = async (sendAt = '14:00', local = '10:00') =>
    scheduleAnswer(actingAt(db, team.officer, local), { ...(await sees()), ...words, sendAt: at(sendAt) })
  const send = (local: string) => sendScheduledAnswer(actingAt(db, robot, local), report.id)
  const left = () => db.select().from(scheduledAnswers).where(eq(scheduledAnswers.reportId, report.id))
  const lastEvent = async () =>
    (await db.select().from(events).where(eq(events.reportId, report.id)).orderBy(asc(events.id))).at(-1)
  return { ...team, report, sees, schedule, send, left, lastEvent }
}
