import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildCalendar } from '#db/factories/calendars.ts'
import { jobsUnder } from '#db/factories/story.ts'
import { calendarDays, calendars, events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import type { DomainError } from '#server/platform/errors.ts'
import { daysOfYear, previewDue } from '../queries/desk.ts'
import { hanoi } from '../rules/test-calendars.ts'
import { confirmDay, removeDay, saveDay } from './save-day.ts'

const now = () => hanoi('2026-03-02 12:00')

async function adminOf(db: Database, name?: string) {
  return { db, actor: await buildActor(db, 'admin', undefined, name), now }
}

const newDay = (calendarId: string | null, date: string) => ({
  id: null,
  version: 0,
  calendarId,
  date,
  kind: 'closed' as const,
  intervals: null,
  name: 'Quốc khánh',
  nameEn: 'National Day',
  status: 'confirmed' as const,
  swappedWith: null,
  source: '',
})

const versionOf = async (db: Database, id: string) =>
  (await db.select({ version: calendars.version }).from(calendars).where(eq(calendars.id, id)))[0]?.version

const lastEvent = async (db: Database, subjectId: string) =>
  (await db.select().from(events).where(eq(events.subjectId, subjectId)).orderBy(events.id)).at(-1)

describe('a day of the calendar', () => {
  test('is edited by admins only', async ({ db }) => {
    const calendarId = await buildCalendar(db)
    for (const role of ['officer', 'dispatcher', 'manager', 'auditor'] as const) {
      const ctx = { db, actor: await buildActor(db, role), now }
      await expect(saveDay(ctx, newDay(calendarId, '2026-09-02'))).rejects.toThrow('forbidden')
    }
  })

  test('is not saved over the edit of a colleague, who is named', async ({ db }) => {
    const calendarId = await buildCalendar(db)
    const [lan, duc] = [await adminOf(db, 'Nguyễn Thị Lan'), await adminOf(db, 'Trần Văn Đức')]
    const first = newDay(calendarId, '2026-09-02')
    const { id, version } = await saveDay(lan, first)
    await saveDay(lan, { ...newDay(calendarId, '2026-09-03'), name: 'Nghỉ bù' })
    await saveDay(duc, { ...first, id, version, name: 'Quốc khánh 2/9' })
    const refusal: DomainError = await saveDay(lan, { ...first, id, version, name: 'Nghỉ lễ' }).catch((error) => error)
    expect(refusal).toMatchObject({
      code: 'conflict',
      details: { version: 2, by: 'Trần Văn Đức', changes: { name: ['Quốc khánh', 'Quốc khánh 2/9'] } },
    })
    await expect(removeDay(lan, { id, version })).rejects.toThrow('conflict')
  })

  test('exists once per calendar and date', async ({ db }) => {
    const calendarId = await buildCalendar(db)
    const ctx = await adminOf(db)
    await saveDay(ctx, newDay(calendarId, '2026-09-02'))
    await expect(saveDay(ctx, newDay(calendarId, '2026-09-02'))).rejects.toThrow('calendar_day_taken')
    await expect(saveDay(ctx, newDay('nowhere', '2026-09-02'))).rejects.toThrow('not_found')
  })

  test('raises the version of its calendar, logs the change and queues a recomputation of deadlines', async ({
    db,
  }) => {
    const [calendarId, other] = [await buildCalendar(db), await buildCalendar(db)]
    const ctx = await adminOf(db)
    const { id, version } = await saveDay(ctx, newDay(calendarId, '2026-09-02'))
    expect(await versionOf(db, calendarId)).toBe(2)
    expect(await versionOf(db, other)).toBe(1)
    expect(await lastEvent(db, calendarId)).toMatchObject({
      event: 'calendar.day_added',
      details: { dayId: id, date: [null, '2026-09-02'], name: [null, 'Quốc khánh'] },
    })
    const key = `recompute_deadlines:calendar:${calendarId}`
    expect(await jobsUnder(db, key)).toMatchObject([{ task: 'recompute_deadlines', payload: { calendarId } }])
    expect(await jobsUnder(db, `${key}:settled`)).toHaveLength(1)
    await removeDay(ctx, { id, version })
    expect(await lastEvent(db, calendarId)).toMatchObject({
      event: 'calendar.day_removed',
      details: { name: 'Quốc khánh' },
    })
    expect(await db.select().from(calendarDays).where(eq(calendarDays.id, id))).toEqual([])
  })

  test('that is only proposed changes no deadline until it is confirmed', async ({ db }) => {
    const calendarId = await buildCalendar(db)
    const ctx = await adminOf(db)
    const day = await saveDay(ctx, { ...newDay(calendarId, '2026-09-02'), status: 'proposed' })
    expect(await versionOf(db, calendarId)).toBe(1)
    const confirmed = await confirmDay(ctx, day)
    expect(await versionOf(db, calendarId)).toBe(2)
    expect(await lastEvent(db, calendarId)).toMatchObject({
      event: 'calendar.day_confirmed',
      details: { status: ['proposed', 'confirmed'] },
    })
    expect(await confirmDay(ctx, confirmed)).toEqual(confirmed)
  })

  test('of every calendar changes them all', async ({ db }) => {
    const [one, two] = [await buildCalendar(db), await buildCalendar(db)]
    const before = [await versionOf(db, one), await versionOf(db, two)]
    await saveDay(await adminOf(db), newDay(null, '2026-01-01'))
    const after = [await versionOf(db, one), await versionOf(db, two)]
    expect(after).toEqual(before.map((version) => (version ?? 0) + 1))
    expect(await lastEvent(db, 'all')).toMatchObject({ event: 'calendar.day_added' })
  })

  test('saved unchanged is no change', async ({ db }) => {
    const calendarId = await buildCalendar(db)
    const ctx = await adminOf(db)
    const saved = await saveDay(ctx, newDay(calendarId, '2026-09-02'))
    expect(await saveDay(ctx, { ...newDay(calendarId, '2026-09-02'), ...saved })).toEqual(saved)
    expect(await versionOf(db, calendarId)).toBe(2)
  })

  test('is listed in its year, beside the common ones', async ({ db }) => {
    const calendarId = await buildCalendar(db)
    const ctx = await adminOf(db)
    await saveDay(ctx, newDay(calendarId, '2031-12-31'))
    await saveDay(ctx, newDay(null, '2031-01-01'))
    await saveDay(ctx, newDay(calendarId, '2032-01-01'))
    const dates = (await daysOfYear(db, 2031, calendarId)).map(({ date, calendarId }) => [date, calendarId])
    expect(dates).toEqual([
      ['2031-01-01', null],
      ['2031-12-31', calendarId],
    ])
  })
})

test('the preview lists each slice that was counted', async ({ db }) => {
  const calendarId = await buildCalendar(db)
  await saveDay(await adminOf(db), { ...newDay(calendarId, '2026-03-03'), intervals: [[780, 1020]] })
  const preview = await previewDue(db, { calendarId, from: hanoi('2026-03-02 16:00'), minutes: 480 })
  expect(preview).toEqual({
    dueAt: hanoi('2026-03-04 11:00'),
    slices: [
      { from: hanoi('2026-03-02 16:00'), to: hanoi('2026-03-02 17:00') },
      { from: hanoi('2026-03-03 08:00'), to: hanoi('2026-03-03 12:00') },
      { from: hanoi('2026-03-04 08:00'), to: hanoi('2026-03-04 11:00') },
    ],
  })
})
