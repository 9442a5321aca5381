import { randomInt } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { type BuiltReport, buildReport } from '#db/factories/reports.ts'
import { unique } from '#db/factories/unique.ts'
import { reports } from '#db/schema/index.ts'
import { hoursAgo } from './office.ts'

export const minutesAgo = (minutes: number) => hoursAgo(minutes / 60)

/** A category whose agency the rules determine, one whose agency they do not; only reports of this test are in them. */
export async function buildFields(db: Database) {
  const { calendarId } = await buildCity(db)
  const agency = await buildAgency(db, { calendarId, name: `Công ty ${unique('cay')}` })
  const decided = await buildCategory(db, { leadAgencyId: agency.id })
  const open = await buildCategory(db, {})
  return { agency, decided: decided.code, open: open.code, south: randomInt(8000, 20_000) / 1000 }
}

export type Kind = 'rule' | 'choice' | 'duplicate' | 'reject' | 'ask'
const kinds: readonly Kind[] = ['rule', 'choice', 'duplicate', 'reject', 'ask']
export type Fields = Awaited<ReturnType<typeof buildFields>>

export async function buildMixed(
  db: Database,
  fields: Fields,
  count: number,
  common: { areaId?: number } = {},
): Promise<(BuiltReport & { kind: Kind })[]> {
  const built: (BuiltReport & { kind: Kind })[] = []
  for (let i = 0; i < count; i++) {
    const kind = kinds[i % kinds.length] as Kind
    const report = await buildReport(db, {
      state: 'awaiting_intake',
      categoryCode: kind === 'choice' ? fields.open : fields.decided,
      title: `Việc ${i + 1} ${kind}`,
      // The queue is sorted by deadline: the first received is the first.
      receivedAt: minutesAgo(200 - i),
      ...(kind === 'duplicate' && placeOf(fields, i)),
      ...common,
    })
    if (kind === 'duplicate') await buildCanonical(db, fields, i)
    built.push({ ...report, kind })
  }
  return built
}

/** Far enough from one another, and from those of other tests, that each has one report beside it. */
const placeOf = ({ south }: Fields, i: number) => ({
  lon: 105.7 + i * 0.01,
  lat: south,
  address: `${i} phố Đê La Thành`,
})

const buildCanonical = (db: Database, fields: Fields, i: number) =>
  buildReport(db, {
    state: 'in_progress',
    categoryCode: fields.decided,
    agencyId: fields.agency.id,
    title: `Việc ${i + 1} duplicate`,
    receivedAt: minutesAgo(260),
    ...placeOf(fields, i),
  })

export type Built = { id: number } | undefined

export const stateOf = async (db: Database, report: Built): Promise<string | undefined> =>
  (
    await db
      .select({ state: reports.state })
      .from(reports)
      .where(eq(reports.id, report?.id ?? 0))
  )[0]?.state

/** Meanwhile a colleague changes a report: the version that the decision was based on is outdated. */
export async function changeMeanwhile(db: Database, report: Built): Promise<void> {
  await db
    .update(reports)
    .set({ version: sql`${reports.version} + 1` })
    .where(eq(reports.id, report?.id ?? 0))
}
