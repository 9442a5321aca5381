import { join } from 'node:path'
import { connect, type DatabaseClient } from '#db/client.ts'
import { dataFolder } from '#db/embedded-home.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { fillCity } from '#scripts/city.ts'
import { cityOptions } from '#scripts/city-options.ts'
import { embeddedDatabase } from '#scripts/database.ts'
import { step } from '#scripts/step.ts'

/** Runs with a demo city of so many reports in a database of its own, which is seeded at the first run and kept. */
export async function withSeededCity(
  name: string,
  reports: string,
  run: (client: DatabaseClient) => Promise<void>,
): Promise<void> {
  const database = await embeddedDatabase(`ihanoi_${name}_${reports}`, join(dataFolder, 'bench'))
  try {
    await step('Schema', () => migrateDatabase(database.url))
    const client = connect(database.url, { max: 4 })
    const [mark] = await client.sql`select 1 from settings where key = 'demo_city'`
    if (!mark) await step('City', (progress) => fillCity(database, cityOptions(['--reports', reports]), progress))
    await run(client)
    await client.close()
  } finally {
    await database.stop()
  }
}
