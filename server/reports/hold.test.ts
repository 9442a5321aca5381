import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildFile, buildPhoto } from '#db/factories/photos.ts'
import { buildReport } from '#db/factories/reports.ts'
import { jobsUnder, storyOf } from '#db/factories/story.ts'
import { buildTeam, seen } from '#db/factories/team.ts'
import { scheduledAnswers } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { type Actor, robot } from '#server/accounts/rules/actor.ts'
import { DomainError } from '#server/platform/errors.ts'
import { acceptReport } from './commands/accept-report.ts'
import { addNote } from './commands/add-note.ts'
import { addPhoto } from './commands/add-photo.ts'
import { askCitizen, recordCitizenReply } from './commands/ask-citizen.ts'
import { assignReport } from './commands/assign-report.ts'
import { changeTags } from './commands/change-report.ts'
import { decideRequest } from './commands/decide-request.ts'
import type { Moved } from './commands/move-report.ts'
import { putPhotoBack } from './commands/put-photo-back.ts'
import { releaseReport } from './commands/release-report.ts'
import { removePhoto } from './commands/remove-photo.ts'
import { reopenReport } from './commands/reopen-report.ts'
import { requestExtension } from './commands/request-extension.ts'
import { returnReport } from './commands/return-report.ts'
import { scheduleAnswer } from './commands/schedule-answer.ts'
import { sendScheduledAnswer } from './commands/send-scheduled-answers.ts'
import { takeBack } from './commands/take-back.ts'
import { transferReport } from './commands/transfer-report.ts'
import { briefByCode } from './queries/brief.ts'
import { colleaguesFor } from './queries/colleagues.ts'
import { likelyDuplicates } from './queries/duplicates.ts'
import { casesOf, countCases, readCases } from './queries/exported-cases.ts'
import { mapView } from './queries/map.ts'
import { queuePage } from './queries/queue.ts'
import { queueChanges } from './queries/queue-changes.ts'
import { reportByCode } from './queries/report.ts'
import { selectionOf } from './queries/selection.ts'
import { viewCounts } from './queries/view-counts.ts'
import { queueOf } from './rules/queue.ts'

// The database decides by its own clock what is released: so these decisions are made now, or were a while ago.
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000)
const by = (db: Database, actor: Actor, seconds = 0): Context => ({ db, actor, now: () => ago(seconds) })

const point = { lon: 105.85, lat: 21.03 }
const box = { west: 105.8, south: 21, east: 105.9, north: 21.1 }
const reason = 'Việc của đơn vị khác'
const found = async (read: Promise<unknown>) => {
  try {
    await read
    return true
  } catch (error) {
    // Refused for any other reason, it is there.
    if (error instanceof DomainError) return error.code !== 'not_found'
    throw error
  }
}

type Seen = { id: number; code: string; version: number }
/** Every way to come across a report: whether this account does. */
const ways: Record<string, (ctx: Context, report: Seen) => Promise<boolean>> = {
  list: async (ctx, { id }) => (await queuePage(ctx, { queue: queueOf('open') })).rows.some((row) => row.id === id),
  size: async (ctx, { code }) => (await countCases(ctx.db, await casesOf(ctx, queueOf('open', { words: code })))) > 0,
  counts: async (ctx) => Object.values((await viewCounts(ctx)).counts).some((count) => count > 0),
  changes: async (ctx, { id }) =>
    (await queueChanges(ctx, { queue: queueOf('open'), since: ago(600) })).changes.some((change) => change.id === id),
  search: async (ctx, { id, code }) =>
    (await queuePage(ctx, { queue: queueOf('all', { words: code }) })).rows.some((row) => row.id === id),
  selection: async (ctx, { id }) => (await selectionOf(ctx, queueOf('open'))).ids.includes(id),
  map: async (ctx) => (await mapView(ctx, { queue: queueOf('open'), box, zoom: 12 })).clusters.length > 0,
  'one report': (ctx, { code }) => found(reportByCode(ctx, code)),
  'its brief': async (ctx, { code }) => Boolean(await briefByCode(ctx, code)),
  export: async (ctx, { code }) => {
    const queue = queueOf('open')
    const cases = await casesOf(ctx, queue)
    return ctx.db.transaction(async (tx) => {
      const codes: string[] = []
      for await (const rows of readCases(tx, { queue, cases, withReporters: false }))
        codes.push(...rows.map((row) => row.code))
      return codes.includes(code)
    })
  },
  colleagues: async (ctx, { id }) => (await colleaguesFor(ctx, id)).length > 0,
  duplicates: (ctx, { id }) => found(likelyDuplicates(ctx, id).then(({ found }) => found)),
  'a note': (ctx, { id }) => found(addNote(ctx, { reportId: id, id: crypto.randomUUID(), body: 'Đã gọi' })),
  'a decision': (ctx, { id, version }) =>
    found(acceptReport(ctx, { reportId: id, version: version + 100, assignToMe: false })),
}

/** The ways on which an account comes across the report, and those on which it does not. */
async function comesAcross(db: Database, actor: Actor, report: Seen) {
  const entries = await Promise.all(
    Object.entries(ways).map(async ([name, way]) => [name, await way(by(db, actor), report)] as const),
  )
  const where = (does: boolean) => entries.flatMap(([name, is]) => (is === does ? [name] : []))
  return { does: where(true), doesNot: where(false) }
}
const everywhere = { does: Object.keys(ways), doesNot: [] }
const nowhere = { does: [], doesNot: Object.keys(ways) }

/** Decisions by which an agency gets a report, made so many seconds ago. */
const decisions: Record<
  string,
  (db: Database, seconds: number) => Promise<{ decider: Actor; officer: Actor; moved: Moved; desk: Actor }>
> = {
  assign: async (db, seconds) => {
    const { agency, officer, dispatcher } = await buildTeam(db)
    const report = await buildReport(db, point)
    const moved = await assignReport(by(db, dispatcher, seconds), { ...seen(report), agencyId: agency.id })
    return { decider: dispatcher, officer, moved, desk: await buildActor(db, 'dispatcher') }
  },
  transfer: async (db, seconds) => {
    const [from, to] = [await buildTeam(db), await buildTeam(db)]
    const report = await buildReport(db, { ...point, state: 'in_progress', agencyId: from.agency.id })
    const input = { ...seen(report), agencyId: to.agency.id, reason }
    const moved = await transferReport(by(db, from.approver, seconds), input)
    return { decider: from.approver, officer: to.officer, moved, desk: to.dispatcher }
  },
  reopen: async (db, seconds) => {
    const { agency, officer, dispatcher } = await buildTeam(db)
    const report = await buildReport(db, { ...point, state: 'closed', agencyId: agency.id, closedAt: ago(3600) })
    const moved = await reopenReport(by(db, dispatcher, seconds), { ...seen(report), reason })
    return { decider: dispatcher, officer, moved, desk: await buildActor(db, 'dispatcher') }
  },
}

test.for(Object.keys(decisions))(
  'the agency that gets a report by %s comes across it nowhere until the time to take that back has passed',
  async (name, { db }) => {
    const decide = decisions[name] as (typeof decisions)[string]
    const fresh = await decide(db, 0)
    expect(await comesAcross(db, fresh.officer, fresh.moved)).toEqual(nowhere)
    for (const actor of [fresh.decider, fresh.desk])
      expect((await comesAcross(db, actor, fresh.moved)).doesNot).toEqual([])
    await takeBack(by(db, fresh.decider), seen(fresh.moved))

    const old = await decide(db, 19)
    expect(await comesAcross(db, old.officer, old.moved)).toEqual(everywhere)
    await releaseReport(by(db, old.officer), old.moved.id)
    expect(await comesAcross(db, old.officer, old.moved)).toEqual(everywhere)
  },
)

test('the agency that had it before goes on seeing it', async ({ db }) => {
  const [from, to] = [await buildTeam(db), await buildAgency(db)]
  const report = await buildReport(db, { state: 'in_progress', agencyId: from.agency.id })
  const moved = await transferReport(by(db, from.approver), { ...seen(report), agencyId: to.id, reason })
  expect(await found(reportByCode(by(db, from.officer), moved.code))).toBe(true)
})

describe('a held decision on a report that another agency sees', () => {
  const refused = (name: string) => ({ code: 'decision_held', details: { name, seconds: expect.any(Number) } })

  test('is not acted on there until its time has passed; a note, which changes nothing, is written', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const dispatcher = await buildActor(db, 'dispatcher', undefined, 'Phạm Thị Lan')
    const held = { agencyId: agency.id, heldBy: [agency.id], askedById: officer.id }
    const replied = async (seconds: number) => {
      const report = await buildReport(db, { state: 'awaiting_citizen', stateBefore: 'in_progress', ...held })
      return recordCitizenReply(by(db, dispatcher, seconds), { ...seen(report), reply: 'Số 20 Hàng Bài' })
    }
    const fresh = await replied(0)
    const ctx = by(db, officer)
    await expect(returnReport(ctx, { ...seen(fresh), reason })).rejects.toMatchObject(refused('Phạm Thị Lan'))
    await expect(changeTags(ctx, { ...seen(fresh), tags: ['cây'] })).rejects.toMatchObject(refused('Phạm Thị Lan'))
    const fileId = await buildFile(db, { ownerId: officer.id })
    const there = await buildPhoto(db, fresh.id, { kind: 'staff', addedById: officer.id, name: 'cây.jpg' })
    const photo = { reportId: fresh.id, name: 'phố.jpg', kind: 'staff' as const }
    const attach = () => addPhoto(ctx, { ...photo, fileId })
    const remove = () => removePhoto(ctx, { ...photo, fileId: there })
    await expect(attach()).rejects.toMatchObject(refused('Phạm Thị Lan'))
    await expect(remove()).rejects.toMatchObject(refused('Phạm Thị Lan'))
    await expect(putPhotoBack(ctx, { ...photo, fileId: there })).rejects.toMatchObject(refused('Phạm Thị Lan'))
    await addNote(ctx, { reportId: fresh.id, id: crypto.randomUUID(), body: 'Đã đọc' })
    await takeBack(by(db, dispatcher), seen(fresh))
    await attach()
    await remove()

    await expect(returnReport(ctx, { ...seen(await replied(19)), reason })).resolves.toBeTruthy()
  })

  test('is not acted on by the agency above both, but by the city and by colleagues of whoever decided', async ({
    db,
  }) => {
    const above = await buildAgency(db)
    const [from, to] = [await buildTeam(db, { parentId: above.id }), await buildTeam(db, { parentId: above.id })]
    const head = await buildActor(db, 'approver', above)
    const decided = async () => {
      const report = await buildReport(db, { state: 'in_progress', agencyId: from.agency.id, heldBy: [from.agency.id] })
      const asked = await askCitizen(by(db, from.officer), { ...seen(report), question: 'Cây ở số nhà nào?' })
      return { report, asked }
    }
    const { asked } = await decided()
    const tag = (actor: Actor) => changeTags(by(db, actor), { ...seen(asked), tags: ['cây'] })
    await expect(tag(head)).rejects.toMatchObject({ code: 'decision_held' })
    await expect(tag(to.approver)).rejects.toThrow('not_found')
    await expect(tag(from.approver)).resolves.toBeTruthy()
    const other = await decided()
    await expect(changeTags(by(db, from.dispatcher), { ...seen(other.asked), tags: ['cây'] })).resolves.toBeTruthy()
  })
})

test('a scheduled answer whose time comes during the hold is given when that has ended, not cancelled', async ({
  db,
}) => {
  const above = await buildAgency(db)
  const { agency, officer } = await buildTeam(db, { parentId: above.id })
  const head = await buildActor(db, 'approver', above)
  const { code: categoryCode } = await buildCategory(db, { needsApproval: false })
  const held = { agencyId: agency.id, heldBy: [agency.id], categoryCode }
  const report = await buildReport(db, { state: 'in_progress', receivedAt: ago(600), ...held })
  const ask = { ...seen(report), minutes: 480, reason: 'Chờ vật tư' }
  const asked = await requestExtension(by(db, officer, 60), ask)
  const words = { what: 'Đã dọn', where: 'Ngõ 5', when: 'sáng nay', ...fixed, next: '', photoIds: [] }
  const planned = await scheduleAnswer(by(db, officer, 60), { ...seen(asked), ...words, sendAt: ago(5) })
  const requestId = String((await storyOf(db, report.id)).events.at(-2)?.details.requestId)
  const decision = { ...seen(planned), requestId, approve: true, remarks: '' }
  const decided = await decideRequest(by(db, head, 10), decision)

  expect(await sendScheduledAnswer(by(db, robot), report.id)).toBe(false)
  expect(await db.$count(scheduledAnswers, eq(scheduledAnswers.reportId, report.id))).toBe(1)
  const story = await storyOf(db, report.id)
  expect(story.lastEvent).toMatchObject({ event: 'report.extended' })
  const [job] = await jobsUnder(db, `send_scheduled_answer:${report.id}`)
  expect(job?.runAt.getTime()).toBeGreaterThanOrEqual(story.report.releasedAt?.getTime() ?? Number.NaN)
  // Nothing is held any more.
  await takeBack(by(db, head), seen(decided))
  expect(await sendScheduledAnswer(by(db, robot), report.id)).toBe(true)
  expect((await storyOf(db, report.id)).report.state).toBe('answered')
})

test('proof of a scheduled answer that a decision cancelled is kept until that can be taken back no more', async ({
  db,
}) => {
  const { agency, officer, approver } = await buildTeam(db)
  const { code: categoryCode } = await buildCategory(db, { needsApproval: false })
  const to = await buildAgency(db)
  const plan = async (seconds: number) => {
    const report = await buildReport(db, {
      state: 'in_progress',
      agencyId: agency.id,
      heldBy: [agency.id],
      categoryCode,
    })
    const fileId = await buildPhoto(db, report.id, { kind: 'proof', addedById: officer.id })
    const words = { what: 'Đã dọn', where: 'Ngõ 5', when: 'sáng nay', ...fixed, next: '', photoIds: [fileId] }
    const sendAt = new Date(Date.now() + 3_600_000)
    const planned = await scheduleAnswer(by(db, officer, 60), { ...seen(report), ...words, sendAt })
    await transferReport(by(db, approver, seconds), { ...seen(planned), agencyId: to.id, reason })
    return { reportId: report.id, fileId }
  }
  const city = by(db, await buildActor(db, ['dispatcher', 'approver']))
  await expect(removePhoto(city, await plan(0))).rejects.toThrow('photo_bound')
  await removePhoto(city, await plan(19))
})

test('a list that was loaded during the wait learns of the report after it', async ({ db }) => {
  const { officer, moved } = await (decisions.assign as (typeof decisions)[string])(db, 19)
  // Loaded five seconds after the decision, that is 13 before the release.
  const since = ago(14)
  const { changes } = await queueChanges(by(db, officer), { queue: queueOf('open'), since })
  expect(changes.map(({ id, inView }) => [id, inView])).toEqual([[moved.id, true]])
})
