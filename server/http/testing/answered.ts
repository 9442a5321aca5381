import { eq } from 'drizzle-orm'
import { onTestFinished, vi } from 'vitest'
import type { Database } from '#db/client.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildTeam, seen } from '#db/factories/team.ts'
import { reportAnswers, reports } from '#db/schema/index.ts'
import { type Actor, robot } from '#server/accounts/rules/actor.ts'
import { acceptReport } from '#server/reports/commands/accept-report.ts'
import { approveAnswer } from '#server/reports/commands/approve-answer.ts'
import { assignReport } from '#server/reports/commands/assign-report.ts'
import { sendAnswer } from '#server/reports/commands/send-answer.ts'
import { submitAnswer } from '#server/reports/commands/submit-answer.ts'

/** A clock that starts two hours ago, so that the undo period of every decision has passed. */
export function twoHoursAgo(): () => Date {
  const start = Date.now() - 2 * 3_600_000
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  return () => new Date(start)
}

export const answer = {
  what: 'Đã cưa cây và dọn đường',
  where: 'Phố Lò Đúc',
  when: 'Sáng nay',
  ...fixed,
  next: '',
  photoIds: [],
}

/** Assigns, accepts, answers, approves and sends a report by the commands of the desk. */
export async function answered(db: Database, code: string, start: () => Date): Promise<void> {
  const { agency, dispatcher, officer, approver } = await buildTeam(db)
  const by = <A extends Actor>(actor: A, minutes: number) => ({
    db,
    actor,
    now: () => new Date(start().getTime() + minutes * 60_000),
  })
  const [report] = await db.select().from(reports).where(eq(reports.code, code))
  if (!report) throw new Error(`there is no report ${code}`)
  let moved = await assignReport(by(dispatcher, 10), { ...seen(report), agencyId: agency.id })
  moved = await acceptReport(by(officer, 20), { ...seen(moved), assignToMe: true })
  moved = await submitAnswer(by(officer, 30), { ...seen(moved), ...answer })
  await approveAnswer(by(approver, 40), seen(moved))
  const [written] = await db.select().from(reportAnswers).where(eq(reportAnswers.reportId, report.id))
  await sendAnswer(by(robot, 50), written?.id ?? '')
}
