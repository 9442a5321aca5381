import { closeDatabase } from '#db/client.ts'
import { outliveLostConnections } from '#server/platform/last-resort.ts'
import { log, logAs } from '#server/platform/log.ts'
import { untilAskedToStop } from '#server/platform/signals.ts'
import { following, jobs, schedule } from './registry.ts'
import { startWorker } from './worker.ts'

logAs('worker')
outliveLostConnections()
/** A separate worker without pages: any number of these may run. */
const worker = await startWorker({ jobs, schedule, following })
log.info('worker is at work')
await untilAskedToStop()
log.info('worker leaves')
await worker.stop()
await closeDatabase()
