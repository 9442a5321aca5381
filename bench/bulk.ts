import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { DatabaseClient } from '#db/client.ts'
import type { BulkPreview } from '#server/bulk/queries/preview.ts'
import type { RunView } from '#server/bulk/queries/runs.ts'
import { mostRows } from '#server/bulk/rules/run.ts'
import { wire } from '#server/platform/rules/wire.ts'
import { queueOf } from '#server/reports/rules/queue.ts'
import { benchReporter } from './app-jobs.ts'
import { type Job, mutationBody, queryPath } from './jobs.ts'
import { shoot } from './measure.ts'
import { startWorkerProcess } from './processes.ts'
import { line } from './table.ts'

type App = { url: string }

/** Jobs that a worker catches up when it starts after some days: they would slow the run down. */
const nightly = ['seal_days', 'check_seals', 'check_figures', 'sum_up_months']

type Call = <Answer>(path: string, body?: string) => Promise<Answer>

/**
 * A bulk action on the maximum number of reports, by a separate worker: its speed, and the speed of the queue
 * meanwhile; once on its own, and once while the same worker catches up years of seals, sums, figures and search words,
 * as after an import. `insert`: adds new reports if there are too few open ones.
 */
export async function bulkFigures(
  client: DatabaseClient,
  app: App,
  databaseUrl: string,
  token: string,
  insert: Job,
): Promise<string[]> {
  const headers = {
    cookie: `next-auth.session-token=${token}`,
    origin: app.url,
    'content-type': 'application/json',
  }
  const call: Call = async <Answer>(path: string, body?: string): Promise<Answer> => {
    const answer = await fetch(app.url + path, { headers, ...(body && { method: 'POST', body }) })
    if (!answer.ok) throw new Error(`${path} is answered with ${answer.status}: ${await answer.text()}`)
    return wire.deserialize(((await answer.json()) as { result: { data: unknown } }).result.data) as Answer
  }
  const known = await openReports(client)
  if (known.length < mostRows) {
    const shots = await insert.shots?.(16, mostRows - known.length)
    const { failed } = await shoot({ url: app.url, headers, connections: 16, seconds: 0 }, shots ?? [], true)
    if (failed > 0) throw new Error(`${failed} reports were not taken in`)
  }
  const calm = await bulkRun(client, databaseUrl, call, () => caughtUp(client))
  await fallBehind(client)
  const behind = await bulkRun(client, databaseUrl, call, async () => pause(2000))
  const lost = 100 * (1 - behind.rate / calm.rate)
  return [
    row(`bulk: what a change of ${mostRows} would do`, `${calm.preview.toFixed(0)} ms`),
    row('bulk: the run is frozen and confirmed after', `${calm.begun.toFixed(0)} ms`),
    row(`bulk: ${calm.changed} of ${mostRows} changed by one worker`, `${calm.rate.toFixed(0)} rows/s`),
    row(
      `bulk: the same while the worker catches up on years: ${lost.toFixed(0)} % less (goal: 20)`,
      `${behind.rate.toFixed(0)} rows/s`,
    ),
    row('bulk: a page of the queue before, p50/p95', spread(calm.quiet)),
    row('bulk: a page of the queue meanwhile, p50/p95', spread(calm.busy)),
    row('bulk: a page of the queue while the worker catches up, p50/p95', spread(behind.quiet)),
    row('bulk: a page of the queue during both, p50/p95', spread(behind.busy)),
  ]
}

/** `ready`: waits until the worker is as it should be for the run. */
async function bulkRun(client: DatabaseClient, databaseUrl: string, call: Call, ready: () => Promise<void>) {
  const reportIds = await openReports(client)
  const id = randomUUID()
  const action = { name: 'change_tags', add: [`bench ${id.slice(0, 8)}`], remove: [] }
  const looked = performance.now()
  const { meant } = await call<BulkPreview>('/api/trpc/bulk.preview', mutationBody({ reportIds, action }))
  const preview = performance.now() - looked
  const page = queryPath('reports.queue', { queue: queueOf('open') })
  const worker = await startWorkerProcess(databaseUrl)
  try {
    await ready()
    const quiet = await looks(() => call(page), 30)
    const asked = performance.now()
    await call('/api/trpc/bulk.start', mutationBody({ id, reportIds, action, expected: meant }))
    const begun = performance.now() - asked
    const busy: number[] = []
    for (;;) {
      busy.push(...(await looks(() => call(page), 10)))
      const run = await call<RunView>(queryPath('bulk.run', { id }))
      if (run.state !== 'done') continue
      const { changed } = run.counts
      return { preview, begun, changed, rate: (changed * 1000) / (performance.now() - asked), quiet, busy }
    }
  } finally {
    await worker.stop()
  }
}

/** As after the import of some years: nothing is sealed or added up, and the figures and words are out of date. */
async function fallBehind({ sql }: DatabaseClient): Promise<void> {
  await sql.begin(async (tx) => {
    // Seals are append-only: this disables the triggers that refuse deletes.
    await tx`set local session_replication_role = replica`
    await tx`delete from event_seals`
    await tx`delete from figure_sums`
    await tx`insert into stale_facts (report_id) select id from reports`
    await tx`insert into search_renewals (report_id) select id from reports on conflict do nothing`
  })
  await sql`vacuum (analyze) figure_sums`
}

/** Open reports added by the bench: ended reports keep their tags, and seeded ones are left unchanged. */
async function openReports({ sql }: DatabaseClient): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    select id from reports where due_at is not null and source = 'staff' and id in (
      select report_id from reporters where name = ${benchReporter.name} and phone = ${benchReporter.phone})
    order by id desc limit ${mostRows}`
  return rows.map(({ id }) => Number(id))
}

async function caughtUp({ sql }: DatabaseClient): Promise<void> {
  for (;;) {
    await pause(1000)
    const left =
      await sql`select 1 from graphile_worker.jobs where task_identifier = any(${nightly}) and attempts < max_attempts`
    if (left.length === 0) return
  }
}

const row = (what: string, figure: string) => line([what, '', figure, '', '', '', ''])

async function looks(look: () => Promise<unknown>, times: number): Promise<number[]> {
  const millis: number[] = []
  for (let i = 0; i < times; i++) {
    const from = performance.now()
    await look()
    millis.push(performance.now() - from)
    await pause(50)
  }
  return millis
}

function spread(millis: readonly number[]): string {
  const sorted = [...millis].sort((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1)
  return `${at(0.5)}/${at(0.95)} ms`
}
