import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { actorOf } from '#server/accounts/queries/actors.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import { findPersonalData } from '#server/publication/rules/personal-data.ts'
import { addNote } from '#server/reports/commands/add-note.ts'
import { assignReport } from '#server/reports/commands/assign-report.ts'
import { receiveForCitizen } from '#server/reports/commands/receive-for-citizen.ts'
import { renewSearch } from '#server/reports/commands/renew-search.ts'
import { reportCode } from '#server/reports/rules/report-code.ts'
import type { Database, Sql } from './client.ts'
import { drawCity } from './demo/checks/drawn-city.ts'
import { faultsOfCity } from './demo/checks/read-city.ts'
import { writePublicCopies } from './demo/public-copies.ts'
import type { ShelvedPhoto } from './demo/shelf.ts'
import { continueDemoCity, seedDemoCity } from './seed.ts'
import { test as databaseTest } from './testing.ts'

const seeded = '2026-11-25T09:40'
const continued = '2026-11-27T10:15'
const instant = (local: string) => new Date(`${local}:00+07:00`)

const test = databaseTest.extend('city', { scope: 'file', auto: true }, async ({ client }) => {
  await seedDemoCity(client, { reports: 12_000, today: instant(seeded), seed: 1, store: async () => undefined })
})

async function actingAs(db: Database, sql: Sql, username: string, local: string) {
  const [account] = await sql<{ id: string }[]>`select id from accounts where username = ${username}`
  const actor = await actorOf(db, account?.id ?? '', new Date())
  if (!actor) throw new Error(`${username} is missing`)
  return { db, actor, now: () => instant(local) }
}

/** All rows of a report. */
async function whole(sql: Sql, id: number) {
  const tables = ['report_clocks', 'report_answers', 'report_notes', 'report_messages', 'report_requests', 'events']
  const rows = tables.map((table) => sql`select * from ${sql(table)} where report_id = ${id} order by id`)
  return Promise.all([sql`select * from reports where id = ${id}`, ...rows])
}

const byHand = (text: string) => ({
  key: randomUUID(),
  channel: 'hotline' as const,
  title: text,
  body: text,
  categoryCode: 'CX-01',
  severity: null,
  address: '',
  point: null,
  occurredAt: null,
  incidentId: null,
  reporter: { name: 'Nguyễn Thị Thử', phone: '0950000001', email: '', address: '' },
})

const waiting = (sql: Sql) => sql<{ id: number; version: number }[]>`
  select id, version from reports where source = 'demo' and state = 'awaiting_intake' and return_count = 0 and merged_count = 0
  order by received_at desc limit 2`

test('the city continues while reports changed by staff are kept', { timeout: 300_000 }, async ({ client }) => {
  const { db, sql } = client
  const desk = await actingAs(db, sql, 'dieuphoi', '2026-11-25T10:05')
  const own = [
    await receiveForCitizen(desk, byHand('Cây đổ trước cổng')),
    await receiveForCitizen(desk, byHand('Cây gãy')),
  ]
  const [moved, noted] = await waiting(sql)
  if (!moved || !noted) throw new Error('nothing waits')
  await assignReport(desk, { reportId: moved.id, version: moved.version, agencyId: 'cvcx' })
  await addNote(desk, { reportId: noted.id, id: randomUUID(), body: 'Đã gọi lại cho người phản ánh.' })
  const touched = [...own, moved, noted].map(({ id }) => id)
  const before = await Promise.all(touched.map((id) => whole(sql, id)))

  await continueDemoCity(client, { today: instant(continued) })

  expect(await Promise.all(touched.map((id) => whole(sql, id)))).toEqual(before)
  const gone = await sql`select 1 from reports where received_at > ${instant(continued)}`
  expect(gone).toEqual([])
  // The day that was incomplete is complete, and all later days exist, as in a newly generated city.
  const drawn = await drawCity({ today: continued, first: seeded })
  for (const plan of drawn.city.days.slice(-3)) {
    const [{ reports } = { reports: 0 }] = await sql<{ reports: number }[]>`
      select count(*)::int as reports from reports where source = 'demo' and source_key like ${`${plan.day}/%`}`
    expect(reports, plan.day).toBe(drawn.live(plan).length)
  }
})

test('the daily report by mail goes on, and its next one is still to come', async ({ sql }) => {
  const runs = await sql`
    select m.edition, r.state, r.due_at from mailing_runs r join mailings m on m.id = r.mailing_id
    where r.due_at > ${instant(seeded)} order by r.due_at`
  const run = (local: string) => ({ edition: 'daily', state: 'sent', due_at: instant(local) })
  expect(runs).toEqual([run('2026-11-26T07:00'), run('2026-11-27T07:00')])
  const next = await sql`select next_at from mailings order by edition`
  expect(next).toEqual(
    ['2026-11-30T07:00', '2026-12-01T07:00', '2026-11-30T07:00'].map((local) => ({ next_at: instant(local) })),
  )
})

test('what the demo accounts had put off has returned, and others are put off again', async ({ sql }) => {
  const accounts = await sql<{ away: number; all: number }[]>`
    select count(*) filter (where until > ${instant(continued)})::int as away, count(*)::int as all
    from report_put_offs group by account_id`
  expect(accounts.length).toBeGreaterThan(3)
  // Those of before have returned. A slow ward has few reports with time left, so that not all find two others.
  for (const { away, all } of accounts)
    expect({ away: away > 0, returned: all - away }).toEqual({ away: true, returned: 2 })
  expect(accounts.filter(({ away }) => away === 2).length).toBeGreaterThan(2)
})

test('search finds seeded texts like those that staff write', { timeout: 60_000 }, async ({ db, sql }) => {
  const recent = sql`select id from reports where source = 'demo' and received_at > '2026-11-04'`
  const words = async () => [
    await sql`select * from report_search where report_id in (${recent}) order by report_id`,
    await sql`select id, words from report_notes where report_id in (${recent}) order by id`,
  ]
  const before = await words()
  expect(before.map(({ length }) => length > 50)).toEqual([true, true])
  await sql`insert into search_renewals ${recent}`
  const city = { db, actor: robot, now: () => instant(continued) }
  while (await renewSearch(city));
  expect(await words()).toEqual(before)
})

test('reports not changed by staff are in the generated state', async ({ sql }) => {
  const [mark] = await sql<{ photos: ShelvedPhoto[] }[]>`
    select value -> 'photos' as photos from settings where key = 'demo_city'`
  const drawn = await drawCity({ today: continued, first: seeded, photos: mark?.photos })
  const rows = await sql<{ source_key: string; state: string; version: number }[]>`
    select source_key, state, version from reports where source = 'demo' and received_at > '2026-11-04'`
  const known = new Map(rows.map((row) => [row.source_key, row]))
  const astray: string[] = []
  for (const plan of drawn.city.days.filter(({ day }) => day >= '2026-11-05')) {
    for (const { number, life } of drawn.live(plan)) {
      const row = known.get(`${plan.day}/${number}`)
      if (row?.state !== life.row.state || row.version !== life.row.version) astray.push(`${plan.day}/${number}`)
    }
  }
  // Those that staff have changed.
  expect(astray.length).toBe(2)
})

test('everything still agrees with its events, and every code is unique', async ({ db, sql }) => {
  const byStaff = await sql<{ code: string }[]>`
    select code from reports where source <> 'demo' or id in (select report_id from events where at = ${instant('2026-11-25T10:05')})`
  const faults = await faultsOfCity(db, await compiledCalendars(db))
  expect(faults.filter((fault) => !byStaff.some(({ code }) => fault.startsWith(code)))).toEqual([])
  const counters = await sql`
    select c.day from report_codes c join (
      select (received_at at time zone 'Asia/Ho_Chi_Minh')::date as day, count(*)::int as reports,
        count(distinct code)::int as codes, max(substr(code, 11)::int) as last
      from reports group by 1) r on r.day = c.day
    where c.last <> r.last or r.codes <> r.reports or r.last <> r.reports`
  expect(counters).toEqual([])
})

test('a second start within the hour does nothing, a later one continues', { timeout: 300_000 }, async ({ client }) => {
  const { sql, db } = client
  const size = () =>
    sql`select (select count(*)::int from events) as events, (select count(*)::int from reports) as reports`
  const before = await size()
  await continueDemoCity(client, { today: instant('2026-11-27T11:05') })
  expect(await size()).toEqual(before)
  await continueDemoCity(client, { today: instant('2026-12-01T08:30') })
  const [after] = await size()
  expect(after?.reports - before[0]?.reports).toBeGreaterThan(200)
  const desk = await actingAs(db, sql, 'dieuphoi', '2026-12-01T08:40')
  const [{ last } = { last: 0 }] = await sql<{ last: number }[]>`select last from report_codes where day = '2026-12-01'`
  const { code } = await receiveForCitizen(desk, byHand('Cây nghiêng'))
  expect(code).toBe(reportCode('2026-12-01', last + 1))
})

test('a report that another should have been merged into keeps its state', async ({ sql }) => {
  const lost = await sql`
    select r.code from reports r join reports c on c.id = r.merged_into_id where c.state in ('merged', 'rejected')`
  expect(lost).toEqual([])
  const counted = await sql`
    select c.code from reports c where c.merged_count <> (select count(*) from reports r where r.merged_into_id = c.id)`
  expect(counted).toEqual([])
})

test('the public reads some thirty reports, as the rules propose them, with photos; a home from before gets them', async ({
  db,
  sql,
}) => {
  const counts = async () => {
    const rows = await sql<{ state: string; count: number }[]>`
      select state, count(*)::int as count from publication_copies group by state order by state`
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
  }
  const check = async () => {
    expect(await counts()).toEqual({ draft: expect.any(Number), published: 30, withdrawn: 1 })
    expect((await counts()).draft).toBeGreaterThanOrEqual(2)
    const texts = await sql<{ title: string; body: string; address: string }[]>`
      select title, body, address from publication_copies where state = 'published'`
    const found = texts.flatMap(({ title, body, address }) => [title, body, address].flatMap(findPersonalData))
    expect(found).toEqual([])
    const [shown] = await sql<{ photos: number; strange: number }[]>`
      select count(*)::int as photos, count(*) filter (where f.purpose <> 'public_copy' or f.attached_at is null)::int as strange
      from publication_photos p join files f on f.id = p.copy_file_id`
    expect(shown?.photos).toBeGreaterThan(15)
    expect(shown?.strange).toBe(0)
  }
  await check()
  // The log has each review as the commands write it.
  const logged = await sql<{ state: string; event: string; count: number }[]>`
    select c.state, string_agg(distinct e.event, ' ' order by e.event) as event, count(distinct c.report_id)::int
    from publication_copies c left join lateral (
      select e.event from events e where e.report_id = c.report_id and e.event like 'report.copy%'
        and e.at = c.reviewed_at and e.actor_id = c.reviewer_id and e.to_state = e.from_state) e on true
    where c.state <> 'draft' group by c.state order by c.state`
  expect(logged).toEqual([
    { state: 'published', event: 'report.copy_published', count: 30 },
    { state: 'withdrawn', event: 'report.copy_published report.copy_withdrawn', count: 1 },
  ])
  const [drafts] = await sql<{ saved: number }[]>`
    select count(*)::int as saved from events where event = 'report.copy_saved'`
  expect(drafts?.saved).toBeGreaterThanOrEqual(2)
  await sql`delete from publication_copies`
  await sql`delete from files where purpose = 'public_copy'`
  await db.transaction((tx) => writePublicCopies(tx, instant(continued)))
  await check()
})
