import { join } from 'node:path'
import { connect, type Sql } from '#db/client.ts'
import { type EmbeddedPostgres, removePostgres, startPostgres } from '#db/embedded.ts'
import { dataFolder } from '#db/embedded-home.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { fillCity } from './city.ts'
import { cityOptions } from './city-options.ts'
import { fingerprint } from './fingerprint.ts'
import type { Progress } from './step.ts'

export type JourneyCity = { url: string; close(): Promise<void> }

const folder = join(dataFolder, 'journeys')

/** Files are named by their content: runs may share them. */
export const journeyFiles = join(folder, 'files')

/**
 * A small city of today for one run of the journeys. It is seeded once per day and per version of the generator;
 * each run works on a copy, so no run sees what another did.
 */
export async function openJourneyCity(progress: Progress): Promise<JourneyCity> {
  const server = await startDisposable()
  const { sql, close } = connect(await server.database('postgres'), { max: 1 })
  const city = await seededCity(server, sql, progress)
  const copy = `run_${process.pid}`
  await sql`drop database if exists ${sql(copy)} with (force)`
  await sql`create database ${sql(copy)} template ${sql(city)}`
  return {
    url: await server.database(copy),
    async close() {
      await sql`drop database if exists ${sql(copy)} with (force)`
      await close()
      await server.stop()
    },
  }
}

/** Its data is disposable: a server that does not start is created again. */
async function startDisposable(): Promise<EmbeddedPostgres> {
  try {
    return await startPostgres(folder, 'disposable')
  } catch {
    await removePostgres(folder)
    return startPostgres(folder, 'disposable')
  }
}

async function seededCity(server: EmbeddedPostgres, sql: Sql, progress: Progress): Promise<string> {
  const day = new Date().toISOString().slice(0, 10)
  const name = `city_${fingerprint(['db/**/*', 'server/*/rules/**/*'], ['**/*.test.ts']).slice(0, 16)}_${day}`
  const known = await sql<{ datname: string }[]>`select datname from pg_database where datname like 'city\\_%'`
  if (known.some(({ datname }) => datname === name)) return name
  for (const { datname } of known) await sql`drop database if exists ${sql(datname)} with (force)`

  // Under another name until it is complete: an interrupted seeding must not be taken for a city.
  const unfinished = `unfinished_${process.pid}`
  await sql`drop database if exists ${sql(unfinished)} with (force)`
  const url = await server.database(unfinished)
  await migrateDatabase(url)
  await fillCity({ url, stop: server.stop }, cityOptions(['--reports', '12000']), progress)
  await sql`alter database ${sql(unfinished)} rename to ${sql(name)}`
  return name
}
