import { randomUUID } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import { describe, expect, onTestFinished } from 'vitest'
import { connect, type Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { events, notifications } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { type Actor, robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { addNote } from '#server/reports/commands/add-note.ts'
import { assignPerson } from '#server/reports/commands/assign-person.ts'
import { transferReport } from '#server/reports/commands/transfer-report.ts'
import { watchReport } from '#server/reports/commands/watch-report.ts'
import { reportByCode } from '#server/reports/queries/report.ts'
import { viewCounts } from '#server/reports/queries/view-counts.ts'
import { notifyRecipients } from './commands/notify-recipients.ts'
import { notificationPage } from './queries/notifications.ts'

/** What an account was told of a report, and when it is shown. */
async function told(db: Database, { id }: Actor) {
  const rows = await db
    .select({ kind: notifications.kind, event: events.event, shownAt: notifications.shownAt })
    .from(notifications)
    .innerJoin(events, eq(events.id, notifications.eventId))
    .where(eq(notifications.accountId, id ?? ''))
    .orderBy(asc(notifications.id))
  return rows
}
const eventsTold = async (db: Database, actor: Actor) => (await told(db, actor)).map(({ event }) => event)

async function watched(db: Database) {
  const team = await buildTeam(db)
  const held = { agencyId: team.agency.id, heldBy: [team.agency.id] }
  const report = await buildReport(db, { state: 'in_progress', ...held, assigneeId: team.officer.id })
  const watcher = await buildActor(db, 'manager', team.agency)
  const watch = (isWatched: boolean, actor: Actor = watcher) =>
    watchReport(actingAt(db, actor, '09:00'), { reportId: report.id, isWatched })
  return { ...team, report, watcher, watch }
}

const note = (reportId: number) => ({ reportId, id: randomUUID(), body: 'Đã gọi cho người dân' })

describe('an account that watches a report', () => {
  test('is told in its working hours of what others do with it, once, and no longer once it stops', async ({ db }) => {
    const { report, watcher, watch, officer, approver } = await watched(db)
    await watch(true)
    await watch(true)
    await addNote(actingAt(db, officer, '10:00'), note(report.id))
    await assignPerson(actingAt(db, approver, '18:00'), { ...seen(report), accountId: approver.id })
    await notifyRecipients(actingAt(db, robot, '18:01'))
    expect(await told(db, watcher)).toEqual([
      { kind: 'watched', event: 'report.note_added', shownAt: hanoi('2026-03-02 10:00') },
      { kind: 'watched', event: 'report.person_assigned', shownAt: hanoi('2026-03-03 08:00') },
    ])
    const { items } = await notificationPage(actingAt(db, watcher, '2026-03-03 08:30'), {
      before: null,
      unreadOnly: false,
    })
    expect(items.map(({ what }) => what)).toEqual(['person_assigned', 'note_added'])
    await watch(false)
    await addNote(actingAt(db, officer, '2026-03-03 09:00'), note(report.id))
    await notifyRecipients(actingAt(db, robot, '2026-03-03 09:01'))
    expect(await told(db, watcher)).toHaveLength(2)
  })

  test('is not told of its own acts, nor twice of what concerns it anyway', async ({ db }) => {
    const { report, watch, officer, approver } = await watched(db)
    await watch(true, approver)
    await watch(true, officer)
    await assignPerson(actingAt(db, approver, '10:00'), { ...seen(report), accountId: null })
    const again = { reportId: report.id, version: report.version + 1, accountId: officer.id }
    await assignPerson(actingAt(db, approver, '10:01'), again)
    await notifyRecipients(actingAt(db, robot, '10:02'))
    expect(await told(db, approver)).toEqual([])
    expect((await told(db, officer)).map(({ kind }) => kind)).toEqual(['watched', 'assigned'])
  })

  test('is not told what the next agency does among itself, nor of a report outside its scope', async ({ db }) => {
    const { report, watcher, watch, approver } = await watched(db)
    const next = await buildAgency(db)
    const nextOfficer = await buildActor(db, 'officer', next)
    await watch(true)
    const transfer = { ...seen(report), agencyId: next.id, reason: 'Thuộc địa bàn khác' }
    await transferReport(actingAt(db, approver, '10:00'), transfer)
    await addNote(actingAt(db, nextOfficer, '10:05'), note(report.id))
    await notifyRecipients(actingAt(db, robot, '10:06'))
    expect(await eventsTold(db, watcher)).toEqual(['report.transferred'])
    const stranger = await buildActor(db, 'officer', await buildAgency(db))
    await expect(watch(true, stranger)).rejects.toThrow('not_found')
  })

  test('is found with all others by one statement for all events that are told together', async ({
    db,
    databaseUrl,
  }) => {
    const { agency, officer, approver, report } = await watched(db)
    const more = await Promise.all(
      [1, 2, 3].map(() => buildReport(db, { state: 'in_progress', agencyId: agency.id, heldBy: [agency.id] })),
    )
    const watchedOnes = [report, ...more]
    const watchers = [approver, await buildActor(db, 'manager', agency)]
    for (const watcher of watchers)
      for (const { id } of watchedOnes)
        await watchReport(actingAt(db, watcher, '09:00'), { reportId: id, isWatched: true })
    for (const { id } of [...watchedOnes, report]) await addNote(actingAt(db, officer, '10:00'), note(id))
    const statements: string[] = []
    const recorded = connect(databaseUrl, { record: (text) => statements.push(text) })
    onTestFinished(recorded.close)
    await notifyRecipients(actingAt(recorded.db, robot, '10:01'))
    expect(statements.filter((text) => text.includes('from report_watches'))).toHaveLength(1)
    const told = await db
      .select({ accountId: notifications.accountId, reportId: notifications.reportId })
      .from(notifications)
      .where(eq(notifications.kind, 'watched'))
    const toldTo = (actor: Actor) =>
      told.filter(({ accountId }) => accountId === actor.id).map(({ reportId }) => reportId)
    for (const watcher of watchers)
      expect(toldTo(watcher).toSorted()).toEqual([...watchedOnes, report].map(({ id }) => id).toSorted())
  })

  test('finds it in its own view, and its colleagues do not', async ({ db }) => {
    const { report, watcher, watch, officer } = await watched(db)
    const counted = async (actor: Actor) => (await viewCounts(actingAt(db, actor, '10:00'))).counts.watching
    const isWatched = async (actor: Actor) => (await reportByCode(actingAt(db, actor, '10:00'), report.code)).isWatched
    await watch(true)
    expect([await counted(watcher), await isWatched(watcher)]).toEqual([1, true])
    expect([await counted(officer), await isWatched(officer)]).toEqual([0, false])
    await watch(false)
    expect([await counted(watcher), await isWatched(watcher)]).toEqual([0, false])
  })
})
