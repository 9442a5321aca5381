import type { Database } from '#db/client.ts'
import { type BuiltAccount, buildAccount } from '#db/factories/accounts.ts'
import { type BuiltAgency, buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildCalendar } from '#db/factories/calendars.ts'
import { type BuiltReport, buildReport } from '#db/factories/reports.ts'
import type { Role } from '#server/accounts/rules/actor.ts'
import type { Weekly } from '#server/calendars/rules/working-time.ts'

export type Office = { agency: BuiltAgency; officer: BuiltAccount; approver: BuiltAccount }
type Wanted = Omit<NonNullable<Parameters<typeof buildReport>[1]>, 'agencyId' | 'heldBy'>

/**
 * An agency that no other test uses, with an officer and an approver. It has the working hours of the city unless the
 * test says otherwise.
 */
export async function buildOffice(db: Database, wanted: Partial<BuiltAgency> = {}): Promise<Office> {
  const { calendarId } = await buildCity(db)
  const agency = await buildAgency(db, { calendarId, ...wanted })
  const officer = await buildAccount(db, { agency, name: 'Trần Văn Hùng' })
  const approver = await buildAccount(db, { agency, name: 'Nguyễn Thị Hoa', roles: ['approver'] })
  return { agency, officer, approver }
}

const dayAndNight = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, [[0, 1440]]])) as Weekly

/** Hours that never end: accounts with them are notified at once, whenever the test runs. */
export const buildEndlessHours = (db: Database): Promise<string> => buildCalendar(db, { weekly: dayAndNight })

/** An account with a role for the whole city. */
export async function buildOfCity(db: Database, role: Role, name: string): Promise<BuiltAccount> {
  return buildAccount(db, { agency: await buildCity(db), name, roles: [role] })
}

export const hoursAgo = (hours: number): Date => new Date(Date.now() - hours * 3_600_000)

/** A report of this morning that the office has; answers need an approver unless the category says otherwise. */
export function buildReportAt(db: Database, { agency, officer }: Office, wanted: Wanted = {}): Promise<BuiltReport> {
  return buildReport(db, {
    state: 'in_progress',
    categoryCode: 'CX-02',
    authorId: officer.id,
    receivedAt: hoursAgo(5),
    ...wanted,
    agencyId: agency.id,
    heldBy: [agency.id],
  })
}
