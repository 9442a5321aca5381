import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql as raw } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database, Sql } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { writeGoldenLog } from '#db/factories/golden-log.ts'
import { test as base } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { recordEvent } from '#server/events/commands.ts'
import { readBoard } from '../queries/board.ts'
import { noBoardFilters } from '../rules/filters.ts'
import { catchUp, countBehind, veryMany } from './catch-up.ts'
import { checkFigures } from './check-figures.ts'
import { fillDays, fillMonths } from './fill-sums.ts'
import { rebuildFigures } from './rebuild.ts'
import { figureTables } from './write-figures.ts'

const now = () => new Date('2026-03-17T03:00:00Z')
const test = base.extend('log', { scope: 'file' }, ({ db }) => writeGoldenLog(db))

/** The whole content of the figure tables, as text. */
async function dump(sql: Sql): Promise<string> {
  const texts = await Promise.all(
    figureTables.map((table) =>
      sql.unsafe(`select coalesce(string_agg(t::text, E'\\n' order by t::text), '') as text from ${table} t`),
    ),
  )
  return texts.map(([row]) => row?.text).join('\n\n')
}

const clear = (sql: Sql) => sql.unsafe(`truncate figure_sums, ${figureTables.join(', ')}`)
/** In this order, as marks are taken in the order of their ids. */
const mark = (sql: Sql, ids: readonly number[]) => sql`
  insert into stale_facts (report_id)
  select id from unnest(${ids as number[]}::bigint[]) with ordinality as given (id, place) order by place`
const note = (db: Database, id: number) =>
  recordEvent(db, { actor: robot, now }, { event: 'report.tags_changed', subject: { kind: 'report', id }, version: 9 })

describe('catching up', () => {
  test('gives the same figures by rebuilding, one by one, in any order and twice over', async ({ db, sql, log }) => {
    await catchUp(db)
    const told = await dump(sql)
    expect(told.split('\n').length).toBeGreaterThan(215 * 3)
    const ids = [...log.values()].flat()
    for (const order of [
      [...ids].reverse(),
      [...ids].sort((a, b) => ((a * 7919) % 215) - ((b * 7919) % 215)),
      [...ids, ...ids],
    ]) {
      await clear(sql)
      await mark(sql, order)
      await catchUp(db)
      expect(await dump(sql)).toBe(told)
    }
    await clear(sql)
    await rebuildFigures(db, { now: now() })
    expect(await dump(sql)).toBe(told)
  })

  test('rebuilding may leave adding up to the jobs, which then add up the same', async ({ db, sql, log }) => {
    expect(log.size).toBeGreaterThan(0)
    const sums = async () =>
      (await sql`select slice, level, first_day, sums from figure_sums order by level, first_day, slice`).slice()
    await rebuildFigures(db, { now: now() })
    const told = await sums()
    expect(told.length).toBeGreaterThan(0)
    await clear(sql)
    await rebuildFigures(db, { now: now(), addsUp: false })
    expect(await sums()).toEqual([])
    await fillDays(db, now())
    await fillMonths(db, now())
    expect(await sums()).toEqual(told)
  })

  test('leaves a mark with every event, in its own transaction', async ({ db, sql, log }) => {
    const [id = 1] = log.get('k07') ?? []
    await catchUp(db)
    const undone = db.transaction(async (tx) => {
      await recordEvent(tx, { actor: robot, now }, { event: 'report.tags_changed', subject: { kind: 'report', id } })
      throw new Error('taken back')
    })
    await expect(undone).rejects.toThrow('taken back')
    expect(await countBehind(sql)).toBe(0)
    await note(db, id)
    await recordEvent(db, { actor: robot, now }, { event: 'setting.changed', subject: { kind: 'setting', id: 'city' } })
    expect(await countBehind(sql)).toBe(1)
  })

  test('is done once by several workers at a time, and a board read meanwhile says by how many it is behind', async ({
    db,
    sql,
    log,
  }) => {
    const told = await dump(sql)
    await clear(sql)
    await mark(sql, [...log.values()].flat())
    const actor = await buildActor(db, 'manager')
    const filters = { ...noBoardFilters, period: { from: '2026-03-02', to: '2026-03-15' } }
    const [first, second, board] = await Promise.all([catchUp(db), catchUp(db), readBoard({ db, actor, now }, filters)])
    expect(first + second).toBeLessThanOrEqual(215)
    // How much is caught up within the wait depends on the machine; the board says how much is missing.
    expect((board.kpis.received.value ?? 0) + board.header.behind).toBeGreaterThanOrEqual(189)
    expect(await countBehind(sql)).toBe(0)
    expect(await dump(sql)).toBe(told)
  })

  test('is continued by another process where one was killed in the middle of it', async ({
    db,
    sql,
    databaseUrl,
    log,
  }) => {
    const told = await dump(sql)
    for (const id of log.get('k01') ?? []) await note(db, id)
    const behind = await countBehind(sql)
    await killMidway(databaseUrl)
    expect(await countBehind(sql)).toBe(behind)
    await catchUp(db)
    expect(await countBehind(sql)).toBe(0)
    expect(await dump(sql)).toBe(told)
  })
})

test('a board waits for a few changes, but leaves very many to the jobs', async ({ db, sql, log }) => {
  const [some = 1] = [...log.values()].flat()
  const mark = (amount: number) =>
    sql`insert into stale_facts (report_id) select ${some} from generate_series(1, ${amount}::int)`
  const actor = await buildActor(db, 'manager')
  await mark(veryMany)
  const board = await readBoard({ db, actor, now }, noBoardFilters)
  expect([board.header.behind, await countBehind(sql)]).toEqual([veryMany, veryMany])
  await catchUp(db)
  await mark(1)
  const later = await readBoard({ db, actor, now }, noBoardFilters)
  expect([later.header.behind, await countBehind(sql)]).toEqual([0, 0])
})

test('the words for as many changes as are counted at most say that there may be more', async () => {
  for (const language of ['vi', 'en']) {
    for (const screen of ['board', 'storm', 'weekly']) {
      const words = await readFile(join(import.meta.dirname, `../../../messages/${language}/${screen}.json`), 'utf8')
      expect(words).toMatch(new RegExp(`"behind": ".*=${veryMany} {`))
    }
  }
})

test('a report that cannot be recomputed stays behind and blocks no other, until something new happens to it', async ({
  db,
  sql,
  log,
}) => {
  await catchUp(db)
  const told = await dump(sql)
  const [poor = 1, ...others] = [...log.values()].flat().slice(0, 40)
  await sql.unsafe(`
    create function refuse_one() returns trigger language plpgsql as
      $$ begin if new.report_id = ${poor} then raise check_violation using message = 'injected'; end if; return new; end $$;
    create trigger refuse_one before insert on report_facts for each row execute function refuse_one();`)
  for (const id of [...others.slice(0, 20), poor, ...others.slice(20)]) await note(db, id)
  expect(await catchUp(db)).toBe(39)
  expect(await dump(sql)).toBe(told)
  const board = await readBoard({ db, actor: await buildActor(db, 'manager'), now }, noBoardFilters)
  expect(board.header.behind).toBe(1)
  await sql`drop trigger refuse_one on report_facts`
  await note(db, poor)
  await catchUp(db)
  expect(await countBehind(sql)).toBe(0)
  expect(await dump(sql)).toBe(told)
})

/** A process that took the marks, wrote half of the figures and died. */
async function killMidway(databaseUrl: string): Promise<void> {
  const program = `
    import { connect } from '#db/client.ts'
    import { holdFigures } from '#server/insights/commands/catch-up.ts'
    const { sql } = connect(process.env.DATABASE_URL, { max: 1 })
    await sql.begin(async (tx) => {
      await holdFigures(tx)
      await tx\`delete from stale_facts\`
      await tx\`delete from report_facts\`
      process.send('midway')
      await new Promise(() => undefined)
    })`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: join(import.meta.dirname, '../../..'),
    env: { ...process.env, DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await new Promise((halfway) => child.once('message', halfway))
  const gone = new Promise((exit) => child.once('exit', exit))
  child.kill('SIGKILL')
  await gone
}

describe('the nightly check', () => {
  test('finds what differs from the log, reports it where it is looked for, and has it recomputed', async ({
    db,
    sql,
    log,
  }) => {
    const ctx = { db, actor: robot, now }
    await catchUp(db)
    expect(await checkFigures(ctx)).toMatchObject({ compared: 215, failed: 0 })
    const [id = 1] = log.get('k02') ?? []
    await sql`update report_facts set standing = 3 where report_id = ${id}`
    await sql`delete from report_closes where report_id = ${id + 1}`
    expect(await checkFigures(ctx)).toMatchObject({ failed: 2, reportIds: [id, id + 1] })
    const [event] =
      await sql`select event, details ->> 'failed' as failed from events where subject_id = 'figures' order by id desc limit 1`
    expect(event).toEqual({ event: 'figures.differed', failed: '2' })
    const actor = await buildActor(db, 'manager')
    const board = await readBoard({ db, actor, now }, noBoardFilters)
    expect(board.header.check).toMatchObject({ failed: 2 })
    expect(await checkFigures(ctx)).toMatchObject({ failed: 0 })
  })
})

test('figures do not depend on the time zone of the server', async ({ db, log }) => {
  expect(log.size).toBe(18)
  const actor = await buildActor(db, 'manager')
  const filters = { ...noBoardFilters, period: { from: '2026-03-02', to: '2026-03-15' } }
  const board = await readBoard({ db, actor, now }, filters)
  const zone = process.env.TZ
  try {
    for (const other of ['America/Los_Angeles', 'Pacific/Kiritimati']) {
      process.env.TZ = other
      await db.execute(raw`select set_config('TimeZone', ${other}, false)`)
      const there = await readBoard({ db, actor, now }, filters)
      expect([there.kpis, there.charts]).toEqual([board.kpis, board.charts])
    }
  } finally {
    process.env.TZ = zone
  }
})
