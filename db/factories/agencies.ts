import { randomUUID } from 'node:crypto'
import { agencies, calendars } from '#db/schema/index.ts'
import type { Connection } from '../client.ts'

type Agency = typeof agencies.$inferSelect

/** The city itself, above all agencies: made once per database. */
export async function buildCity(db: Connection): Promise<Agency> {
  const calendarId = await buildCalendar(db)
  return insertOnce(db, {
    id: 'ubnd-tp',
    name: 'Ủy ban nhân dân thành phố Hà Nội',
    shortName: 'UBND TP',
    level: 'thanh_pho',
    kind: 'ubnd_tp',
    calendarId,
  })
}

/** An agency of its own below the city, or where the test says. */
export async function buildAgency(db: Connection, wanted: Partial<Agency> = {}): Promise<Agency> {
  const parentId = wanted.parentId === undefined ? (await buildCity(db)).id : wanted.parentId
  const id = wanted.id ?? `phuong-${randomUUID().slice(0, 8)}`
  return insertOnce(db, {
    id,
    name: `Ủy ban nhân dân ${id}`,
    shortName: id,
    level: 'xa',
    kind: 'ubnd_xa',
    calendarId: await buildCalendar(db),
    ...wanted,
    parentId,
  })
}

async function insertOnce(db: Connection, agency: typeof agencies.$inferInsert): Promise<Agency> {
  const [row] = await db
    .insert(agencies)
    .values(agency)
    .onConflictDoUpdate({ target: agencies.id, set: { id: agency.id } })
    .returning()
  if (!row) throw new Error(`no agency ${agency.id}`)
  return row
}

async function buildCalendar(db: Connection): Promise<string> {
  const id = 'hanoi'
  await db.insert(calendars).values({ id, name: 'Giờ hành chính' }).onConflictDoNothing()
  return id
}
