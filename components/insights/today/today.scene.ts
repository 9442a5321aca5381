import type { Database } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildLivedReport } from '#db/factories/lived-reports.ts'
import { areas } from '#db/schema/index.ts'
import { catchUp } from '#server/insights/commands/catch-up.ts'

/** An agency with its head and a manager, three urgent reports of which have been overdue for days. */
export async function buildLateOffice(db: Database, below: { parentId?: string } = {}) {
  const { calendarId } = await buildCity(db)
  const agency = await buildAgency(db, { calendarId, ...below })
  const approver = await buildAccount(db, { agency, name: 'Nguyễn Thị Hoa', roles: ['approver'] })
  const manager = await buildAccount(db, { agency, name: 'Phạm Thị Mai', roles: ['manager'] })
  const [area] = await db.select().from(areas).limit(1)
  if (!area) throw new Error('the city has no commune')
  const one = { agencyId: agency.id, categoryCode: 'CX-02', areaId: area.id, severity: 'urgent' } as const
  for (const hours of [200, 220, 240]) {
    await buildLivedReport(db, { ...one, receivedAt: new Date(Date.now() - hours * 3_600_000) })
  }
  // The figures of a city that was just seeded may be behind.
  await catchUp(db)
  return { agency, approver, manager }
}

/** The manager of a department below which six agencies have late reports. */
export async function buildLateDepartment(db: Database) {
  const { calendarId } = await buildCity(db)
  const agency = await buildAgency(db, { calendarId })
  for (let built = 0; built < 6; built++) await buildLateOffice(db, { parentId: agency.id })
  return buildAccount(db, { agency, name: 'Phạm Thị Mai', roles: ['manager'] })
}

/** An account that leads an agency with late reports and one without any. */
export async function buildHeadOfTwo(db: Database) {
  const { agency } = await buildLateOffice(db)
  const other = await buildAgency(db, { calendarId: agency.calendarId })
  const roles = [agency, other].map(({ id }) => ({ role: 'approver' as const, agencyId: id }))
  const { username } = await buildAccount(db, { agency, name: 'Lê Thị Bích', roles })
  return { agency, other, username }
}
