import { copyInto } from '#db/copy.ts'
import { voicesFor } from '#db/demo/answers.ts'
import { writeBase } from '#db/demo/base.ts'
import { inBulk, settle } from '#db/demo/bulk.ts'
import { writeBulletins } from '#db/demo/bulletins/write-bulletins.ts'
import { continueDays } from '#db/demo/continue.ts'
import { type Stretch, writtenBy } from '#db/demo/crew.ts'
import { writeDeliveries } from '#db/demo/deliveries.ts'
import { continueLetters, writeLeadership } from '#db/demo/leadership.ts'
import { writeMarks } from '#db/demo/marks.ts'
import { planCity } from '#db/demo/plan.ts'
import { writePublicCopies } from '#db/demo/public-copies.ts'
import { type DayPlan, momentsOf } from '#db/demo/rates.ts'
import { drawShelf, type ShelvedPhoto, type StorePhoto, shelfOf } from '#db/demo/shelf.ts'
import { buildWorld, type World } from '#db/demo/world.ts'
import { writeCodes } from '#db/demo/writer.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import type { DatabaseClient, Sql } from './client.ts'

export type OnProgress = (done: number, total: number, label: string) => void
type Seeding = { reports: number; today: Date; seed: number; store: StorePhoto; onProgress?: OnProgress }
type Continuing = { today: Date; onProgress?: OnProgress }
type Client = Pick<DatabaseClient, 'db' | 'sql'>

/** Number of reports copied at once: some ten megabytes of text. */
const stretchSize = 2_500
const settingKey = 'demo_city'

/** To be raised with every change after which the same seed gives another city. */
export const cityGenerator = 4

/** The marker of the city: what a later start must know to continue the same city. */
type CityMark = {
  generator: number
  seed: number
  reports: number
  first: string
  until: string
  openings: string[]
  photos: ShelvedPhoto[]
}

/** Fills an empty, migrated database with the demo city: the same seed, size and day give the same city. */
export async function seedDemoCity(
  { db, sql }: Client,
  { reports, today, seed, store, onProgress }: Seeding,
): Promise<void> {
  onProgress?.(0, 1, 'photos')
  const { photos, files } = await drawShelf(keyOf(seed), store)
  onProgress?.(0, reports, 'reports')
  const world = await openWorld({ seed, first: today, today, openings: [today], photos })
  const counts = new Map(planCity(world, reports).days.map((plan) => [plan, livedOn(world, plan)]))
  await db.transaction((tx) => writeBase(tx, world, files))
  const copy = async (tx: Sql) => {
    let done = 0
    const stretches = stretchesOf(counts)
    for await (const texts of writtenBy({ seed: keyOf(seed), today, reports, photos }, stretches)) {
      for (const text of texts) await copyInto(tx, text)
      done += 1
      onProgress?.(stretches[done]?.firstId ?? reports, reports, 'reports')
    }
    const busy = [...counts].filter(([, count]) => count > 0)
    await writeCodes(tx, new Map(busy.map(([{ day }, count]) => [day, count])))
  }
  await inBulk(sql, copy, (built, total, name) => onProgress?.(built, total, `index ${name}`))
  // Triggers do not run while copying, so reports new to the figures are marked here.
  await sql`insert into stale_facts (report_id) select id from reports order by id`
  await db.transaction((tx) => writeBulletins(tx, world))
  await writeMarks(db, today)
  await writeDeliveries(db, today)
  await db.transaction((tx) => writePublicCopies(tx, today))
  await db.transaction((tx) => writeLeadership(tx, world))
  onProgress?.(1, 1, 'statistics')
  await settle(sql)
  const at = today.toISOString()
  await markCity(sql, { generator: cityGenerator, seed, reports, first: at, until: at, openings: [at], photos })
}

/** How many reports of the day have been received by the city's current hour. */
function livedOn({ seed, today }: World, plan: DayPlan): number {
  return plan.day < localDayOf(today) ? plan.reports : momentsOf(seed, plan).filter(({ at }) => at <= today).length
}

/** Groups consecutive days into stretches of about `stretchSize` reports. */
function stretchesOf(counts: ReadonlyMap<DayPlan, number>): Stretch[] {
  const stretches: { days: DayPlan[]; firstId: number }[] = []
  let [taken, nextId] = [stretchSize, 1]
  for (const [plan, count] of counts) {
    if (taken >= stretchSize) {
      stretches.push({ days: [], firstId: nextId })
      taken = 0
    }
    stretches.at(-1)?.days.push(plan)
    taken += count
    nextId += count
  }
  return stretches
}

/**
 * Continues the demo city to `today`: adds new reports, and continues those that no staff member has changed as
 * generated. Reports changed by staff stay unchanged.
 */
export async function continueDemoCity({ db, sql }: Client, { today, onProgress }: Continuing): Promise<void> {
  const [row] = await sql<{ value: CityMark }[]>`select value from settings where key = ${settingKey}`
  if (!row || today.getTime() - new Date(row.value.until).getTime() < leastPause) return
  const mark = row.value
  const openings = [...mark.openings.map((at) => new Date(at)), today].filter((at) => isRemembered(at, today))
  const { seed, photos } = mark
  const world = await openWorld({ seed, first: new Date(mark.first), today, openings, photos })
  await sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    const before = { reports: mark.reports, until: new Date(mark.until) }
    await continueDays(tx, world, before, (done, total) => onProgress?.(done, total, 'days gone by'))
    const until = today.toISOString()
    await markCity(tx, { ...mark, until, openings: openings.map((at) => at.toISOString()) })
  })
  await db.transaction((tx) => writeBulletins(tx, world))
  await writeMarks(db, today)
  await writeDeliveries(db, today)
  await db.transaction((tx) => writePublicCopies(tx, today))
  await db.transaction((tx) => continueLetters(tx, world))
  await settle(sql)
}

/** In milliseconds. A restart within the hour shows the city unchanged. */
const leastPause = 3_600_000

/** Reports that are that old are not generated again. */
const isRemembered = (opening: Date, today: Date): boolean => today.getTime() - opening.getTime() < 120 * 86_400_000

type Opening = {
  seed: number
  first: Date
  today: Date
  openings: readonly Date[]
  photos: readonly ShelvedPhoto[]
}

const keyOf = (seed: number): string => `hanoi/${seed}`

function openWorld({ seed, photos, ...hours }: Opening): Promise<World> {
  return buildWorld({ seed: keyOf(seed), ...hours, voices: voicesFor(), photos: shelfOf(photos) })
}

async function markCity(sql: Sql, mark: CityMark): Promise<void> {
  await sql`insert into settings (key, value) values (${settingKey}, ${sql.json(mark)})
    on conflict (key) do update set value = excluded.value`
}
