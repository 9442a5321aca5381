import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { and, count, eq, isNotNull, isNull, like } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { storyOf } from '#db/factories/story.ts'
import { unique } from '#db/factories/unique.ts'
import { writeHanoi } from '#db/hanoi.ts'
import { events, reportCodes, reports } from '#db/schema/index.ts'
import { test as plain } from '#db/testing.ts'
import { importer } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { DomainError } from '#server/platform/errors.ts'
import { openTable } from '../reading.ts'
import { type Mapping, mappingSchema } from '../rules/mapping.ts'
import { importSentences } from '../sentences.ts'
import { type BadRow, importReports } from './import-reports.ts'

const root = join(import.meta.dirname, '../../..')
const samples = join(root, 'db/data/hanoi/sample-reports.vi.jsonl')
const boston = join(root, '../shared/data/real/boston-311/boston-2011-dev.csv.gz')
const now = () => hanoi('2026-03-02 10:00')

const test = plain
  .extend('city', { scope: 'file', auto: true }, ({ db }) => writeHanoi(db))
  .extend('folder', ({ db: _ }, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'import-'))
    onCleanup(() => rmSync(folder, { recursive: true }))
    return folder
  })

const mappingOf = (name: string): Mapping =>
  mappingSchema.parse(JSON.parse(readFileSync(join(root, 'docs/imports', `${name}.json`), 'utf8')))

async function run(db: Database, file: string, mapping: Mapping, onBadRow?: (bad: BadRow) => void) {
  const table = await openTable(file, mapping)
  return importReports({ db, actor: importer, now }, { mapping, file: 'bang.csv', table, onBadRow })
}

const small = (over = {}) =>
  mappingSchema.parse({
    source: unique('bang'),
    key: ['ma'],
    times: { format: 'dd/MM/yyyy HH:mm' },
    fields: { title: 'tieu_de', body: 'noi_dung', category: 'linh_vuc', receivedAt: 'luc', ...over },
  })

const heading = 'ma,tieu_de,noi_dung,linh_vuc,luc'
const rowsFrom = (db: Database, source: string) => db.select().from(reports).where(eq(reports.source, source))

describe('the 150 sample reports', () => {
  test('are imported through intake: texts normalised, areas from points, the storm in September', async ({ db }) => {
    const mapping = mappingOf('sample-reports')
    expect(await run(db, samples, mapping)).toEqual({ read: 150, received: 150, repeated: 0, skipped: 0 })
    const rows = await rowsFrom(db, mapping.source)
    expect(rows).toHaveLength(150)
    const written = readFileSync(samples, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    for (const { id, description, place, subcategory } of written) {
      const row = rows.find(({ sourceKey }) => sourceKey === id)
      expect(row).toMatchObject({
        body: description.normalize('NFC').trim(),
        categoryCode: subcategory,
        lon: place.lon,
      })
    }
    expect(written.some(({ description }) => description !== description.normalize('NFC'))).toBe(true)
    expect(rows.filter(({ areaId }) => areaId === null).length).toBeLessThan(5)
    expect(rows.every(({ state, severity }) => state === 'awaiting_intake' && severity !== null)).toBe(true)
    const { clocks, events: log, intake } = await storyOf(db, rows[0]?.id ?? 0)
    expect([clocks.length, log.length, log[0]?.event, log[0]?.actorKind]).toEqual([1, 1, 'report.received', 'import'])
    expect(intake?.dueAt).toBeInstanceOf(Date)
  })

  test('imported again cause no duplicates; each run writes one event with its counts', async ({ db }) => {
    const mapping = { ...mappingOf('sample-reports'), source: unique('mau') }
    await run(db, samples, mapping)
    expect(await run(db, samples, mapping)).toEqual({ read: 150, received: 0, repeated: 150, skipped: 0 })
    expect(await rowsFrom(db, mapping.source)).toHaveLength(150)
    const runs = await db.select().from(events).where(eq(events.subjectId, mapping.source)).orderBy(events.id)
    expect(runs.map(({ event, actorKind, details }) => [event, actorKind, details])).toEqual([
      ['import.finished', 'import', { file: 'bang.csv', read: 150, received: 150, repeated: 0, skipped: 0 }],
      ['import.finished', 'import', { file: 'bang.csv', read: 150, received: 0, repeated: 150, skipped: 0 }],
    ])
  })
})

describe('a table with invalid rows', () => {
  const lines = [
    heading,
    'A1,Cây đổ,"Cây đổ\nchắn đường",CX-01,02/03/2026 08:00',
    'A2,,Không có tiêu đề,CX-01,02/03/2026 08:00',
    'A3,Đèn tắt,Tối om,XX-99,02/03/2026 08:00',
    'A4,Ngập,Ngập cả phố,TN-01,hôm qua',
    'A5,Ngập,Ngập cả phố,TN-01,03/03/2026 08:00',
    'A6,thiếu cột',
    'A1,Cây đổ lần nữa,Trùng khóa,CX-01,02/03/2026 08:00',
    'A7,Hố ga,Mất nắp,TN-02,02/03/2026 08:30',
  ]

  test('is refused as a whole, and names every line with its reason in the reader’s language', async ({
    db,
    folder,
  }) => {
    const file = join(folder, 'bang.csv')
    writeFileSync(file, lines.join('\n'))
    const mapping = small()
    const error = await run(db, file, mapping).catch((caught: unknown) => caught)
    if (!(error instanceof DomainError)) throw error
    expect(error.code).toBe('import_refused')
    expect(importSentences('vi').refused(error).split('\n').slice(1).sort()).toEqual([
      'Dòng 4: tiêu đề bị trống.',
      'Dòng 5: lĩnh vực không có hoặc không còn dùng (XX-99).',
      'Dòng 6: thời điểm tiếp nhận không đúng định dạng thời gian (hôm qua).',
      'Dòng 7: thời điểm tiếp nhận sau thời điểm hiện tại (2026-03-03T01:00:00.000Z).',
      'Dòng 8: cả dòng không đọc được: thiếu dấu ngoặc kép, sai số cột hoặc không phải JSON.',
    ])
    expect(importSentences('en').refused(error)).toContain('Line 4: the title is empty.')
    expect(await rowsFrom(db, mapping.source)).toEqual([])
    expect(await db.select().from(events).where(eq(events.subjectId, mapping.source))).toEqual([])
  })

  test('is imported without them if they are set aside, each with its row', async ({ db, folder }) => {
    const file = join(folder, 'bang.csv.gz')
    writeFileSync(file, gzipSync(lines.join('\n')))
    const mapping = small()
    const bad: BadRow[] = []
    expect(await run(db, file, mapping, (row) => bad.push(row))).toEqual({
      read: 8,
      received: 2,
      repeated: 1,
      skipped: 5,
    })
    expect(bad.map(({ line, faults }) => [line, faults[0]?.code]).sort()).toEqual([
      [4, 'required'],
      [5, 'category_unknown'],
      [6, 'bad_time'],
      [7, 'received_in_future'],
      [8, 'unreadable'],
    ])
    expect(bad.find(({ line }) => line === 5)?.row).toMatchObject({ ma: 'A3', tieu_de: 'Đèn tắt' })
    expect(bad.find(({ line }) => line === 8)?.row).toBe('A6,thiếu cột')
    const rows = await rowsFrom(db, mapping.source)
    expect(rows.map(({ sourceKey, title }) => [sourceKey, title]).sort()).toEqual([
      ['A1', 'Cây đổ'],
      ['A7', 'Hố ga'],
    ])
  })

  test('names twenty lines and counts the rest', async ({ db, folder }) => {
    const file = join(folder, 'bang.csv')
    const many = Array.from({ length: 700 }, (_, index) => `A${index},,x,CX-01,02/03/2026 08:00`)
    writeFileSync(file, [heading, ...many].join('\n'))
    const error = await run(db, file, small()).catch((caught: unknown) => caught)
    const said = importSentences('vi')
      .refused(error as DomainError)
      .split('\n')
    expect([said.length, said.at(-1)]).toEqual([22, 'Còn 680 dòng khác không dùng được.'])
  })

  test('is refused as another table if a column is missing', async ({ db, folder }) => {
    const file = join(folder, 'bang.csv')
    writeFileSync(file, 'ma,tieu_de\nA1,Cây đổ')
    const error = await run(db, file, small()).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'import_columns_missing', details: { columns: 'noi_dung, linh_vuc, luc' } })
    expect(importSentences('vi').refused(error as DomainError)).toContain('noi_dung, linh_vuc, luc')
  })
})

describe('an import that fails', () => {
  test('during validation leaves nothing behind', async ({ db, folder }) => {
    const mapping = { ...mappingOf('sample-reports'), source: unique('dut') }
    const table = await openTable(samples, mapping)
    async function* cutOff() {
      let rows = 0
      for await (const row of table.rows()) {
        if (++rows > 120) throw new Error('the line went dead')
        yield row
      }
    }
    const broken = { ...table, rows: cutOff }
    const ctx = { db, actor: importer, now }
    await expect(importReports(ctx, { mapping, file: folder, table: broken })).rejects.toThrow('the line went dead')
    expect(await rowsFrom(db, mapping.source)).toEqual([])
    const log = await db.select({ of: count() }).from(events).where(like(events.subjectId, mapping.source))
    expect(log).toEqual([{ of: 0 }])
  })

  test('does not block the next: two of one source do not run at once', async ({ db }) => {
    const mapping = { ...mappingOf('sample-reports'), source: unique('doi') }
    const results = await Promise.allSettled([run(db, samples, mapping), run(db, samples, mapping)])
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []))
    expect(refused).toEqual(['import_running'])
    expect(await run(db, samples, mapping)).toMatchObject({ repeated: 150 })
  })
})

test('while an import runs, the desk can take in reports of the same day, and no code is given twice', async ({
  db,
  folder,
}) => {
  const { receiveReport } = await import('#server/reports/commands/receive-report.ts')
  const { intakeSchema } = await import('#server/reports/rules/schemas.ts')
  const file = join(folder, 'bang.csv')
  const many = Array.from({ length: 450 }, (_, index) => `A${index},Cây đổ,Chắn đường,CX-01,20/02/2026 08:00`)
  writeFileSync(file, [heading, ...many].join('\n'))
  const mapping = small()
  const table = await openTable(file, mapping)
  const ctx = { db, actor: importer, now }
  const live: string[] = []
  async function* beside() {
    let rows = 0
    for await (const row of table.rows()) {
      if (rows++ % 150 === 100) {
        const phone = { channel: 'hotline', source: 'staff', sourceKey: unique('k'), categoryCode: 'CX-01' }
        const receivedAt = hanoi('2026-02-20 09:00')
        live.push((await receiveReport(ctx, intakeSchema.parse({ ...phone, title: 'a', body: 'b', receivedAt }))).code)
      }
      yield row
    }
  }
  await importReports(ctx, { mapping, file, table: { ...table, rows: beside } })
  expect(live).toHaveLength(6)
  const codes = (await rowsFrom(db, mapping.source)).map(({ code }) => code)
  expect(new Set([...codes, ...live]).size).toBe(456)
  const [day] = await db.select().from(reportCodes).where(eq(reportCodes.day, '2026-02-20'))
  expect(day?.last).toBeLessThan(600)
})

describe('Boston’s reports of 2011', () => {
  test.skipIf(!existsSync(boston))(
    'come in with their times, categories and points, which lie in no area of ours',
    async ({ db }) => {
      const mapping = mappingOf('boston-311')
      const table = await openTable(boston, mapping)
      async function* some() {
        let rows = 0
        for await (const row of table.rows()) {
          if (++rows > 1000) return
          yield row
        }
      }
      const counts = await importReports(
        { db, actor: importer, now },
        { mapping, file: boston, table: { ...table, rows: some } },
      )
      expect(counts).toEqual({ read: 1000, received: 1000, repeated: 0, skipped: 0 })
      const of = and(eq(reports.source, mapping.source), isNull(reports.areaId), isNotNull(reports.lon))
      expect(await db.select({ of: count() }).from(reports).where(of)).toEqual([{ of: 1000 }])
      const [first] = await db.select().from(reports).where(eq(reports.sourceKey, '101000295613'))
      expect(first).toMatchObject({
        title: 'Street Light Outages',
        categoryCode: 'CS-01',
        channel: 'import',
        receivedAt: new Date('2011-07-01T05:32:33Z'),
        lat: 42.2715,
        tags: ['Ward 17'],
      })
      expect(first?.code).toMatch(/^HN-110701-\d{4}$/)
    },
  )
})
