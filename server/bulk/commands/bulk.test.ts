import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { and, eq, inArray, sql as query } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAccount, buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildCopies } from '#db/factories/copies.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { bulkRows, bulkRuns, events, reportAnswers, reports } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { undoLimits } from '#server/platform/rules/limits.ts'
import { changeTags } from '#server/reports/commands/change-report.ts'
import { previewRun } from '../queries/preview.ts'
import { runRows } from '../queries/runs.ts'
import type { BulkAction } from '../rules/actions.ts'
import { undoSeconds } from '../rules/run.ts'
import { forgetRuns } from './forget-runs.ts'
import { startRun } from './start-run.ts'
import { cancelRun, undoRun } from './stop-run.ts'
import { workOnRun, workThrough } from './work-through.ts'

const now = () => hanoi('2026-03-02 14:00')
const session = randomUUID()
const asked = (db: Database, actor: Actor): Context => ({ db, actor, now })
const urgent: BulkAction = { name: 'change_severity', severity: 'urgent', reason: 'Bão' }

async function begin(ctx: Context, ids: readonly number[], action: BulkAction, id: string = randomUUID()) {
  const { meant } = await previewRun(ctx, { reportIds: [...ids], action })
  return startRun(ctx, session, { id, reportIds: [...ids], action, expected: meant })
}

const many = async (db: Database, count: number, wanted: Parameters<typeof buildReport>[1]) => {
  const ids: number[] = []
  for (let i = 0; i < count; i++) ids.push((await buildReport(db, { severity: 'normal', ...wanted })).id)
  return ids
}

const eventsOf = (db: Database, ids: readonly number[], event: string) =>
  db.$count(events, and(inArray(events.reportId, [...ids]), eq(events.event, event)))

/** The event log entries of the run itself. */
async function toldOf(db: Database, runId: string) {
  const told = await db.select().from(events).where(eq(events.subjectId, runId)).orderBy(events.id)
  return told.map(({ event }) => event)
}

/** The rows of a run: the outcome for each report. */
async function outcomes(db: Database, runId: string) {
  const rows = await db.select().from(bulkRows).where(eq(bulkRows.runId, runId)).orderBy(bulkRows.position)
  return rows.map(({ reportId, status, refusal }) => ({ reportId, status, refusal }))
}

describe('a change in bulk', () => {
  test('previews what it will do, and does exactly that, each report separately', async ({ db }) => {
    const [ward, other] = [await buildAgency(db), await buildAgency(db)]
    const approver = await buildActor(db, 'approver', ward)
    const at = { agencyId: ward.id, heldBy: [ward.id], state: 'in_progress' as const }
    const mine = await many(db, 3, at)
    const [gone] = await many(db, 1, { agencyId: other.id, heldBy: [ward.id, other.id], state: 'in_progress' })
    const [strange] = await many(db, 1, { agencyId: other.id, heldBy: [other.id], state: 'in_progress' })
    const [already] = await many(db, 1, { ...at, severity: 'urgent' })
    const ids = [...mine, gone, strange, already] as number[]
    const ctx = asked(db, approver)
    const preview = await previewRun(ctx, { reportIds: ids, action: urgent })
    expect(preview).toMatchObject({ chosen: 6, missing: 1, meant: 3, inBackground: false, isUndoable: true })
    expect(preview.leftOut.map(({ refusalReason, reports }) => [refusalReason, reports])).toEqual([
      ['forbidden', 1],
      ['unchanged', 1],
    ])
    const run = await begin(ctx, ids, urgent)
    expect(run).toMatchObject({ state: 'done', rows: 5, counts: { changed: 3, skipped: 2, failed: 0 } })
    expect(await eventsOf(db, ids, 'report.severity_changed')).toBe(3)
    const { rows } = await runRows(ctx, { id: run.id, show: 'unwanted', after: 0 })
    expect(rows.map(({ refusal }) => refusal)).toEqual(['forbidden', 'unchanged'])
    const changed = await db.select().from(reports).where(inArray(reports.id, mine))
    expect(changed.map(({ severity, version }) => [severity, version])).toEqual(mine.map(() => ['urgent', 2]))
  })

  test('groups the reports it leaves out by the state that causes the refusal', async ({ db }) => {
    const ward = await buildAgency(db)
    const dispatcher = await buildActor(db, 'dispatcher')
    const [waiting] = await many(db, 1, {})
    const closed = await many(db, 2, { state: 'closed', agencyId: ward.id })
    const action: BulkAction = { name: 'assign', agencyId: ward.id, note: '' }
    const preview = await previewRun(asked(db, dispatcher), { reportIds: [waiting as number, ...closed], action })
    expect(preview.leftOut).toEqual([{ refusalReason: 'wrong_state', state: 'closed', reports: 2 }])
    expect(preview.isUndoable).toBe(true)
    const labels: BulkAction = { name: 'change_tags', add: ['bão'], remove: [] }
    const reportIds = [waiting as number, ...closed]
    expect(await previewRun(asked(db, dispatcher), { reportIds, action: labels })).toMatchObject({
      meant: 1,
      leftOut: [{ refusalReason: 'wrong_state', state: 'closed', reports: 2 }],
    })
  })

  test('started twice under one id runs once, and no one else can see it', async ({ db }) => {
    const dispatcher = await buildActor(db, 'dispatcher')
    const ctx = asked(db, dispatcher)
    const ids = await many(db, 5, {})
    const input = { id: randomUUID(), reportIds: ids, action: urgent, expected: 5 }
    await Promise.all([startRun(ctx, session, input), startRun(ctx, session, input), startRun(ctx, session, input)])
    expect(await eventsOf(db, ids, 'report.severity_changed')).toBe(5)
    expect(await db.$count(events, and(eq(events.subjectId, input.id), eq(events.event, 'bulk.started')))).toBe(1)
    const colleague = asked(db, await buildActor(db, 'dispatcher'))
    await expect(startRun(colleague, session, input)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('is refused where it would change another number of reports than the user saw', async ({ db }) => {
    const ctx = asked(db, await buildActor(db, 'dispatcher'))
    const ids = await many(db, 2, {})
    const start = (expected: number) =>
      startRun(ctx, session, { id: randomUUID(), reportIds: ids, action: urgent, expected })
    await expect(start(1)).rejects.toMatchObject({ code: 'bulk_changed', details: { rows: 2 } })
  })

  test('writes each answer for its own reader, through the outbox of the single answer', async ({ db }) => {
    const ward = await buildAgency(db)
    const officer = await buildActor(db, 'officer', ward)
    const at = { agencyId: ward.id, heldBy: [ward.id], state: 'in_progress' as const }
    const answer = {
      name: 'answer',
      what: 'Đã xử lý {{code}}',
      where: 'Hà Nội',
      when: 'Hôm nay',
      ...fixed,
      next: '',
    } as const
    const read = await many(db, 2, { ...at, categoryCode: 'CX-02' })
    const run = await begin(asked(db, officer), read, answer)
    expect([run.counts.changed, run.counts.failed]).toEqual([2, 0])
    const told = await db.select().from(reportAnswers).where(inArray(reportAnswers.reportId, read))
    expect(told.map(({ what, status }) => [what.startsWith('Đã xử lý HN-'), status])).toEqual([
      [true, 'submitted'],
      [true, 'submitted'],
    ])
  })
})

test('an answer in bulk skips reports that only their assignee may answer, and says so', async ({ db }) => {
  const ward = await buildAgency(db, { onlyAssigneeAnswers: true })
  const [minh, lan] = [await buildActor(db, 'officer', ward), await buildActor(db, 'officer', ward)]
  const at = { agencyId: ward.id, heldBy: [ward.id], state: 'in_progress' as const }
  const mine = [...(await many(db, 1, at)), ...(await many(db, 1, { ...at, assigneeId: minh.id }))]
  const hers = await many(db, 2, { ...at, assigneeId: lan.id })
  const action = { name: 'answer', what: 'Đã xử lý', where: 'Hà Nội', when: 'Hôm nay', ...fixed, next: '' } as const
  const preview = await previewRun(asked(db, minh), { reportIds: [...mine, ...hers], action })
  expect(preview).toMatchObject({ meant: 2, leftOut: [{ refusalReason: 'not_assignee', reports: 2 }] })
  const run = await begin(asked(db, minh), [...mine, ...hers], action)
  expect(run.counts).toMatchObject({ changed: 2, skipped: 2, failed: 0 })
  const left = (await outcomes(db, run.id)).filter(({ refusal }) => refusal === 'not_assignee')
  expect(left.map(({ reportId }) => reportId)).toEqual(hers)
  expect(await db.$count(reportAnswers, inArray(reportAnswers.reportId, hers))).toBe(0)
})

test('no one alone sends a refusal to more than fifty citizens; spam is refused without an answer', async ({ db }) => {
  const ctx = asked(db, await buildActor(db, 'dispatcher'))
  const [first] = await many(db, 1, {})
  const reportIds = [first as number, ...(await buildCopies(db, { id: first as number }, 50))]
  const words: BulkAction = { name: 'reject', reason: 'out_of_scope', answer: 'Xin gửi Ban Tiếp công dân.' }
  expect(await previewRun(ctx, { reportIds, action: words })).toMatchObject({ meant: 51, tooManyUnread: 50 })
  const start = startRun(ctx, session, { id: randomUUID(), reportIds, action: words, expected: 51 })
  await expect(start).rejects.toMatchObject({ code: 'bulk_unread_answers', details: { most: 50 } })
  const silent: BulkAction = { name: 'reject', reason: 'spam', answer: '' }
  expect(await previewRun(ctx, { reportIds, action: silent })).toMatchObject({ meant: 51, tooManyUnread: null })
})

describe('a run over three hundred reports', () => {
  test('continues past failures, and after a crash exactly where it stopped', async ({ db, sql }) => {
    const [ward, other] = [await buildAgency(db), await buildAgency(db)]
    const approver = await buildActor(db, 'approver', ward)
    const ctx = asked(db, approver)
    const mine = await many(db, 280, { agencyId: ward.id, heldBy: [ward.id], state: 'in_progress' })
    const read = await many(db, 20, { agencyId: other.id, heldBy: [ward.id, other.id], state: 'in_progress' })
    const action: BulkAction = { name: 'change_tags', add: ['bão số 3'], remove: [] }
    const run = await begin(ctx, [...mine, ...read], action)
    expect(run).toMatchObject({ state: 'running', rows: 300, counts: { waiting: 280, skipped: 20 } })

    const [moved, broken] = [mine[150] as number, mine[160] as number]
    const colleague = asked(db, await buildActor(db, 'dispatcher'))
    await changeTags(colleague, { reportId: moved, version: 1, tags: ['ngập'] })
    await sql.unsafe(`
      create function refuse_one() returns trigger language plpgsql as
        $$ begin if new.id = ${broken} then raise check_violation using message = 'injected'; end if; return new; end $$;
      create trigger refuse_one before update on reports for each row execute function refuse_one();`)

    // Two processes at the same time; an earlier one stopped in the middle.
    expect(await workThrough(ctx, run.id, 120)).toBe(true)
    await Promise.all([workThrough(ctx, run.id, 300), workThrough(ctx, run.id, 300)])
    await workOnRun(ctx, run.id)
    await sql`drop trigger refuse_one on reports`

    const all = await outcomes(db, run.id)
    const of = (status: string) => all.filter((row) => row.status === status)
    expect([of('changed').length, of('failed').length, of('skipped').length]).toEqual([278, 2, 20])
    expect(of('failed')).toEqual([
      { reportId: moved, status: 'failed', refusal: 'conflict' },
      { reportId: broken, status: 'failed', refusal: 'bulk_row_defect' },
    ])
    const changed = of('changed').map(({ reportId }) => reportId)
    expect(await eventsOf(db, changed, 'report.tags_changed')).toBe(278)
    const [ended] = await db.select().from(bulkRuns).where(eq(bulkRuns.id, run.id))
    expect(ended?.state).toBe('done')
  })

  test('keeps the labels of two concurrent runs of one person', async ({ db }) => {
    const ctx = asked(db, await buildActor(db, 'dispatcher'))
    const ids = await many(db, 12, { tags: [] })
    await Promise.all(['bão', 'ngập'].map((tag) => begin(ctx, ids, { name: 'change_tags', add: [tag], remove: [] })))
    const rows = await db.select({ tags: reports.tags }).from(reports).where(inArray(reports.id, ids))
    expect(rows.map(({ tags }) => tags.toSorted())).toEqual(ids.map(() => ['bão', 'ngập']))
  })

  test('is stopped by the user who started it, and reports not done yet stay as they were', async ({ db }) => {
    const ctx = asked(db, await buildActor(db, 'dispatcher'))
    const ids = await many(db, 210, {})
    const run = await begin(ctx, ids, urgent)
    await workThrough(ctx, run.id, 10)
    const stopped = await cancelRun(ctx, run.id)
    expect(stopped).toMatchObject({ state: 'cancelled', counts: { changed: 10, cancelled: 200, waiting: 0 } })
    expect(await workThrough(ctx, run.id, 300)).toBe(false)
    expect(await toldOf(db, run.id)).toEqual(['bulk.started', 'bulk.cancelled'])
    expect(await eventsOf(db, ids, 'report.severity_changed')).toBe(10)
  })
})

/** A worker in a separate process, which is killed while a row is half done. */
async function dieAtRow(databaseUrl: string, runId: string): Promise<void> {
  const program = `
    import { connect } from '#db/client.ts'
    import { workThrough } from '#server/bulk/commands/work-through.ts'
    import { robot } from '#server/accounts/rules/actor.ts'
    const { db } = connect(process.env.DATABASE_URL)
    const now = () => new Date('${now().toISOString()}')
    await workThrough({ db, actor: robot, now }, '${runId}', 40)
    process.send('half')
    await workThrough({ db, actor: robot, now }, '${runId}', 300)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: join(import.meta.dirname, '../../..'),
    env: { ...process.env, DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await new Promise<void>((settle) => child.once('message', () => settle()))
  const gone = new Promise((settle) => child.once('exit', settle))
  child.kill('SIGKILL')
  await gone
}

test('a run left by a killed process is completed by another one, each report changed once', async ({
  db,
  sql,
  databaseUrl,
}) => {
  const ctx = asked(db, await buildActor(db, 'dispatcher'))
  const ids = await many(db, 210, {})
  const run = await begin(ctx, ids, urgent)
  await dieAtRow(databaseUrl, run.id)
  // Waits until the database notices that the connections are gone; uncommitted changes are rolled back.
  await expect
    .poll(async () => Number((await sql`select count(*) from pg_locks where locktype = 'transactionid'`)[0]?.count))
    .toBeLessThanOrEqual(1)
  const half = await outcomes(db, run.id)
  expect(half.filter(({ status }) => status === 'changed').length).toBeGreaterThanOrEqual(40)
  await workOnRun(ctx, run.id)
  await workOnRun(ctx, run.id)
  await workOnRun(ctx, run.id)
  const all = await outcomes(db, run.id)
  expect(new Set(all.map(({ status }) => status))).toEqual(new Set(['changed']))
  expect(await eventsOf(db, ids, 'report.severity_changed')).toBe(210)
})

describe('undoing a run', () => {
  test('restores each report that no one has changed since, and names the others', async ({ db }) => {
    const ctx = asked(db, await buildActor(db, 'dispatcher'))
    const ids = await many(db, 4, { tags: ['cũ'] })
    const action: BulkAction = { name: 'change_tags', add: ['mới'], remove: ['cũ'] }
    const run = await begin(ctx, ids, action)
    expect(run.undoSeconds).toBe(15)
    const colleague = asked(db, await buildActor(db, 'dispatcher'))
    await changeTags(colleague, { reportId: ids[2] as number, version: 2, tags: ['của đồng nghiệp'] })
    const undone = await undoRun(ctx, run.id)
    expect(undone).toMatchObject({ state: 'undone', counts: { undone: 3, kept: 1 } })
    expect(await toldOf(db, run.id)).toEqual(['bulk.started', 'bulk.undone'])
    const rows = await db.select().from(reports).where(inArray(reports.id, ids)).orderBy(reports.id)
    expect(rows.map(({ tags }) => tags)).toEqual([['cũ'], ['cũ'], ['của đồng nghiệp'], ['cũ']])
    await expect(undoRun(ctx, run.id)).rejects.toMatchObject({ code: 'bulk_wrong_state' })
  })

  test('keeps what the user who started it has since changed manually', async ({ db }) => {
    const ctx = asked(db, await buildActor(db, 'dispatcher'))
    const ids = await many(db, 2, { tags: ['cũ'] })
    const run = await begin(ctx, ids, { name: 'change_tags', add: ['mới'], remove: ['cũ'] })
    await changeTags(ctx, { reportId: ids[0] as number, version: 2, tags: ['ngập'] })
    expect(await undoRun(ctx, run.id)).toMatchObject({ state: 'undone', counts: { undone: 1, kept: 1 } })
    const rows = await db.select().from(reports).where(inArray(reports.id, ids)).orderBy(reports.id)
    expect(rows.map(({ tags }) => tags)).toEqual([['ngập'], ['cũ']])
    expect(await outcomes(db, run.id)).toMatchObject([{ status: 'kept', refusal: 'set_anew' }, { status: 'undone' }])
  })

  test('is refused after its time limit, and where the action cannot be undone', async ({ db }) => {
    const ctx = asked(db, await buildActor(db, 'dispatcher'))
    const run = await begin(ctx, await many(db, 1, {}), urgent)
    const later = { ...ctx, now: () => hanoi('2026-03-02 14:01') }
    await expect(undoRun(later, run.id)).rejects.toMatchObject({ code: 'bulk_undo_over' })
    const rejected = await begin(ctx, await many(db, 1, {}), { name: 'reject', reason: 'spam', answer: '' })
    await expect(undoRun(ctx, rejected.id)).rejects.toMatchObject({ code: 'bulk_not_undoable' })
  })

  test('takes an assignment back, though its first reports have been released since', async ({ db }) => {
    const ward = await buildAgency(db)
    const ctx = asked(db, await buildActor(db, 'dispatcher'))
    const ids = await many(db, 2, {})
    const run = await begin(ctx, ids, { name: 'assign', agencyId: ward.id, note: '' })
    // A long run: it ended five seconds after its first report.
    await db.execute(query`update bulk_runs set finished_at = finished_at + interval '5 seconds' where id = ${run.id}`)
    const released = undoSeconds + undoLimits.graceSeconds + 1
    const later = { ...ctx, now: () => new Date(ctx.now().getTime() + released * 1000) }
    expect(await undoRun(later, run.id)).toMatchObject({ state: 'undone', counts: { undone: 2, kept: 0 } })
    const after = await db.select().from(reports).where(inArray(reports.id, ids))
    expect(after.map(({ state, agencyId }) => [state, agencyId])).toEqual(ids.map(() => ['awaiting_intake', null]))
  })
})

test('above five hundred reports the user must confirm their identity again', async ({ db }) => {
  const account = await buildAccount(db, { roles: ['dispatcher'] })
  const { id } = await buildSession(db, account.username, hanoi('2026-03-02 13:00'))
  const ctx = asked(db, account.actor)
  const reportIds = Array.from({ length: 501 }, (_, n) => n + 1)
  const start = () => startRun(ctx, id, { id: randomUUID(), reportIds, action: urgent, expected: 9999 })
  await expect(start()).rejects.toMatchObject({ code: 'step_up_needed' })
  await db.execute(query`update sessions set confirmed_at = ${now().toISOString()}::timestamptz where id = ${id}`)
  // After the confirmation only the number differs from what the user saw.
  await expect(start()).rejects.toMatchObject({ code: expect.stringMatching(/^bulk_(changed|nothing)$/) })
})

test('a run is deleted three months after its end, one that runs or ended yesterday is not; the log stays', async ({
  db,
}) => {
  const ctx = asked(db, await buildActor(db, 'dispatcher'))
  const [old, late] = [await begin(ctx, await many(db, 2, {}), urgent), await begin(ctx, await many(db, 1, {}), urgent)]
  const [first] = await many(db, 1, {})
  const atWork = await begin(ctx, await buildCopies(db, { id: first as number }, 201), urgent)
  await db
    .update(bulkRuns)
    .set({ finishedAt: hanoi('2026-05-31 14:00') })
    .where(eq(bulkRuns.id, late.id))
  await forgetRuns({ ...ctx, now: () => hanoi('2026-06-01 14:00') })
  const left = async (id: string) => [
    await db.$count(bulkRuns, eq(bulkRuns.id, id)),
    await db.$count(bulkRows, eq(bulkRows.runId, id)),
  ]
  expect([await left(old.id), await left(late.id), await left(atWork.id)]).toEqual([
    [0, 0],
    [1, 1],
    [1, 201],
  ])
  expect(await toldOf(db, old.id)).toEqual(['bulk.started'])
})
