import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, eq, inArray } from 'drizzle-orm'
import { describe, expect, vi } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { unique } from '#db/factories/unique.ts'
import { writeHanoi } from '#db/hanoi.ts'
import { categories, events, reports } from '#db/schema/index.ts'
import { test as plain } from '#db/testing.ts'
import { importer, robot } from '#server/accounts/rules/actor.ts'
import { saveDay } from '#server/calendars/commands/save-day.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { checkSeals } from '#server/events/commands/check-seals.ts'
import { sealDays } from '#server/events/commands/seal-days.ts'
import { recordEvent } from '#server/events/commands.ts'
import { liveChannel } from '#server/platform/rules/announcement.ts'
import { openRanges, recomputeDeadlines } from '#server/reports/commands/recompute-deadlines.ts'
import { queueChanges } from '#server/reports/queries/queue-changes.ts'
import { queueOf } from '#server/reports/rules/queue.ts'
import { openTable } from '../reading.ts'
import { type Mapping, mappingSchema } from '../rules/mapping.ts'
import { importReports } from './import-reports.ts'

const test = plain
  .extend('city', { scope: 'file', auto: true }, ({ db }) => writeHanoi(db))
  .extend('folder', ({ db: _ }, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'import-'))
    onCleanup(() => rmSync(folder, { recursive: true }))
    return folder
  })

const rowCount = 450

/**
 * A table of several parts, and a clock that a test advances. Between two rows, while the table is imported, `midway`
 * runs.
 */
function scene(db: Database, folder: string, { at, receivedAt }: { at: string; receivedAt: string }) {
  const mapping = mappingSchema.parse({
    source: unique('phan'),
    key: ['ma'],
    times: { format: 'dd/MM/yyyy HH:mm' },
    fields: { title: 'tieu_de', body: 'noi_dung', category: 'linh_vuc', receivedAt: 'luc' },
  })
  const file = join(folder, 'bang.csv')
  const lines = Array.from({ length: rowCount }, (_, index) => `A${index},Cây đổ,Chắn đường,CX-01,${receivedAt}`)
  writeFileSync(file, ['ma,tieu_de,noi_dung,linh_vuc,luc', ...lines].join('\n'))
  const clock = { moment: hanoi(at) }
  const now = () => clock.moment
  const run = async (midway?: () => Promise<unknown>) => {
    const table = await openTable(file, mapping)
    let readings = 0
    async function* rows() {
      const isLast = ++readings === 2
      let row = 0
      for await (const each of table.rows()) {
        if (isLast && row++ === 250) await midway?.()
        yield each
      }
    }
    return importReports({ db, actor: importer, now }, { mapping, file: 'bang.csv', table: { ...table, rows } })
  }
  const imported = () => db.select().from(reports).where(eq(reports.source, mapping.source))
  return { clock, now, run, imported, mapping, file }
}

describe('while an import is running', () => {
  test('an open list is notified of every report as it arrives', async ({ db, sql, folder }) => {
    const { clock, now, run, imported } = scene(db, folder, { at: '2026-03-02 10:00', receivedAt: '20/02/2026 08:00' })
    const desk = { db, actor: await buildActor(db, 'dispatcher'), now }
    const told: string[] = []
    const { unlisten } = await sql.listen(liveChannel, (payload) => told.push(payload))
    const heard = new Set<number>()
    let since = hanoi('2026-03-02 09:59')
    const listen = async () => {
      await vi.waitFor(() => expect(told.splice(0).join()).toContain('"kind":"report"'))
      clock.moment = new Date(clock.moment.getTime() + 60_000)
      const { changes, asOf, tooMany } = await queueChanges(desk, { queue: queueOf('open'), since })
      expect(tooMany).toBe(false)
      for (const { id } of changes) heard.add(id)
      since = asOf
      clock.moment = new Date(clock.moment.getTime() + 60_000)
    }
    await run(listen)
    await listen()
    await unlisten()
    const missed = (await imported()).filter(({ id }) => !heard.has(id))
    expect(missed.map(({ code }) => code)).toEqual([])
    expect(heard.size).toBe(rowCount)
  })

  test('the day ends and is sealed: the seals remain valid', async ({ db, folder }) => {
    const { clock, now, run } = scene(db, folder, { at: '2026-03-02 23:58', receivedAt: '20/02/2026 08:00' })
    await run(async () => {
      const entry = { event: 'category.changed', subject: { kind: 'category', id: 'CX-01' } } as const
      await recordEvent(db, { actor: robot, now }, entry)
      clock.moment = hanoi('2026-03-03 00:10')
      expect(await sealDays({ db, now })).toBeGreaterThan(0)
    })
    clock.moment = hanoi('2026-03-04 00:10')
    await sealDays({ db, now })
    expect((await checkSeals({ db, actor: robot, now }, { from: null })).faults).toEqual([])
  })

  test('an edit of the calendar applies to all of it', async ({ db, folder }) => {
    const { now, run, imported } = scene(db, folder, { at: '2026-03-05 18:00', receivedAt: '05/03/2026 16:00' })
    await run(async () => {
      const admin = { db, actor: await buildActor(db, 'admin'), now }
      await saveDay(admin, {
        id: null,
        version: 0,
        calendarId: null,
        date: '2026-03-06',
        kind: 'closed',
        intervals: null,
        name: 'Nghỉ đột xuất',
        nameEn: 'Sudden day off',
        status: 'confirmed',
        swappedWith: null,
        source: '',
      })
      const scope = { calendarId: null, incidentId: null }
      for (const range of await openRanges({ db }, scope)) {
        await recomputeDeadlines({ db, actor: robot, now }, { scope, range, at: now() })
      }
    })
    const due = new Set((await imported()).map(({ dueAt }) => dueAt?.toISOString()))
    expect([...due]).toEqual([hanoi('2026-03-09 16:00').toISOString()])
  })
})

/** An import in a separate process, which dies after a part was imported. */
async function dieHalfWay(databaseUrl: string, order: { file: string; mapping: Mapping; now: Date }): Promise<void> {
  const program = `
    import { connect } from '#db/client.ts'
    import { importer } from '#server/accounts/rules/actor.ts'
    import { importReports } from '#server/imports/commands/import-reports.ts'
    import { openTable } from '#server/imports/reading.ts'
    const { db } = connect(process.env.DATABASE_URL)
    const { file, mapping, now } = JSON.parse(process.env.ORDER)
    const table = await openTable(file, mapping)
    const waitAfterPart = (rows, share) => {
      if (share <= 0.5) return
      process.send('half')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    }
    const order = { mapping, file, table, onProgress: waitAfterPart }
    await importReports({ db, actor: importer, now: () => new Date(now) }, order)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: join(import.meta.dirname, '../../..'),
    env: { ...process.env, DATABASE_URL: databaseUrl, ORDER: JSON.stringify(order), LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await new Promise<void>((settle) => child.once('message', () => settle()))
  const gone = new Promise((settle) => child.once('exit', settle))
  child.kill('SIGKILL')
  await gone
}

describe('an import that is interrupted', () => {
  test('leaves complete parts behind, and continues from there when it is started again, without duplicates', async ({
    db,
    folder,
  }) => {
    const { run, imported, mapping } = scene(db, folder, { at: '2026-03-02 10:00', receivedAt: '20/02/2026 08:00' })
    const broken = run(() => Promise.reject(new Error('the process was killed')))
    await expect(broken).rejects.toThrow('the process was killed')
    expect(await imported()).toHaveLength(200)
    expect(await db.$count(events, eq(events.subjectId, mapping.source))).toBe(0)
    expect(await run()).toEqual({ read: rowCount, received: 250, repeated: 200, skipped: 0 })
    const rows = await imported()
    expect(rows).toHaveLength(rowCount)
    expect(new Set(rows.map(({ sourceKey }) => sourceKey)).size).toBe(rowCount)
    const ids = rows.map(({ id }) => id)
    const told = and(inArray(events.reportId, ids), eq(events.event, 'report.received'))
    expect(await db.$count(events, told)).toBe(rowCount)
    expect(await run()).toEqual({ read: rowCount, received: 0, repeated: rowCount, skipped: 0 })
  })

  test('by a kill, lets the next one begin at once, which continues it', async ({ db, databaseUrl, folder }) => {
    const { now, run, imported, mapping, file } = scene(db, folder, {
      at: '2026-03-02 10:00',
      receivedAt: '20/02/2026 08:00',
    })
    await dieHalfWay(databaseUrl, { file, mapping, now: now() })
    const half = (await imported()).length
    expect([half % 200, half > 0, half < rowCount]).toEqual([0, true, true])
    // The server notices that its connections are gone, and releases its lock.
    await vi.waitFor(async () => {
      const counts = await run()
      expect(counts).toEqual({ read: rowCount, received: rowCount - half, repeated: half, skipped: 0 })
    }, 60_000)
    expect(await imported()).toHaveLength(rowCount)
  })

  test('because a category was retired in the meantime reports what was imported and what is now invalid', async ({
    db,
    folder,
  }) => {
    const { run, imported } = scene(db, folder, { at: '2026-03-02 10:00', receivedAt: '20/02/2026 08:00' })
    const use = (isActive: boolean) => db.update(categories).set({ isActive }).where(eq(categories.code, 'CX-01'))
    const stopped = await run(() => use(false)).catch((error: unknown) => error)
    expect(stopped).toMatchObject({ code: 'import_stopped', details: { received: 200, count: 200 } })
    expect(await imported()).toHaveLength(200)
    await use(true)
    expect(await run()).toMatchObject({ received: 250, repeated: 200 })
  })
})
