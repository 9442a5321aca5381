import { isNull } from 'drizzle-orm'
import { builtOnce } from '#db/built-once.ts'
import type { Connection } from '#db/client.ts'
import { agencies } from '#db/schema/index.ts'
import { standardCalendar } from './calendars.ts'
import { unique } from './unique.ts'

export type BuiltAgency = typeof agencies.$inferSelect

const readCity = builtOnce((db) => db.select().from(agencies).where(isNull(agencies.parentId)))

/** The city itself, above all agencies: the only one without a parent, created once per database. */
export async function buildCity(db: Connection): Promise<BuiltAgency> {
  const [known] = await readCity(db)
  if (known) return known
  return insertOnce(db, {
    id: 'ubnd-tp',
    name: 'Ủy ban nhân dân thành phố Hà Nội',
    shortName: 'UBND TP',
    level: 'thanh_pho',
    kind: 'ubnd_tp',
    calendarId: await standardCalendar(db),
  })
}

/** A new agency below the city, or where the test says. */
export async function buildAgency(db: Connection, wanted: Partial<BuiltAgency> = {}): Promise<BuiltAgency> {
  const parentId = wanted.parentId === undefined ? (await buildCity(db)).id : wanted.parentId
  const id = wanted.id ?? unique('phuong')
  return insertOnce(db, {
    name: `Ủy ban nhân dân ${id}`,
    shortName: id,
    level: 'xa',
    kind: 'ubnd_xa',
    ...wanted,
    id,
    calendarId: wanted.calendarId ?? (await standardCalendar(db)),
    parentId,
  })
}

async function insertOnce(db: Connection, agency: typeof agencies.$inferInsert): Promise<BuiltAgency> {
  const [row] = await db
    .insert(agencies)
    .values(agency)
    .onConflictDoUpdate({ target: agencies.id, set: { id: agency.id } })
    .returning()
  if (!row) throw new Error(`no agency ${agency.id}`)
  return row
}
