import { eq, sql } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildPhoto } from '#db/factories/photos.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildRequest } from '#db/factories/requests.ts'
import { jobsUnder, storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { accounts, agencies, reportAnswers, reportPhotos } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { switchStormMode } from '#server/incidents/commands/switch-storm-mode.ts'
import { visiblePhoto } from '../queries/photos.ts'
import { reportByCode } from '../queries/report.ts'
import { openStates, type ReportState } from '../rules/lifecycle.ts'
import { assignReport } from './assign-report.ts'
import { changeSeverity, linkIncident } from './change-report.ts'
import { linkReport } from './link-report.ts'
import { mergeReport, unmergeReport } from './merge-report.ts'
import { mergeReports } from './merge-reports.ts'
import { passDueAnswers } from './pass-due-answers.ts'
import { passAnswersOn } from './pass-on.ts'
import { rejectReport } from './reject-report.ts'
import { reopenReport } from './reopen-report.ts'
import { sendAnswer } from './send-answer.ts'
import { splitReport } from './split-report.ts'
import { answerReport } from './submit-answer.ts'

describe('a merge is refused', () => {
  test('into the report itself, into one that follows another or was rejected, and of one that others follow', async ({
    db,
  }) => {
    const { dispatcher } = await buildTeam(db)
    const report = await buildReport(db)
    const canonical = await buildReport(db, { mergedCount: 1 })
    const follower = await buildReport(db, { state: 'merged', mergedIntoId: canonical.id })
    const rejected = await buildReport(db, { state: 'rejected' })
    const merge = (one: typeof report, into: number) =>
      mergeReport(actingAt(db, dispatcher, '10:00'), { ...seen(one), intoReportId: into })
    await expect(merge(report, report.id)).rejects.toThrow('merge_into_itself')
    await expect(merge(report, follower.id)).rejects.toThrow('merge_target_unfit')
    await expect(merge(report, rejected.id)).rejects.toThrow('merge_target_unfit')
    await expect(merge(canonical, report.id)).rejects.toThrow('merge_of_canonical')
    await expect(merge(report, 999_999_999)).rejects.toThrow('not_found')
    expect((await storyOf(db, report.id)).report).toEqual(report)
  })

  test('into a report that the dispatcher of one agency may not see', async ({ db }) => {
    const { agency } = await buildTeam(db)
    const local = await buildActor(db, 'dispatcher', agency)
    const own = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const foreign = await buildReport(db, { state: 'in_progress' })
    const merged = mergeReport(actingAt(db, local, '10:00'), { ...seen(own), intoReportId: foreign.id })
    await expect(merged).rejects.toThrow('not_found')
  })
})

describe('merging and undoing it', () => {
  test.for(openStates)('from %s, a report is as it was', async (state, { db }) => {
    const { dispatcher, agency } = await buildTeam(db)
    const held = state === 'awaiting_intake' ? {} : { agencyId: agency.id }
    const report = await buildReport(db, { state: state as ReportState, ...held })
    const canonical = await buildReport(db)
    const before = await storyOf(db, report.id)
    const merged = await mergeReport(actingAt(db, dispatcher, '14:00'), { ...seen(report), intoReportId: canonical.id })
    const during = await storyOf(db, report.id)
    expect(during.report).toMatchObject({
      state: 'merged',
      stateBefore: state,
      mergedIntoId: canonical.id,
      dueAt: null,
      soonAt: null,
      pausedAt: null,
    })
    expect(during.clocks.at(-1)?.stoppedAt).toEqual(hanoi('2026-03-02 14:00'))
    expect(during.lastEvent).toMatchObject({
      event: 'report.merged',
      fromState: state,
      toState: 'merged',
      details: { intoReportId: canonical.id, intoCode: canonical.code },
    })
    expect((await storyOf(db, canonical.id)).report).toEqual({ ...canonical, mergedCount: 1 })

    await unmergeReport(actingAt(db, dispatcher, '15:00'), seen(merged))
    const after = await storyOf(db, report.id)
    expect(after.report).toEqual({ ...before.report, version: 3 })
    expect(after.clocks).toEqual(before.clocks)
    expect(after.lastEvent).toMatchObject({
      event: 'report.unmerged',
      fromState: 'merged',
      toState: state,
      details: { fromReportId: canonical.id },
    })
    expect((await storyOf(db, canonical.id)).report.mergedCount).toBe(0)
  })

  test('its clock has been switched meanwhile like those of the storm, and at the same time', async ({ db }) => {
    const { dispatcher, agency } = await buildTeam(db)
    const storm = await buildIncident(db, { stormMode: true })
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const at = (local: string) => actingAt(db, dispatcher, local)
    const urgent = await changeSeverity(at('16:00'), { ...seen(report), severity: 'urgent', reason: '' })
    const linked = await linkIncident(at('16:00'), { ...seen(urgent), incidentId: storm.id })
    const canonical = await buildReport(db)
    const merged = await mergeReport(at('16:30'), { ...seen(linked), intoReportId: canonical.id })
    await switchStormMode(at('18:00'), { id: storm.id, version: 1, stormMode: false })
    await unmergeReport(at('2026-03-03 08:00'), seen(merged))
    const { resolution, report: after } = await storyOf(db, report.id)
    // Three of four hours had passed in the office, one more until the storm ended at six: none at night.
    expect(resolution).toMatchObject({ time: 'working', spells: [{ time: 'working' }, { time: 'always' }] })
    expect(resolution?.spells[1]?.until).toBe(hanoi('2026-03-02 18:00').toISOString())
    expect(after.dueAt).toEqual(resolution?.dueAt)
  })

  test('the officer’s request is pending again, and the citizen had the last word', async ({ db }) => {
    const { dispatcher, agency, officer } = await buildTeam(db)
    const spoken = { lastActivityBy: 'citizen', lastActivityAt: hanoi('2026-03-02 13:00') } as const
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, ...spoken })
    await buildRequest(db, report, 'extension', { askedById: officer.id })
    const { requests: before } = await storyOf(db, report.id)
    const canonical = await buildReport(db)
    const ctx = actingAt(db, dispatcher, '14:00')
    const merged = await mergeReport(ctx, { ...seen(report), intoReportId: canonical.id })
    await unmergeReport(actingAt(db, dispatcher, '15:00'), seen(merged))
    const after = await storyOf(db, report.id)
    expect(after.requests).toEqual(before)
    expect(after.report).toMatchObject(spoken)
  })

  test('what a split-off report brought back with the merge goes with it again', async ({ db }) => {
    const { dispatcher, agency, officer } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const { code: categoryCode } = await buildCategory(db)
    const fileId = await buildPhoto(db, report.id, { kind: 'staff', name: 'đèn.jpg', addedById: officer.id })
    const ctx = actingAt(db, dispatcher, '10:00')
    const parts = { messageIds: [], noteIds: [], fileIds: [fileId] }
    const { splitOff } = await splitReport(ctx, { ...seen(report), title: 'Đèn đường tắt', categoryCode, parts })
    const hangs = async () =>
      (await db.select().from(reportPhotos).where(eq(reportPhotos.fileId, fileId))).map((photo) => photo.reportId)
    const merged = await mergeReport(ctx, { ...seen(splitOff), intoReportId: report.id })
    expect(await hangs()).toEqual([report.id])
    await unmergeReport(ctx, seen(merged))
    expect(await hangs()).toEqual([splitOff.id])
    expect((await storyOf(db, splitOff.id)).report.photoCount).toBe(1)
  })

  test('what the officer had requested is withdrawn', async ({ db }) => {
    const { dispatcher, agency, officer } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    await buildRequest(db, report, 'extension', { askedById: officer.id })
    const canonical = await buildReport(db)
    await mergeReport(actingAt(db, dispatcher, '14:00'), { ...seen(report), intoReportId: canonical.id })
    expect((await storyOf(db, report.id)).requests).toMatchObject([{ status: 'withdrawn' }])
  })
})

describe('undoing a merge after the agency has ended', () => {
  async function mergedAt(db: Database, wanted: Parameters<typeof buildReport>[1] = {}) {
    const team = await buildTeam(db)
    const { agency, dispatcher, officer } = team
    const held = { agencyId: agency.id, heldBy: [agency.id], assigneeId: officer.id }
    const report = await buildReport(db, { state: 'in_progress', ...held, ...wanted })
    const canonical = await buildReport(db)
    const merge = () => mergeReport(actingAt(db, dispatcher, '14:00'), { ...seen(report), intoReportId: canonical.id })
    const end = (id: string, successorId: string | null = null) =>
      db.update(agencies).set({ validTo: '2026-03-02', successorId }).where(eq(agencies.id, id))
    const unmerge = (merged: { id: number; version: number }) =>
      unmergeReport(actingAt(db, dispatcher, '2026-03-03 09:00'), seen(merged))
    return { ...team, report, merge, end, unmerge }
  }

  test('the report goes to the successor, in the state it was in', async ({ db }) => {
    const { agency, officer, report, merge, end, unmerge } = await mergedAt(db)
    await buildRequest(db, report, 'extension', { askedById: officer.id })
    const [between, successor] = [await buildAgency(db), await buildAgency(db)]
    const before = await storyOf(db, report.id)
    const merged = await merge()
    await end(agency.id, between.id)
    await end(between.id, successor.id)
    await unmerge(merged)
    const after = await storyOf(db, report.id)
    expect(after.report).toEqual({
      ...before.report,
      version: 3,
      agencyId: successor.id,
      assigneeId: null,
      heldBy: [agency.id, successor.id],
    })
    expect(after.requests).toEqual(before.requests)
    expect(after.lastEvent).toMatchObject({
      event: 'report.unmerged',
      agencyId: agency.id,
      details: { from: agency.id, agencyId: successor.id },
    })
  })

  test('the assignee keeps it where they work at the successor now', async ({ db }) => {
    const { agency, officer, report, merge, end, unmerge } = await mergedAt(db)
    const successor = await buildAgency(db)
    const merged = await merge()
    await end(agency.id, successor.id)
    await db.update(accounts).set({ agencyId: successor.id }).where(eq(accounts.id, officer.id))
    await unmerge(merged)
    expect((await storyOf(db, report.id)).report).toMatchObject({ agencyId: successor.id, assigneeId: officer.id })
  })

  test.for(['in_progress', 'awaiting_approval', 'awaiting_citizen'] as const)(
    'without one, a report that was %s returns to the dispatchers, its clock running',
    async (state, { db }) => {
      const { agency, officer, report, merge, end, unmerge } = await mergedAt(db, { state })
      await buildRequest(db, report, 'extension', { askedById: officer.id })
      const merged = await merge()
      await end(agency.id)
      await expect(unmerge(merged)).resolves.toMatchObject({ state: 'awaiting_intake' })
      const { report: after, resolution, answers, requests, lastEvent } = await storyOf(db, report.id)
      expect(after).toMatchObject({ agencyId: null, assigneeId: null, stateBefore: null, pausedAt: null })
      expect(after.dueAt).toEqual(resolution?.dueAt)
      expect(after.dueAt).not.toBeNull()
      expect(answers.map(({ status }) => status)).toEqual(state === 'awaiting_approval' ? ['withdrawn'] : [])
      expect(requests.map(({ status }) => status)).toEqual(['withdrawn'])
      expect(lastEvent?.details).toMatchObject({ from: agency.id })
      const { agency: next, dispatcher } = await buildTeam(db)
      const ctx = actingAt(db, dispatcher, '2026-03-03 10:00')
      await expect(assignReport(ctx, { ...seen(after), agencyId: next.id })).resolves.toBeTruthy()
    },
  )
})

describe('a merge is permanent', () => {
  test('after 24 hours', async ({ db }) => {
    const { dispatcher } = await buildTeam(db)
    const merged = await buildReport(db, { state: 'merged' })
    const unmerge = (at: string) => unmergeReport(actingAt(db, dispatcher, at), seen(merged))
    await expect(unmerge('2026-03-03 11:01')).rejects.toThrow('window_passed')
    await expect(unmerge('2026-03-03 11:00')).resolves.toMatchObject({ state: 'awaiting_intake' })
  })

  test('once the reporter has had the answer of the canonical report', async ({ db }) => {
    const { dispatcher, officer } = await buildTeam(db)
    const canonical = await buildReport(db, { state: 'in_progress', mergedCount: 2 })
    const merged = await buildReport(db, { state: 'merged', mergedIntoId: canonical.id })
    const other = await buildReport(db, { state: 'merged', mergedIntoId: canonical.id })
    const answer = { reportId: canonical.id, authorId: officer.id, what: 'Đã dọn', ...fixed, createdAt: new Date() }
    const [queued] = await db
      .insert(reportAnswers)
      .values({ ...answer, status: 'queued', sendAt: hanoi('2026-03-02 13:00') })
      .returning({ id: reportAnswers.id })
    const unmerge = (one: typeof merged) => unmergeReport(actingAt(db, dispatcher, '14:00'), seen(one))
    await expect(unmerge(other)).resolves.toMatchObject({ state: 'awaiting_intake' })
    await sendAnswer(actingAt(db, robot, '13:00'), queued?.id ?? '')
    await expect(unmerge(merged)).rejects.toThrow('reporter_answered')
  })
})

describe('merging into a report whose answer was sent', () => {
  async function late(db: Database, state: 'answered' | 'closed' = 'answered') {
    const team = await buildTeam(db)
    const canonical = await buildReport(db, { state, agencyId: team.agency.id })
    const [answer] = (await storyOf(db, canonical.id)).answers
    const report = await buildReport(db)
    const desk = actingAt(db, team.dispatcher, '14:00')
    const merged = await mergeReport(desk, { ...seen(report), intoReportId: canonical.id })
    const read = async () => (await reportByCode(desk, report.code)).citizen
    const job = `pass_answers_on:${report.id}`
    return { ...team, canonical, answer, report, merged, desk, read, job }
  }

  test.for(['answered', 'closed'] as const)(
    '%s, passes the answer that was sent on to the reporter of this report',
    async (state, { db }) => {
      const { agency, canonical, answer, report, desk, read, job } = await late(db, state)
      expect(await read()).toMatchObject({ answers: [] })
      expect(await jobsUnder(db, job)).toMatchObject([
        { runAt: new Date(hanoi('2026-03-02 14:00').getTime() + 15_000) },
      ])
      expect(await passAnswersOn(actingAt(db, robot, '14:01'), report.id)).toBe(1)
      expect(await passAnswersOn(actingAt(db, robot, '14:02'), report.id)).toBe(0)
      expect(await read()).toMatchObject({ state: 'handled', answers: [{ what: answer?.what }] })
      const { passedOn } = await reportByCode(desk, report.code)
      expect(passedOn).toMatchObject([{ what: answer?.what, agencyName: agency.name }])
      expect(Object.keys(passedOn[0] ?? {})).not.toContain('author')
      const { lastEvent } = await storyOf(db, report.id)
      expect(lastEvent).toMatchObject({
        event: 'report.answer_passed_on',
        details: { answerId: answer?.id, fromReportId: canonical.id, fromCode: canonical.code },
      })
    },
  )

  test('can be undone until then, and nothing is passed on; not afterwards', async ({ db }) => {
    const { dispatcher, report, merged } = await late(db)
    await unmergeReport(actingAt(db, dispatcher, '14:00'), seen(merged))
    expect(await passAnswersOn(actingAt(db, robot, '14:01'), report.id)).toBe(0)
    const second = await late(db)
    await passAnswersOn(actingAt(db, robot, '14:01'), second.report.id)
    const unmerged = unmergeReport(actingAt(db, second.dispatcher, '14:02'), seen(second.merged))
    await expect(unmerged).rejects.toThrow('reporter_answered')
  })

  test('passes it on a minute later at the latest, though the job was lost', async ({ db }) => {
    const { answer, report, job } = await late(db)
    await db.execute(sql`select graphile_worker.remove_job(${job})`)
    const toldOf = async () =>
      (await storyOf(db, report.id)).events.filter(({ event }) => event === 'report.answer_passed_on')
    await passDueAnswers(actingAt(db, robot, '14:01'))
    expect(await toldOf()).toEqual([])
    expect(await passDueAnswers(actingAt(db, robot, '14:02'))).toBeGreaterThan(0)
    expect(await passDueAnswers(actingAt(db, robot, '14:03'))).toBe(0)
    expect(await toldOf()).toMatchObject([{ details: { answerId: answer?.id } }])
  })

  test('and that was reopened, waits for the next answer', async ({ db }) => {
    const { dispatcher } = await buildTeam(db)
    const [canonical, report] = [await buildReport(db, { state: 'answered' }), await buildReport(db)]
    await reopenReport(actingAt(db, dispatcher, '13:00'), { ...seen(canonical), reason: 'Cây vẫn nằm đó' })
    const desk = actingAt(db, dispatcher, '14:00')
    await mergeReport(desk, { ...seen(report), intoReportId: canonical.id })
    expect(await passAnswersOn(actingAt(db, robot, '14:01'), report.id)).toBe(0)
    expect((await reportByCode(desk, report.code)).citizen).toMatchObject({ state: 'in_progress', answers: [] })
  })

  test('that is linked to another passes on that one too: the answers of both reach its reporter', async ({ db }) => {
    const { dispatcher } = await buildTeam(db)
    const [answered, linked, report] = [
      await buildReport(db, { state: 'answered' }),
      await buildReport(db, { state: 'answered' }),
      await buildReport(db),
    ]
    const desk = actingAt(db, dispatcher, '14:00')
    await linkReport(desk, { ...seen(linked), toReportId: answered.id })
    await mergeReport(desk, { ...seen(report), intoReportId: linked.id })
    expect(await passAnswersOn(actingAt(db, robot, '14:01'), linked.id)).toBe(1)
    expect(await passAnswersOn(actingAt(db, robot, '14:01'), report.id)).toBe(2)
    expect((await reportByCode(desk, report.code)).citizen.answers).toHaveLength(2)
  })
})

test('the one public answer of the matter reaches the reporter of every merged report', async ({ db }) => {
  const { dispatcher, agency, officer } = await buildTeam(db)
  const category = await buildCategory(db, { needsApproval: false })
  const canonical = await buildReport(db, { state: 'in_progress', agencyId: agency.id, categoryCode: category.code })
  const others = [await buildReport(db), await buildReport(db)]
  const desk = actingAt(db, dispatcher, '10:00')
  const decided = await mergeReports(desk, { intoReportId: canonical.id, reports: others.map(seen) })
  expect(decided.map(({ refusal }) => refusal)).toEqual([null, null])
  await answerReport(actingAt(db, officer, '10:05'), {
    ...seen(canonical),
    what: 'Đã cắt dọn cây đổ, thông đường.',
    where: 'Phố Hàng Bài',
    when: 'Sáng 02/3/2026',
    ...fixed,
    next: '',
    photoIds: [],
  })
  const citizenOf = async (code: string) => (await reportByCode(desk, code)).citizen
  for (const { code } of others) expect(await citizenOf(code)).toMatchObject({ state: 'in_progress', answers: [] })
  const [answer] = (await storyOf(db, canonical.id)).answers
  await sendAnswer(actingAt(db, robot, '10:06'), answer?.id ?? '')
  for (const { id, code } of others) {
    const told = {
      state: 'handled',
      mergedInto: canonical.code,
      answers: [{ what: 'Đã cắt dọn cây đổ, thông đường.', agencyName: agency.name }],
    }
    expect(await citizenOf(code)).toMatchObject(told)
    expect((await storyOf(db, id)).lastEvent).toMatchObject({
      event: 'report.answer_passed_on',
      details: { answerId: answer?.id, fromCode: canonical.code },
    })
  }
})

test('the proof goes with the answer to the reporter of a merged report, and is shown with that report', async ({
  db,
}) => {
  const { dispatcher, agency, officer } = await buildTeam(db)
  const ward = await buildTeam(db)
  const category = await buildCategory(db, { needsApproval: false })
  const canonical = await buildReport(db, { state: 'in_progress', agencyId: agency.id, categoryCode: category.code })
  const held = { agencyId: ward.agency.id, heldBy: [ward.agency.id] }
  const merged = await buildReport(db, { state: 'in_progress', ...held })
  const desk = actingAt(db, dispatcher, '10:00')
  await mergeReport(desk, { ...seen(merged), intoReportId: canonical.id })
  const [proof, unused] = [
    await buildPhoto(db, canonical.id, { kind: 'proof' }),
    await buildPhoto(db, canonical.id, { kind: 'proof' }),
  ]
  const words = { what: 'Đã cắt dọn', where: 'Hàng Bài', when: 'Sáng nay', ...fixed, next: '', photoIds: [proof] }
  await answerReport(actingAt(db, officer, '10:05'), { ...seen(canonical), ...words })
  const there = actingAt(db, ward.officer, '10:10')
  await expect(visiblePhoto(there, proof)).rejects.toThrow('not_found')
  const [answer] = (await storyOf(db, canonical.id)).answers
  await sendAnswer(actingAt(db, robot, '10:06'), answer?.id ?? '')
  const { citizen } = await reportByCode(there, merged.code)
  expect(citizen.answers).toMatchObject([{ what: words.what, photoIds: [proof] }])
  await expect(visiblePhoto(there, proof)).resolves.toBeTruthy()
  await expect(visiblePhoto(there, unused)).rejects.toThrow('not_found')
  const stranger = await buildActor(db, 'officer', (await buildTeam(db)).agency)
  await expect(visiblePhoto(actingAt(db, stranger, '10:10'), proof)).rejects.toThrow('not_found')
})

test('a rejection that requires an answer is sent to every reporter of the matter in the same words', async ({
  db,
}) => {
  const { dispatcher } = await buildTeam(db)
  const [canonical, other] = [await buildReport(db), await buildReport(db)]
  const desk = actingAt(db, dispatcher, '10:00')
  await mergeReport(desk, { ...seen(other), intoReportId: canonical.id })
  await rejectReport(desk, { ...seen(canonical), reason: 'out_of_scope', answer: 'Việc này thuộc tỉnh bạn.' })
  const read = async () => (await reportByCode(desk, other.code)).citizen
  expect(await read()).toMatchObject({ state: 'awaiting_intake', refusal: null })
  const [answer] = (await storyOf(db, canonical.id)).answers
  await sendAnswer(actingAt(db, robot, '10:01'), answer?.id ?? '')
  const refusal = { reason: 'out_of_scope', words: 'Việc này thuộc tỉnh bạn.' }
  expect(await read()).toMatchObject({ state: 'refused', refusal })
})
