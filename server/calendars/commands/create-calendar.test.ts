import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildCalendar } from '#db/factories/calendars.ts'
import { actingAt } from '#db/factories/team.ts'
import { agencies, events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { previewDue } from '../queries/desk.ts'
import { calendarIdOf } from '../rules/calendar-id.ts'
import { hanoi } from '../rules/test-calendars.ts'
import { createCalendar } from './create-calendar.ts'
import { giveCalendar } from './give-calendar.ts'

test('a calendar begins with the hours of another and is assigned to agencies', async ({ db }) => {
  const ctx = actingAt(db, await buildActor(db, 'admin'), '10:00')
  const likeId = await buildCalendar(db)
  const input = { name: 'Trực ca đêm', likeId }
  await expect(createCalendar(actingAt(db, await buildActor(db, 'manager'), '10:00'), input)).rejects.toThrow(
    'forbidden',
  )
  const { id } = await createCalendar(ctx, input)
  expect(id).toBe('truc-ca-dem')
  await expect(createCalendar(ctx, input)).rejects.toThrow('calendar_name_taken')
  const preview = (calendarId: string) => previewDue(db, { calendarId, from: hanoi('2026-03-02 16:00'), minutes: 480 })
  expect(await preview(id)).toEqual(await preview(likeId))

  const [one, two] = [await buildAgency(db), await buildAgency(db, { calendarId: id })]
  expect(await giveCalendar(ctx, { calendarId: id, agencyIds: [one.id, two.id] })).toEqual({ agencies: 1 })
  expect(await giveCalendar(ctx, { calendarId: id, agencyIds: [one.id, two.id] })).toEqual({ agencies: 0 })
  const [row] = await db.select().from(agencies).where(eq(agencies.id, one.id))
  expect(row).toMatchObject({ calendarId: id, version: 2 })
  const log = await db.select().from(events).where(eq(events.subjectId, id))
  expect(log).toMatchObject([
    { event: 'calendar.created', details: { calendarId: likeId } },
    { event: 'calendar.given', details: { agencyIds: [one.id] } },
  ])
})

test('while a calendar or the tree of agencies is changed, reports can still arrive and be moved', async ({
  db,
  sql,
}) => {
  const calendarId = await buildCalendar(db)
  const agency = await buildAgency(db, { calendarId })
  const admin = actingAt(db, await buildActor(db, 'admin'), '10:00')
  await db.transaction(async (tx) => {
    await giveCalendar(
      { ...admin, db: tx as unknown as Database },
      { calendarId, agencyIds: [(await buildCity(db)).id] },
    )
    // The lock that a report takes on them: its clock and its agency must continue to exist.
    await sql.begin(async (other) => {
      await other`set local lock_timeout = '1s'`
      await other`select from calendars where id = ${calendarId} for key share`
      await other`select from agencies where id = ${agency.id} for key share`
    })
  })
})

test.each([
  ['Trực ca', new Set<string>(), 'truc-ca'],
  ['Trực ca', new Set(['truc-ca', 'truc-ca-2']), 'truc-ca-3'],
  ['24/7', new Set<string>(), 'lich-24-7'],
  ['…', new Set<string>(), 'lich'],
])('the code of %s', (name, taken, id) => expect(calendarIdOf(name, taken)).toBe(id))
