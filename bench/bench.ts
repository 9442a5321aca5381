import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { connect, type DatabaseClient } from '#db/client.ts'
import { dataFolder } from '#db/embedded-home.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { findChromium } from '#scripts/browser.ts'
import { fillCity } from '#scripts/city.ts'
import { cityOptions } from '#scripts/city-options.ts'
import { embeddedDatabase, type ScriptDatabase } from '#scripts/database.ts'
import { buildIfChanged } from '#scripts/production.ts'
import { runScript, step } from '#scripts/step.ts'
import { mapDay, readingJobs } from './app-jobs.ts'
import { browserFigures } from './browser.ts'
import { bulkFigures } from './bulk.ts'
import { citizenFigures } from './citizens.ts'
import { duplicateQuality } from './duplicates.ts'
import { insightJobs } from './insight-jobs.ts'
import type { Job, Statement } from './jobs.ts'
import { keyFigures } from './keys.ts'
import { liveFigures } from './live.ts'
import { mapFigures } from './map-browser.ts'
import { type Measured, type Shot, type Stretch, shoot, summed } from './measure.ts'
import { neighbourFigures } from './neighbours.ts'
import { benchPartner, intakeFigures, listJob } from './open311.ts'
import { overheadOf } from './overhead.ts'
import { plainFigures } from './plain.ts'
import { residentMemory, secret, startApp, startFloor } from './processes.ts'
import { publicFigures } from './public.ts'
import { signIn } from './sign-in.ts'
import { soakFigures } from './soak.ts'
import { statementFile } from './statement-file.ts'
import { header, memoryRow, rowOf, verdict } from './table.ts'
import { leaveAsSeeded, writingJobs } from './writing-jobs.ts'

const folder = join(dataFolder, 'bench')

/** Floor and desk take turns, because the speed of a shared machine changes from one second to the next. */
const turns = 4

/**
 * Measures the built desk with a million reports, each job compared with the same SQL through postgres.js in a bare
 * server, in the same run on the same machine: the ratios are meaningful. `--reports N` uses a smaller city,
 * `--seconds N` measures longer, `--only name,name` runs some of the jobs, `--only soak --minutes N` checks whether
 * memory grows under mixed load. It writes (inserts, assignments), so it has a separate database server in
 * `.data/bench`: a running demo is not affected.
 */
await runScript(async () => {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    options: {
      reports: { type: 'string', default: '1000000' },
      seconds: { type: 'string', default: '8' },
      minutes: { type: 'string', default: '10' },
      only: { type: 'string' },
    },
  })
  process.env.AUTH_SECRET = secret
  process.env.FILES_DIR = join(folder, 'files')
  const database = await embeddedDatabase(`ihanoi_bench_${values.reports}`, folder)
  try {
    await step('Schema', () => migrateDatabase(database.url))
    await step('City', (progress) => fillOnce(database, values.reports, progress))
    await step('Build', (progress) => buildIfChanged(progress))
    if (values.only === 'soak') await soakAlone(database.url, Number(values.minutes))
    else await measureAll(database.url, Number(values.seconds), values.only?.split(','))
  } finally {
    await database.stop()
  }
  return 0
})

/** An existing city is measured unchanged: continuing it to today would make earlier runs incomparable. */
async function fillOnce(database: ScriptDatabase, reports: string, progress: (text: string) => void): Promise<void> {
  const { sql, close } = connect(database.url, { max: 1 })
  const [mark] = await sql`select 1 from settings where key = 'demo_city'`
  await close()
  if (!mark) await fillCity(database, cityOptions(['--reports', reports]), progress)
}

/** Run separately: memory that another job leaves in the process would count as the initial memory. */
async function soakAlone(databaseUrl: string, minutes: number): Promise<void> {
  const client = connect(databaseUrl, { max: 4 })
  try {
    for (const row of await soakFigures(client, databaseUrl, minutes)) console.log(row)
  } finally {
    await client.close()
  }
}

async function measureAll(databaseUrl: string, seconds: number, only: string[] | undefined): Promise<void> {
  const record: Statement[] = []
  const client = connect(databaseUrl, { max: 4, record: (text, values) => record.push({ text, values }) })
  await step('Tidying', () => leaveAsSeeded(client))
  const [dispatcher, officer] = [await signIn(client, 'dieuphoi'), await signIn(client, 'canbo.hoankiem')]
  const manager = await signIn(client, 'lanhdao.tp')
  const readers: Record<string, typeof manager> = { mine: officer, what_if: manager, today: manager }
  record.length = 0
  const { insert, assign } = await writingJobs(client, seconds)
  const writing = [insert, assign]
  const partner = !only || only.includes('open311') ? await benchPartner(client) : null
  const all = [
    ...(await readingJobs({ client, record, session: dispatcher.session, officer: officer.session })),
    ...(await insightJobs(client)),
    ...writing,
    ...(partner ? [await listJob(client, record, partner)] : []),
  ]
  const jobs = all.filter((job) => !only || only.includes(job.name))
  const app = await startApp(databaseUrl)
  const floor = await startFloor(
    databaseUrl,
    statementFile(jobs.flatMap((job) => job.variants.map(({ statements }) => statements))),
  )
  try {
    console.log(`\n${header}`)
    let offset = 0
    for (const job of jobs) {
      const headers = job.headers ?? headersOf(app, readers[job.name] ?? dispatcher)
      console.log(await judge(client, job, offset, { app: app.url, floor: floor.url, headers, seconds }))
      offset += job.variants.length
    }
    if (!only || only.includes('plain')) {
      const sides = { app: app.url, databaseUrl, headers: headersOf(app, dispatcher), seconds }
      for (const row of await plainFigures(client, all, sides)) console.log(row)
    }
    if (!only || only.includes('duplicates')) console.log(duplicateQuality())
    if (!only || only.includes('live')) {
      for (const row of await liveFigures(client, app, seconds)) console.log(row)
    }
    if (!only || only.includes('bulk')) {
      // So many rows require a recent confirmation of identity, and the earlier jobs took longer than one is valid.
      const { token } = await signIn(client, 'dieuphoi')
      for (const row of await bulkFigures(client, app, databaseUrl, token, insert)) console.log(row)
    }
    if (!only || only.includes('neighbours')) {
      for (const row of await neighbourFigures(client, app)) console.log(row)
    }
    if (!only || only.includes('public')) {
      for (const row of await publicFigures(client, app, seconds)) console.log(row)
    }
    if (partner) {
      const sides = { url: app.url, headers: headersOf(app, dispatcher) }
      for (const row of await intakeFigures(client, insert, sides, partner)) console.log(row)
    }
    if (!only || only.includes('citizens')) console.log(await citizenFigures(client, app.url, seconds))
    if (!only || only.includes('overhead')) {
      for (const job of writing) {
        console.log(await overheadOf(client, job, { url: app.url, headers: headersOf(app, dispatcher) }))
      }
    }
    console.log(memoryRow(residentMemory(app.pid)))
    if (!only || only.includes('map')) {
      console.log(
        await mapFigures(await findChromium(() => undefined), app.url, dispatcher.token, await mapDay(client)),
      )
    }
    if (!only || only.includes('browser')) {
      const chromium = await findChromium(() => undefined)
      console.log(await browserFigures(chromium, app.url, dispatcher.token))
      console.log(await keyFigures(chromium, app.url, dispatcher.token))
    }
  } finally {
    await floor.stop()
    await app.stop()
    await client.close()
  }
}

type Sides = { app: string; floor: string; headers: Record<string, string>; seconds: number }

function headersOf({ url }: { url: string }, { token }: { token: string }) {
  return { cookie: `next-auth.session-token=${token}`, origin: url, 'content-type': 'application/json' }
}

/** Refused requests are fast and must not be measured. */
async function assertAnswered({ name, variants, once }: Job, { app, headers }: Sides): Promise<void> {
  for (const { path } of once ? [] : variants) {
    const answer = await fetch(app + path, { headers })
    if (!answer.ok) throw new Error(`${name} is answered with ${answer.status}: ${await answer.text()}`)
  }
}

/**
 * A statement of the floor runs on for a moment after its client has gone; the desk's turn begins after it.
 */
async function untilOver({ sql }: DatabaseClient): Promise<void> {
  for (;;) {
    const running = await sql`select from pg_stat_activity
      where datname = current_database() and state = 'active' and backend_type = 'client backend' and pid <> pg_backend_pid()`
    if (running.length === 0) return
    await pause(20)
  }
}

async function judge(client: DatabaseClient, job: Job, offset: number, sides: Sides): Promise<string> {
  const { app, floor, headers, seconds } = sides
  await assertAnswered(job, sides)
  const floorShots: Shot[] = job.variants.map((_, at) => ({ method: 'GET', path: `/${offset + at}` }))
  const measured: Record<'floor' | 'app', Measured[]> = { floor: [], app: [] }
  for (const connections of job.target.share > 0 ? [1, 16] : [1]) {
    const range = { connections, seconds: seconds / turns }
    const shots: Shot[] = (await job.shots?.(connections)) ?? job.variants.map(({ path }) => ({ method: 'GET', path }))
    const perTurn = job.once ? Math.ceil(shots.length / turns) : 0
    const stretches: Record<'floor' | 'app', Stretch[]> = { floor: [], app: [] }
    for (let turn = 0; turn < turns; turn += 1) {
      stretches.floor.push(await shoot({ url: floor, ...range }, floorShots))
      await untilOver(client)
      const taken = job.once ? shots.splice(0, perTurn) : shots
      stretches.app.push(await shoot({ url: app, headers, ...range }, taken, job.once))
    }
    measured.floor.push(summed(stretches.floor))
    measured.app.push(summed(stretches.app))
  }
  const [floorOne, floorMany] = measured.floor as [Measured, Measured?]
  const [appOne, appMany] = measured.app as [Measured, Measured?]
  const quartet = { floorOne, appOne, many: floorMany && appMany ? { floor: floorMany, app: appMany } : null }
  return rowOf(job, quartet, verdict(job.target, quartet))
}
