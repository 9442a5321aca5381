import { eq, inArray } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAccount, buildActor, standingInFor } from '#db/factories/accounts.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildReport } from '#db/factories/reports.ts'
import { jobsUnder, storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam } from '#db/factories/team.ts'
import {
  accounts,
  agencies,
  answerBatches,
  answerBatchRecipients,
  events,
  reportAnswers,
  reports,
} from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { type Actor, robot } from '#server/accounts/rules/actor.ts'
import { batchesOf, batchRecipients } from '../queries/answer-batches.ts'
import { previewBatch } from '../queries/batch-preview.ts'
import { batchPace } from '../rules/answer-batch.ts'
import { answerBatch } from './answer-batch.ts'
import { composeBatch } from './compose-batch.ts'
import { approveBatch, cancelBatch, refuseBatch, resumeBatch } from './move-batch.ts'
import { sendAnswer } from './send-answer.ts'
import { sweepBatches } from './sweep-batches.ts'
import { withdrawAnswer } from './withdraw-answer.ts'

const words = {
  what: 'Phản ánh {{code}}: đã bơm tiêu nước và dọn rác tại {{address}}.',
  where: '{{area}}',
  when: 'Sáng 02/03/2026',
  ...fixed,
  next: '',
}
const everything = { subTypes: [], areaIds: [] }
let made = 0
const newId = () => `0199bb00-0000-7000-8000-${String(++made).padStart(12, '0')}`

async function flood(db: Database, count: number, wanted: { needsApproval?: boolean } = {}) {
  const team = await buildTeam(db)
  const incident = await buildIncident(db)
  const category = await buildCategory(db, { needsApproval: wanted.needsApproval ?? false })
  const base = { incidentId: incident.id, agencyId: team.agency.id, categoryCode: category.code }
  const reports = []
  for (let i = 0; i < count; i += 1) {
    reports.push(await buildReport(db, { ...base, state: 'in_progress', address: `Ngõ ${i + 1} Thái Hà` }))
  }
  const ctx = actingAt(db, team.officer, '10:00')
  const batch = (more: object = {}) => ({
    id: newId(),
    incidentId: incident.id,
    filter: everything,
    words: { ...words, where: 'Thái Hà' },
    expected: count,
    wantsSecondPerson: false,
    ...more,
  })
  return { ...team, incident, base, reports, ctx, batch, reviewing: actingAt(db, team.approver, '10:05') }
}

async function runThrough(db: Database, batchId: string) {
  for (let go = 0; go < 20; go += 1) {
    await answerBatch(actingAt(db, robot, '10:10'), batchId)
    const [row] = await db.select().from(answerBatches).where(eq(answerBatches.id, batchId))
    if (row?.state !== 'sending') return row
  }
  throw new Error('the batch does not end')
}

const statusesOf = async (db: Database, batchId: string) =>
  (await db.select().from(answerBatchRecipients).where(eq(answerBatchRecipients.batchId, batchId)))
    .sort((a, b) => a.reportId - b.reportId)
    .map(({ status }) => status)

describe('an unsent batch', () => {
  test('is read only by those who may act on it; batches for reports of other agencies are hidden', async ({ db }) => {
    const { ctx, batch, incident, agency, approver, dispatcher, base } = await flood(db, 2)
    const { agency: other, officer: neighbour } = await buildTeam(db)
    const input = batch({ wantsSecondPerson: true })
    await composeBatch(ctx, input)
    const listFor = (actor: Actor) => batchesOf(actingAt(db, actor, '10:05'), incident.id)
    const colleague = await buildActor(db, 'officer', agency)
    for (const actor of [ctx.actor, approver, colleague, dispatcher]) {
      expect(await listFor(actor)).toMatchObject([{ words: { what: words.what }, recipients: 2 }])
    }
    expect(await listFor(neighbour)).toEqual([])
    for (const role of ['manager', 'auditor'] as const) {
      expect(await listFor(await buildActor(db, role))).toMatchObject([{ words: null, recipients: 2, moves: [] }])
      expect(await listFor(await buildActor(db, role, other))).toEqual([])
    }
    // An agency that held one of the reports sees that this one is to be answered, and no more.
    const [one] = await db.select().from(reports).where(eq(reports.incidentId, incident.id)).orderBy(reports.id)
    await db
      .update(reports)
      .set({ heldBy: [base.agencyId, other.id] })
      .where(eq(reports.id, one?.id ?? 0))
    expect(await listFor(neighbour)).toMatchObject([{ words: null, recipients: 1, counts: { waiting: 1 } }])

    await approveBatch(actingAt(db, approver, '10:06'), { id: input.id, version: 1 })
    await runThrough(db, input.id)
    const manager = await buildActor(db, 'manager')
    expect(await listFor(manager)).toMatchObject([{ state: 'done', words: null, leaving: 2 }])
    const queued = await db.select().from(reportAnswers).where(eq(reportAnswers.batchId, input.id))
    for (const { id } of queued) await sendAnswer(actingAt(db, robot, '10:30'), id)
    expect(await listFor(manager)).toMatchObject([{ words: { what: words.what }, leaving: 0 }])
    expect(await listFor(neighbour)).toMatchObject([{ words: { what: words.what }, recipients: 1 }])
  })

  test('is not approved after the day for which it plans', async ({ db }) => {
    const { ctx, batch, approver } = await flood(db, 1)
    const plan = { ...words, where: 'Thái Hà', outcome: 'planned', plannedFor: '2026-03-04' }
    const input = batch({ wantsSecondPerson: true, words: plan })
    await composeBatch(ctx, input)
    const approve = (local: string) => approveBatch(actingAt(db, approver, local), { id: input.id, version: 1 })
    await expect(approve('2026-03-05 08:00')).rejects.toThrow('planned_passed')
    await expect(approve('2026-03-04 08:00')).resolves.toMatchObject({ state: 'sending' })
  })

  test('that was refused shows its remarks only to its author and reviewer', async ({ db }) => {
    const { ctx, batch, incident, approver } = await flood(db, 2)
    const input = batch({ wantsSecondPerson: true })
    await composeBatch(ctx, input)
    await refuseBatch(actingAt(db, approver, '10:06'), { id: input.id, version: 1, remarks: 'Chưa nói rõ ngõ 7' })
    const manager = actingAt(db, await buildActor(db, 'manager'), '10:10')
    expect(JSON.stringify(await batchesOf(manager, incident.id))).not.toContain('Chưa nói rõ')
    expect(await batchesOf(ctx, incident.id)).toMatchObject([{ remarks: 'Chưa nói rõ ngõ 7' }])
  })
})

describe('before sending', () => {
  test('the preview says who gets an answer, who does not and why, and how it reads', async ({ db }) => {
    const { ctx, incident, base, reports } = await flood(db, 5)
    await buildReport(db, { ...base, state: 'answered' })
    await buildReport(db, { ...base, state: 'awaiting_acceptance' })
    await buildReport(db, { ...base, state: 'in_progress', waiting: true, pausedAt: base && new Date() })
    await buildReport(db, { ...base, state: 'in_progress', agencyId: undefined, heldBy: [base.agencyId] })
    const preview = await previewBatch(ctx, {
      incidentId: incident.id,
      filter: everything,
      words: { ...words, where: 'Thái Hà' },
    })
    expect(preview).toMatchObject({ recipients: 5, needApproval: 0, agencies: 1, secondPerson: false })
    expect(Object.fromEntries(preview.leftOut.map(({ refusalReason, reports }) => [refusalReason, reports]))).toEqual({
      already_answered: 1,
      awaiting_acceptance: 1,
      clock_paused: 1,
      forbidden: 1,
    })
    expect(preview.samples.map(({ code }) => code)).toEqual(
      [reports[0], reports[2], reports[4]].map((each) => each?.code),
    )
    expect(preview.samples[0]?.words.what).toBe(
      `Phản ánh ${reports[0]?.code}: đã bơm tiêu nước và dọn rác tại Ngõ 1 Thái Hà.`,
    )
  })

  test('a variable without a value leaves a report out, an unknown one is refused', async ({ db }) => {
    const { ctx, incident, batch } = await flood(db, 2)
    const input = { incidentId: incident.id, filter: everything, words }
    expect((await previewBatch(ctx, input)).leftOut).toEqual([{ refusalReason: 'unfilled_variables', reports: 2 }])
    const misspelt = batch({ words: { ...words, where: '{{phuong}}' } })
    await expect(composeBatch(ctx, misspelt)).rejects.toThrow('template_variable_unknown')
  })

  test('it is composed only by officers of the agency, for exactly the number of reports they saw', async ({ db }) => {
    const { ctx, batch, dispatcher } = await flood(db, 3)
    await expect(composeBatch(actingAt(db, dispatcher, '10:00'), batch())).rejects.toThrow('forbidden')
    const stranger = actingAt(db, await buildActor(db, 'officer', (await buildTeam(db)).agency), '10:00')
    await expect(composeBatch(stranger, batch())).rejects.toThrow('batch_empty')
    await expect(composeBatch(ctx, batch({ expected: 2 }))).rejects.toThrow('batch_changed')
  })

  test('the same request sent twice makes one batch', async ({ db }) => {
    const { ctx, batch } = await flood(db, 1)
    const input = batch()
    const [one, other] = await Promise.all([composeBatch(ctx, input), composeBatch(ctx, input)])
    expect(one).toEqual(other)
    expect(await composeBatch(ctx, input)).toEqual(one)
    expect(await db.select().from(answerBatches).where(eq(answerBatches.id, input.id))).toHaveLength(1)
  })
})

describe('a small batch', () => {
  test('answers each report with its own text and one event, which no figure counts as a first response', async ({
    db,
  }) => {
    const { ctx, batch, reports, incident } = await flood(db, 3)
    const input = batch()
    await composeBatch(ctx, input)
    expect(await jobsUnder(db, `answer_batch:${input.id}`)).toHaveLength(1)
    expect(await runThrough(db, input.id)).toMatchObject({ state: 'done' })
    for (const [i, { id, code }] of reports.entries()) {
      const story = await storyOf(db, id)
      expect(story.report.state).toBe('answered')
      expect(story.answers).toMatchObject([
        {
          status: 'queued',
          batchId: input.id,
          what: `Phản ánh ${code}: đã bơm tiêu nước và dọn rác tại Ngõ ${i + 1} Thái Hà.`,
        },
      ])
      expect(story.events.slice(1)).toMatchObject([
        { event: 'report.answered', actorId: ctx.actor.id, details: { batchId: input.id } },
      ])
      await sendAnswer(actingAt(db, robot, '10:11'), story.answers[0]?.id ?? '')
      expect((await storyOf(db, id)).lastEvent).toMatchObject({
        event: 'report.answer_sent',
        details: { batchId: input.id },
      })
    }
    const log = await db.select().from(events).where(eq(events.subjectId, incident.id)).orderBy(events.id)
    expect(log).toMatchObject([
      { event: 'incident.answers_composed', actorId: ctx.actor.id },
      { event: 'incident.answers_finished', actorKind: 'robot', details: { answered: 3, failed: 0 } },
    ])
  })

  test('does not wait for the assignee of a report, even where only the assignee answers', async ({ db }) => {
    for (const needsApproval of [false, true]) {
      const { ctx, batch, reports: flooded, agency, approver } = await flood(db, 1, { needsApproval })
      await db.update(agencies).set({ onlyAssigneeAnswers: true }).where(eq(agencies.id, agency.id))
      const ids = flooded.map(({ id }) => id)
      await db.update(reports).set({ assigneeId: approver.id }).where(inArray(reports.id, ids))
      const input = batch()
      await composeBatch(ctx, input)
      await runThrough(db, input.id)
      expect(await statusesOf(db, input.id)).toEqual([needsApproval ? 'submitted' : 'answered'])
    }
  })

  test('does not answer twice when its job runs twice', async ({ db }) => {
    const { ctx, batch, reports } = await flood(db, 2)
    const input = batch()
    await composeBatch(ctx, input)
    const at = actingAt(db, robot, '10:10')
    await Promise.all([answerBatch(at, input.id), answerBatch(at, input.id)])
    for (const { id } of reports) expect((await storyOf(db, id)).answers).toHaveLength(1)
    expect(await statusesOf(db, input.id)).toEqual(['answered', 'answered'])
  })

  test('continues a few reports at a time', async ({ db }) => {
    const { ctx, batch } = await flood(db, batchPace.size + 1)
    const input = batch()
    await composeBatch(ctx, input)
    await answerBatch(actingAt(db, robot, '10:10'), input.id)
    expect((await statusesOf(db, input.id)).filter((status) => status === 'waiting')).toHaveLength(1)
    const [next] = await jobsUnder(db, `answer_batch:${input.id}`)
    expect(new Date(next?.runAt ?? 0).getTime()).toBeGreaterThan(Date.now())
  })

  test('waits for the approver of the agency where the category requires approval', async ({ db }) => {
    const { ctx, batch, reports } = await flood(db, 1, { needsApproval: true })
    const input = batch()
    await composeBatch(ctx, input)
    await runThrough(db, input.id)
    expect(await statusesOf(db, input.id)).toEqual(['submitted'])
    expect((await storyOf(db, reports[0]?.id ?? 0)).report.state).toBe('awaiting_approval')
  })

  test('skips a report that a colleague answered meanwhile', async ({ db }) => {
    const { ctx, batch, base, reports, incident } = await flood(db, 2)
    const input = batch()
    await composeBatch(ctx, input)
    const other = batch({ id: newId() })
    await composeBatch(ctx, other)
    await runThrough(db, other.id)
    expect(await runThrough(db, input.id)).toMatchObject({ state: 'done' })
    expect(await statusesOf(db, input.id)).toEqual(['skipped', 'skipped'])
    expect(base.incidentId).toBe(incident.id)
    expect(await batchRecipients(ctx, input.id)).toMatchObject(reports.map(() => ({ refusal: 'already_answered' })))
  })
})

describe('a second person', () => {
  test('is required above fifty, in the rules and in the database', async ({ db, sql }) => {
    const { ctx, batch, reviewing } = await flood(db, 51)
    const input = batch()
    const composed = await composeBatch(ctx, input)
    expect(composed.state).toBe('awaiting_approval')
    await answerBatch(actingAt(db, robot, '10:10'), input.id)
    expect(new Set(await statusesOf(db, input.id))).toEqual(new Set(['waiting']))
    await expect(approveBatch(ctx, composed)).rejects.toThrow('own_batch')
    await expect(sql`update answer_batches set state = 'sending' where id = ${input.id}`).rejects.toThrow('reviewed')
    await expect(sql`update answer_batches set second_person = 'none' where id = ${input.id}`).rejects.toThrow('large')
    const own = sql`update answer_batches set reviewer_id = author_id, state = 'sending' where id = ${input.id}`
    await expect(own).rejects.toThrow('two_persons')
    await approveBatch(reviewing, composed)
    expect(await runThrough(db, input.id)).toMatchObject({ state: 'done', reviewerId: reviewing.actor.id })
    expect(new Set(await statusesOf(db, input.id))).toEqual(new Set(['answered']))
  })

  test('who approves the batch approves each answer that requires it', async ({ db }) => {
    const { ctx, batch, reviewing, reports } = await flood(db, 2, { needsApproval: true })
    const input = batch({ wantsSecondPerson: true })
    await approveBatch(reviewing, await composeBatch(ctx, input))
    await runThrough(db, input.id)
    const story = await storyOf(db, reports[0]?.id ?? 0)
    expect(story.report.state).toBe('answered')
    expect(story.answers).toMatchObject([{ status: 'queued', authorId: ctx.actor.id, reviewerId: reviewing.actor.id }])
    expect(story.events.slice(1)).toMatchObject([
      { event: 'report.answer_submitted', actorId: ctx.actor.id, details: { batchId: input.id } },
      { event: 'report.answer_approved', actorId: reviewing.actor.id, details: { batchId: input.id } },
    ])
  })

  test('is an approver of the agency, and may refuse with remarks', async ({ db }) => {
    const { ctx, batch, reviewing } = await flood(db, 1)
    const composed = await composeBatch(ctx, batch({ wantsSecondPerson: true }))
    const colleague = actingAt(db, await buildActor(db, 'approver', (await buildTeam(db)).agency), '10:05')
    await expect(approveBatch(colleague, composed)).rejects.toThrow('forbidden')
    const [seenByAuthor] = await batchesOf(ctx, (await reviewed(db, composed.id)).incidentId)
    expect(seenByAuthor?.moves).toContainEqual({ move: 'approve', refusalReason: 'own_batch' })
    await refuseBatch(reviewing, { ...composed, remarks: 'Chưa nói rõ đã làm gì.' })
    expect(await reviewed(db, composed.id)).toMatchObject({ state: 'refused', remarks: 'Chưa nói rõ đã làm gì.' })
    expect(await statusesOf(db, composed.id)).toEqual(['cancelled'])
    await expect(approveBatch(reviewing, composed)).rejects.toThrow('invalid_batch_move')
  })

  test('shares no person with the author, not even by a substitution', async ({ db }) => {
    const { agency, officer, approver, incident, batch } = await flood(db, 2)
    const nobody = (await buildAccount(db, { agency, roles: [] })).actor
    const both = (await buildAccount(db, { agency, roles: ['officer', 'approver'] })).actor
    const compose = (author: Actor) =>
      composeBatch(actingAt(db, author, '10:00'), batch({ wantsSecondPerson: true, expected: 2 }))
    const approve = (reviewer: Actor, composed: { id: string; version: number }) =>
      approveBatch(actingAt(db, reviewer, '10:05'), composed)

    const inHisPlace = await compose(standingInFor(nobody, both))
    await expect(approve(both, inHisPlace)).rejects.toThrow('own_batch')
    await expect(approve(standingInFor(officer, both), inHisPlace)).rejects.toThrow('own_batch')
    const byHimself = await compose(both)
    await expect(approve(standingInFor(officer, both), byHimself)).rejects.toThrow('own_batch')
    await approve(standingInFor(officer, approver), inHisPlace)
    expect(await reviewed(db, inHisPlace.id)).toMatchObject({
      authorId: nobody.id,
      authorFor: both.id,
      reviewerId: officer.id,
      reviewerFor: approver.id,
    })
    const log = await db.select().from(events).where(eq(events.subjectId, incident.id)).orderBy(events.id)
    expect(log.map(({ event, onBehalfOf }) => [event, onBehalfOf])).toEqual([
      ['incident.answers_composed', both.id],
      ['incident.answers_composed', null],
      ['incident.answers_approved', approver.id],
    ])
  })

  const reviewed = async (db: Database, id: string) => {
    const [row] = await db.select().from(answerBatches).where(eq(answerBatches.id, id))
    if (!row) throw new Error('no batch')
    return row
  }
})

describe('a failing batch', () => {
  test('stops when more than one in twenty fails, and continues after it is resumed', async ({ db }) => {
    const { ctx, batch, officer } = await flood(db, batchPace.size + 2)
    const input = batch()
    await composeBatch(ctx, input)
    await db.update(accounts).set({ isActive: false }).where(eq(accounts.id, officer.id))
    const stopped = await runThrough(db, input.id)
    expect(stopped).toMatchObject({ state: 'stopped' })
    const statuses = await statusesOf(db, input.id)
    expect(statuses.filter((status) => status === 'waiting')).toHaveLength(2)
    expect(statuses.filter((status) => status === 'failed')).toHaveLength(batchPace.size)
    await db.update(accounts).set({ isActive: true }).where(eq(accounts.id, officer.id))
    await resumeBatch(ctx, { id: input.id, version: stopped?.version ?? 0 })
    await answerBatch(actingAt(db, robot, '10:10'), input.id)
    expect((await statusesOf(db, input.id)).filter((status) => status === 'answered')).toHaveLength(2)
  })

  test('continues to its end once resumed, whatever had failed before', async ({ db }) => {
    const { ctx, batch, officer } = await flood(db, 2 * batchPace.size + 2)
    const input = batch()
    await composeBatch(ctx, input)
    await db.update(accounts).set({ isActive: false }).where(eq(accounts.id, officer.id))
    const stopped = await runThrough(db, input.id)
    expect(stopped).toMatchObject({ state: 'stopped' })
    await db.update(accounts).set({ isActive: true }).where(eq(accounts.id, officer.id))
    await resumeBatch(ctx, { id: input.id, version: stopped?.version ?? 0 })
    expect(await runThrough(db, input.id)).toMatchObject({ state: 'done', failedBefore: batchPace.size })
  })

  test('is cancelled: nothing more is sent, and unsent answers are withdrawn', async ({ db }) => {
    const { ctx, batch, reports } = await flood(db, batchPace.size + 1)
    const input = batch()
    const { version } = await composeBatch(ctx, input)
    await answerBatch(actingAt(db, robot, '10:00'), input.id)
    const cancelled = await cancelBatch(ctx, { id: input.id, version })
    expect(cancelled).toMatchObject({ state: 'cancelled', withdrawn: batchPace.size })
    expect((await storyOf(db, reports[0]?.id ?? 0)).report.state).toBe('in_progress')
    await answerBatch(actingAt(db, robot, '10:10'), input.id)
    expect((await storyOf(db, reports.at(-1)?.id ?? 0)).report.state).toBe('in_progress')
  })

  test('a single answer of it is withdrawn like any other', async ({ db }) => {
    const { ctx, batch, reports } = await flood(db, 1)
    const input = batch()
    await composeBatch(ctx, input)
    await answerBatch(actingAt(db, robot, '10:00'), input.id)
    const { report } = await storyOf(db, reports[0]?.id ?? 0)
    await withdrawAnswer(ctx, { reportId: report.id, version: report.version })
    expect((await storyOf(db, report.id)).report.state).toBe('in_progress')
  })
})

test('a batch whose next job was lost is found and continues; one with a waiting job is left alone', async ({
  db,
  sql,
}) => {
  const { ctx, batch } = await flood(db, 2)
  const { id } = await composeBatch(ctx, batch())
  const goes = async () =>
    (await sql`select attempts from graphile_worker.jobs where key = ${`answer_batch:${id}`}`).map(
      ({ attempts }) => attempts,
    )
  await sweepBatches({ db })
  expect(await goes()).toEqual([0])
  await sql`update graphile_worker._private_jobs set attempts = max_attempts where key = ${`answer_batch:${id}`}`
  await sweepBatches({ db })
  expect(await goes()).toEqual([0])
  await sql`select graphile_worker.remove_job(${`answer_batch:${id}`})`
  await sweepBatches({ db })
  expect(await goes()).toEqual([0])
  expect(await runThrough(db, id)).toMatchObject({ state: 'done' })
  await sql`select graphile_worker.remove_job(${`answer_batch:${id}`})`
  await sweepBatches({ db })
  expect(await goes()).toEqual([])
})
