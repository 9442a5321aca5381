import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { asc, eq } from 'drizzle-orm'
import sharp from 'sharp'
import { expect, onTestFinished, vi } from 'vitest'
import { buildCity } from '#db/factories/agencies.ts'
import { buildApiClient } from '#db/factories/api-clients.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { reportMessages, reports } from '#db/schema/index.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'
import { answer, answered, twoHoursAgo } from '#server/http/testing/answered.ts'
import { test } from '#server/http/testing/open311-desk.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/integrators.md'), 'utf8')
/** Blocks with a mark require an answered report and run after it is answered. */
const blocksOf = (mark: string): string =>
  [...page.matchAll(/```sh( answered)?\n(.*?)```/gs)]
    .flatMap(([, of = '', block]) => (of === mark ? block : []))
    .join('\n')

test('the commands of the page for integrators send reports, follow them to the answer, and hand on what citizens say', async ({
  desk,
  db,
}) => {
  await buildCity(db)
  await buildCategory(db)
  const client = await buildApiClient(db)
  const cwd = mkdtempSync(join(tmpdir(), 'integrators-'))
  const shape = { width: 60, height: 40, channels: 3, background: '#5a7d5a' } as const
  writeFileSync(join(cwd, 'photo.jpg'), await sharp({ create: shape }).jpeg().toBuffer())
  const env = { ...process.env, DESK: desk.origin, KEY: client.key }
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }))
  const start = twoHoursAgo()
  const run = async (commands: string) =>
    (await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', commands], { cwd, env })).stdout
  const stdout = await run(blocksOf(''))
  const rows = await db
    .select()
    .from(reports)
    .where(eq(reports.source, sourceOf(client.id)))
    .orderBy(asc(reports.id))
  expect(rows).toMatchObject([
    { title: 'Cây xà cừ đổ chắn ngang phố Lò Đúc', address: '73 phố Lò Đúc', lat: 21.0145, photoCount: 0 },
    { title: 'Ổ gà phố Hàng Bài', body: 'Ổ gà sâu giữa đường', lat: null, photoCount: 1 },
    { title: 'Nắp cống vỡ trước cổng trường', sourceKey: 'reference app-3' },
    { title: 'Đèn đường hỏng', address: '5 phố Hàng Bài', photoCount: 1 },
  ])
  for (const { code } of rows.slice(0, 2))
    expect(stdout.split(`"service_request_id":"${code}"`).length).toBeGreaterThan(2)
  expect(stdout).toContain('status 304')
  const messages = await db.select().from(reportMessages).innerJoin(reports, eq(reports.id, reportMessages.reportId))
  expect(messages.map(({ report_messages: said, reports: { code } }) => [code, said.kind])).toEqual([
    [rows[2]?.code, 'added'],
  ])
  expect(stdout).toContain('"status":"open","status_notes":"Chờ tiếp nhận"')

  await answered(db, rows[0]?.code ?? '', start)
  vi.useRealTimers()
  expect(await run(blocksOf(' answered'))).toContain(`"status":"closed","status_notes":"Đã khắc phục\\n${answer.what}`)
  const [rated] = await db
    .select()
    .from(reports)
    .where(eq(reports.id, rows[0]?.id ?? 0))
  expect(rated?.rating).toBe('satisfied')
})
