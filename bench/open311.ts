import { randomUUID } from 'node:crypto'
import type { DatabaseClient } from '#db/client.ts'
import { buildApiClient } from '#db/factories/api-clients.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'
import { publishedRequests } from '#server/open311/queries/published.ts'
import { ownRequests } from '#server/open311/queries/requests.ts'
import { readFilter } from '#server/open311/rules/filters.ts'
import { benchReporter, wordsOfMany } from './app-jobs.ts'
import { type Job, type Statement, statementsOf } from './jobs.ts'
import { type Measured, type Shot, type Stretch, shoot, summed } from './measure.ts'
import { line } from './table.ts'

/** Open311 and the desk alternate, so that both see the same load of the machine. */
const turns = 4
const mostRatio = 1.3
/** High enough that no request of the bench is refused. */
const unlimited = 1_000_000_000

export type Partner = { id: string; headers: Record<string, string> }

/** A client without limits that has sent a part of the city's reports. */
export async function benchPartner({ db, sql }: DatabaseClient): Promise<Partner> {
  const [known] = await sql<{ id: string }[]>`select id from api_clients where name = 'Bench' limit 1`
  const agency = await sql<{ id: string }[]>`select id from agencies where parent_id is null`
  const built = await buildApiClient(db, {
    name: known ? `Bench ${randomUUID()}` : 'Bench',
    agencyId: agency[0]?.id as string,
    requestsPerMinute: unlimited,
    reportsPerDay: unlimited,
  })
  await sql`update reports set source = ${sourceOf(built.id)} where source like 'client:%' or (source <> 'floor' and id % 10 = 0)`
  await sql`vacuum (analyze) reports`
  return { id: built.id, headers: { 'x-api-key': built.key } }
}

/** The lists that a partner requests. The floor is a bare server that runs the same statements. */
export async function listJob({ db }: DatabaseClient, record: Statement[], { id, headers }: Partner): Promise<Job> {
  const now = new Date()
  const day = 86_400_000
  const queries = Array.from({ length: 24 }, (_, at) => {
    const end = new Date(now.getTime() - at * 3 * day).toISOString()
    return new URLSearchParams({ page_size: '50', end_date: end, ...(at % 3 === 2 && { status: 'closed' }) })
  })
  const words = { state: (label: string) => label, ended: () => null }
  const variants: Job['variants'] = []
  for (const query of queries) {
    const filter = readFilter(query, now)
    const statements = await statementsOf(record, async () => {
      await ownRequests(db, id, filter, filter.pageSize, words)
      await publishedRequests(db, filter, filter.pageSize, words, sourceOf(id))
    })
    variants.push({ path: `/open311/v2/requests.json?${query}`, statements })
  }
  const title = 'Open311: a page of 50 requests of a partner, own and published'
  return { name: 'open311', title, target: { share: 0.3, mostMillis: 1000 }, variants, headers, once: false }
}

type Sides = { url: string; headers: Record<string, string> }

/** Compares receiving a report by Open311 with the desk, which runs the same command. */
export async function intakeFigures(
  client: DatabaseClient,
  insert: Job,
  { url, headers }: Sides,
  partner: Partner,
): Promise<string[]> {
  const words = await wordsOfMany(client)
  const [area] = await client.sql<{ lon: number; lat: number }[]>`
    select label_lon as lon, label_lat as lat from areas limit 1`
  const sent = (at: number): Shot => {
    const { title, body, category_code } = words[at % words.length] as (typeof words)[number]
    const fields = {
      service_code: category_code,
      description: body,
      'attribute[title]': title,
      address_string: '12 phố Lò Đúc',
      lat: String(area?.lat),
      long: String(area?.lon),
      last_name: benchReporter.name,
      phone: benchReporter.phone,
      external_id: randomUUID(),
    }
    return { method: 'POST', path: '/open311/v2/requests.json', body: new URLSearchParams(fields).toString() }
  }
  const asForm = { ...partner.headers, 'content-type': 'application/x-www-form-urlencoded' }
  const rows: string[] = []
  for (const connections of [1, 16]) {
    const wanted = connections === 1 ? 200 : 800
    const own = (await insert.shots?.(connections, wanted)) ?? []
    const others = Array.from({ length: wanted }, (_, at) => sent(at))
    const stretches: Record<'desk' | 'program', Stretch[]> = { desk: [], program: [] }
    for (let turn = 0; turn < turns; turn += 1) {
      const range = { url, connections, seconds: 0 }
      stretches.desk.push(await shoot({ ...range, headers }, own.splice(0, wanted / turns), true))
      stretches.program.push(await shoot({ ...range, headers: asForm }, others.splice(0, wanted / turns), true))
    }
    rows.push(rowOf(connections, summed(stretches.desk), summed(stretches.program)))
  }
  return rows
}

const ms = ({ p50, p95 }: Measured) => `${p50.toFixed(1)}/${p95.toFixed(1)} ms`

function rowOf(connections: number, desk: Measured, program: Measured): string {
  const ratio = connections === 1 ? program.p50 / desk.p50 : desk.rate / program.rate
  const failed = desk.failed + program.failed
  return line([
    `intake at the desk, and by Open311: ×${ratio.toFixed(2)} at ${connections} connections (most ×${mostRatio})`,
    ms(desk),
    ms(program),
    desk.rate.toFixed(0),
    program.rate.toFixed(0),
    (program.rate / desk.rate).toFixed(2),
    failed > 0 ? `${failed} FAILED` : ratio <= mostRatio ? 'reached' : 'missed',
  ])
}
