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
import { isDiskFull, type Progress, runScript, step, stepsSideBySide } from './step.ts'
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
  // The city leaves most of a second core idle, and so does the build.
  await stepsSideBySide({
    'Demo city': (progress, signal) => makeCity(database, options, untilStopped(progress, signal)),
    Build: (progress, signal) => buildIfChanged(progress, { kind: 'quick', signal }),
  })
  const env = {
    NODE_ENV: 'production',
    DEMO: '1',
    DATABASE_URL: url,
    AUTH_SECRET: process.env.AUTH_SECRET || storedSecret(dataFolder, 'auth-secret'),
  }
  return step('Server', () => startDesk({ port, env, log: serverLog }))
}

async function makeCity(database: ScriptDatabase, options: CityOptions, progress: Progress): Promise<void> {
  try {
    progress('schema')
    await migrateDatabase(database.url)
    // The desk does these as soon as it runs. Until then its boards count the rows, and it finds no places.
    await fillCity(database, options, progress, { doesJobs: false })
  } catch (error) {
    if (error instanceof SetupError || isDiskFull(error)) throw error
    const instead = database.renew ? 'start afresh with npm run demo -- --reset' : 'name an empty database'
    const { message } = error as Error
    throw new SetupError(`The demo city could not be made (${message}): try again, or ${instead}.`, error)
  }
}

/** Every report of progress is a chance to stop. */
function untilStopped(progress: Progress, signal: AbortSignal): Progress {
  return (text) => {
    signal.throwIfAborted()
    progress(text)
  }
}

async function checkPort(port: number): Promise<void> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new SetupError(`PORT is not a port: ${process.env.PORT}.`)
  if (await isFree(port)) return
  throw new SetupError(
    `Port ${port} is taken: stop what uses it, or choose another with PORT=${port + 1} npm run demo.`,
  )
}
