import type { TransactionSql } from 'postgres'
import type { DatabaseClient } from '#db/client.ts'
import { catchUp } from '#server/insights/commands/catch-up.ts'
import { fillDays, fillMonths } from '#server/insights/commands/fill-sums.ts'
import { figureTables } from '#server/insights/commands/write-figures.ts'
import { benchReporter, busyAgencies, insertBody, wordsOfMany } from './app-jobs.ts'
import { type Job, mutationBody, type Statement } from './jobs.ts'
import type { Shot } from './measure.ts'

/** More than a run can use up with either number of connections. */
const mostPerSecond = 700

/** The two writing jobs. Each request is another report, so the lists are made before the measurement. */
export async function writingJobs(client: DatabaseClient, seconds: number): Promise<Record<'insert' | 'assign', Job>> {
  const { sql } = client
  const agencies = await busyAgencies(client)
  const words = await wordsOfMany(client)
  const agencyOf = (at: number) => agencies[at % agencies.length] as string
  const [area] = await sql<{ lon: number; lat: number }[]>`select label_lon as lon, label_lat as lat from areas limit 1`
  if (!area) throw new Error('the city has no areas')
  const amount = Math.round(mostPerSecond * seconds * 0.5)
  const made: number[] = []
  const [{ text = '', values = [] } = {}] = floorInsert()
  const ids = await sql.begin((tx) =>
    Promise.all(Array.from({ length: 400 }, () => tx.unsafe(text, values as string[]))),
  )
  const insert: Job = {
    name: 'insert',
    title: 'insert a report (intake with search, clock, code and event)',
    target: { extraMillis: 4, share: 0.15 },
    variants: Array.from({ length: 40 }, () => ({ path: '', statements: floorInsert() })),
    once: true,
    shots: (connections, wanted = connections === 1 ? Math.round(amount / 4) : amount) =>
      Array.from(
        { length: wanted },
        (_, at): Shot => ({
          method: 'POST',
          path: '/api/trpc/reports.receive',
          body: insertBody(area, words[at % words.length] as (typeof words)[number]),
        }),
      ),
  }
  const assign: Job = {
    name: 'assign',
    title: 'assign with history, one transaction',
    target: { extraMillis: 4, share: 0.25 },
    variants: ids.map(([row], at) => ({ path: '', statements: floorAssign(Number(row?.id), agencyOf(at)) })),
    once: true,
    shots: async (connections, wanted = connections === 1 ? Math.round(amount / 4) : amount) => {
      const rows = await sql<{ id: number; version: number }[]>`
        select id, version from reports where state = 'awaiting_intake' and source = 'staff' and not (id = any(${made})) order by id desc limit ${wanted}`
      made.push(...rows.map(({ id }) => id))
      return rows.map(
        ({ id, version }, at): Shot => ({
          method: 'POST',
          path: '/api/trpc/reports.assign',
          body: mutationBody({ reportId: id, version, agencyId: agencyOf(at) }),
        }),
      )
    },
  }
  return { insert, assign }
}

/** The minimal write: the report and its first event. */
function floorInsert(): Statement[] {
  const text = `insert into reports (code, state, severity, channel, category_code, title, body, received_at, matures_at, last_activity_at, last_activity_by, source, source_key)
    values ('FLOOR-' || gen_random_uuid(), 'awaiting_intake', 'urgent', 'hotline', 'CX-01', $1, $2, now(), now() + interval '7 days', now(), 'citizen', 'floor', gen_random_uuid()::text) returning id`
  const values = [
    'Cây đổ chắn ngang đường',
    'Cây xà cừ to bật gốc nằm chắn hết lối đi, xe máy không qua được, đề nghị cưa dọn sớm.',
  ]
  const event = `insert into events (at, event, subject_kind, report_id, actor_kind, details) values (now(), 'report.received', 'report', currval('reports_id_seq'), 'robot', '{}')`
  return [
    { text, values },
    { text: event, values: [] },
  ]
}

function floorAssign(id: number, agencyId: string): Statement[] {
  return [
    {
      text: `update reports set agency_id = $2, version = version + 1, last_activity_at = now() where id = $1`,
      values: [id, agencyId],
    },
    {
      text: `insert into events (at, event, subject_kind, report_id, actor_kind, details) values (now(), 'report.assigned', 'report', $1, 'robot', '{}')`,
      values: [id],
    },
  ]
}

/**
 * Deletes what earlier runs wrote from every table, so that each run finds the city as it was seeded, and vacuums.
 */
export async function leaveAsSeeded({ db, sql }: DatabaseClient): Promise<void> {
  await sql.begin(takeOut)
  await sql`vacuum (analyze) reports`
  await sql`vacuum (analyze) report_search`
  await sql`vacuum (analyze) report_cells`
  await sql`vacuum (analyze) events`
  await catchUp(db)
  const now = new Date()
  await fillDays(db, now)
  await fillMonths(db, now)
  for (const table of [...figureTables, 'figure_sums']) await sql`vacuum (analyze) ${sql(table)}`
  await sql`checkpoint`
}

async function takeOut(sql: TransactionSql): Promise<void> {
  // The log and other tables are append-only: this disables the triggers that refuse deletes.
  await sql`set local session_replication_role = replica`
  await sql`create temporary table written on commit drop as
    select id, received_at from reports where source = 'floor'
    union select id, received_at from reports where id in (
      select report_id from reporters where name = ${benchReporter.name} and phone = ${benchReporter.phone})`
  await sql`analyze written`
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' and column_name = 'report_id'`
  for (const { name } of tables) await sql`delete from ${sql(name)} where report_id in (select id from written)`
  await sql`delete from reports where id in (select id from written)`
  const since = sql`(select min(received_at at time zone 'Asia/Ho_Chi_Minh')::date from written)`
  await sql`delete from figure_sums where first_day >= date_trunc('month', ${since})`
  await sql`delete from event_seals where day::date >= ${since}`
}
