import { join } from 'node:path'
import { dataFolder, storedSecret } from '#db/embedded-home.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { SetupError } from '#db/setup-error.ts'
import { fillCity } from './city.ts'
import { type CityOptions, cityOptions } from './city-options.ts'
import { openDatabase, type ScriptDatabase } from './database.ts'
import { demoWelcome } from './demo-welcome.ts'
import { type DeskServer, isFree, startDesk } from './desk-server.ts'
import { forgetDemo } from './forget-demo.ts'
import { buildIfChanged } from './production.ts'
import { runScript, step } from './step.ts'
import { stopSignal } from './stop-signal.ts'

const started = performance.now()
const serverLog = join(dataFolder, 'server.log')

await runScript(async () => {
  const options = cityOptions(process.argv.slice(2))
  const port = Number(process.env.PORT || 3000)
  const stopped = stopSignal()
  await checkPort(port)
  if (options.reset) await forgetDemo()

  const database = await step('Database', openDatabase)
  if (database.moved) console.log(`  ${database.moved}`)
  let server: DeskServer | undefined
  try {
    server = await Promise.race([prepare(database, options, port), stopped.then(() => undefined)])
    if (!server) return 130
    console.log(demoWelcome(server.url, performance.now() - started))
    const died = server.ended.then(() => 'died' as const)
    if ((await Promise.race([stopped, died])) === 'died')
      throw new SetupError(`The server stopped by itself: see ${serverLog}`)
  } finally {
    await step('Stopping', async () => {
      await server?.stop()
      await database.stop()
    })
  }
  return 0
})
process.exit()

async function prepare(database: ScriptDatabase, options: CityOptions, port: number): Promise<DeskServer> {
  const { url } = database
  await step('Schema', () => migrateDatabase(url))
  await step('Demo city', (progress) => fillCity(database, options, progress))
  await step('Build', buildIfChanged)
  const env = {
    NODE_ENV: 'production',
    DEMO: '1',
    DATABASE_URL: url,
    AUTH_SECRET: process.env.AUTH_SECRET || storedSecret(dataFolder, 'auth-secret'),
  }
  return step('Server', () => startDesk({ port, env, log: serverLog }))
}

async function checkPort(port: number): Promise<void> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new SetupError(`PORT is not a port: ${process.env.PORT}.`)
  if (await isFree(port)) return
  throw new SetupError(
    `Port ${port} is taken: stop what uses it, or choose another with PORT=${port + 1} npm run demo.`,
  )
}
