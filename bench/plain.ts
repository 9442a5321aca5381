import type { DatabaseClient } from '#db/client.ts'
import { busyAgencies } from './app-jobs.ts'
import { type Job, type Statement, spreadCodes } from './jobs.ts'
import type { Shot } from './measure.ts'
import { hasOutsideClient, type Rate, shootFromOutside } from './outside-client.ts'
import { startFloor } from './processes.ts'
import { statementFile } from './statement-file.ts'
import { line } from './table.ts'

/** Floor and desk take turns, because the speed of a shared machine changes from one second to the next. */
const turns = 3
const connections = 16

/** What is asked of the desk: its share of the rate of the plain floor. */
const goals = { queue: 0.35, report: 0.15, insert: 0.15, assign: 0.25 } as const
type PlainJob = keyof typeof goals
const plainJobs = Object.keys(goals) as PlainJob[]

type Sides = { app: string; databaseUrl: string; headers: Record<string, string>; seconds: number }

/**
 * The rates of the desk against a plain floor: the plainest SQL for the same rows, without scope, without totals and
 * names, through postgres.js in a bare server. The client is a program outside Node where one is installed.
 */
export async function plainFigures(client: DatabaseClient, jobs: readonly Job[], sides: Sides): Promise<string[]> {
  const chosen = jobs.flatMap((job) => plainJobs.filter((name) => name === job.name).map((name) => ({ name, job })))
  const statements = await Promise.all(chosen.map(({ name }) => plainStatements[name](client)))
  const floor = await startFloor(sides.databaseUrl, statementFile(statements.flat()))
  try {
    const rows = [`plain floor, 16 connections, client: ${hasOutsideClient() ? 'wrk' : 'autocannon'}`]
    let offset = 0
    for (const [at, { name, job }] of chosen.entries()) {
      const count = statements[at]?.length ?? 0
      const paths = Array.from({ length: count }, (_, n): Shot => ({ method: 'GET', path: `/${offset + n}` }))
      rows.push(await compared(name, job, paths, { ...sides, floor: floor.url }))
      offset += count
    }
    return rows
  } finally {
    await floor.stop()
  }
}

async function compared(
  name: PlainJob,
  job: Job,
  floorShots: Shot[],
  { app, floor, headers, seconds }: Sides & { floor: string },
): Promise<string> {
  const range = { connections, seconds: Math.max(1, Math.round(seconds / turns)) }
  const shots = (await job.shots?.(connections)) ?? job.variants.map(({ path }): Shot => ({ method: 'GET', path }))
  const perTurn = Math.ceil(shots.length / turns)
  const rates: Record<'floor' | 'app', Rate[]> = { floor: [], app: [] }
  for (let turn = 0; turn < turns; turn += 1) {
    rates.floor.push(await shootFromOutside({ url: floor, ...range }, floorShots))
    const taken = job.once ? shots.splice(0, perTurn) : shots
    rates.app.push(await shootFromOutside({ url: app, headers, ...range }, taken, job.once))
  }
  const [plain, desk] = [summedRate(rates.floor), summedRate(rates.app)]
  const share = desk.rate / plain.rate
  const failed = plain.failed + desk.failed
  const words = failed > 0 ? `${failed} FAILED` : share >= goals[name] ? 'reached' : 'missed'
  const figures = [plain.rate.toFixed(0), desk.rate.toFixed(0), share.toFixed(2), `${goals[name]} ${words}`]
  return line([`plain: ${job.title}`, '', '', ...figures])
}

function summedRate(rates: readonly Rate[]): { rate: number; failed: number } {
  const sum = (key: keyof Rate) => rates.reduce((total, rate) => total + rate[key], 0)
  return { rate: sum('requests') / sum('seconds'), failed: sum('failed') }
}

/** The statements of each request of the floor. */
const plainStatements: Record<PlainJob, (client: DatabaseClient) => Promise<Statement[][]>> = {
  queue: async (client) =>
    (await busyAgencies(client)).map((agency) => [
      {
        text: `select id, code, title, state, severity, category_code, area_id, address, assignee_id, due_at, received_at
          from reports where agency_id = $1 and due_at is not null order by due_at, received_at, id limit 50`,
        values: [agency],
      },
    ]),
  report: async ({ sql }) =>
    (await spreadCodes(sql, 60)).map((code) => [
      { text: 'select * from reports where code = $1', values: [code] },
      {
        text: 'select * from events where report_id = (select id from reports where code = $1) order by id',
        values: [code],
      },
    ]),
  insert: async () => [[plainInsert]],
  assign: async ({ sql }) => {
    const rows = await sql<{ id: number; agency: string }[]>`
      select id, (select id from agencies order by id limit 1) as agency from reports where source = 'floor' limit 400`
    return rows.map(({ id, agency }) => [
      { text: 'update reports set agency_id = $2, version = version + 1 where id = $1', values: [id, agency] },
      {
        text: `insert into events (at, event, subject_kind, report_id, actor_kind, details)
          values (now(), 'report.assigned', 'report', $1, 'robot', '{}')`,
        values: [id],
      },
    ])
  },
}

const plainInsert: Statement = {
  text: `insert into reports (code, state, severity, channel, category_code, title, body, received_at, matures_at,
      last_activity_at, last_activity_by, source, source_key)
    values ('FLOOR-' || gen_random_uuid(), 'awaiting_intake', 'urgent', 'hotline', 'CX-01', $1, $2, now(),
      now() + interval '7 days', now(), 'citizen', 'floor', gen_random_uuid()::text) returning id`,
  values: [
    'Cây đổ chắn ngang đường',
    'Cây xà cừ to bật gốc nằm chắn hết lối đi, xe máy không qua được, đề nghị cưa dọn sớm.',
  ],
}
