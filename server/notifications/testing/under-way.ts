import { asc, eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { buildReport } from '#db/factories/reports.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { notifications } from '#db/schema/index.ts'
import { type Actor, robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { assignPerson } from '#server/reports/commands/assign-person.ts'
import { notifyRecipients } from '../commands/notify-recipients.ts'

export const at = (db: Database, local: string) => actingAt(db, robot, local)
/** So many seconds after ten o'clock: what can be undone has recipients after fifteen. */
export const afterTen = (db: Database, seconds: number, actor: Actor = robot) => ({
  db,
  actor,
  now: () => new Date(hanoi('2026-03-02 10:00').getTime() + seconds * 1000),
})

/** An agency with a report in progress since Monday morning, due on the following Monday at 9:00. */
export async function underWay(db: Database) {
  const team = await buildTeam(db)
  const { agency, officer } = team
  const held = { agencyId: agency.id, heldBy: [agency.id] }
  const report = await buildReport(db, { state: 'in_progress', ...held, assigneeId: officer.id })
  return { ...team, report }
}

type Given = { db: Database } & Pick<Awaited<ReturnType<typeof underWay>>, 'approver' | 'officer' | 'report'>

/** The report is assigned to the approver and then to the officer again, who is notified at 10:02. */
export async function giveAgain({ db, approver, officer, report }: Given) {
  await assignPerson(actingAt(db, approver, '10:00'), { ...seen(report), accountId: approver.id })
  const again = { reportId: report.id, version: report.version + 1, accountId: officer.id }
  await assignPerson(actingAt(db, approver, '10:01'), again)
  await notifyRecipients(at(db, '10:02'))
}

/** The account's notifications of this report, in order. */
export async function told(db: Database, actor: Actor, reportId: number) {
  const rows = await db
    .select()
    .from(notifications)
    .where(eq(notifications.accountId, actor.id ?? ''))
    .orderBy(asc(notifications.id))
  return rows.filter((row) => row.reportId === reportId)
}
export const kindsTold = async (db: Database, actor: Actor, reportId: number) =>
  (await told(db, actor, reportId)).map(({ kind }) => kind)
