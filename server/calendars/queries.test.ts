import { eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Connection } from '#db/client.ts'
import { calendarDays, calendars, calendarVersions } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { compiledCalendars, workingCalendars } from './queries.ts'
import { closed, hanoi, splitWeek, worked } from './rules/test-calendars.ts'
import { dueAt } from './rules/working-time.ts'

const holiday = { name: 'Nghỉ lễ', nameEn: 'Holiday', status: 'confirmed' as const }

async function addCalendar(db: Connection, id: string) {
  await db.insert(calendars).values({ id, name: id })
  await db.insert(calendarVersions).values({ calendarId: id, validFrom: '2024-01-01', weekly: splitWeek })
}

async function dueOn(db: Connection, id: string, received: string) {
  const time = (await compiledCalendars(db)).get(id)
  return time && dueAt(hanoi(received), 120, time)
}

test('a calendar is returned with its versions and the confirmed days that apply to it', async ({ db }) => {
  await addCalendar(db, 'offices')
  await addCalendar(db, 'hotline')
  await db.insert(calendarDays).values([
    { ...holiday, ...closed('2024-04-30'), calendarId: null },
    { ...holiday, ...worked('2024-04-30', [480, 720]), calendarId: 'hotline' },
    { ...holiday, ...closed('2024-05-01'), calendarId: null, status: 'proposed' },
  ])
  const version = { validFrom: '2024-01-01', validTo: null, weekly: splitWeek }
  const zone = 'Asia/Ho_Chi_Minh'
  expect(await workingCalendars(db)).toEqual([
    { id: 'hotline', zone, versions: [version], days: [worked('2024-04-30', [480, 720])] },
    { id: 'offices', zone, versions: [version], days: [closed('2024-04-30')] },
  ])
})

test('a proposed holiday closes no office until it is confirmed', async ({ db }) => {
  await addCalendar(db, 'ward')
  const [proposed] = await db
    .insert(calendarDays)
    .values({ ...holiday, ...closed('2026-09-04'), calendarId: 'ward', status: 'proposed' })
    .returning()
  expect(await dueOn(db, 'ward', '2026-09-03 17:00')).toEqual(hanoi('2026-09-04 09:30'))
  await db
    .update(calendarDays)
    .set({ status: 'confirmed' })
    .where(eq(calendarDays.id, proposed?.id ?? ''))
  expect(await dueOn(db, 'ward', '2026-09-03 17:00')).toEqual(hanoi('2026-09-07 09:30'))
})

test('compiled once for as long as nothing changes, and again after any change', async ({ db }) => {
  await addCalendar(db, 'department')
  const before = await compiledCalendars(db)
  expect(await compiledCalendars(db)).toBe(before)
  await db
    .update(calendarVersions)
    .set({ weekly: { 1: [[600, 720]] } })
    .where(eq(calendarVersions.calendarId, 'department'))
  expect(await compiledCalendars(db)).not.toBe(before)
  expect(await dueOn(db, 'department', '2026-09-04 17:00')).toEqual(hanoi('2026-09-07 12:00'))
})

test('a change that is rolled back leaves no trace, even if the next one has the same version number', async ({
  db,
}) => {
  await addCalendar(db, 'depot')
  const change = async (tx: Connection, weekly: typeof splitWeek) => {
    await tx.update(calendarVersions).set({ weekly }).where(eq(calendarVersions.calendarId, 'depot'))
    await tx
      .update(calendars)
      .set({ version: sql`${calendars.version} + 1` })
      .where(eq(calendars.id, 'depot'))
    return dueOn(tx, 'depot', '2026-09-04 17:00')
  }
  await expect(
    db.transaction(async (tx) => {
      expect(await change(tx, { 6: [[480, 720]] })).toEqual(hanoi('2026-09-05 10:00'))
      throw new Error('given up')
    }),
  ).rejects.toThrow('given up')
  expect(await dueOn(db, 'depot', '2026-09-04 17:00')).toEqual(hanoi('2026-09-07 09:30'))
  expect(await change(db, { 7: [[480, 720]] })).toEqual(hanoi('2026-09-06 10:00'))
})
