import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { and, eq } from 'drizzle-orm'
import { beforeAll, expect, onTestFinished, vi } from 'vitest'
import type { Database } from '#db/client.ts'
import { events, reports } from '#db/schema/index.ts'
import { findPython } from '#scripts/python.ts'
import { answer, answered, twoHoursAgo } from '#server/http/testing/answered.ts'
import { test } from '#server/http/testing/open311-desk.ts'
import { decomposed, partner, photoOf, words } from '#server/http/testing/open311-partner.ts'

const clients = join(import.meta.dirname, '../../e2e/clients')
let python = ''
beforeAll(async () => {
  python = await findPython()
})

async function run(program: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' }
  return (await promisify(execFile)(python, [join(clients, program), ...args], { env })).stdout
}

async function photoFile(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'clients-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'photo.jpg'), await photoOf(64, 48))
  return join(folder, 'photo.jpg')
}

/** Both clients report to the first service of the list. */
async function firstService(origin: string): Promise<string> {
  const [first] = await (await fetch(`${origin}/open311/v2/services.json`)).json()
  return first.service_code
}

/** The rating, and what kind of actor the log names for it. */
async function ratingOf(db: Database, code: string) {
  const [found] = await db
    .select({ rating: reports.rating, by: events.actorKind })
    .from(reports)
    .innerJoin(events, and(eq(events.reportId, reports.id), eq(events.event, 'report.rated')))
    .where(eq(reports.code, code))
  return found
}

test('a client of JSON and files sends Vietnamese words with a photo, and follows them to answer and rating', async ({
  desk,
  db,
}) => {
  const { key } = await partner(db)
  const start = twoHoursAgo()
  const use = async (...args: string[]) =>
    JSON.parse(await run('open311_json.py', `${desk.origin}/open311/discovery.json`, key, ...args))
  const posted = await use('post', await photoFile(), decomposed, 'json-1')
  expect(posted).toMatchObject({
    endpoint: `${desk.origin}/open311/v2`,
    attributes: ['occurred_at'],
    listed: [{ service_request_id: posted.code, status: 'open', description: words, lat: 21.0145 }],
  })
  expect(posted.service.service_code).toBe(await firstService(desk.origin))
  await answered(db, posted.code, start)
  vi.useRealTimers()
  const told = [answer.what, `${answer.where} · ${answer.when}`].join('\n')
  expect(await use('follow', posted.code)).toMatchObject({
    request: { status: 'closed', status_notes: `Đã khắc phục\n${told}`, description: words },
    updates: [{ service_request_id: posted.code, status: 'closed', description: told }],
    photo: { type: 'image/jpeg' },
  })
  const rated = await use('rate', posted.code, 'satisfied', 'Cảm ơn')
  expect(rated.report).toMatchObject({ code: posted.code, rating: 'satisfied' })
  expect(await ratingOf(db, posted.code)).toEqual({ rating: 'satisfied', by: 'api_client' })
})

test('a client of XML with the key in its form does the same, with a photo and without', async ({ desk, db }) => {
  const { key, reportsOf } = await partner(db)
  const start = twoHoursAgo()
  const use = async (...args: string[]) => {
    const lines = await run('open311_xml.py', `${desk.origin}/open311/discovery.xml`, key, ...args)
    const pairs = lines.split('\n').flatMap((line) => (line === '' ? [] : [line.split('\t') as [string, string]]))
    return (name: string) => pairs.flatMap(([each, value]) => (each === name ? [value] : []))
  }
  const plain = await use('post', decomposed, 'xml-1')
  const [code = ''] = plain('code')
  expect([plain('code by reference'), plain('listed')]).toEqual([[code], [code]])
  const pictured = await use('post', 'Ổ gà sâu giữa đường', 'xml-2', await photoFile())
  expect(await reportsOf()).toMatchObject([
    { code, body: words, photoCount: 0, categoryCode: await firstService(desk.origin) },
    { code: pictured('code')[0], body: 'Ổ gà sâu giữa đường', photoCount: 1 },
  ])
  await answered(db, code, start)
  vi.useRealTimers()
  const followed = await use('follow', code)
  const told = `${answer.what} ${answer.where} · ${answer.when}`
  expect([followed('status'), followed('status_notes'), followed('description')]).toEqual([
    ['closed'],
    [`Đã khắc phục ${told}`],
    [words],
  ])
  expect(followed('update')).toEqual([`closed: ${told}`])
  expect((await use('rate', code, 'acceptable', 'Hơi lâu'))('rated')).toEqual([code])
  expect(await ratingOf(db, code)).toEqual({ rating: 'acceptable', by: 'api_client' })
})
