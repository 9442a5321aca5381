import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { encode } from 'next-auth/jwt'
import { connect, type DatabaseClient } from '#db/client.ts'
import { startPostgres } from '#db/embedded.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { findChromium } from '#scripts/browser.ts'
import { fillCity } from '#scripts/city.ts'
import { cityOptions } from '#scripts/city-options.ts'
import { buildIfChanged } from '#scripts/production.ts'
import { runScript, step } from '#scripts/step.ts'
import { actorOf } from '#server/accounts/queries/actors.ts'
import { readingJobs } from './app-jobs.ts'
import { browserFigures } from './browser.ts'
import type { Job, Statement } from './jobs.ts'
import { type Measured, measure } from './measure.ts'
import { residentMemory, secret, startApp, startFloor } from './processes.ts'
import { header, memoryRow, rowOf, verdict } from './table.ts'
import { writingJobs } from './writing-jobs.ts'

/**
 * Measures the built desk against a million reports, each job beside the same SQL through postgres.js in a bare server, in
 * the same run on the same machine: read the ratios. `--reports N` takes a smaller city, `--seconds N` a longer look,
 * `--only name,name` some of the jobs. It writes (inserts, assignments) into its own database, `ihanoi_bench_N`.
 */
await runScript(async () => {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    options: {
      reports: { type: 'string', default: '1000000' },
      seconds: { type: 'string', default: '8' },
      only: { type: 'string' },
    },
  })
  const server = await startPostgres()
  const url = await server.database(`ihanoi_bench_${values.reports}`)
  process.env.DATABASE_URL = url
  process.env.AUTH_SECRET = secret
  await step('Schema', () => migrateDatabase(url))
  await step('City', (progress) => fillOnce(url, values.reports, progress))
  await step('Build', (progress) => buildIfChanged(progress))
  await measureAll(url, Number(values.seconds), values.only?.split(','))
  await server.stop()
  return 0
})

/** A city that is there is measured as it stands: living it on would change what earlier runs saw. */
async function fillOnce(url: string, reports: string, progress: (text: string) => void): Promise<void> {
  const { sql, close } = connect(url, { max: 1 })
  const [known] = await sql`select 1 from reports limit 1`
  await close()
  if (!known) await fillCity({ url, stop: async () => undefined }, cityOptions(['--reports', reports]), progress)
}

async function measureAll(databaseUrl: string, seconds: number, only: string[] | undefined): Promise<void> {
  const record: Statement[] = []
  const client = connect(databaseUrl, { max: 4, record: (text, values) => record.push({ text, values }) })
  const [dispatcher, officer] = [await signIn(client, 'dieuphoi'), await signIn(client, 'canbo.hoankiem')]
  record.length = 0
  const jobs = [
    ...(await readingJobs({ client, record, session: dispatcher.session, officer: officer.session })),
    ...(await writingJobs(client, seconds)),
  ].filter((job) => !only || only.includes(job.name))
  const app = await startApp(databaseUrl)
  const floor = await startFloor(databaseUrl, statementFile(jobs))
  try {
    console.log(`\n${header}`)
    let offset = 0
    for (const job of jobs) {
      const headers = {
        cookie: `next-auth.session-token=${job.name === 'mine' ? officer.token : dispatcher.token}`,
        origin: app.url,
        'content-type': 'application/json',
      }
      console.log(await judge(job, offset, { app: app.url, floor: floor.url, headers, seconds }))
      offset += job.variants.length
    }
    console.log(memoryRow(residentMemory(app.pid)))
    if (!only || only.includes('browser'))
      console.log(await browserFigures(await findChromium(() => undefined), app.url, dispatcher.token))
  } finally {
    await floor.stop()
    await app.stop()
    await client.close()
  }
}

type Sides = { app: string; floor: string; headers: Record<string, string>; seconds: number }

async function judge(job: Job, offset: number, { app, floor, headers, seconds }: Sides): Promise<string> {
  const measured: Record<'floor' | 'app', Measured[]> = { floor: [], app: [] }
  for (const connections of [1, 16]) {
    const floorShots = job.variants.map((_, at) => ({ method: 'GET' as const, path: `/${offset + at}` }))
    measured.floor.push(await measure({ url: floor, connections, seconds }, floorShots))
    const shots = job.shots
      ? await job.shots(connections)
      : job.variants.map(({ path }) => ({ method: 'GET' as const, path }))
    measured.app.push(await measure({ url: app, headers, connections, seconds }, shots, job.once))
  }
  const [floorOne, floorMany] = measured.floor as [Measured, Measured]
  const [appOne, appMany] = measured.app as [Measured, Measured]
  return rowOf(
    job,
    { floorOne, floorMany, appOne, appMany },
    verdict(job.target, { floorOne, floorMany, appOne, appMany }),
  )
}

async function signIn(client: DatabaseClient, username: string) {
  const { id, accountId } = await buildSession(client.db, username)
  const actor = await actorOf(client.db, accountId)
  if (!actor) throw new Error(`there is no account ${username}`)
  const token = await encode({ token: { sub: accountId, sid: id }, secret })
  return { token, session: { id, accountId, actor, lastSeenAt: new Date() } }
}

function statementFile(jobs: Job[]): string {
  const path = join(tmpdir(), `ihanoi-bench-${randomUUID()}.json`)
  writeFileSync(path, JSON.stringify(jobs.flatMap((job) => job.variants.map(({ statements }) => statements))))
  return path
}
