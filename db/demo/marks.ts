import { and, asc, eq, gt, inArray, isNotNull, lt, ne, notExists, or, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { reportPutOffs, reports, reportWatches } from '#db/schema/index.ts'
import { demoUsernames } from '#server/accounts/rules/demo-accounts.ts'
import { dayAfter, instantAt, localDayOf } from '#server/platform/rules/local-day.ts'
import { openStates } from '#server/reports/rules/lifecycle.ts'
import { readingRoles } from '#server/reports/rules/scope.ts'

/** How many open reports each demo account watches, and how many it has put off. */
const watched = 4
const putOff = 2

const hour = 3_600_000

/**
 * What the demo accounts that work on reports watch and have put off. Repeating it on a later day adds what has been
 * answered or has returned since.
 */
export async function writeMarks(db: Database, today: Date): Promise<void> {
  for (const reader of await readers(db)) {
    const { id } = reader
    const tomorrow = dayAfter(localDayOf(today))
    const [watching, away] = await Promise.all([watchedBy(db, id), awayFrom(db, id, today)])
    const ids = await quietReports(db, reader, { today, most: watched + putOff - watching - away })
    const later = ids.splice(0, Math.max(0, putOff - away))
    const putOffAt = new Date(today.getTime() - hour)
    const until = (index: number) => instantAt(dayAfter(tomorrow, index), '08:00')
    if (later.length > 0)
      await db
        .insert(reportPutOffs)
        .values(later.map((reportId, index) => ({ accountId: id, reportId, putOffAt, until: until(index) })))
    if (ids.length > 0)
      await db.insert(reportWatches).values(ids.map((reportId) => ({ accountId: id, reportId, since: putOffAt })))
  }
}

const isOpen = inArray(reports.state, [...openStates])

const watchedBy = async (db: Database, accountId: string): Promise<number> => {
  const own = and(eq(reportWatches.accountId, accountId), isOpen)
  const rows = await db
    .select()
    .from(reportWatches)
    .innerJoin(reports, eq(reports.id, reportWatches.reportId))
    .where(own)
  return rows.length
}

const awayFrom = (db: Database, accountId: string, today: Date): Promise<number> =>
  db.$count(reportPutOffs, and(eq(reportPutOffs.accountId, accountId), gt(reportPutOffs.until, today)))

type Reader = { id: string; agencyIds: string[] }

/** The demo accounts that read reports, with the agencies whose reports they read; the city has all below it. */
const readers = async (db: Database): Promise<Reader[]> => [
  ...(await db.execute<Reader>(sql`
    with recursive own as (
      select a.id, a.username, r.agency_id from accounts a join account_roles r on r.account_id = a.id
      where a.username = any(${`{${demoUsernames.join(',')}}`}::text[])
        and r.role = any(${`{${readingRoles.join(',')}}`}::text[])
      union
      select own.id, own.username, child.id from own join agencies child on child.parent_id = own.agency_id)
    select id, json_agg(agency_id) as "agencyIds" from own group by id, username order by username`)),
]

/**
 * Reports that are worked on by a colleague and have time left, which no view is short of; the account has marked none
 * of them before.
 */
async function quietReports(db: Database, { id, agencyIds }: Reader, { today, most }: { today: Date; most: number }) {
  if (most <= 0) return []
  const ofAccount = (table: typeof reportPutOffs | typeof reportWatches) =>
    db
      .select({ one: sql`1` })
      .from(table)
      .where(and(eq(table.accountId, id), eq(table.reportId, reports.id)))
  const isQuiet = and(
    eq(reports.state, 'in_progress'),
    isNotNull(reports.assigneeId),
    ne(reports.assigneeId, id),
    eq(reports.returnCount, 0),
    eq(reports.reopenCount, 0),
    or(ne(reports.lastActivityBy, 'citizen'), eq(reports.lastActivityAt, reports.receivedAt)),
    lt(reports.lastActivityAt, new Date(today.getTime() - 2 * hour)),
    gt(reports.soonAt, today),
  )
  const rows = await db
    .select({ id: reports.id })
    .from(reports)
    .where(
      and(
        inArray(reports.agencyId, agencyIds),
        isQuiet,
        notExists(ofAccount(reportPutOffs)),
        notExists(ofAccount(reportWatches)),
      ),
    )
    .orderBy(asc(reports.id))
    .limit(most)
  return rows.map((row) => row.id)
}
