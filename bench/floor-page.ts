import process from 'node:process'
import { connect } from '#db/client.ts'
import { runScript } from '#scripts/step.ts'
import { createCallerFactory } from '#server/procedures/init.ts'
import { parseQueue } from '#server/reports/rules/queue-address.ts'
import { appRouter } from '#server/trpc/root.ts'
import { busyAgencies } from './app-jobs.ts'
import { type Statement, statementsOf } from './jobs.ts'
import { type Shot, shoot, summed } from './measure.ts'
import { startFloor } from './processes.ts'
import { signIn } from './sign-in.ts'
import { statementFile } from './statement-file.ts'

const seconds = 2

/**
 * Prints the milliseconds of the queue page of the floor, the median of one connection, on the city of DATABASE_URL:
 * how fast this machine is at this moment.
 */
await runScript(async () => {
  const url = process.env.DATABASE_URL ?? ''
  const record: Statement[] = []
  const client = connect(url, { max: 2, record: (text, values) => record.push({ text, values }) })
  try {
    const { session } = await signIn(client, 'dieuphoi')
    const context = { db: client.db, now: () => new Date(), requestId: 'floor', ip: null, session }
    const { reports } = createCallerFactory(appRouter)(context)
    const pages: Statement[][] = []
    for (const agency of await busyAgencies(client)) {
      pages.push(await statementsOf(record, () => reports.queue({ queue: parseQueue({ agency }, 'open') })))
    }
    const floor = await startFloor(url, statementFile(pages))
    try {
      const shots = pages.map((_, at): Shot => ({ method: 'GET', path: `/${at}` }))
      console.log(summed([await shoot({ url: floor.url, connections: 1, seconds }, shots)]).p50.toFixed(2))
    } finally {
      await floor.stop()
    }
  } finally {
    await client.close()
  }
  return 0
})
process.exit()
