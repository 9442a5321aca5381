import type { Sql } from './client.ts'

/** The first version of PostgreSQL that has `uuidv7()`, as `server_version_num`. */
const firstWithOwn = 180_000

/**
 * Creates the stand-in for `uuidv7()` where the server has none: it must exist before the migrations run, because the
 * columns that they create have it as their default. A server of version 18 always uses its own, which comes first in
 * the search path.
 */
export async function standInForUuidv7(sql: Sql): Promise<void> {
  const [server] = await sql<{ version: number }[]>`select current_setting('server_version_num')::int as version`
  if (server && server.version < firstWithOwn) await createUuidv7(sql)
}

/**
 * RFC 9562, version 7: 48 bits of milliseconds, the version, 12 bits of the fraction of the millisecond, as the
 * server's own, and random bits. `gen_random_uuid` gives those and the variant.
 */
export async function createUuidv7(sql: Sql, schema = 'public'): Promise<void> {
  await sql`
    create or replace function ${sql(schema)}.uuidv7() returns uuid language sql volatile parallel safe as $$
      select encode(overlay(uuid_send(gen_random_uuid())
        placing substring(int8send(micros / 1000) from 3) || int2send((x'7000'::int + micros % 1000 * 4096 / 1000)::int2)
        from 1 for 8), 'hex')::uuid
      from (select (extract(epoch from clock_timestamp()) * 1000000)::bigint as micros) moment
    $$`
}
