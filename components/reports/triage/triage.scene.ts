import { eq, inArray } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { buildPhoto } from '#db/factories/photos.ts'
import { buildReport } from '#db/factories/reports.ts'
import { reportAnswers, reports } from '#db/schema/index.ts'
import { buildFields, minutesAgo } from '#e2e/strip.ts'

/** What has become of these reports. */
export const fates = (db: Database, ids: readonly number[]) =>
  db
    .select({
      id: reports.id,
      state: reports.state,
      agencyId: reports.agencyId,
      mergedIntoId: reports.mergedIntoId,
    })
    .from(reports)
    .where(inArray(reports.id, [...ids]))

export const answerStatuses = async (db: Database, reportId: number) =>
  (await db.select().from(reportAnswers).where(eq(reportAnswers.reportId, reportId))).map(({ status }) => status)

/** A fallen tree that waits, an earlier report of it next door, and one of a leaning tree farther off. */
export async function buildTrees(db: Database) {
  const fields = await buildFields(db)
  const common = { categoryCode: fields.decided, lat: fields.south }
  const asked = await buildReport(db, {
    ...common,
    lon: 105.7,
    address: '95 Lò Đúc',
    receivedAt: minutesAgo(60),
    title: 'Cây xà cừ đổ chắn ngang phố',
    body: 'Cây xà cừ bật gốc đổ ngang đường trước số nhà 95, đè 2 ô tô, xe buýt không qua được.',
  })
  await buildPhoto(db, asked.id, { kind: 'citizen' })
  const handled = { state: 'in_progress' as const, agencyId: fields.agency.id }
  const fallen = await buildReport(db, {
    ...common,
    ...handled,
    lon: 105.7003,
    address: '88 Lò Đúc',
    receivedAt: minutesAgo(102),
    title: 'Cây to đổ đè xe trước 88 Lò Đúc',
    body: 'Cây xà cừ to đổ ngang đường, đè hai ô tô của dân.',
    mergedCount: 3,
  })
  const leaning = await buildReport(db, {
    ...common,
    ...handled,
    lon: 105.701,
    address: '70 Lò Đúc',
    receivedAt: minutesAgo(2 * 1440),
    title: 'Cây xà cừ nghiêng, rễ bật',
    body: 'Cây xà cừ nghiêng khoảng 30 độ về phía đường.',
  })
  return { fields, asked, fallen, leaning }
}
