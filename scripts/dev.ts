import { dataFolder, storedSecret } from '#db/embedded-home.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { fillCity } from './city.ts'
import { cityOptions } from './city-options.ts'
import { openDatabase } from './database.ts'
import { startDesk } from './desk-server.ts'
import { forgetDemo } from './forget-demo.ts'
import { copyMapWorker } from './production.ts'
import { runScript, step } from './step.ts'
import { stopSignal } from './stop-signal.ts'

await runScript(async () => {
  const options = cityOptions(process.argv.slice(2))
  const stopped = stopSignal()
  if (options.reset) await forgetDemo()
  const database = await step('Database', openDatabase)
  const { url } = database
  await step('Schema', () => migrateDatabase(url))
  await step('Demo city', (progress) => fillCity(database, options, progress))
  copyMapWorker()
  const secret = process.env.AUTH_SECRET || storedSecret(dataFolder, 'auth-secret')
  const env = { NODE_ENV: 'development', DEMO: '1', DATABASE_URL: url, AUTH_SECRET: secret }
  const server = await startDesk({ port: Number(process.env.PORT || 3000), env })
  console.log(`iHanoi Desk, in development: ${server.url}`)
  await Promise.race([stopped, server.ended])
  await server.stop()
  await database.stop()
  return 0
})
process.exit()
