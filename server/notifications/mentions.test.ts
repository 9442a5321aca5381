import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { actingAt, buildTeam } from '#db/factories/team.ts'
import { accounts, notifications, reports } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { addNote } from '#server/reports/commands/add-note.ts'
import { watchReport } from '#server/reports/commands/watch-report.ts'
import { mentionableOn } from '#server/reports/queries/mentionable.ts'
import { reportByCode } from '#server/reports/queries/report.ts'
import { notifyRecipients } from './commands/notify-recipients.ts'
import { notificationPage } from './queries/notifications.ts'

async function office(db: Database) {
  const team = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: team.agency.id, heldBy: [team.agency.id] })
  const stranger = await buildActor(db, 'officer', await buildAgency(db), 'Lê Thị Lạ')
  const note = (body: string, ...people: { id: string }[]) => ({
    reportId: report.id,
    id: randomUUID(),
    body,
    mentions: people.map(({ id }) => id),
  })
  return { ...team, report, stranger, note }
}

describe('a colleague mentioned in a note', () => {
  test('is told of it in their working hours, once, with its words, even if they watch the report', async ({ db }) => {
    const { report, officer, approver, note } = await office(db)
    await watchReport(actingAt(db, approver, '09:00'), { reportId: report.id, isWatched: true })
    await addNote(actingAt(db, officer, '18:30'), note(`Nhờ @${approver.name} xem giúp`, approver))
    await notifyRecipients(actingAt(db, robot, '18:31'))
    const rows = await db.select().from(notifications).where(eq(notifications.accountId, approver.id))
    expect(rows.map(({ kind, shownAt }) => [kind, shownAt])).toEqual([['mentioned', hanoi('2026-03-03 08:00')]])
    const { items } = await notificationPage(actingAt(db, approver, '2026-03-03 08:01'), {
      before: null,
      unreadOnly: true,
    })
    expect(items.map(({ words }) => words)).toEqual([`Nhờ @${approver.name} xem giúp`])
  })

  test('stays mentioned in the timeline under the name of then, whatever the name is now', async ({ db }) => {
    const { report, officer, approver, note } = await office(db)
    await addNote(actingAt(db, officer, '10:00'), note(`Nhờ @${approver.name} xem giúp`, approver))
    await db.update(accounts).set({ name: 'Nguyễn Hoa Mới' }).where(eq(accounts.id, approver.id))
    const { timeline } = await reportByCode(actingAt(db, approver, '10:01'), report.code)
    expect(timeline.at(-1)?.mentions).toEqual([{ id: approver.id, name: approver.name }])
  })

  test('whose name is no longer in the text is not told', async ({ db }) => {
    const { officer, approver, note } = await office(db)
    await addNote(actingAt(db, officer, '10:00'), note('Thôi, không cần', approver))
    await notifyRecipients(actingAt(db, robot, '10:01'))
    expect(await db.select().from(notifications).where(eq(notifications.accountId, approver.id))).toEqual([])
  })

  test('who may not see the report is not offered, and refused', async ({ db }) => {
    const { report, officer, approver, dispatcher, stranger, note } = await office(db)
    const ctx = actingAt(db, officer, '10:00')
    const offered = (await mentionableOn(ctx, report.id)).map(({ id }) => id)
    expect(offered).toEqual(expect.arrayContaining([approver.id, dispatcher.id]))
    expect(offered).not.toContain(officer.id)
    expect(offered).not.toContain(stranger.id)
    expect(offered[0]).toBe(approver.id)
    await expect(addNote(ctx, note(`@${stranger.name} ơi`, stranger))).rejects.toThrow('mention_unseen')
    expect(await mentionableOn(actingAt(db, stranger, '10:00'), report.id)).toEqual([])
  })

  test('who lost sight of it since does not prevent a note that was written before from counting as sent', async ({
    db,
  }) => {
    const { report, officer, approver, note } = await office(db)
    const written = note(`@${approver.name} xem giúp`, approver)
    const ctx = actingAt(db, officer, '10:00')
    await addNote(ctx, written)
    const { agency } = await buildTeam(db)
    await db.update(reports).set({ agencyId: agency.id }).where(eq(reports.id, report.id))
    await expect(addNote(ctx, written)).resolves.toEqual({ id: written.id })
  })
})
