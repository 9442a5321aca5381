import { and, eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt } from '#db/factories/team.ts'
import { notifications, reportDrafts } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { type Actor, robot } from '#server/accounts/rules/actor.ts'
import { notifyRecipients } from '#server/notifications/commands/notify-recipients.ts'
import { kindsTold } from '#server/notifications/testing/under-way.ts'
import { reportByCode } from '../queries/report.ts'
import { at, scheduled, words } from '../testing/scheduled.ts'
import { dropDraft, keepDraft } from './drafts.ts'
import { mergeReport, unmergeReport } from './merge-report.ts'
import { takeSchedule } from './scheduled-answers.ts'
import { takeBack, takeBackInRun } from './take-back.ts'
import { transferReport } from './transfer-report.ts'

const eleven = (db: Database, actor: Actor, seconds: number) => ({
  ...actingAt(db, actor, '11:00'),
  now: () => new Date(at('11:00').getTime() + seconds * 1000),
})

/** An answer scheduled for 14:00, which a transfer at eleven cancels. */
async function cancelled(db: Database) {
  const known = await scheduled(db)
  const { approver, officer, report, sees, schedule } = known
  const draft = and(eq(reportDrafts.accountId, officer.id), eq(reportDrafts.reportId, report.id))
  const cancel = async () => {
    const to = await buildAgency(db)
    const transfer = { ...(await sees()), agencyId: to.id, reason: 'Thuộc địa bàn khác' }
    const moved = await transferReport(eleven(db, approver, 0), transfer)
    return () => takeBack(eleven(db, approver, 8), { reportId: report.id, version: moved.version })
  }
  const drafts = () => db.select().from(reportDrafts).where(draft)
  const told = async () => {
    await notifyRecipients(actingAt(db, robot, '11:01'))
    const rows = await db.select().from(notifications).where(eq(notifications.accountId, officer.id))
    return rows.map(({ kind }) => kind)
  }
  const written = { reportId: report.id, kind: 'answer' as const }
  await schedule()
  return { ...known, cancel, drafts, told, written }
}

describe('a scheduled answer', () => {
  test('that a decision cancelled is scheduled again when that is taken back, and no one was told', async ({ db }) => {
    const { report, approver, officer, sees, schedule, send, left, lastEvent } = await scheduled(db)
    await schedule()
    const before = await left()
    const eleven = (seconds: number) => ({
      ...actingAt(db, approver, '11:00'),
      now: () => new Date(at('11:00').getTime() + seconds * 1000),
    })
    const next = await buildAgency(db)
    const transfer = { ...(await sees()), agencyId: next.id, reason: 'Thuộc địa bàn khác' }
    const moved = await transferReport(eleven(0), transfer)
    const view = await reportByCode(eleven(1), report.code)
    expect(view).toMatchObject({ scheduled: null })
    await takeBack(eleven(5), { reportId: report.id, version: moved.version })
    expect(await left()).toEqual(before)
    expect(await db.$count(reportDrafts, eq(reportDrafts.accountId, officer.id ?? ''))).toBe(0)
    expect(await lastEvent()).toMatchObject({
      event: 'report.taken_back',
      details: { undoes: moved.version, scheduledAgain: at('14:00').toISOString() },
    })
    await notifyRecipients(actingAt(db, robot, '11:01'))
    expect(await db.$count(notifications, eq(notifications.accountId, officer.id ?? ''))).toBe(0)
    expect(await send('14:00')).toBe(true)
    expect((await storyOf(db, report.id)).report.state).toBe('answered')
  })

  test('stays cancelled where its moment has passed meanwhile, and its writer is told', async ({ db }) => {
    const { report, approver, officer, sees, schedule, send, left, lastEvent } = await scheduled(db)
    await schedule('14:00')
    const late = (seconds: number) => ({
      ...actingAt(db, approver, '13:59'),
      now: () => new Date(at('14:00').getTime() + seconds * 1000),
    })
    const next = await buildAgency(db)
    const transfer = { ...(await sees()), agencyId: next.id, reason: 'Thuộc địa bàn khác' }
    const moved = await transferReport(late(-5), transfer)
    expect(await send('14:00')).toBe(false)
    expect(await left()).toEqual([])
    await takeBack(late(5), { reportId: report.id, version: moved.version })
    expect((await lastEvent())?.details).not.toHaveProperty('scheduledAgain')
    await notifyRecipients(actingAt(db, robot, '14:01'))
    const told = await db
      .select()
      .from(notifications)
      .where(eq(notifications.accountId, officer.id ?? ''))
    expect(told.map(({ kind }) => kind)).toEqual(['unscheduled'])
  })

  test('that a merge cancelled is scheduled again when that is undone; its writer has read of both', async ({ db }) => {
    const { officer, dispatcher, agency, report, sees, schedule, left, lastEvent, send } = await scheduled(db)
    await schedule()
    const before = await left()
    const canonical = await buildReport(db, { state: 'in_progress', agencyId: agency.id, heldBy: [agency.id] })
    await mergeReport(eleven(db, dispatcher, 0), { ...(await sees()), intoReportId: canonical.id })
    expect(await left()).toMatchObject([{ cancelledIn: 3 }])
    const told = async (local: string) => {
      await notifyRecipients(actingAt(db, robot, local))
      return kindsTold(db, officer, report.id)
    }
    expect(await told('11:01')).toEqual(['unscheduled'])
    await db
      .update(notifications)
      .set({ readAt: at('11:02') })
      .where(eq(notifications.accountId, officer.id))
    await unmergeReport(actingAt(db, dispatcher, '11:30'), await sees())
    expect(await left()).toEqual(before)
    expect((await lastEvent())?.details).toMatchObject({ scheduledAgain: at('14:00').toISOString() })
    expect(await told('11:31')).toEqual(['unscheduled', 'scheduled_again'])
    expect(await send('14:00')).toBe(true)
  })

  test('that a bulk run cancelled: its writer, who has read that, is told when the run is undone', async ({ db }) => {
    const { approver, officer, cancel, told, sees } = await cancelled(db)
    await cancel()
    expect(await told()).toEqual(['unscheduled'])
    await db
      .update(notifications)
      .set({ readAt: at('11:01') })
      .where(eq(notifications.accountId, officer.id))
    await takeBackInRun(actingAt(db, approver, '11:01'), await sees())
    expect(await told()).toEqual(['unscheduled', 'scheduled_again'])
  })

  test('is not told of where its writer has not read that it was cancelled', async ({ db }) => {
    const { officer, dispatcher, agency, report, sees, schedule } = await scheduled(db)
    const into = async () => (await buildReport(db, { state: 'in_progress', agencyId: agency.id })).id
    await schedule()
    await mergeReport(eleven(db, dispatcher, 0), { ...(await sees()), intoReportId: await into() })
    await notifyRecipients(actingAt(db, robot, '11:01'))
    await unmergeReport(actingAt(db, dispatcher, '11:30'), await sees())
    await mergeReport(actingAt(db, dispatcher, '11:40'), { ...(await sees()), intoReportId: await into() })
    await unmergeReport(actingAt(db, dispatcher, '11:50'), await sees())
    await notifyRecipients(actingAt(db, robot, '11:51'))
    expect(await kindsTold(db, officer, report.id)).toEqual([])
  })

  test.for(['changed', 'discarded'] as const)(
    'stays cancelled where its writer has %s the draft since, and they are told',
    async (what, { db }) => {
      const { officer, cancel, drafts, told, written, left, send, lastEvent } = await cancelled(db)
      const undo = await cancel()
      const [draft] = await drafts()
      const writing = eleven(db, officer, 4)
      const value = { what: 'Chưa dọn xong', where: '', when: '', next: '', without: [] }
      if (what === 'changed') await keepDraft(writing, { ...written, value, base: draft?.savedAt ?? null })
      else await dropDraft(writing, written)
      const mine = await drafts()
      await undo()
      expect(await left()).toEqual([])
      expect(await drafts()).toEqual(mine)
      expect((await lastEvent())?.details).not.toHaveProperty('scheduledAgain')
      expect(await told()).toEqual(['unscheduled'])
      expect(await send('14:00')).toBe(false)
    },
  )

  test('is not taken by a turn that began before it was cancelled', async ({ db }) => {
    const { cancel, left } = await cancelled(db)
    const [{ id } = { id: '' }] = await left()
    await cancel()
    const taken = db.transaction((tx) => takeSchedule({ tx, now: at('14:00') }, id))
    await expect(taken).rejects.toThrow('nothing_scheduled')
    expect(await left()).toMatchObject([{ id, cancelledIn: 3 }])
  })

  test('is scheduled again beside another draft, which its writer had begun before', async ({ db }) => {
    const { officer, cancel, drafts, told, written, left } = await cancelled(db)
    const value = { what: 'Cần thêm người', where: '', when: '', next: '', without: [] }
    await keepDraft(actingAt(db, officer, '10:30'), { ...written, value, base: null })
    await (await cancel())()
    expect(await left()).toMatchObject([{ cancelledIn: null, words }])
    expect(await drafts()).toMatchObject([{ value }])
    expect(await told()).toEqual([])
  })
})
