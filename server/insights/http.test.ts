import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parse } from 'csv-parse/sync'
import { eq } from 'drizzle-orm'
import readWorkbook from 'read-excel-file/node'
import { afterAll, beforeAll, expect } from 'vitest'
import { connect, type Database } from '#db/client.ts'
import { buildActor, type StaffActor } from '#db/factories/accounts.ts'
import { writeGoldenLog } from '#db/factories/golden-log.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { agencies, events, reports } from '#db/schema/index.ts'
import { test as base } from '#db/testing.ts'
import { databaseLimits } from '#server/platform/rules/limits.ts'
import { catchUp } from './commands/catch-up.ts'
import { handleBoardExports } from './http.ts'

const now = () => new Date('2026-03-17T03:30:00Z')
const caller: { db?: Database; actor?: StaffActor | undefined } = {}
let server: Server
let door = ''

beforeAll(async () => {
  server = createServer((req, res) => {
    const { db, actor } = caller
    const session = actor ? { id: 's', accountId: actor.id, actor, lastSeenAt: now() } : null
    void handleBoardExports(req, res, {
      db: db as Database,
      now,
      requestId: 'r',
      ip: null,
      session: session as never,
    }).then((taken) => taken || res.writeHead(404).end())
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  door = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/insights/export`
})
afterAll(() => void server.close())

const test = base.extend('city', { scope: 'file' }, async ({ db }) => {
  await writeGoldenLog(db)
  const { id: incidentId } = await buildIncident(db, { name: 'Bão số 3' })
  await db.update(reports).set({ incidentId })
  await catchUp(db)
  return db
})
const as = (db: Database, actor?: StaffActor) => Object.assign(caller, { db, actor })
const take = (query: string) => fetch(door, { method: 'POST', body: new URLSearchParams(query) })
const exportsIn = (db: Database) => db.select().from(events).where(eq(events.subjectKind, 'export')).orderBy(events.id)
const days = 'period=2026-03-02..2026-03-15'

test('a card is exported as a plain table, within the scope of the account, and is logged only once', async ({
  city,
}) => {
  const [agency] = await city.select().from(agencies).where(eq(agencies.id, 'gl-a'))
  const officer = await buildActor(city, 'officer', agency)
  as(city, officer)
  const before = await exportsIn(city)
  const answer = await take(`${days}&card=channels&format=csv&locale=en`)
  expect([answer.status, answer.headers.get('content-disposition')]).toEqual([
    200,
    'attachment; filename="channels-2026-03-16.csv"',
  ])
  const [head, ...rows] = parse(await answer.text(), { bom: true }) as string[][]
  expect(head?.slice(0, 2)).toEqual(['Channel', 'Received in the period'])
  // Of 189 reports of the city this agency is responsible for 129.
  expect(rows.reduce((sum, [, received]) => sum + Number(received), 0)).toBe(129)
  const [written, ...others] = (await exportsIn(city)).slice(before.length)
  expect(others).toEqual([])
  expect(written).toMatchObject({
    event: 'export.figures_made',
    actorId: officer.id,
    details: { card: 'channels', format: 'csv', filters: `${days}&agency=${agency?.id}`, rows: rows.length },
  })
})

test('Excel on a Vietnamese Windows gets the same table with semicolons, in a file of the same name', async ({
  city,
}) => {
  as(city, await buildActor(city, 'manager'))
  const [plain, excel] = [
    await take(`${days}&card=channels&format=csv&locale=vi`),
    await take(`${days}&card=channels&format=csv_excel&locale=vi`),
  ]
  for (const name of ['content-disposition', 'content-type'])
    expect(excel.headers.get(name)).toBe(plain.headers.get(name))
  const wide = parse(await plain.text(), { bom: true }) as string[][]
  const text = Buffer.from(await excel.arrayBuffer()).toString()
  expect(text.startsWith('\uFEFF')).toBe(true)
  const rows = parse(text, { bom: true, delimiter: ';' }) as string[][]
  expect(rows.map((row) => row.slice(0, 2))).toEqual(wide.map((row) => row.slice(0, 2)))
  expect(rows.flat().filter((cell) => /^\d+,\d+$/.test(cell)).length).toBeGreaterThan(0)
})

test('no link leads to a file, and nothing is logged', async ({ city }) => {
  as(city, await buildActor(city, 'manager'))
  const before = await exportsIn(city)
  for (const method of ['GET', 'HEAD', 'PUT']) {
    const answer = await fetch(`${door}?${days}&card=channels&format=csv`, { method })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
  }
  expect(await exportsIn(city)).toHaveLength(before.length)
})

test('the board of a past moment holds the figures of that moment', async ({ city }) => {
  as(city, await buildActor(city, 'manager'))
  const received = async (query: string) => {
    const [tab] = await readWorkbook(Buffer.from(await (await take(query)).arrayBuffer()))
    return tab?.data[1]?.[1]
  }
  const whole = await received('period=30d&format=xlsx')
  const earlier = await received('period=30d&format=xlsx&at=2026-03-06T03:00:00.000Z')
  expect(Number(earlier)).toBeLessThan(Number(whole))
  // A moment in the future gives the figures of now.
  expect(await received('period=30d&format=xlsx&at=2027-01-01T00:00:00.000Z')).toBe(whole)
})

test('the whole board also comes where agencies take too long to compare, and says so; the file of this card fails', async ({
  city,
  sql,
  databaseUrl,
}) => {
  const manager = await buildActor(city, 'manager')
  const hasty = connect(databaseUrl, { timeLimits: { ...databaseLimits.pages, statementSeconds: 2 } })
  as(hasty.db, manager)
  await sql.begin(async (holding) => {
    // Only the comparison reads the clocks of reports.
    await holding`lock table report_clocks in access exclusive mode`
    const answer = await take(`${days}&format=xlsx&locale=en`)
    expect(answer.status).toBe(200)
    const workbook = await readWorkbook(Buffer.from(await answer.arrayBuffer()))
    const tabs = workbook.map(({ sheet }) => sheet)
    expect(tabs).toContain('Main figures')
    expect(tabs).not.toContain('Like with like')
    const missing = workbook.at(-1)?.data.find(([item]) => item === 'Missing table')
    expect(missing?.slice(0, 3)).toEqual(['Missing table', 'Like with like', 'It could not be computed in time.'])
    const alone = await take(`${days}&card=caseMix&format=csv&locale=en`)
    expect(((await alone.json()) as { code: string }).code).toBe('too_slow')
  })
  await hasty.close()
})

test('the page of a storm is exported by the same endpoint, within the scope of the account, and logged once', async ({
  city,
}) => {
  const [report] = await city.select().from(reports).limit(1)
  const id = report?.incidentId
  const [agency] = await city.select().from(agencies).where(eq(agencies.id, 'gl-a'))
  const totalOf = async (actor: StaffActor) => {
    as(city, actor)
    const answer = await take(`storm=${id}&card=storm-kinds&format=csv&locale=en`)
    expect([answer.status, answer.headers.get('content-disposition')]).toEqual([
      200,
      'attachment; filename="storm-kinds-2026-03-17.csv"',
    ])
    const [head, ...rows] = parse(await answer.text(), { bom: true }) as string[][]
    expect(head?.slice(0, 3)).toEqual(['Sub-type', 'Code', 'Total'])
    return rows.reduce((sum, row) => sum + Number(row[2]), 0)
  }
  // All of the log but the spam (8) and the merged (6), as in the figures of the page.
  expect(await totalOf(await buildActor(city, 'manager'))).toBe(215 - 14)
  const then = await take(`storm=${id}&card=storm-kinds&format=csv&locale=en&at=2026-03-06T03:00:00.000Z`)
  expect(then.headers.get('content-disposition')).toBe('attachment; filename="storm-kinds-2026-03-06.csv"')
  const early = (parse(await then.text(), { bom: true }) as string[][]).slice(1)
  expect(early.reduce((sum, row) => sum + Number(row[2]), 0)).toBeLessThan(215 - 14)
  const part = await buildActor(city, 'officer', agency)
  expect(await totalOf(part)).toBeLessThan(215 - 14)

  const before = (await exportsIn(city)).length
  const whole = await take(`storm=${id}&format=xlsx`)
  expect(whole.headers.get('content-disposition')).toBe('attachment; filename="storm-2026-03-17.xlsx"')
  const about = (await readWorkbook(Buffer.from(await whole.arrayBuffer()))).at(-1)?.data ?? []
  expect(about.find(([item]) => item === 'Phạm vi số liệu')?.[1]).toMatch(/^Chỉ những phản ánh tài khoản này được xem/)
  const [written, ...others] = (await exportsIn(city)).slice(before)
  expect(others).toEqual([])
  expect(written).toMatchObject({ event: 'export.figures_made', actorId: part.id, details: { card: null } })
  expect(written?.details).toMatchObject({ filters: expect.stringContaining(`incident=${id}`) })
})

test('is closed to accounts that read no figures, and to addresses that name nothing', async ({ city }) => {
  const codeOf = async (query: string) => {
    const answer = await take(query)
    return [answer.status, ((await answer.json()) as { code: string }).code]
  }
  as(city)
  expect(await codeOf('format=csv')).toEqual([401, 'signed_out'])
  as(city, await buildActor(city, 'editor'))
  const nowhere = '01941da8-f680-7f5a-b136-e2e0e93a5240'
  for (const query of ['format=csv', `format=csv&storm=${nowhere}`]) {
    expect(await codeOf(query)).toEqual([403, 'forbidden'])
  }
  as(city, await buildActor(city, 'manager'))
  const before = (await exportsIn(city)).length
  const storms = [`storm=${nowhere}`, 'storm=bao-so-3', `storm=${nowhere}&card=flow`, `storm=${nowhere}&at=today`]
  for (const query of [
    '',
    'format=pdf',
    'format=csv&card=secret',
    'format=csv&at=yesterday',
    'format=csv&as=issued:yesterday',
    ...storms.map((storm) => `format=csv&${storm}`),
  ]) {
    expect([query, await codeOf(query)]).toEqual([query, [404, 'not_found']])
  }
  expect(await exportsIn(city)).toHaveLength(before)
})
