import { migrateDatabase } from '#db/migrate.ts'
import { fillCity } from './city.ts'
import { cityOptions } from './city-options.ts'
import { withDatabase } from './database.ts'
import { forgetDemo } from './forget-demo.ts'
import { runScript, step } from './step.ts'

await runScript(async () => {
  const options = cityOptions(process.argv.slice(2))
  if (options.reset) await forgetDemo()
  await withDatabase(async (database) => {
    await step('Schema', () => migrateDatabase(database.url))
    await step('Demo city', (progress) => fillCity(database, options, progress))
  })
  return 0
})
