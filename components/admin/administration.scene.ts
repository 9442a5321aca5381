import { randomUUID } from 'node:crypto'
import type { Database } from '#db/client.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildCalendar } from '#db/factories/calendars.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { type BuiltReport, buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { events } from '#db/schema/index.ts'

/** A calendar of its own, which no other test has. */
export const ownCalendar = (db: Database): Promise<string> =>
  buildCalendar(db, { id: `lich-${randomUUID().slice(0, 8)}` })

/** A report in progress whose deadline runs by this calendar, of one working day from its receipt. */
export async function reportUnder(db: Database, calendarId: string, receivedAt: Date): Promise<BuiltReport> {
  const agency = await buildAgency(db, { calendarId })
  const { code } = await buildCategory(db, { normalMinutes: 480 })
  return buildReport(db, { agencyId: agency.id, state: 'in_progress', categoryCode: code, receivedAt })
}

export const dueAtOf = async (db: Database, id: number): Promise<Date | null> => (await storyOf(db, id)).report.dueAt

/** Three entries of the log whose details are codes, about a report of which the code is returned. */
export async function logInWords(db: Database): Promise<string> {
  const report = await buildReport(db)
  const at = { at: new Date(), subjectKind: 'export' as const, subjectId: 'log-in-words', actorKind: 'robot' as const }
  const parts = { messageIds: [randomUUID(), randomUUID()], noteIds: [], fileIds: [] }
  await db.insert(events).values([
    { ...at, event: 'export.list_made', details: { format: 'xlsx', list: 'view=overdue', rows: 12, chosen: true } },
    { ...at, event: 'report.unmerged', details: { fromReportId: report.id, parts, handedOver: [1, 2] } },
    { ...at, event: 'bulk.started', details: { deed: 'assign_person', rows: 12 } },
  ])
  return report.code
}
