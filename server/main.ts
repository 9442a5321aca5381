import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import next from 'next'
import { closeDatabase, connectForJobs, db } from '#db/client.ts'
import { SetupError } from '#db/setup-error.ts'
import { robot } from './accounts/rules/actor.ts'
import { alertKey, NoAlertKey } from './bulletins/alert-key.ts'
import { doors, openDoors, pageDoors, programDoors } from './doors.ts'
import { serveAsBuilt } from './http/built-config.ts'
import { builtFiles } from './http/built-files.ts'
import { createDeskServer } from './http/desk-server.ts'
import { leaveInOrder } from './http/leave.ts'
import { warmCache } from './insights/queries/warm-cache.ts'
import { following, jobs, schedule } from './jobs/registry.ts'
import { startWorker } from './jobs/worker.ts'
import { now } from './platform/clock.ts'
import { environment } from './platform/environment.ts'
import { outliveLostConnections } from './platform/last-resort.ts'
import { log, logAs } from './platform/log.ts'
import { leavingLimits } from './platform/rules/limits.ts'
import { untilAskedToStop } from './platform/signals.ts'

logAs('desk')
outliveLostConnections()
const settings = environment()
const { port, host, appUrl } = settings
// next-auth reads its own address from here; without one it uses the host of the request.
if (appUrl) process.env.NEXTAUTH_URL = appUrl.origin
else process.env.AUTH_TRUST_HOST = '1'

// An invalid key is reported now, not when the first alert is read. Without a key the rest of the desk still works.
await alertKey().catch((error: unknown) => {
  if (!(error instanceof NoAlertKey)) throw error
  log.error({ alarm: 'no_alert_key' }, error.message)
})

const root = join(import.meta.dirname, '..')
if (settings.production) serveAsBuilt(root)
const desk = next({ dev: !settings.production, dir: root, port, hostname: host })
await desk.prepare()
const leaving = new AbortController()
const server = createDeskServer({
  environment: settings,
  files: settings.production ? builtFiles(root) : (_request, _response, otherwise) => otherwise(),
  pages: desk.getRequestHandler(),
  doors,
  openDoors,
  pageDoors,
  programDoors,
  leaving: leaving.signal,
})
await new Promise<void>((settle, fail) => {
  server.once('error', (error: NodeJS.ErrnoException) => fail(error.code === 'EADDRINUSE' ? portTaken(error) : error))
  server.listen({ port, host }, settle)
})
const worker = settings.worker ? await startWorker({ jobs, schedule, following }) : undefined
log.info({ port, worker: settings.worker, demo: settings.demo }, 'desk is open')
const reading = connectForJobs(1)
warmCache({ db: reading.db, actor: robot, now }, db)
  .catch((error: unknown) => log.warn({ err: error }, 'the sums of the boards are read when somebody opens one'))
  .finally(reading.close)

await untilAskedToStop()
// In the demo and in development there is no load balancer.
const noticeSeconds = settings.production && !settings.demo ? leavingLimits.noticeSeconds : 0
log.info({ noticeSeconds }, 'desk leaves')
// The process ends even if something fails during shutdown: the database may have stopped first.
const goodbye = close().catch((error: unknown) => log.warn({ err: error }, 'desk did not close in order'))
await Promise.race([goodbye, pause((noticeSeconds + leavingLimits.goodbyeSeconds) * 1000)])
process.exit()

function portTaken(cause: Error): SetupError {
  return new SetupError(`Port ${port} is taken: stop what uses it, or choose another with PORT=${port + 1}.`, cause)
}

/** Finishes the work in progress, jobs as well as requests. */
async function close(): Promise<void> {
  await Promise.all([leaveInOrder({ server, noticeSeconds, announce: () => leaving.abort() }), worker?.stop()])
  await desk.close()
  await closeDatabase()
}
