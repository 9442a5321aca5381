import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildCalendar } from '#db/factories/calendars.ts'
import { test } from '#db/testing.ts'
import { listCalendars } from '../queries/desk.ts'
import { compiledCalendars } from '../queries.ts'
import { hanoi, officeWeek } from '../rules/test-calendars.ts'
import { isOpenAt } from '../rules/working-time.ts'
import { removeHours, saveHours } from './save-hours.ts'

const now = () => hanoi('2026-03-02 12:00')
const summer = officeWeek([420, 690], [780, 990])

async function buildOffice(db: Database) {
  const calendarId = await buildCalendar(db)
  const ctx = { db, actor: await buildActor(db, 'admin'), now }
  const hours = { calendarId, version: 1, id: null, validFrom: '2026-06-01', validTo: '2026-08-31', weekly: summer }
  return { calendarId, ctx, hours }
}

const viewOf = async (db: Database, calendarId: string) =>
  (await listCalendars(db, now())).find(({ id }) => id === calendarId)

describe('weekly hours', () => {
  test('are edited by admins only', async ({ db }) => {
    const { hours } = await buildOffice(db)
    const ctx = { db, actor: await buildActor(db, 'manager'), now }
    await expect(saveHours(ctx, hours)).rejects.toThrow('forbidden')
    await expect(removeHours(ctx, { ...hours, id: crypto.randomUUID() })).rejects.toThrow('forbidden')
  })

  test('never begin today or before, so that past promises do not change', async ({ db }) => {
    const { ctx, hours } = await buildOffice(db)
    for (const validFrom of ['2026-03-02', '2025-01-01']) {
      await expect(saveHours(ctx, { ...hours, validFrom })).rejects.toThrow('hours_have_begun')
    }
  })

  test('apply during their span, and the earlier ones again after it', async ({ db }) => {
    const { calendarId, ctx, hours } = await buildOffice(db)
    await saveHours(ctx, hours)
    const time = (await compiledCalendars(db)).get(calendarId)
    if (!time) throw new Error('no calendar')
    const isOpen = (moment: string) => isOpenAt(hanoi(moment), time)
    expect([isOpen('2026-05-29 07:30'), isOpen('2026-06-01 07:30'), isOpen('2026-09-01 07:30')]).toEqual([
      false,
      true,
      false,
    ])
    expect(isOpen('2026-09-01 16:45')).toBe(true)
    const view = await viewOf(db, calendarId)
    expect(view?.version).toBe(2)
    expect(view?.hours.map(({ validFrom, inForce, upcoming }) => [validFrom, inForce, upcoming])).toEqual([
      ['2026-06-01', false, true],
      ['2020-01-01', true, false],
    ])
  })

  test('that have not begun may be changed and removed; those in force may not', async ({ db }) => {
    const { calendarId, ctx, hours } = await buildOffice(db)
    const { id } = await saveHours(ctx, hours)
    await expect(saveHours(ctx, hours)).rejects.toThrow('conflict')
    await expect(saveHours(ctx, { ...hours, version: 2 })).rejects.toThrow('hours_taken')
    await saveHours(ctx, { ...hours, id, version: 2, validFrom: '2026-07-01' })
    await removeHours(ctx, { calendarId, id, version: 3 })
    const [inForce] = (await viewOf(db, calendarId))?.hours ?? []
    expect(inForce?.validFrom).toBe('2020-01-01')
    await expect(removeHours(ctx, { calendarId, id: inForce?.id ?? '', version: 4 })).rejects.toThrow(
      'hours_have_begun',
    )
  })
})
