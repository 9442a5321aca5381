import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parse } from 'csv-parse/sync'
import { desc, eq, sql } from 'drizzle-orm'
import readWorkbook from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import type { Database, Sql } from '#db/client.ts'
import { buildActor, type StaffActor } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { disclosedReporters, disclosures, events, reports, sessions } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { exportLimits } from '#server/platform/rules/limits.ts'
import { handleCaseExports } from './export-http.ts'
import { queuePage } from './queries/queue.ts'
import { parseQueue } from './rules/queue-address.ts'

const now = () => new Date('2026-03-02T03:00:00Z')
const caller: { db?: Database; actor?: StaffActor | undefined; session?: string } = {}
let server: Server
let port = 0

beforeAll(async () => {
  server = createServer((req, res) => {
    const { db, actor, session: id = randomUUID() } = caller
    const session = actor ? { id, accountId: actor.id, actor, lastSeenAt: now() } : null
    void handleCaseExports(req, res, {
      db: db as Database,
      now,
      requestId: 'r',
      ip: null,
      session: session as never,
    }).then((taken) => taken || res.writeHead(404).end())
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  port = (server.address() as AddressInfo).port
})
afterAll(() => void server.close())

const as = (db: Database, actor?: StaffActor) => Object.assign(caller, { db, actor })
/** Large exports require a recent confirmation of the identity. */
async function arrive(db: Database, actor: StaffActor): Promise<void> {
  const at = now()
  const [signIn] = await db
    .insert(sessions)
    .values({ accountId: actor.id, createdAt: at, lastSeenAt: at, expiresAt: at })
    .returning({ id: sessions.id })
  Object.assign(caller, { db, actor, session: signIn?.id })
}
const addressOf = (query = '') => `http://127.0.0.1:${port}/api/reports/export${query}`
const take = (query: string) => fetch(addressOf(), { method: 'POST', body: new URLSearchParams(query) })
const tableIn = async (answer: Response) => parse(await answer.text(), { bom: true }) as string[][]
const codeIn = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code]
const lastEvent = async (db: Database) =>
  (await db.select().from(events).where(eq(events.subjectKind, 'export')).orderBy(desc(events.id)).limit(1))[0]

/** A ward with an officer, a report it holds, one it held before, and one it has nothing to do with. */
async function openWard(db: Database) {
  const city = await buildCity(db)
  const [ward, other] = [await buildAgency(db, { calendarId: city.calendarId }), await buildAgency(db)]
  const reporter = { name: 'Nguyễn Văn An', phone: '+84912345678' }
  const at = (agency: typeof ward, heldBy: string[]) => ({ state: 'in_progress' as const, agencyId: agency.id, heldBy })
  const own = await buildReport(db, { ...at(ward, [ward.id]), reporter, title: '=HYPERLINK("http://x")' })
  const gone = await buildReport(db, { ...at(other, [ward.id, other.id]), reporter, title: 'Đã chuyển đi' })
  const strange = await buildReport(db, at(other, [other.id]))
  return { ward, own, gone, strange, officer: await buildActor(db, 'officer', ward) }
}

describe('a list of reports as a file', () => {
  test('holds what the list shows to this account, with the requested columns, as plain text', async ({ db }) => {
    const { own, gone, officer } = await openWard(db)
    as(db, officer)
    const answer = await take('view=open&format=csv&columns=code,title,state,receivedAt&sort=code&dir=asc')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="reports-2026-03-02.csv"')
    expect(answer.headers.get('x-rows-expected')).toBe('2')
    expect(await tableIn(answer)).toEqual([
      ['Mã', 'Tiêu đề', 'Trạng thái', 'Nhận lúc'],
      [own.code, '\t=HYPERLINK("http://x")', 'Đang xử lý', '2026-03-02T08:00:00+07:00'],
      [gone.code, 'Đã chuyển đi', 'Đang xử lý', '2026-03-02T08:00:00+07:00'],
    ])
    expect(await lastEvent(db)).toMatchObject({
      actorId: officer.id,
      event: 'export.list_made',
      details: { format: 'csv', rows: 2, columns: ['code', 'title', 'state', 'receivedAt'] },
    })
  })

  test('comes as a workbook with typed cells, in English too', async ({ db }) => {
    const { own, officer } = await openWard(db)
    as(db, officer)
    const answer = await take(
      'view=open&severity=normal,complex&received=..2026-03-02&format=xlsx&columns=code,title,receivedAt,transfers&locale=en&sort=code&dir=asc',
    )
    const [tab, about] = await readWorkbook(Buffer.from(await answer.arrayBuffer()))
    expect(about?.data.slice(0, 5)).toEqual([
      ['Item', 'Content'],
      ['List', 'Open'],
      ['Severity', 'Normal, Complex'],
      ['Received', 'until 02/03/2026'],
      ['Reports', 2],
    ])
    const [head, [code, title, receivedAt, transfers] = []] = tab?.data ?? []
    expect(head).toEqual(['Code', 'Title', 'Received', 'Transfers'])
    expect([code, title, transfers]).toEqual([own.code, '=HYPERLINK("http://x")', 0])
    // Spreadsheets count in days with fractions: exact to the second.
    expect(receivedAt).toBeInstanceOf(Date)
    expect(Math.round(Number(receivedAt) / 1000)).toBe(Date.UTC(2026, 2, 2, 8) / 1000)
  })

  test('counts the reporter of a merged report once, with the canonical report', async ({ db }) => {
    const { own, ward, officer } = await openWard(db)
    const held = { agencyId: ward.id, heldBy: [ward.id] }
    await buildReport(db, { ...held, state: 'merged', mergedIntoId: own.id })
    await buildReport(db, { ...held, state: 'in_progress', linkedToId: own.id })
    await db.update(reports).set({ mergedCount: 1, linkedCount: 1 }).where(eq(reports.id, own.id))
    as(db, officer)
    const [head, ...rows] = await tableIn(await take('view=all&format=csv&columns=merged,citizens&sort=code&dir=asc'))
    expect(head).toEqual(['Số phản ánh gộp vào', 'Công dân cùng phản ánh'])
    expect(rows).toEqual([
      ['1', '3'],
      ['0', '1'],
      ['0', '0'],
      ['0', '1'],
    ])
  })

  test('finds what a search finds', async ({ db }) => {
    const { officer, gone } = await openWard(db)
    as(db, officer)
    for (const words of ['Đã chuyển', 'da chuyen', 'da chuy', gone.code, '0912 345 678']) {
      const queue = parseQueue({ q: words, view: 'all' }, 'open')
      const shown = await queuePage({ db, actor: officer, now }, { queue })
      const [, ...rows] = await tableIn(
        await take(`view=all&format=csv&columns=code&${new URLSearchParams({ q: words })}`),
      )
      expect([words, rows.map(([code]) => code).sort()]).toEqual([words, shown.rows.map(({ code }) => code).sort()])
    }
  })

  test('names reporters only with a reason, to those who may reveal them, and of reports they hold', async ({ db }) => {
    const { ward, officer } = await openWard(db)
    const personal = 'view=open&format=csv&columns=code,reporterName,reporterPhone&sort=code&dir=asc'
    as(db, await buildActor(db, 'manager', ward))
    expect(await codeIn(await take(`${personal}&reason=a`))).toEqual([403, 'forbidden'])
    as(db, officer)
    for (const reason of ['', '&reason=a', '&reason=+++++++++++a'])
      expect(await codeIn(await take(`${personal}${reason}`))).toEqual([422, 'reason_too_short'])
    const [, own, gone] = await tableIn(await take(`${personal}&reason=${encodeURIComponent('Mời họp tổ dân phố')}`))
    expect(own?.slice(1)).toEqual(['Nguyễn Văn An', '\t+84912345678'])
    expect(gone?.slice(1)).toEqual(['', ''])
    expect(await lastEvent(db)).toMatchObject({
      event: 'export.reporters_made',
      details: { reason: 'Mời họp tổ dân phố' },
    })
  })

  test('logs each person it names, and counts them over all files of the hour', async ({ db }) => {
    const { ward, gone, officer } = await openWard(db)
    const ids: number[] = []
    for (let i = 0; i < 60; i++) {
      const reporter = { name: `Người thứ ${i}`, phone: `09${String(20_000_000 + i)}` }
      ids.push((await buildReport(db, { state: 'in_progress', agencyId: ward.id, reporter })).id)
    }
    const signedInAt = new Date('2026-03-02T01:00:00Z')
    const [signIn] = await db
      .insert(sessions)
      .values({ accountId: officer.id, createdAt: signedInAt, lastSeenAt: now(), expiresAt: now() })
      .returning({ id: sessions.id })
    Object.assign(caller, { db, actor: officer, session: signIn?.id })
    const named = (some: readonly number[]) =>
      take(`format=csv&columns=code,reporterPhone&ids=${some}&reason=${encodeURIComponent('Mời họp tổ dân phố')}`)
    expect((await named([...ids.slice(0, 30), gone.id])).status).toBe(200)
    expect(await codeIn(await named(ids.slice(30)))).toEqual([422, 'step_up_needed'])
    // Without personal data no confirmation is required.
    expect((await take(`format=csv&columns=code&ids=${ids}`)).status).toBe(200)
    const written = await db
      .select({ reportId: disclosedReporters.reportId, purpose: disclosures.purpose, reason: disclosures.reason })
      .from(disclosures)
      .innerJoin(disclosedReporters, eq(disclosedReporters.disclosureId, disclosures.id))
      .where(eq(disclosures.accountId, officer.id))
    expect(written.map(({ reportId }) => reportId).sort((a, b) => a - b)).toEqual(ids.slice(0, 30))
    expect(written[0]).toMatchObject({ purpose: 'export', reason: 'Mời họp tổ dân phố' })
    await arrive(db, officer)
    expect((await named(ids.slice(30))).status).toBe(200)
  })

  test('contains only the chosen reports', async ({ db }) => {
    const { own, gone, strange, officer } = await openWard(db)
    as(db, officer)
    const [, ...rows] = await tableIn(await take(`format=csv&columns=code&ids=${own.id},${strange.id}`))
    expect(rows).toEqual([[own.code]])
    for (const ids of ['', 'x', '0', '-1', '1.5', `${2 ** 31}`, 'NaN', `${gone.id},`, '1,'.repeat(5001)]) {
      expect([ids.slice(0, 20), await codeIn(await take(`format=csv&ids=${ids}`))]).toEqual([
        ids.slice(0, 20),
        [400, 'bad_input'],
      ])
    }
  })

  test('cannot be triggered by a link: nothing is sent or logged in the name of a misled user', async ({ db }) => {
    const { officer } = await openWard(db)
    as(db, officer)
    const told = () => db.$count(events, eq(events.subjectKind, 'export'))
    const before = await told()
    for (const method of ['GET', 'HEAD', 'PUT']) {
      const query = '?view=all&format=csv&columns=code,reporterName&reason=toi'
      const answer = await fetch(addressOf(query), { method })
      expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, 'POST'])
    }
    expect(await told()).toBe(before)
  })

  test('refuses input that it cannot read', async ({ db }) => {
    as(db, await buildActor(db, 'manager'))
    const send = (body: string | URLSearchParams, type?: string) =>
      fetch(addressOf(), { method: 'POST', body, ...(type && { headers: { 'content-type': type } }) })
    expect(await codeIn(await send('{"ids":', 'application/json'))).toEqual([400, 'bad_input'])
    expect(await codeIn(await send('format=csv', 'text/plain'))).toEqual([400, 'bad_input'])
    expect(await codeIn(await send(new URLSearchParams({ format: 'csv', q: 'a\0b' })))).toEqual([400, 'bad_input'])
    const long = new URLSearchParams({ format: 'csv', q: 'a'.repeat(exportLimits.bodyBytes) })
    expect(await codeIn(await send(long))).toEqual([400, 'bad_input'])
  })

  test('is refused to strangers, and where the address asks for something unknown', async ({ db }) => {
    as(db)
    expect(await codeIn(await take('format=csv'))).toEqual([401, 'signed_out'])
    as(db, await buildActor(db, 'editor'))
    expect(await codeIn(await take('format=csv'))).toEqual([403, 'forbidden'])
    as(db, await buildActor(db, 'manager'))
    for (const query of ['', 'format=pdf', 'format=csv&columns=code,secret']) {
      expect(await codeIn(await take(query))).toEqual([404, 'not_found'])
    }
  })
})

describe('an unbounded list', { timeout: 120_000 }, () => {
  const many = 40_000
  /** Long enough for the whole list to be noticed in memory. */
  const body = 'Cây đổ chắn ngang đường, mong sớm xử lý. '.repeat(50)

  /** Beyond the range of `Date`: reading this value of the report in the middle of the list fails. */
  const unwritable = '290000-01-01'

  async function fill(db: Database, raw: Sql): Promise<void> {
    const [known] = await raw`select count(*)::int as count from reports where source = 'many'`
    if (known?.count > 0) return
    const model = await buildReport(db)
    await db.execute(sql`insert into reports (code, version, state, severity, channel, category_code, title, body, address,
        received_at, matures_at, occurred_at, last_activity_at, last_activity_by, source, source_key, held_by)
      select 'HN-300101-' || lpad(n::text, 6, '0'), 1, 'awaiting_intake', 'normal', 'app', ${model.categoryCode},
        'Phản ánh số ' || n, ${body}, 'Hà Nội', timestamptz '2026-01-01 00:00+07' + n * interval '1 minute',
        timestamptz '2026-01-09 00:00+07' + n * interval '1 minute',
        case when n = ${sql.raw(String(many / 2))} then ${unwritable}::timestamptz end,
        timestamptz '2026-01-01 00:00+07', 'citizen', 'many', n::text, '{}'
      from generate_series(1, ${sql.raw(String(many))}) n`)
  }
  const wanted = 'view=all&format=csv&columns=code,title,body,receivedAt&q='

  const open = (query: string) =>
    new Promise<IncomingMessage>((answered, failed) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      request(addressOf(), { method: 'POST', headers }, answered).on('error', failed).end(query)
    })

  test('is streamed: complete, with its row count before and after, and only a small part in memory at a time', async ({
    db,
    sql: raw,
  }) => {
    await fill(db, raw)
    await arrive(db, await buildActor(db, 'manager'))
    const answer = await open(wanted)
    const expected = Number(answer.headers['x-rows-expected'])
    expect(expected).toBeGreaterThanOrEqual(many)
    expect(answer.headers['content-length']).toBeUndefined()
    let [lines, bytes] = [0, 0]
    const held: number[] = []
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length
      lines += chunk.toString('latin1').split('\n').length - 1
      if (bytes > (held.length + 1) * 10_000_000) held.push(heldInMemory())
    }
    expect(answer.complete).toBe(true)
    expect(lines - 1).toBe(expected)
    expect(Number(answer.trailers['x-rows-sent'])).toBe(expected)
    expect(bytes).toBeGreaterThan(100_000_000)
    // The batch being written comes and goes between two samples; leaked memory would show even in the smallest sample.
    expect(held.length).toBeGreaterThan(9)
    expect(Math.min(...held.slice(5)) - Math.min(...held.slice(0, 5))).toBeLessThan(3_000_000)
    expect(Math.max(...held) - Math.min(...held)).toBeLessThan(bytes / 2)
  })

  test('waits for a reader who does not read', async ({ db, sql: raw }) => {
    await fill(db, raw)
    await arrive(db, await buildActor(db, 'manager'))
    const answer = await open(wanted)
    answer.pause()
    // The network buffers are soon full; from then on nothing more is fetched.
    await expect.poll(() => standsStill(raw), { timeout: 20_000 }).toBe(true)
    answer.destroy()
    await expect.poll(async () => (await exporting(raw)).length).toBe(0)
  })

  test('is cut off where it fails halfway, so that no one takes a part for the whole', async ({ db, sql: raw }) => {
    await fill(db, raw)
    await arrive(db, await buildActor(db, 'manager'))
    const answer = await open(wanted.replace('title', 'occurredAt'))
    let lines = 0
    const read = async () => {
      for await (const chunk of answer as AsyncIterable<Buffer>)
        lines += chunk.toString('latin1').split('\n').length - 1
    }
    await expect(read()).rejects.toThrow('aborted')
    expect(lines).toBeGreaterThan(1)
    expect(lines).toBeLessThan(many)
    expect([answer.complete, answer.trailers]).toEqual([false, {}])
    expect((await lastEvent(db))?.details).toMatchObject({ rows: Number(answer.headers['x-rows-expected']) })
  })

  test('is limited to a few at a time per account, and, however slow they are, to a number per process', async ({
    db,
    sql: raw,
  }) => {
    await fill(db, raw)
    const { perAccount, perProcess } = exportLimits
    const stalled: IncomingMessage[] = []
    const stall = async () => {
      const answer = await open(wanted)
      expect(answer.statusCode).toBe(200)
      answer.pause()
      stalled.push(answer)
    }
    for (let account = 0; account < perProcess / perAccount; account++) {
      await arrive(db, await buildActor(db, 'manager'))
      for (let n = 0; n < perAccount; n++) await stall()
      expect(await codeIn(await take('view=open&format=csv'))).toEqual([429, 'export_busy'])
    }
    await arrive(db, await buildActor(db, 'manager'))
    expect(await codeIn(await take('view=open&format=csv'))).toEqual([429, 'export_busy'])
    stalled.pop()?.destroy()
    await expect.poll(async () => (await exporting(raw)).length).toBe(perProcess - 1)
    const next = await take('view=open&format=csv')
    expect(next.status).toBe(200)
    await next.text()
    for (const answer of stalled) answer.destroy()
    await expect.poll(async () => (await exporting(raw)).length).toBe(0)
  })

  test('does not fit a workbook, and says so before anything is sent', async ({ db, sql: raw }) => {
    await fill(db, raw)
    await arrive(db, await buildActor(db, 'manager'))
    expect(await codeIn(await take('view=all&format=xlsx'))).toEqual([422, 'export_too_large'])
  })

  /** The connections with an open export cursor, and when they last fetched. */
  const exporting = (raw: Sql) =>
    raw<{ pid: number; since: Date }[]>`select pid, query_start as since from pg_stat_activity
      where datname = current_database() and query like 'fetch %' and state in ('active', 'idle in transaction')`
  /** Whether nothing was fetched during the time in which the whole table is scanned. */
  const standsStill = async (raw: Sql) => {
    const [first] = await exporting(raw)
    await raw`select count(*) from reports where length(body || title) > 0`
    const [then] = await exporting(raw)
    return first !== undefined && first.since.getTime() === then?.since.getTime()
  }
})

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** The memory in use after a garbage collection. */
function heldInMemory(): number {
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
