import { randomUUID } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { buildAccount, type StaffActor } from '#db/factories/accounts.ts'
import { type BuiltAgency, buildAgency } from '#db/factories/agencies.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildLivedReport } from '#db/factories/lived-reports.ts'
import { notifications } from '#db/schema/index.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { notificationsRouter } from '#server/notifications/router.ts'
import { createCallerFactory, router } from '#server/procedures/init.ts'
import { reportsRouter } from '#server/reports/router.ts'
import { insightsRouter } from '../router.ts'

/** A Tuesday, before the offices open. */
export const morning = hanoi('2026-03-10 07:30')

const callerOf = createCallerFactory(
  router({ insights: insightsRouter, reports: reportsRouter, notifications: notificationsRouter }),
)

export function signedIn(db: Database, actor: StaffActor, at = morning) {
  const session = { id: randomUUID(), accountId: actor.id, actor, lastSeenAt: at }
  return callerOf({ db, now: () => at, requestId: 'r', ip: null, session })
}

type Wanted = { late: number; due?: number; parentId?: string }

/** An agency with its head and its reports: urgent and overdue ones, and others that fall due this morning. */
export async function buildLateAgency(db: Database, { late, due = 0, parentId }: Wanted) {
  const agency = await buildAgency(db, parentId ? { parentId } : {})
  const { actor: head } = await buildAccount(db, { agency, name: 'Nguyễn Thị Hoa', roles: ['approver'] })
  const [{ code: categoryCode }, { id: areaId }] = [await buildCategory(db), await buildArea(db)]
  const one = { agencyId: agency.id, categoryCode, areaId }
  const reports: { id: number; code: string }[] = []
  for (let n = 0; n < late; n += 1)
    reports.push(await buildLivedReport(db, { ...one, severity: 'urgent', receivedAt: hanoi('2026-03-02 08:00') }))
  for (let n = 0; n < due; n += 1) await buildLivedReport(db, { ...one, receivedAt: hanoi('2026-03-06 09:00') })
  return { agency, head, reports, categoryCode, areaId }
}

/** The risk of its urgent overdue reports. */
export const lateAt = ({ id }: BuiltAgency) => ({ risk: `urgent_overdue:${id}`, agency: id, scope: null })

export const toldOf = (db: Database, { id }: StaffActor) =>
  db.select().from(notifications).where(eq(notifications.accountId, id)).orderBy(asc(notifications.id))
