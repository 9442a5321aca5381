import type { Sql } from '#db/client.ts'

/** The tables that grow with the city, parents before children. */
const cityTables = [
  'reports',
  'reporters',
  'report_search',
  'report_clocks',
  'report_answers',
  'report_notes',
  'report_messages',
  'report_requests',
  'report_photos',
  'answer_photos',
  'incident_suggestions',
  'events',
]

type Index = { name: string; definition: string }

/**
 * Fills the empty tables of a city without their indexes, then builds these at once: several times faster. Foreign keys
 * are not checked while copying if the account may disable them: the generated rows are consistent.
 */
export async function inBulk(
  sql: Sql,
  copy: (tx: Sql) => Promise<void>,
  onIndex: (built: number, total: number, name: string) => void,
): Promise<void> {
  await sql.begin(async (transaction) => {
    const tx = transaction as unknown as Sql
    await assertEmpty(tx)
    const indexes = await indexesOf(tx)
    await tx`set local maintenance_work_mem = '512MB'`
    if (await mayReplicate(tx)) await tx`set local session_replication_role = replica`
    for (const { name } of indexes) await tx`drop index ${tx(name)}`
    await copy(tx)
    await placeReports(tx)
    // If triggers ran, all past events of the city would cause notifications.
    await tx`truncate notification_marks`
    for (const [built, { name, definition }] of indexes.entries()) {
      onIndex(built, indexes.length, name)
      await tx.unsafe(definition)
    }
  })
}

/** Does what triggers do for reports inserted one by one. */
async function placeReports(sql: Sql): Promise<void> {
  await sql`insert into report_cells (cell, received_at, report_id)
    select report_cell(lon, lat), received_at, id from reports where lon is not null order by 1, 2, 3
    on conflict do nothing`
  await sql`insert into place_marks (report_id) select id from reports where address <> '' and lon is not null
    on conflict do nothing`
}

async function assertEmpty(sql: Sql): Promise<void> {
  const [known] = await sql`select 1 from reports limit 1`
  if (known) throw new Error('a city is seeded into an empty database')
}

/** The indexes without those that serve a constraint. */
async function indexesOf(sql: Sql): Promise<Index[]> {
  return sql<Index[]>`
    select c.relname as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
    where t.relnamespace = 'public'::regnamespace and t.relname = any(${cityTables})
      and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)`
}

/** Only a superuser may disable foreign key checks; otherwise they are checked row by row. */
async function mayReplicate(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ super: boolean }[]>`select rolsuper as super from pg_roles where rolname = current_user`
  return row?.super === true
}

/** Advances the sequences past the assigned ids, and updates the planner's statistics. */
export async function settle(sql: Sql): Promise<void> {
  for (const table of ['reports', 'areas']) {
    await sql`select setval(pg_get_serial_sequence(${table}, 'id'), (select coalesce(max(id), 0) + 1 from ${sql(table)}), false)`
  }
  await sql`vacuum (analyze)`
}
