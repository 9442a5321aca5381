import type { Database } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { anyArea, at, buildDepartment as build } from '#db/factories/department.ts'
import { buildLivedReport } from '#db/factories/lived-reports.ts'
import { unique } from '#db/factories/unique.ts'
import { catchUp } from '#server/insights/commands/catch-up.ts'

/** A department with its month, which the figures know: those of a city that was just seeded may be behind. */
export async function buildDepartment(db: Database) {
  const built = await build(db)
  await catchUp(db)
  return built
}

/** An agency that was late with twenty of thirty reports of a kind of which others were late with a quarter. */
export async function buildLateAgency(db: Database) {
  const own = await buildAgency(db, { shortName: unique('Cham') })
  const { code: categoryCode } = await buildCategory(db)
  const area = await anyArea(db)
  const buildLate = async (agencyId: string, count: number, daysAgo: number, isLate: boolean) => {
    const receivedAt = at(daysAgo, 10)
    const answeredAt = isLate ? at(daysAgo - 12, 10) : new Date(receivedAt.getTime() + 3 * 3_600_000)
    for (let nth = 0; nth < count; nth++)
      await buildLivedReport(db, { agencyId, categoryCode, areaId: area.id, receivedAt, answeredAt })
  }
  // A working day of the half year before, and one of this month.
  const workday = (from: number) =>
    [from, from + 1, from + 2].find((ago) => ![0, 6].includes(new Date(at(ago, 10)).getUTCDay())) ?? from
  // Fewer than five others would not tell how much agencies usually differ.
  for (let nth = 0; nth < 6; nth++) {
    const other = await buildAgency(db)
    await buildLate(other.id, 18, workday(150), false)
    await buildLate(other.id, 6, workday(150), true)
  }
  await buildLate(own.id, 10, workday(20), false)
  await buildLate(own.id, 20, workday(20), true)
  await catchUp(db)
  return own
}

/** The head of an agency that has no report. */
export async function buildIdleHead(db: Database) {
  const agency = await buildAgency(db, { calendarId: (await buildCity(db)).calendarId })
  return buildAccount(db, { agency, roles: ['approver'] })
}
