import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { readSettings } from '#server/platform/settings.ts'
import { changeSettings } from './change-settings.ts'

const now = () => hanoi('2026-03-02 12:00')
const actingAs = async (db: Database, role: 'admin' | 'manager', name?: string) => ({
  db,
  actor: await buildActor(db, role, undefined, name),
  now,
})

test('settings are changed by admins only', async ({ db }) => {
  const before = await readSettings(db)
  const ctx = await actingAs(db, 'manager')
  await expect(changeSettings(ctx, { before, settings: { ...before, undoSeconds: 30 } })).rejects.toThrow('forbidden')
})

test('settings apply from the next request on, and the log has old and new values', async ({ db }) => {
  const ctx = await actingAs(db, 'admin')
  const before = await readSettings(db)
  await changeSettings(ctx, { before, settings: { ...before, ratingWindowDays: 10 } })
  expect((await readSettings(db)).ratingWindowDays).toBe(10)
  const log = await db.select().from(events).where(eq(events.event, 'setting.changed')).orderBy(events.id)
  expect(log.at(-1)).toMatchObject({ subjectId: 'city', details: { ratingWindowDays: [before.ratingWindowDays, 10] } })
})

test('settings are not saved over those of a colleague, who is named', async ({ db }) => {
  const [lan, duc] = [await actingAs(db, 'admin'), await actingAs(db, 'admin', 'Trần Văn Đức')]
  const before = await readSettings(db)
  await changeSettings(duc, { before, settings: { ...before, undoSeconds: 20 } })
  const refusal = await changeSettings(lan, { before, settings: { ...before, undoSeconds: 25 } }).catch(
    (error) => error,
  )
  expect(refusal).toMatchObject({ code: 'conflict', details: { by: 'Trần Văn Đức' } })
})
