import { asc, eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { buildPlace } from '#db/factories/places.ts'
import { buildReport } from '#db/factories/reports.ts'
import { areas, reports } from '#db/schema/index.ts'
import { buildFields } from '#e2e/triage.ts'

const letters = () =>
  Math.random()
    .toString(36)
    .replace(/[^a-z]/g, '')
    .slice(0, 8) || 'nghiem'

/** A street that no other test knows, in a commune of the demo, with one house. */
export async function buildStreet(db: Database) {
  const [area, other] = await db
    .select({ id: areas.id, name: areas.name, lon: areas.labelLon, lat: areas.labelLat })
    .from(areas)
    .where(eq(areas.kind, 'phuong'))
    .orderBy(asc(areas.id))
    .limit(2)
  if (!area || !other) throw new Error('the demo has communes')
  const word = letters()
  const name = `Phố Kiểm ${word}`
  const house = { lon: area.lon, lat: area.lat, areaId: area.id }
  await buildPlace(db, `95 ${name}`, house)
  await buildPlace(db, name, { ...house, lon: area.lon + 0.001, metres: 300 })
  return { area, other, house, name, word }
}

/** A report awaiting intake that has only an address, and where triage shows it. */
export async function buildAddressed(db: Database, address: string) {
  const { decided, open } = await buildFields(db)
  const report = await buildReport(db, {
    state: 'awaiting_intake',
    categoryCode: decided,
    receivedAt: new Date(Date.now() - 3_600_000),
    title: 'Cây nghiêng',
    address,
  })
  return { report, queue: `/triage?category=${decided},${open}&sort=received&dir=asc` }
}

/** Where the report with this title is said to be. */
export async function placeOf(db: Database, title: string) {
  const { code, address, lon, lat, areaId } = reports
  const [report] = await db.select({ code, address, lon, lat, areaId }).from(reports).where(eq(reports.title, title))
  return report
}

/** The same of the report with this number. */
export async function placeOfReport(db: Database, id: number) {
  const { lon, lat, areaId } = reports
  const [report] = await db.select({ lon, lat, areaId }).from(reports).where(eq(reports.id, id))
  return report
}
