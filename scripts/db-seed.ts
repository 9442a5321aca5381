import { migrateDatabase } from '#db/migrate.ts'
import { fillCity } from './city.ts'
import { cityOptions } from './city-options.ts'
import { withDatabase } from './database.ts'
import { runScript, step } from './step.ts'

await runScript(async () => {
  const options = cityOptions(process.argv.slice(2))
  await withDatabase(async ({ url }) => {
    await step('Schema', () => migrateDatabase(url))
    await step('Demo city', (progress) => fillCity(url, options, progress))
  })
  return 0
})
