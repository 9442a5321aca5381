import { randomUUID } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildReport } from '#db/factories/reports.ts'
import { jobsUnder, storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { accountRoles, answerBatches, answerBatchRecipients, events, reports } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { type Actor, robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { batchesOf, batchRecipients } from '../queries/answer-batches.ts'
import { previewNotice } from '../queries/notice-preview.ts'
import { queuePage } from '../queries/queue.ts'
import { reportByCode } from '../queries/report.ts'
import { reportStates } from '../rules/lifecycle.ts'
import { queueOf } from '../rules/queue.ts'
import { addInformation } from './add-information.ts'
import { answerBatch } from './answer-batch.ts'
import { composeNotice } from './compose-notice.ts'
import { approveBatch, cancelBatch, refuseBatch } from './move-batch.ts'
import { sweepBatches } from './sweep-batches.ts'

const body = 'Thành phố đã nhận phản ánh {{code}} về {{incident}} và đang huy động lực lượng xử lý.'
const everybody = { subTypes: [], areaIds: [], openOnly: false }
let last = 0
const person = () => ({ name: 'Nguyễn Văn A', phone: `0912${String(++last).padStart(6, '0')}` })

/** An incident with reports at two agencies and at none, in every state. */
async function storm(db: Database) {
  const [one, other] = [await buildTeam(db), await buildTeam(db)]
  const incident = await buildIncident(db, { name: 'Bão số 3' })
  const base = { incidentId: incident.id, agencyId: one.agency.id }
  const built = []
  for (const state of reportStates) {
    if (state === 'merged') continue
    const held = state === 'awaiting_intake' ? { agencyId: undefined } : {}
    built.push(await buildReport(db, { ...base, ...held, state, reporter: person() }))
  }
  const canonical = await buildReport(db, {
    ...base,
    agencyId: other.agency.id,
    state: 'in_progress',
    mergedCount: 1,
    reporter: person(),
  })
  // It belongs to the incident only through the report it was merged into.
  const merged = await buildReport(db, { state: 'merged', mergedIntoId: canonical.id, reporter: person() })
  const anonymous = await buildReport(db, { ...base, state: 'in_progress' })
  const lan = actingAt(db, one.dispatcher, '10:00')
  const draft = (more: object = {}) => ({
    id: randomUUID(),
    incidentId: incident.id,
    filter: everybody,
    body,
    followsId: null,
    expected: 10,
    wantsSecondPerson: false,
    ...more,
  })
  return { ...one, other, incident, base, built, canonical, merged, anonymous, lan, draft }
}

async function runThrough(db: Database, batchId: string, from = '10:10') {
  for (let go = 0; go < 20; go += 1) {
    await answerBatch(actingAt(db, robot, from), batchId)
    const [row] = await db.select().from(answerBatches).where(eq(answerBatches.id, batchId))
    if (row?.state !== 'sending') return row
  }
  throw new Error('the notice does not end')
}

const rowsOf = (db: Database, batchId: string) =>
  db
    .select()
    .from(answerBatchRecipients)
    .where(eq(answerBatchRecipients.batchId, batchId))
    .orderBy(asc(answerBatchRecipients.reportId))

describe('before sending', () => {
  test('the preview says how many it reaches, whoever holds their reports, and whom it does not reach and why', async ({
    db,
  }) => {
    const { incident, base, lan, built } = await storm(db)
    const again = { name: 'Nguyễn Văn A', phone: `+84 912 ${String(last).padStart(6, '0')}` }
    await buildReport(db, { ...base, state: 'in_progress', reporter: again })
    await buildReport(db, { ...base, state: 'rejected', rejectReason: 'spam', reporter: person() })
    const preview = await previewNotice(lan, { incidentId: incident.id, filter: everybody, followsId: null, body })
    expect(preview).toMatchObject({
      reports: 13,
      recipients: 10,
      covered: 1,
      secondPerson: false,
      unknownVariables: [],
    })
    expect(Object.fromEntries(preview.leftOut.map(({ refusalReason, reports }) => [refusalReason, reports]))).toEqual({
      anonymous: 1,
      not_a_report: 1,
    })
    expect(preview.samples[0]?.body).toBe(
      `Thành phố đã nhận phản ánh ${built[0]?.code} về Bão số 3 và đang huy động lực lượng xử lý.`,
    )
    const open = { ...everybody, openOnly: true }
    expect(await previewNotice(lan, { incidentId: incident.id, filter: open, followsId: null, body })).toMatchObject({
      recipients: 7,
    })
  })

  test('it is written only by dispatchers of the city, with variables that every report has', async ({ db }) => {
    const { draft, officer, approver, lan, agency } = await storm(db)
    for (const actor of [
      officer,
      approver,
      await buildActor(db, 'dispatcher', agency),
      await buildActor(db, 'manager'),
    ]) {
      await expect(composeNotice(actingAt(db, actor, '10:00'), draft())).rejects.toThrow('forbidden')
    }
    await expect(composeNotice(lan, draft({ body: 'Gửi {{agency}}' }))).rejects.toThrow('template_variable_unknown')
    await expect(composeNotice(lan, draft({ expected: 11 }))).rejects.toThrow('batch_changed')
  })
})

describe('a notice', () => {
  test('is written on every report of those it reaches, and changes neither row nor clock', async ({ db }) => {
    const { incident, built, canonical, merged, anonymous, lan, draft } = await storm(db)
    const input = draft()
    const told = [...built, canonical, merged]
    const before = await Promise.all([...told, anonymous].map(({ id }) => storyOf(db, id)))
    await composeNotice(lan, input)
    expect(await composeNotice(lan, input)).toMatchObject({ id: input.id })
    const row = await runThrough(db, input.id)
    expect(row).toMatchObject({ kind: 'notice', state: 'done', recipients: 10 })
    for (const [i, report] of [...told, anonymous].entries()) {
      const story = await storyOf(db, report.id)
      expect(story.report).toEqual(before[i]?.report)
      expect(story.clocks).toEqual(before[i]?.clocks)
      expect(story.answers).toEqual(before[i]?.answers)
      if (report === anonymous) {
        expect(story.events).toEqual(before[i]?.events)
        continue
      }
      expect(story.messages).toMatchObject([
        { kind: 'notice', body: body.replace('{{code}}', report.code).replace('{{incident}}', incident.name) },
      ])
      expect(story.events.length).toBe((before[i]?.events.length ?? 0) + 1)
      expect(story.lastEvent).toMatchObject({
        event: 'report.notice_sent',
        actorId: lan.actor.id,
        fromState: null,
        toState: null,
        details: { batchId: input.id, messageId: story.messages[0]?.id },
      })
    }
    const log = await db.select().from(events).where(eq(events.subjectId, incident.id)).orderBy(events.id)
    expect(log).toMatchObject([
      { event: 'incident.notice_composed', actorId: lan.actor.id, details: { recipients: 10, anonymous: 1 } },
      { event: 'incident.notice_finished', actorKind: 'robot', details: { noticed: 10, skipped: 1, failed: 0 } },
    ])
  })

  test('reaches someone with three reports once, and is written on all three', async ({ db }) => {
    const { base, lan, draft } = await storm(db)
    const hung = person()
    const three = []
    for (let i = 0; i < 3; i += 1) three.push(await buildReport(db, { ...base, state: 'in_progress', reporter: hung }))
    const input = draft({ expected: 11 })
    await composeNotice(lan, input)
    await runThrough(db, input.id)
    const stories = await Promise.all(three.map(({ id }) => storyOf(db, id)))
    expect(stories.map(({ lastEvent }) => lastEvent?.event)).toEqual([
      'report.notice_sent',
      'report.notice_covered',
      'report.notice_covered',
    ])
    expect(stories.flatMap(({ messages }) => messages.map(({ kind }) => kind))).toEqual(['notice', 'notice', 'notice'])
  })

  test('is shown on the page of the report to those who hold it, and to the citizen', async ({ db }) => {
    const { lan, draft, canonical, other } = await storm(db)
    const input = draft()
    await composeNotice(lan, input)
    await runThrough(db, input.id)
    const page = await reportByCode(actingAt(db, other.officer, '11:00'), canonical.code)
    expect(page.timeline.at(-1)).toMatchObject({ event: 'notice_sent', isPublic: true, words: { voice: 'public' } })
    expect(page.citizen).toMatchObject({ exchange: [{ kind: 'notice' }], answers: [], waitsForCitizen: false })
  })

  test('is not part of what search finds its reports by', async ({ db }) => {
    const { lan, draft, canonical } = await storm(db)
    const input = draft({ body: 'Thông báo về trạm bơm Yên Nghĩa' })
    await composeNotice(lan, input)
    await runThrough(db, input.id)
    // Any later message on the report rewrites its search words.
    await addInformation(lan, { ...seen(canonical), body: 'Nắp hố ga cũng vỡ' })
    const found = async (words: string) =>
      (await queuePage(lan, { queue: queueOf('all', { words }) })).rows.map(({ id }) => id)
    expect(await found('nap ho ga')).toContain(canonical.id)
    expect(await found('yen nghia')).not.toContain(canonical.id)
  })

  test('waits until it can no longer be cancelled, and leaves nothing behind when it is cancelled', async ({ db }) => {
    const { lan, draft, built, incident } = await storm(db)
    const input = draft()
    await composeNotice(lan, input)
    const [job] = await jobsUnder(db, `answer_batch:${input.id}`)
    expect(new Date(job?.runAt ?? 0)).toEqual(new Date(hanoi('2026-03-02 10:00').getTime() + 15_000))
    // A run that comes too early, for example from the sweep, sends nothing.
    await answerBatch(actingAt(db, robot, '10:00'), input.id)
    expect(await batchesOf(lan, incident.id)).toMatchObject([{ counts: { waiting: 10, noticed: 0 }, since: null }])
    await cancelBatch(lan, { id: input.id, version: 1 })
    await answerBatch(actingAt(db, robot, '10:10'), input.id)
    expect((await rowsOf(db, input.id)).map(({ status }) => status).sort()).toEqual([
      ...Array<string>(10).fill('cancelled'),
      'skipped',
    ])
    expect((await storyOf(db, built[0]?.id ?? 0)).messages).toEqual([])
  })

  test('run twice at the same time, and after a crash, is sent to no one twice', async ({ db }) => {
    const { lan, draft, built } = await storm(db)
    const input = draft()
    await composeNotice(lan, input)
    await Promise.all([1, 2, 3].map(() => answerBatch(actingAt(db, robot, '10:10'), input.id)))
    for (const { id } of built) expect((await storyOf(db, id)).messages).toHaveLength(1)
  })

  test('skips a report that was unlinked meanwhile; a reporter with two reports still gets it by the other', async ({
    db,
  }) => {
    const { lan, draft, base } = await storm(db)
    const [hung, minh] = [person(), person()]
    const first = await buildReport(db, { ...base, state: 'in_progress', reporter: hung })
    const second = await buildReport(db, { ...base, state: 'in_progress', reporter: hung })
    const lone = await buildReport(db, { ...base, state: 'in_progress', reporter: minh })
    const input = draft({ expected: 12 })
    await composeNotice(lan, input)
    for (const { id } of [first, lone]) await db.update(reports).set({ incidentId: null }).where(eq(reports.id, id))
    await runThrough(db, input.id)
    const of = async (id: number) => (await rowsOf(db, input.id)).find(({ reportId }) => reportId === id)
    expect(await of(first.id)).toMatchObject({ status: 'skipped', refusal: 'left_incident' })
    expect(await of(lone.id)).toMatchObject({ status: 'skipped', refusal: 'left_incident' })
    expect(await of(second.id)).toMatchObject({ status: 'noticed' })
    expect((await storyOf(db, second.id)).lastEvent?.event).toBe('report.notice_sent')
  })

  test('of more than fifty waits for a second person of the city, who is not its author', async ({ db }) => {
    const { lan, draft, base, officer, approver } = await storm(db)
    for (let i = 0; i < 41; i += 1) await buildReport(db, { ...base, state: 'in_progress', reporter: person() })
    const input = draft({ expected: 51 })
    expect(await composeNotice(lan, input)).toMatchObject({ state: 'awaiting_approval' })
    expect(await jobsUnder(db, `answer_batch:${input.id}`)).toEqual([])
    const first = { id: input.id, version: 1 }
    const as = (actor: Actor) => actingAt(db, actor, '10:05')
    await expect(approveBatch(as(lan.actor), first)).rejects.toThrow('own_batch')
    for (const actor of [officer, approver]) await expect(approveBatch(as(actor), first)).rejects.toThrow('forbidden')
    const minh = await buildActor(db, 'dispatcher')
    await approveBatch(as(minh), first)
    const [job] = await jobsUnder(db, `answer_batch:${input.id}`)
    expect(new Date(job?.runAt ?? 0)).toEqual(new Date(hanoi('2026-03-02 10:05').getTime() + 15_000))
    expect(await runThrough(db, input.id)).toMatchObject({ state: 'done', reviewerId: minh.id })
    const cheat = db.update(answerBatches).set({ reviewerId: lan.actor.id }).where(eq(answerBatches.id, input.id))
    await expect(cheat).rejects.toMatchObject({ cause: { constraint_name: 'answer_batches_two_persons' } })
  })

  test('of more than fifty in several parts needs one too: sent and queued notices count together', async ({ db }) => {
    const { lan, draft, base, incident } = await storm(db)
    const { id: areaId } = await buildArea(db)
    for (let i = 0; i < 41; i += 1) {
      await buildReport(db, { ...base, areaId, state: 'in_progress', reporter: person() })
    }
    const part = { filter: { ...everybody, areaIds: [areaId] }, expected: 41 }
    const taken = draft(part)
    await composeNotice(lan, taken)
    await cancelBatch(lan, { id: taken.id, version: 1 })
    expect(await composeNotice(lan, draft(part))).toMatchObject({ state: 'sending' })
    const rest = { incidentId: incident.id, filter: { ...everybody, openOnly: true }, followsId: null, body }
    expect(await previewNotice(lan, rest)).toMatchObject({ recipients: 48, told: 41, secondPerson: true })
    const whole = draft({ filter: rest.filter, expected: 48 })
    expect(await composeNotice(lan, whole)).toMatchObject({ state: 'awaiting_approval' })
    const dayAfter = { ...lan, now: () => hanoi('2026-03-03 10:01') }
    expect(await previewNotice(dayAfter, rest)).toMatchObject({ told: 0, secondPerson: false })
  })

  test('can be approved by an approver of the city as well, and refused with remarks that stay internal', async ({
    db,
  }) => {
    const { lan, draft, incident, other } = await storm(db)
    const input = draft({ wantsSecondPerson: true })
    await composeNotice(lan, input)
    expect(await batchesOf(actingAt(db, other.officer, '10:05'), incident.id)).toMatchObject([{ words: null }])
    const head = actingAt(db, await buildActor(db, 'approver', await buildCity(db)), '10:05')
    await refuseBatch(head, { id: input.id, version: 1, remarks: 'Chưa nói gọi số nào' })
    expect(await batchesOf(lan, incident.id)).toMatchObject([{ state: 'refused', remarks: 'Chưa nói gọi số nào' }])
    expect((await rowsOf(db, input.id)).filter(({ status }) => status === 'waiting')).toEqual([])
  })

  test('with a lost job is queued again', async ({ db }) => {
    const { lan, draft } = await storm(db)
    const input = draft()
    await composeNotice(lan, input)
    await db.execute(`select graphile_worker.remove_job('answer_batch:${input.id}')`)
    expect(await sweepBatches(lan)).toBeGreaterThan(0)
    expect(await jobsUnder(db, `answer_batch:${input.id}`)).toHaveLength(1)
  })
})

describe('later reporters', () => {
  test('are counted, and reached by a follow-up notice that reaches no one twice', async ({ db }) => {
    const { lan, draft, base, incident } = await storm(db)
    const hung = person()
    await buildReport(db, { ...base, state: 'in_progress', reporter: hung })
    const input = draft({ expected: 11 })
    await composeNotice(lan, input)
    await runThrough(db, input.id)
    const since = async () => (await batchesOf(lan, incident.id)).map((batch) => batch.since)
    expect(await since()).toEqual([0])
    await buildReport(db, { ...base, state: 'in_progress', reporter: hung })
    await buildReport(db, { ...base, state: 'in_progress' })
    const late = await buildReport(db, { ...base, state: 'awaiting_acceptance', reporter: person() })
    expect(await since()).toEqual([1])
    const next = draft({ followsId: input.id, expected: 1 })
    await composeNotice({ ...lan, now: () => hanoi('2026-03-02 11:00') }, next)
    await runThrough(db, next.id, '11:10')
    expect(await since()).toEqual([0, null])
    expect((await storyOf(db, late.id)).messages).toHaveLength(1)
    const rows = await batchRecipients(lan, next.id)
    expect(rows.filter(({ status }) => status === 'noticed').map(({ reportId }) => reportId)).toEqual([late.id])
    expect(rows.filter(({ refusal }) => refusal === 'already_reached')).toHaveLength(12)
    // Nor does the third, which follows the second and so the first.
    await expect(composeNotice(lan, draft({ followsId: next.id, expected: 0 }))).rejects.toThrow('batch_empty')
  })

  test('get it once, though two users write to them at the same moment', async ({ db }) => {
    const { lan, draft, base } = await storm(db)
    const input = draft()
    await composeNotice(lan, input)
    await runThrough(db, input.id)
    const late = await buildReport(db, { ...base, state: 'in_progress', reporter: person() })
    const minh = actingAt(db, await buildActor(db, 'dispatcher'), '11:00')
    const sent = [lan, minh].map((ctx) => ({ ctx, next: draft({ followsId: input.id, expected: 1 }) }))
    const came = await Promise.allSettled(sent.map(({ ctx, next }) => composeNotice(ctx, next)))
    for (const [i, { next }] of sent.entries())
      if (came[i]?.status === 'fulfilled') await runThrough(db, next.id, '11:10')
    expect((await storyOf(db, late.id)).messages).toHaveLength(1)
    expect(came.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: { code: 'batch_empty' } }])
  })

  test('include those whose earlier notice failed, however many reports they have', async ({ db }) => {
    const { lan, draft, base } = await storm(db)
    const hung = person()
    const both = []
    for (let i = 0; i < 2; i += 1) both.push(await buildReport(db, { ...base, state: 'in_progress', reporter: hung }))
    const input = draft({ expected: 11 })
    await composeNotice(lan, input)
    await db.delete(accountRoles).where(eq(accountRoles.accountId, lan.actor.id))
    await runThrough(db, input.id)
    const failed = (await rowsOf(db, input.id)).filter(({ status }) => status === 'failed')
    expect(failed.map(({ reportId }) => reportId)).toEqual(expect.arrayContaining(both.map(({ id }) => id)))
    const log = await db.select().from(events).where(eq(events.subjectId, base.incidentId)).orderBy(events.id)
    expect(log.at(-1)).toMatchObject({ event: 'incident.notice_finished', details: { noticed: 0, failed: 11 } })
    const minh = actingAt(db, await buildActor(db, 'dispatcher'), '11:00')
    const next = draft({ followsId: input.id, expected: 11 })
    await composeNotice(minh, next)
    await runThrough(db, next.id, '11:10')
    for (const { id } of both) expect((await storyOf(db, id)).messages).toHaveLength(1)
  })
})
