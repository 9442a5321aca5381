import type { Database } from '#db/client.ts'
import { areas } from '#db/schema/index.ts'
import { buildOffice, buildReportAt } from '#e2e/office.ts'

const cluster = { lon: 105.85, lat: 21.03 }
const far = { lon: 105.55, lat: 21.12 }

const twoAreas = async (db: Database) => {
  const [near, other] = await db.select({ id: areas.id, shortName: areas.shortName }).from(areas).limit(2)
  if (!near || !other) throw new Error('the city has no communes')
  return { near, other }
}

/** An office with four reports in one street, one far away and one without a place. */
export async function buildTown(db: Database) {
  const office = await buildOffice(db)
  const { near, other } = await twoAreas(db)
  for (const shift of [0, 1, 2, 3]) {
    const place = { lon: cluster.lon + shift * 0.0002, lat: cluster.lat }
    await buildReportAt(db, office, { ...place, areaId: near.id, title: `Đèn đường hỏng ${shift}` })
  }
  const single = await buildReportAt(db, office, { ...far, areaId: other.id, title: 'Cây đổ ngoài đê' })
  await buildReportAt(db, office, { areaId: near.id, lon: null, lat: null, title: 'Rác chưa rõ chỗ' })
  return { ...office, near, other, single, cluster, far }
}

const inHours = (count: number) => new Date(Date.now() + count * 3_600_000)

/** An office with one report overdue, one due soon, three in time and one that waits for its citizen. */
export async function buildDeadlines(db: Database) {
  const office = await buildOffice(db)
  const { near } = await twoAreas(db)
  const at = (shift: number) => ({ lon: 105.8 + shift * 0.05, lat: 21 + (shift % 2) * 0.05, areaId: near.id })
  const running = { soonAt: inHours(20), dueAt: inHours(40) }
  const late = { title: 'Ngập trước cổng chợ', address: '12 Lò Đúc', soonAt: inHours(-50), dueAt: inHours(-40) }
  const overdue = await buildReportAt(db, office, { ...at(0), ...late })
  await buildReportAt(db, office, { ...at(1), soonAt: inHours(-1), dueAt: inHours(3) })
  for (const shift of [2, 3, 4]) await buildReportAt(db, office, { ...at(shift), ...running })
  const asked = { state: 'awaiting_citizen', dueAt: null, soonAt: null, pausedAt: inHours(-1) } as const
  await buildReportAt(db, office, { ...at(5), ...asked })
  return { ...office, overdue, place: at(0) }
}
