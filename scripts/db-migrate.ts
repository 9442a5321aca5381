import { migrateDatabase } from '#db/migrate.ts'
import { withDatabase } from './database.ts'
import { runScript, step } from './step.ts'

await runScript(async () => {
  await withDatabase(({ url }) => step('Schema', () => migrateDatabase(url)))
  return 0
})
