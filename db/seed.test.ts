import { createHash, randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { expect } from 'vitest'
import { actorOf } from '#server/accounts/queries/actors.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { demoUsernames } from '#server/accounts/rules/demo-accounts.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import { createCallerFactory } from '#server/procedures/init.ts'
import { findPersonalData } from '#server/publication/rules/personal-data.ts'
import { addNote } from '#server/reports/commands/add-note.ts'
import { assignReport } from '#server/reports/commands/assign-report.ts'
import { receiveForCitizen } from '#server/reports/commands/receive-for-citizen.ts'
import { renewSearch } from '#server/reports/commands/renew-search.ts'
import { viewCounts } from '#server/reports/queries/view-counts.ts'
import { outcomes } from '#server/reports/rules/outcome.ts'
import { queueOf, viewsFor } from '#server/reports/rules/queue.ts'
import { reportCode } from '#server/reports/rules/report-code.ts'
import { appRouter } from '#server/trpc/root.ts'
import type { Database, Sql } from './client.ts'
import { drawCity } from './demo/checks/drawn-city.ts'
import { faultsOfCity } from './demo/checks/read-city.ts'
import { writePublicCopies } from './demo/public-copies.ts'
import type { ShelvedPhoto } from './demo/shelf.ts'
import { annotations, mailings, targets } from './schema/index.ts'
import { continueDemoCity, seedDemoCity } from './seed.ts'
import { test as databaseTest } from './testing.ts'

const seeded = '2026-11-25T09:40'
const continued = '2026-11-27T10:15'
const instant = (local: string) => new Date(`${local}:00+07:00`)
const today = instant(seeded)
const size = 12_000

const test = databaseTest.extend('city', { scope: 'file', auto: true }, async ({ client }) => {
  const labels = new Set<string>()
  const stored = new Map<string, Uint8Array>()
  await seedDemoCity(client, {
    reports: size,
    today,
    seed: 1,
    store: async (key, bytes) => void stored.set(key, bytes),
    onProgress: (_, __, label) => labels.add(label),
  })
  return { labels, stored }
})

/**
 * The press figures as of the end of 02/10/2024, from the log only: handled of the counted reports (docs/domain.md).
 */
const pressFigures = (sql: Sql) => sql`
  with standing as (
    select distinct on (report_id) report_id, to_state as state, details ->> 'reason' as reason
    from events where at < '2024-10-03T00:00+07:00' and version is not null order by report_id, id desc
  ), counted as (
    select s.*, r.incident_id, r.received_at from standing s join reports r on r.id = s.report_id
    where s.state <> 'merged' and not (s.state = 'rejected' and s.reason in ('spam', 'test'))
  )
  select count(*)::int as received,
    count(*) filter (where state in ('answered', 'closed'))::int as handled,
    count(*) filter (where i.name like '%Yagi%')::int as storm,
    count(*) filter (where i.name like '%Yagi%' and state in ('answered', 'closed'))::int as storm_handled,
    min(received_at) filter (where i.name like '%Yagi%') as storm_first,
    max(received_at) filter (where i.name like '%Yagi%') as storm_last
  from counted left join incidents i on i.id = counted.incident_id`

test('the published figures follow from the event log', { timeout: 300_000 }, async ({ sql, city }) => {
  expect(city.stored.size).toBeGreaterThan(150)
  const [figures] = await pressFigures(sql)
  expect(figures?.received).toBeGreaterThan(9_000)
  expect(Math.floor((100 * figures?.handled) / figures?.received)).toBe(75)
  expect(figures).toMatchObject({ storm: 110, storm_handled: 110 })
  expect(figures?.storm_first.getTime()).toBeGreaterThanOrEqual(Date.parse('2024-09-06T00:00+07:00'))
  expect(figures?.storm_last.getTime()).toBeLessThan(Date.parse('2024-09-12T00:00+07:00'))
})

test('its photos are small pictures that are not empty, each another one, as the database describes them', async ({
  sql,
  city: { stored },
}) => {
  const files = await sql<{ sha256: string; key: string; width: number; height: number }[]>`
    select sha256, original_key as key, width, height from files where purpose = 'report_photo' order by sha256`
  expect(files.length).toBeGreaterThan(65)
  expect(new Set(files.map(({ sha256 }) => sha256)).size).toBe(files.length)
  for (const [at, { sha256, key, width, height }] of files.entries()) {
    const jpeg = stored.get(key) ?? new Uint8Array()
    expect(createHash('sha256').update(jpeg).digest('hex')).toBe(sha256)
    expect(jpeg.byteLength, key).toBeLessThan(200_000)
    if (at % 9 > 0) continue
    const picture = sharp(jpeg)
    expect(await picture.metadata(), key).toMatchObject({ format: 'jpeg', width, height })
    const { channels } = await picture.stats()
    expect(Math.max(...channels.map(({ stdev }) => stdev)), key).toBeGreaterThan(20)
  }
})

test('the city has the requested number of reports, numbered day by day', async ({ sql, city }) => {
  expect(await sql`select count(*)::int as reports from reports`).toEqual([{ reports: size }])
  const counters = await sql`
    select c.day from report_codes c full join (
      select (received_at at time zone 'Asia/Ho_Chi_Minh')::date as day, count(*)::int as reports,
        max(substr(code, 11)::int) as last
      from reports group by 1) r on r.day = c.day
    where c.last is distinct from r.reports or r.last <> r.reports`
  expect(counters).toEqual([])
  expect([...city.labels]).toEqual(expect.arrayContaining(['reports', 'index reports_open_due', 'statistics']))
})

test('every report follows the rules of the desk, and its events explain all its data', async ({ db, sql }) => {
  const [some] =
    await sql`select id, code, return_count, due_at from reports where state = 'in_progress' order by id desc limit 1`
  await sql`update reports set return_count = 7, due_at = now() where id = ${some?.id}`
  // The two wrong columns, and a deadline that is not that of its clock: all others are as their events say.
  const faults = await faultsOfCity(db, await compiledCalendars(db))
  expect(faults.map((fault) => fault.startsWith(`${some?.code}: `) || fault)).toEqual([true, true, true])
  await sql`update reports set return_count = ${some?.return_count}, due_at = ${some?.due_at} where id = ${some?.id}`
})

test('the bulk load leaves every index and no broken reference', async ({ sql }) => {
  const keys = await sql<{ name: string; child: string; parent: string; pairs: string[][] }[]>`
    select k.conname as name, k.conrelid::regclass::text as child, k.confrelid::regclass::text as parent,
      (select json_agg(json_build_array(own.attname, other.attname)) from unnest(k.conkey, k.confkey) as pair(own, other)
        join pg_attribute own on own.attrelid = k.conrelid and own.attnum = pair.own
        join pg_attribute other on other.attrelid = k.confrelid and other.attnum = pair.other) as pairs
    from pg_constraint k where k.contype = 'f' and k.connamespace = 'public'::regnamespace`
  expect(keys.length).toBeGreaterThan(30)
  for (const { name, child, parent, pairs } of keys) {
    const given = pairs.map(([own]) => `c."${own}" is not null`).join(' and ')
    const same = pairs.map(([own, other]) => `p."${other}" = c."${own}"`).join(' and ')
    const lost = await sql.unsafe(
      `select 1 from ${child} c where ${given} and not exists (select 1 from ${parent} p where ${same}) limit 1`,
    )
    expect(lost, name).toEqual([])
  }
  expect(await sql`select 1 from pg_index where not indisvalid`).toEqual([])
})

test('every report with a point is found by its neighbourhood', async ({ sql }) => {
  const [found] = await sql`
    select count(*) filter (where k.report_id is null)::int as missing, count(k.report_id)::int as placed
    from reports r left join report_cells k on k.report_id = r.id and k.cell = report_cell(r.lon, r.lat)
    where r.lon is not null`
  expect(found?.missing).toBe(0)
  expect(found?.placed).toBeGreaterThan(size / 2)
})

test('every view of every demo account that works on reports has some', async ({ db, sql }) => {
  const ids = await sql<{ username: string; id: string }[]>`select username, id from accounts`
  for (const username of demoUsernames) {
    const actor = await actorOf(db, ids.find((account) => account.username === username)?.id ?? '', new Date())
    if (!actor) throw new Error(`${username} is missing`)
    const { counts } = await viewCounts({ db, actor, now: () => today })
    const views = viewsFor(actor).filter((view) => view !== 'all')
    // Accounts that read the whole city are not assignees.
    for (const view of views) expect(counts[view], `${username} ${view}`).toBeGreaterThan(0)
  }
})

test('the queues have realistic sizes', async ({ sql }) => {
  const [found] = await sql`
    with open as (select * from reports where state in ('awaiting_intake', 'awaiting_acceptance', 'in_progress', 'awaiting_citizen', 'awaiting_approval'))
    select count(*)::int as open,
      count(*) filter (where state = 'awaiting_intake' and received_at > ${today}::timestamptz - interval '4 hours')::int as fresh,
      count(*) filter (where due_at < ${today})::int as overdue,
      count(*) filter (where due_at >= ${today} and soon_at <= ${today})::int as soon,
      count(*) filter (where state = 'awaiting_citizen')::int as asked,
      count(*) filter (where state = 'awaiting_approval')::int as to_approve,
      count(*) filter (where reopen_count > 0)::int as reopened,
      count(*) filter (where return_count >= 3)::int as referee,
      count(*) filter (where last_activity_by = 'citizen' and last_activity_at > received_at)::int as replied,
      count(*) filter (where paused_at is not null and state = 'in_progress')::int as waiting
    from open`
  expect(found?.open).toBeGreaterThan(400)
  expect(found?.open).toBeLessThan(1_500)
  const least = {
    fresh: 10,
    overdue: 30,
    soon: 20,
    asked: 8,
    to_approve: 10,
    reopened: 5,
    referee: 2,
    replied: 5,
    waiting: 2,
  }
  for (const [view, count] of Object.entries(least)) expect(found?.[view], view).toBeGreaterThanOrEqual(count)
  const pending =
    await sql`select kind, count(*)::int as requests from report_requests where status = 'pending' group by 1 order by 1`
  expect(pending.map(({ kind }) => kind)).toEqual(['extension', 'pause', 'transfer'])
})

test('duplicates are close together, and not all of them are merged yet', async ({ sql }) => {
  const near = await sql`
    select a.id from reports a join reports b on b.id > a.id and b.category_code = a.category_code and b.area_id = a.area_id
      and b.received_at < a.received_at + interval '1 day'
      and sqrt(power((a.lon - b.lon) * 103900, 2) + power((a.lat - b.lat) * 111320, 2)) < 150
    where a.due_at is not null and b.due_at is not null and a.received_at > ${today}::timestamptz - interval '10 days'`
  expect(near.length).toBeGreaterThan(2)
  const [merged] = await sql`select count(*)::int as reports from reports where state = 'merged'`
  expect(merged?.reports).toBeGreaterThan(100)
})

test('some are linked as one matter, also recently, and each citizen has the answer of the report theirs follows', async ({
  sql,
}) => {
  const unfit = await sql`
    select r.code from reports r join reports c on c.id = r.linked_to_id
    where r.state in ('merged', 'rejected') or c.state in ('merged', 'rejected') or c.linked_to_id is not null
      or r.linked_count > 0`
  expect(unfit).toEqual([])
  const [linked] = await sql`
    select count(*)::int as reports, count(*) filter (where r.due_at is not null)::int as open,
      count(*) filter (where c.due_at is not null)::int as followed
    from reports r join reports c on c.id = r.linked_to_id`
  expect(linked?.reports).toBeGreaterThan(50)
  expect(linked?.open).toBeGreaterThan(3)
  expect(linked?.followed).toBeGreaterThan(3)
  const lost = await sql`
    with followers as (
      select r.id, coalesce(r.merged_into_id, r.linked_to_id) as followed, (select max(e.at) from events e
        where e.report_id = r.id and e.event in ('report.merged', 'report.linked')) as since
      from reports r where r.merged_into_id is not null or r.linked_to_id is not null)
    select f.id from followers f join reports c on c.id = f.followed
    join report_answers a on a.report_id = c.id and a.status = 'sent' and (a.sent_at >= f.since or c.state in ('answered', 'closed')
      and f.since < ${today}::timestamptz - interval '15 seconds'
      and not exists (select from report_answers later where later.report_id = c.id and later.sent_at > a.sent_at))
    where not exists (select from events e where e.report_id = f.id and e.event = 'report.answer_passed_on'
      and e.details ->> 'answerId' = a.id::text and e.details ->> 'fromReportId' = f.followed::text)`
  expect(lost).toEqual([])
})

test('each feature of the board has something to show', async ({ db, sql }) => {
  const shown: Record<string, ReturnType<Sql>> = {
    'corrected categories': sql`select 1 from events e join reports r on r.id = e.report_id
      where e.event = 'report.category_changed' and e.details -> 'category' ->> 1 = r.category_code
        and e.at > ${today}::timestamptz - interval '14 days'`,
    'late entries': sql`select 1 from events e join reports r on r.id = e.report_id
      where e.event = 'report.received' and e.at = r.received_at and e.recorded_at > e.at + interval '40 minutes'
        and e.recorded_at <= ${today} and e.actor_kind = 'staff'`,
    'annotations in force': sql`select 1 from annotations where ${today}::timestamptz between starts_at and ends_at`,
    'annotations of one agency': sql`select 1 from annotations where agency_id is not null`,
    'targets of the city': sql`select 1 from targets where agency_id is null and valid_from <= ${today}`,
    'targets of an agency': sql`select 1 from targets where agency_id is not null`,
    'targets that were changed': sql`select 1 from targets a join targets b on b.kpi = a.kpi
      and b.agency_id is not distinct from a.agency_id and b.valid_from > a.valid_from`,
    'daily reports due': sql`select 1 from mailing_runs r join mailings m on m.id = r.mailing_id
      where m.edition = 'daily' and r.due_at <= ${today} and r.due_at > ${today}::timestamptz - interval '4 days'`,
    'weekly reports due': sql`select 1 from mailing_runs r join mailings m on m.id = r.mailing_id
      where m.edition = 'weekly' and r.due_at <= ${today} and r.due_at > ${today}::timestamptz - interval '7 days'`,
    'monthly reports due': sql`select 1 from mailing_runs r join mailings m on m.id = r.mailing_id
      where m.edition = 'monthly' and r.due_at <= ${today} and r.due_at > ${today}::timestamptz - interval '35 days'`,
    'a briefing at a quarter past seven on working days': sql`select 1 from mailings
      where edition = 'daily' and minute = 435 and on_working_days and is_active`,
    'late entries into weekly reports': sql`select 1 from events e
      join mailing_runs r on r.due_at < e.recorded_at and r.due_at > ${today}::timestamptz - interval '20 days'
      join mailings m on m.id = r.mailing_id and m.edition = 'weekly'
      where e.event = 'report.received' and e.at < date_trunc('week', r.due_at, 'Asia/Ho_Chi_Minh')
        and e.at >= date_trunc('week', r.due_at, 'Asia/Ho_Chi_Minh') - interval '7 days'`,
    'messages not delivered': sql`select 1 from deliveries where state = 'failed' and failure = 'number_refused'`,
    'letters to print': sql`select 1 from deliveries where state = 'letter'`,
    'published copies': sql`select 1 from publication_copies where state = 'published'`,
    'withdrawn copies': sql`select 1 from publication_copies where state = 'withdrawn'`,
    'extensions granted': sql`select 1 from events where event = 'report.extended'`,
    ...Object.fromEntries(
      outcomes.map((outcome) => [
        outcome,
        sql`select 1 from report_answers where outcome = ${outcome} and status = 'sent'`,
      ]),
    ),
    'commitments to come': sql`select 1 from reports where commitment_due_at > ${today}`,
    'commitments that were broken': sql`select 1 from reports where commitment_due_at < ${today}`,
    'follow-ups': sql`select 1 from report_answers where is_follow_up and status = 'sent'`,
    'an open incident': sql`select 1 from incidents where closed_at is null`,
    'suggestions of an incident': sql`select 1 from incident_suggestions where status = 'pending'`,
    'bulletins issued': sql`select 1 from bulletin_publications where published_at > ${today}::timestamptz - interval '7 days'`,
  }
  for (const [feature, rows] of Object.entries(shown)) expect((await rows).length, feature).toBeGreaterThan(0)
  const logged = await sql`
    select subject_id from events where event in ('annotation.added', 'target.set', 'mailing.created')
      and actor_id = (select id from accounts where username = 'lanhdao.tp') and recorded_at is null`
  const entries = await Promise.all([db.$count(annotations), db.$count(targets), db.$count(mailings)])
  expect(logged.length).toBe(entries.reduce((sum, count) => sum + count))
  // There is no mail server, so none is told as sent.
  const runs = await sql`select 1 from mailing_runs where state <> 'skipped' or sent_to <> '{}'
    or jsonb_array_length(jsonb_path_query_array(left_out, '$[*] ? (@.why == "no_server")')) <> cardinality(recipient_ids)`
  expect(runs).toEqual([])
  expect(await sql`select 1 from events where event = 'mailing.sent'`).toEqual([])
  expect(await sql`select 1 from mailings where next_at <= ${today}`).toEqual([])
})

test('the timelines of reports agree with their deliveries', async ({ sql }) => {
  const eventOf = { sent: 'report.delivery_sent', failed: 'report.delivery_failed', posted: 'report.delivery_posted' }
  const rows = await sql<{ state: keyof typeof eventOf; receipt: string | null; proofs: unknown }[]>`
    select d.state, d.receipt, (select coalesce(jsonb_agg(jsonb_build_array(e.event, e.details ->> 'receipt')), '[]')
      from events e where e.report_id = d.report_id and e.details ->> 'deliveryId' = d.id::text) as proofs
    from deliveries d`
  expect(new Set(rows.map(({ state }) => state)).size).toBeGreaterThan(4)
  for (const { state, receipt, proofs } of rows) {
    expect([state, proofs]).toEqual([state, state in eventOf ? [[eventOf[state], receipt]] : []])
  }
})

/** Bytes of JSON before compression. */
const mostOfPage = 20_000

test('a page of 50 rows of the queue is short, for every view and for a search', async ({ db, sql }) => {
  const [account] = await sql`select id from accounts where username = ${demoUsernames[0]}`
  const actor = await actorOf(db, account?.id, today)
  if (!actor) throw new Error('the demo has no dispatcher')
  const session = { id: randomUUID(), accountId: account?.id, actor, lastSeenAt: today }
  const { reports } = createCallerFactory(appRouter)({ db, now: () => today, requestId: 'test', ip: null, session })
  const { serialize } = appRouter._def._config.transformer.output
  const queues = [...viewsFor(actor).map((view) => queueOf(view)), queueOf('all', { words: 'cay do' })]
  let full = 0
  for (const queue of queues) {
    const page = await reports.queue({ queue })
    const bytes = Buffer.byteLength(JSON.stringify({ result: { data: serialize(page) } }))
    expect(bytes, `${queue.view} ${queue.words}`).toBeLessThanOrEqual(mostOfPage)
    if (page.rows.length === 50) full += 1
  }
  expect(full).toBeGreaterThan(0)
})

// What follows continues the same city, so these tests are the last ones, in this order.

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
  const run = (local: string) => ({ edition: 'daily', state: 'skipped', due_at: instant(local) })
  const days = ['2026-11-26', '2026-11-27']
  expect(runs).toEqual(days.flatMap((day) => [run(`${day}T07:00`), run(`${day}T07:15`)]))
  const next = await sql`select next_at from mailings order by edition, next_at`
  expect(next).toEqual(
    ['2026-11-30T07:00', '2026-11-30T07:15', '2026-12-01T07:00', '2026-11-30T07:00'].map((local) => ({
      next_at: instant(local),
    })),
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
