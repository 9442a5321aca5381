import { sql } from 'drizzle-orm'
import { expect, onTestFinished } from 'vitest'
import { connect } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildCopies } from '#db/factories/copies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { events, publicationCopies, reports } from '#db/schema/index.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'
import { test } from '#server/http/testing/open311-desk.ts'
import { partner } from '#server/http/testing/open311-partner.ts'
import { apiLimits } from '#server/platform/rules/limits.ts'
import { listOwnReports } from '#server/rest/queries/reports.ts'
import { publishedRequests } from './queries/published.ts'
import { ownRequests } from './queries/requests.ts'
import { ownUpdates } from './queries/updates.ts'
import { readFilter } from './rules/filters.ts'

type PlanNode = {
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Index Name'?: string
  'Relation Name'?: string
  Plans?: PlanNode[]
}
const nodesOf = (plan: PlanNode): PlanNode[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]
const rowsRead = (node: PlanNode): number =>
  (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']

test('a query for changes reads only changed reports, however many reports exist', async ({ db, databaseUrl }) => {
  const { id, category } = await partner(db)
  const model = await buildReport(db, {
    source: sourceOf(id),
    categoryCode: category.code,
    receivedAt: new Date(Date.now() - 40 * 86_400_000),
    state: 'closed',
  })
  const reviewer = await buildActor(db, 'approver')
  for (let part = 0; part < 6; part++) await buildCopies(db, model, 1000)
  // Every report has older events; five reports have changed recently.
  await db.execute(sql`insert into events (at, event, subject_kind, report_id, actor_kind, details)
    select received_at + n * interval '1 day', 'report.note_added', 'report', id, 'robot', '{}'
    from ${reports}, generate_series(1, 5) n`)
  const text = sql`title, body, address, ${reviewer.id}, received_at, received_at`
  await db.execute(sql`insert into publication_copies (report_id, received_at, state, title, body, address, reviewer_id,
    reviewed_at, published_at) select id, received_at, 'published', ${text} from ${reports} where id <> ${model.id}`)
  await db.execute(sql`with changed as (
      update reports set last_activity_at = now() where id in (select id from reports order by id desc limit 5) returning id)
    insert into events (at, event, subject_kind, report_id, actor_kind, details)
      select now(), 'report.note_added', 'report', id, 'robot', '{}' from changed`)
  for (const table of [reports, events, publicationCopies]) await db.execute(sql`analyze ${table}`)

  const sent: { text: string; values: unknown[] }[] = []
  const recorded = connect(databaseUrl, { max: 1, record: (text, values) => sent.push({ text, values }) })
  onTestFinished(() => recorded.close())
  const filter = readFilter(
    new URLSearchParams({ updated_after: new Date(Date.now() - 60_000).toISOString() }),
    new Date(),
  )
  const words = { state: (label: string) => label, ended: () => null }
  const explained = async (list: () => Promise<{ length: number }>) => {
    sent.length = 0
    const found = await list()
    const query = sent.find((each) => each.text.includes('e.at'))
    const [plan] = await recorded.sql.unsafe(`explain (analyze, format json) ${query?.text}`, query?.values as never[])
    return { found: found.length, nodes: nodesOf(plan?.['QUERY PLAN'][0].Plan) }
  }
  const usual = readFilter(new URLSearchParams(), new Date(), { ...apiLimits.list, usualDays: apiLimits.updatesDays })
  const after = (days: number) => ({
    limit: 200,
    updated_after: new Date(Date.now() - days * 86_400_000).toISOString(),
  })
  const lists = {
    own: [() => ownRequests(recorded.db, id, filter, 1000, words), 5],
    updates: [() => ownUpdates(recorded.db, { id, extendedStatuses: false }, filter), 0],
    'updates without parameters': [() => ownUpdates(recorded.db, { id, extendedStatuses: false }, usual), 0],
    published: [() => publishedRequests(recorded.db, filter, 100, words), 5],
    'after an hour': [() => listOwnReports(recorded.db, id, after(0.04)).then(({ items }) => items), 5],
    'after two days': [() => listOwnReports(recorded.db, id, after(2)).then(({ items }) => items), 5],
  } as const
  for (const [name, [list, expected]] of Object.entries(lists)) {
    const { found, nodes } = await explained(list)
    expect([name, found]).toEqual([name, expected])
    expect(nodes.map((node) => node['Index Name'])).toContain('events_at')
    expect(Math.max(...nodes.map(rowsRead)), name).toBeLessThan(50)
  }
  // For older times the last event of each report is checked before other data of the report is read.
  const { found, nodes } = await explained(() => listOwnReports(recorded.db, id, after(20)).then(({ items }) => items))
  expect(found).toBe(5)
  const others = nodes.filter((node) => /categories|report_answers|report_photos/.test(node['Relation Name'] ?? ''))
  expect(Math.max(...others.map((node) => node['Actual Loops']))).toBeLessThan(50)
})
