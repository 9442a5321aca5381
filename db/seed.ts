import { voicesFor } from '#db/demo/answers.ts'
import { writeBase } from '#db/demo/base.ts'
import { cityCalendarId } from '#db/demo/city.ts'
import { continueDays } from '#db/demo/continue.ts'
import { liveDay, PressFigures } from '#db/demo/days.ts'
import { fullRateFrom, planDays } from '#db/demo/rates.ts'
import { fillShelf, type StorePhoto } from '#db/demo/shelf.ts'
import { buildWorld, type World } from '#db/demo/world.ts'
import { CityWriter } from '#db/demo/writer.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import type { DatabaseClient, Sql } from './client.ts'

export type OnProgress = (done: number, total: number, label: string) => void
type Seeding = { reports: number; today: Date; seed: number; store: StorePhoto; onProgress?: OnProgress }
type Continuing = { today: Date; store: StorePhoto; onProgress?: OnProgress }

/** Reports gathered before they are copied: some megabytes of text. */
const chunk = 3000
const settingKey = 'demo_city'

/** What a later start must know to draw on from the same city. */
type CityMark = { seed: number; reports: number; first: string; until: string }

type Client = Pick<DatabaseClient, 'db' | 'sql'>

/** Fills an empty, migrated database with the demo city: the same seed, size and day give the same city. */
export async function seedDemoCity(
  { db, sql }: Client,
  { reports, today, seed, store, onProgress }: Seeding,
): Promise<void> {
  const { world, files } = await openWorld({ seed, first: today, today, store })
  const working = workingTime(world)
  const plans = planDays({ reports, today, seed: world.seed, working })
  const total = plans.reduce((sum, plan) => sum + plan.reports, 0)
  await db.transaction((tx) => writeBase(tx, world, files))
  await inBulk(sql, async (tx) => {
    const writer = new CityWriter({ report: 1, event: 1, clock: 1 })
    const press = new PressFigures(plans)
    const fullFrom = fullRateFrom(localDayOf(today), working)
    let done = 0
    for (const plan of plans) {
      writer.addDay(plan.day, liveDay(world, plan, press, fullFrom))
      done += plan.reports
      if (writer.gathered >= chunk) await writer.send(tx)
      onProgress?.(done, total, 'phản ánh')
    }
    await writer.send(tx)
    onProgress?.(total, total, 'chỉ mục')
  })
  await markCity(sql, { seed, reports, first: today.toISOString(), until: today.toISOString() })
  await settle(sql)
}

/**
 * Lives the demo city on to `today`: new reports come in, and those that nobody at the desk has touched go on as they would
 * have. What staff changed is theirs and stays as it is.
 */
export async function continueDemoCity({ sql }: Client, { today, store, onProgress }: Continuing): Promise<void> {
  const [row] = await sql<{ value: CityMark }[]>`select value from settings where key = ${settingKey}`
  if (!row || today.getTime() - new Date(row.value.until).getTime() < leastPause) return
  const mark = row.value
  const { world } = await openWorld({ seed: mark.seed, first: new Date(mark.first), today, store })
  await sql.begin(async (tx) => {
    await continueDays(tx as unknown as Sql, world, { reports: mark.reports, until: new Date(mark.until) }, onProgress)
    await markCity(tx as unknown as Sql, { ...mark, until: today.toISOString() })
  })
  await settle(sql)
}

/** A restart within the hour shows the city as it was left. */
const leastPause = 3_600_000

type Opening = { seed: number; first: Date; today: Date; store: StorePhoto }

async function openWorld({ seed, first, today, store }: Opening) {
  const key = `hanoi/${seed}`
  const { shelf, rows } = await fillShelf(key, store)
  return { world: await buildWorld({ seed: key, first, today, voices: voicesFor(), photos: shelf }), files: rows }
}

function workingTime(world: World) {
  const working = world.times.get(cityCalendarId)
  if (!working) throw new Error('the city has no calendar')
  return working
}

async function markCity(sql: Sql, mark: CityMark): Promise<void> {
  await sql`insert into settings (key, value) values (${settingKey}, ${sql.json(mark)})
    on conflict (key) do update set value = excluded.value`
}

/**
 * Copies into tables without their indexes and foreign keys, then builds the indexes in one go: several times faster, and
 * only right for an empty city whose rows were checked by the rules that made them.
 */
async function inBulk(sql: Sql, copy: (tx: Sql) => Promise<void>): Promise<void> {
  const indexes = await sql<{ name: string; definition: string }[]>`
    select c.relname as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
    where t.relnamespace = 'public'::regnamespace and t.relname = any(${bulkTables})
      and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)`
  await sql.begin(async (tx) => {
    await tx`set local maintenance_work_mem = '512MB'`
    if (await mayReplicate(tx as unknown as Sql)) await tx`set local session_replication_role = replica`
    for (const { name } of indexes) await tx`drop index ${tx(name)}`
    await copy(tx as unknown as Sql)
    for (const { definition } of indexes) await tx.unsafe(definition)
  })
}

const bulkTables = [
  'reports',
  'events',
  'report_clocks',
  'report_answers',
  'report_notes',
  'report_messages',
  'report_requests',
  'report_photos',
  'reporters',
  'report_search',
]

/** Only a superuser may leave the foreign keys unchecked while copying; elsewhere they are checked row by row. */
async function mayReplicate(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ super: boolean }[]>`select rolsuper as super from pg_roles where rolname = current_user`
  return row?.super === true
}

/** The numbers given out by hand are taken; the planner learns what the tables hold now. */
async function settle(sql: Sql): Promise<void> {
  for (const table of ['reports', 'events', 'report_clocks', 'areas']) {
    await sql`select setval(pg_get_serial_sequence(${table}, 'id'), (select coalesce(max(id), 0) + 1 from ${sql(table)}), false)`
  }
  await sql`vacuum (analyze)`
}
