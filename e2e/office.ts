import type { Database } from '#db/client.ts'
import { type BuiltAccount, buildAccount } from '#db/factories/accounts.ts'
import { type BuiltAgency, buildAgency, buildCity } from '#db/factories/agencies.ts'
import { type BuiltReport, buildReport } from '#db/factories/reports.ts'
import type { Role } from '#server/accounts/rules/actor.ts'

export type Office = { agency: BuiltAgency; officer: BuiltAccount; approver: BuiltAccount }
type Wanted = Omit<NonNullable<Parameters<typeof buildReport>[1]>, 'agencyId' | 'heldBy'>

/** An agency that no other journey touches, with an officer and an approver. It keeps the hours of the city. */
export async function buildOffice(db: Database): Promise<Office> {
  const { calendarId } = await buildCity(db)
  const agency = await buildAgency(db, { calendarId })
  const officer = await buildAccount(db, { agency, name: 'Trần Văn Hùng' })
  const approver = await buildAccount(db, { agency, name: 'Nguyễn Thị Hoa', roles: ['approver'] })
  return { agency, officer, approver }
}

/** Somebody who holds a role over the whole city. */
export async function buildOfCity(db: Database, role: Role, name: string): Promise<BuiltAccount> {
  return buildAccount(db, { agency: await buildCity(db), name, roles: [role] })
}

export const hoursAgo = (hours: number): Date => new Date(Date.now() - hours * 3_600_000)

/** A report of this morning that stands at the office; answers need an approver unless the category says otherwise. */
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
