import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { and, eq } from 'drizzle-orm'
import { beforeAll, expect, onTestFinished, vi } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildTeam, seen } from '#db/factories/team.ts'
import { events, reportAnswers, reports } from '#db/schema/index.ts'
import { findPython } from '#scripts/python.ts'
import { type Actor, robot } from '#server/accounts/rules/actor.ts'
import { test } from '#server/http/testing/open311-desk.ts'
import { decomposed, partner, photoOf, words } from '#server/http/testing/open311-partner.ts'
import { acceptReport } from '#server/reports/commands/accept-report.ts'
import { approveAnswer } from '#server/reports/commands/approve-answer.ts'
import { assignReport } from '#server/reports/commands/assign-report.ts'
import { sendAnswer } from '#server/reports/commands/send-answer.ts'
import { submitAnswer } from '#server/reports/commands/submit-answer.ts'

const clients = join(import.meta.dirname, '../../e2e/clients')
let python = ''
beforeAll(async () => {
  python = await findPython()
})

async function run(program: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' }
  return (await promisify(execFile)(python, [join(clients, program), ...args], { env })).stdout
}

/** Two hours ago: what staff do then can no longer be taken back now. */
function twoHoursAgo(): () => Date {
  const start = Date.now() - 2 * 3_600_000
  vi.useFakeTimers({ now: start, toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  return () => new Date(start)
}

async function photoFile(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'clients-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'photo.jpg'), await photoOf(64, 48))
  return join(folder, 'photo.jpg')
}

const answer = { what: 'Đã cưa cây và dọn đường', where: 'Phố Lò Đúc', when: 'Sáng nay', next: '', photoIds: [] }

/** Assigned, accepted, answered, approved and sent, by the commands of the desk. */
async function answered(db: Database, code: string, start: () => Date): Promise<void> {
  const { agency, dispatcher, officer, approver } = await buildTeam(db)
  const by = <A extends Actor>(actor: A, minutes: number) => ({
    db,
    actor,
    now: () => new Date(start().getTime() + minutes * 60_000),
  })
  const [report] = await db.select().from(reports).where(eq(reports.code, code))
  if (!report) throw new Error(`there is no report ${code}`)
  let moved = await assignReport(by(dispatcher, 10), { ...seen(report), agencyId: agency.id })
  moved = await acceptReport(by(officer, 20), { ...seen(moved), assignToMe: true })
  moved = await submitAnswer(by(officer, 30), { ...seen(moved), ...answer })
  await approveAnswer(by(approver, 40), seen(moved))
  const [written] = await db.select().from(reportAnswers).where(eq(reportAnswers.reportId, report.id))
  await sendAnswer(by(robot, 50), written?.id ?? '')
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
  const { key, category } = await partner(db)
  const start = twoHoursAgo()
  const use = async (...args: string[]) =>
    JSON.parse(await run('open311_json.py', `${desk.origin}/open311/discovery.json`, key, ...args))
  const posted = await use('post', await photoFile(), decomposed, 'json-1')
  expect(posted).toMatchObject({
    endpoint: `${desk.origin}/open311/v2`,
    attributes: ['title', 'occurred_at', 'external_id'],
    listed: [{ service_request_id: posted.code, status: 'open', description: words, lat: 21.0145 }],
  })
  expect(posted.service.service_code).toBe(category.code)
  await answered(db, posted.code, start)
  vi.useRealTimers()
  const told = [answer.what, `${answer.where} · ${answer.when}`].join('\n')
  expect(await use('follow', posted.code)).toMatchObject({
    request: { status: 'closed', status_notes: told, description: words },
    updates: [{ service_request_id: posted.code, status: 'closed', description: told }],
    photo: { type: 'image/jpeg' },
  })
  const rated = await use('rate', posted.code, 'satisfied', 'Cảm ơn')
  expect(rated.report).toMatchObject({ code: posted.code, rating: 'satisfied' })
  expect(await ratingOf(db, posted.code)).toEqual({ rating: 'satisfied', by: 'api_client' })
})

test('a client of XML with the key in its form does the same, with a photo and without', async ({ desk, db }) => {
  const { key, category, reportsOf } = await partner(db)
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
    { code, body: words, photoCount: 0, categoryCode: category.code },
    { code: pictured('code')[0], body: 'Ổ gà sâu giữa đường', photoCount: 1 },
  ])
  await answered(db, code, start)
  vi.useRealTimers()
  const followed = await use('follow', code)
  const told = `${answer.what} ${answer.where} · ${answer.when}`
  expect([followed('status'), followed('status_notes'), followed('description')]).toEqual([['closed'], [told], [words]])
  expect(followed('update')).toEqual([`closed: ${told}`])
  expect((await use('rate', code, 'acceptable', 'Hơi lâu'))('rated')).toEqual([code])
  expect(await ratingOf(db, code)).toEqual({ rating: 'acceptable', by: 'api_client' })
})
