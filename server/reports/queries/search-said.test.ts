import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor, type StaffActor } from '#db/factories/accounts.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildFile } from '#db/factories/photos.ts'
import { buildReport } from '#db/factories/reports.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { reportNotes, reportSearch, reports, searchRenewals } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { addInformation } from '../commands/add-information.ts'
import { addNote } from '../commands/add-note.ts'
import { addPhoto } from '../commands/add-photo.ts'
import { approveAnswer } from '../commands/approve-answer.ts'
import { askCitizen, recordCitizenReply } from '../commands/ask-citizen.ts'
import { changePlace } from '../commands/change-report.ts'
import { removePhoto } from '../commands/remove-photo.ts'
import { renewSearch } from '../commands/renew-search.ts'
import { sendAnswer } from '../commands/send-answer.ts'
import { splitReport } from '../commands/split-report.ts'
import { submitAnswer } from '../commands/submit-answer.ts'
import { updateSearch } from '../commands/update-search.ts'
import { withdrawAnswer } from '../commands/withdraw-answer.ts'
import { reportJobs } from '../jobs.ts'
import { queueOf } from '../rules/queue.ts'
import { queueChangesInput, queuePageInput } from '../rules/queue-input.ts'
import { addPhotoInput } from '../rules/schemas.ts'
import { casesOf, countCases } from './exported-cases.ts'
import { queuePage } from './queue.ts'
import { queueChanges } from './queue-changes.ts'
import { conditionsOf } from './queue-conditions.ts'
import { rowOrder } from './queue-order.ts'
import { reportByCode } from './report.ts'
import { countOf } from './saved-views.ts'
import { type SearchStep, stepRows } from './search-ways.ts'
import { selectionOf } from './selection.ts'

type Columns = NonNullable<Parameters<typeof buildReport>[1]>

/** An agency that holds a report which does not contain what the tests search for. */
async function desk(db: Database, columns: Columns = {}) {
  const team = await buildTeam(db)
  const write = async (more: Columns = {}) => {
    const held = { state: 'in_progress' as const, agencyId: team.agency.id, heldBy: [team.agency.id] }
    const report = await buildReport(db, { ...held, title: 'Đèn đường hỏng', body: 'Mong sớm sửa.', ...more })
    await db.transaction((tx) => updateSearch(tx, [report.id]))
    return report
  }
  return { ...team, write, report: await write(columns) }
}

/**
 * What a search finds, compared over every way of querying: the page, its total, the selection of all, the export, a
 * saved view and the live list.
 */
async function found(db: Database, actor: StaffActor, words: string): Promise<number[]> {
  const ctx = actingAt(db, actor, '15:00')
  const queue = queueOf('all', { words })
  const page = await queuePage(ctx, { queue })
  const ids = page.rows.map(({ id }) => id)
  const sorted = [...ids].sort()
  expect(page.total?.count).toBe(ids.length)
  expect((await selectionOf(ctx, queue)).ids.sort()).toEqual(sorted)
  expect(await countCases(db, await casesOf(ctx, queue))).toBe(ids.length)
  const [counted] = await db.execute<{ count: number }>(await countOf(ctx, queue, ctx.now()))
  expect(counted?.count).toBe(ids.length)
  const { changes } = await queueChanges(ctx, { queue, since: new Date(0) })
  const live = changes.filter(({ inView }) => inView).map(({ id }) => id)
  expect(live.sort()).toEqual(sorted)
  const byDue = await queuePage(ctx, { queue: { ...queue, sort: 'due', dir: 'asc' } })
  expect(byDue.rows.map(({ id }) => id).sort()).toEqual(sorted)
  return ids
}

const answer = { what: 'Đã thay bóng cao áp', where: '', when: '', ...fixed, next: '', photoIds: [] }

describe('an answer', () => {
  test('is found once it was sent: not while it waits for approval, nor when it was withdrawn', async ({ db }) => {
    const { report, officer, approver } = await desk(db)
    const submitted = await submitAnswer(actingAt(db, officer, '12:00'), { ...seen(report), ...answer })
    // Another change that rewrites the search words meanwhile.
    const placed = { address: 'Ngõ Lương Sử', point: null }
    const answered = await changePlace(actingAt(db, officer, '12:05'), { ...seen(submitted), ...placed })
    expect(await found(db, officer, 'bong cao ap')).toEqual([])
    const approved = await approveAnswer(actingAt(db, approver, '12:10'), seen(answered))
    expect(await found(db, officer, 'bong cao ap')).toEqual([])
    const withdrawn = await withdrawAnswer(actingAt(db, approver, '12:10'), seen(approved))
    expect(await found(db, officer, 'bong cao ap')).toEqual([])
    await approveAnswer(actingAt(db, approver, '12:20'), seen(withdrawn))
    await sendQueued(db, report.id)
    expect(await found(db, officer, 'bóng cao áp')).toEqual([report.id])
    expect(await found(db, officer, 'den duong cao ap')).toEqual([report.id])
  })

  test('is no better match than the words of a report itself', async ({ db }) => {
    const { report, officer, approver, write } = await desk(db, { receivedAt: hanoi('2026-03-02 10:00') })
    const words = { ...answer, what: 'Đã thay bóng đèn' }
    const answered = await submitAnswer(actingAt(db, officer, '12:00'), { ...seen(report), ...words })
    await approveAnswer(actingAt(db, approver, '12:20'), seen(answered))
    await sendQueued(db, report.id)
    const [older, apart] = [await write({ title: 'Bóng đèn cháy' }), await write({ title: 'Đèn mờ, bóng nứt' })]
    expect(await found(db, officer, 'bóng đèn')).toEqual([older.id, apart.id, report.id])
  })
})

/** What the job does, when the undo time has passed. */
async function sendQueued(db: Database, reportId: number): Promise<void> {
  const rows = await db.execute<{ id: string }>(
    sql`select id from report_answers where report_id = ${reportId} and status = 'queued'`,
  )
  for (const { id } of rows) expect(await sendAnswer(actingAt(db, robot, '13:00'), id)).toBe(true)
}

describe('messages exchanged with the citizen', () => {
  test('are found without accents, by the beginning of a word and mistyped', async ({ db }) => {
    const { report, officer } = await desk(db)
    const ctx = actingAt(db, officer, '12:00')
    const asked = await askCitizen(ctx, { ...seen(report), question: 'Cột điện số mấy ạ?' })
    const replied = await recordCitizenReply(ctx, { ...seen(asked), reply: 'Cột điện chỗ xưởng khuôn đúc' })
    await addInformation(ctx, { ...seen(replied), body: 'Gần trường Bế Văn Đàn' })
    for (const words of ['xuong khuon duc', 'cot dien so may', 'be van dan', 'gan truong be va', '"bế văn đàn"'])
      expect([words, await found(db, officer, words)]).toEqual([words, [report.id]])
    expect(await found(db, officer, '"khuôn đúc gần trường"')).toEqual([])
  })

  test('are still found when the address has changed, and move with their part to another report', async ({ db }) => {
    const { report, officer, approver } = await desk(db)
    const ctx = actingAt(db, officer, '12:00')
    const told = await addInformation(ctx, { ...seen(report), body: 'Nắp hố ga cũng vỡ' })
    const placed = await changePlace(ctx, { ...seen(told), address: 'Ngõ Lương Sử', point: null })
    expect(await found(db, officer, 'luong su ho ga')).toEqual([report.id])
    const [message] = await db.execute<{ id: string }>(
      sql`select id from report_messages where report_id = ${report.id}`,
    )
    const parts = { messageIds: [message?.id ?? ''], noteIds: [], fileIds: [] }
    const second = { title: 'Nắp cống', categoryCode: report.categoryCode, parts }
    const { splitOff } = await splitReport(actingAt(db, approver, '12:30'), { ...seen(placed), ...second })
    const dispatcher = await buildActor(db, 'dispatcher')
    expect(await found(db, dispatcher, 'nap ho ga')).toEqual([splitOff.id])
  })
})

describe('an internal note', () => {
  const note = (reportId: number, body: string) => ({ reportId, id: randomUUID(), body })

  test('is found by those who hold the report and by the city', async ({ db }) => {
    const { report, officer, approver, dispatcher } = await desk(db)
    await addNote(actingAt(db, officer, '12:00'), note(report.id, 'Nhà thầu Phú Lợi chậm'))
    for (const actor of [officer, approver, dispatcher])
      expect(await found(db, actor, 'nhà thầu phú lợi')).toEqual([report.id])
    expect(await found(db, officer, 'nha thau phu lo')).toEqual([report.id])
  })

  test('must contain all words: those of the report and of other notes do not count', async ({ db }) => {
    const { report, officer } = await desk(db)
    const ctx = actingAt(db, officer, '12:00')
    await addNote(ctx, note(report.id, 'Nhà thầu chậm tiến độ'))
    await addNote(ctx, note(report.id, 'Nhà thầu đã nhận việc'))
    expect(await found(db, officer, 'nha thau')).toEqual([report.id])
    expect(await found(db, officer, 'nha thau den duong')).toEqual([])
    expect(await found(db, officer, 'cham nhan viec')).toEqual([])
  })

  test('is neither found nor counted for an agency that may not read it', async ({ db }) => {
    const { report, agency, officer } = await desk(db)
    const [former, stranger] = [await desk(db), await desk(db)]
    await db.update(reports).set({ agencyId: former.agency.id }).where(eq(reports.id, report.id))
    await addNote(actingAt(db, former.officer, '11:00'), note(report.id, 'Cáp quang bị đứt'))
    const held = { agencyId: agency.id, heldBy: [former.agency.id, agency.id] }
    await db.update(reports).set(held).where(eq(reports.id, report.id))
    await addNote(actingAt(db, officer, '12:00'), note(report.id, 'Nhà thầu Phú Lợi chậm'))
    // An agency that held it before can still read the report, and its own notes.
    expect(await found(db, former.officer, 'den duong hong')).toContain(report.id)
    expect(await found(db, former.officer, 'cap quang')).toEqual([report.id])
    for (const words of ['nha thau phu loi', 'nha thau ph', 'nha thau phuloi', 'phú lợi']) {
      expect(await found(db, former.officer, words)).toEqual([])
      expect(await found(db, stranger.officer, words)).toEqual([])
    }
    expect(await found(db, officer, 'cap quang')).toEqual([report.id])
    const readBy = async (actor: StaffActor) =>
      (await reportByCode(actingAt(db, actor, '15:00'), report.code)).timeline.flatMap(({ words }) => words?.text ?? [])
    expect(await readBy(former.officer)).toEqual(['Cáp quang bị đứt'])
    expect(await readBy(officer)).toEqual(['Cáp quang bị đứt', 'Nhà thầu Phú Lợi chậm'])
  })

  test('counts its report once, whatever else finds it', async ({ db }) => {
    const { report, officer } = await desk(db)
    const ctx = actingAt(db, officer, '12:00')
    await addNote(ctx, note(report.id, 'Đèn đường hỏng từ lâu'))
    await addNote(ctx, note(report.id, 'đèn đường hỏng thật'))
    expect(await found(db, officer, 'đèn đường')).toEqual([report.id])
  })
})

describe('a report whose note has the accents that it lacks itself', () => {
  test.for(['walk', 'scope', 'matches'] as const)(
    'comes in the first step, and not again, by “%s”',
    async (way, { db }) => {
      const { report, officer, write } = await desk(db, { title: 'cay do' })
      const other = await write({ title: 'cay do' })
      const ctx = actingAt(db, officer, '12:00')
      await addNote(ctx, { reportId: report.id, id: randomUUID(), body: 'Cây đổ lúc 7 giờ' })
      const queue = queueOf('open')
      const conditions = await conditionsOf(queue, ctx)
      const order = rowOrder({ sort: 'received', dir: 'desc' })
      const [folded, accented] = ["'cay' & 'do'", "'cây' & 'đổ'"]
      const idsOf = async (source: SearchStep['source']) =>
        (await stepRows(ctx, conditions, { source, way, ranks: [], order }, null)).map(({ id }) => id)
      expect(await idsOf({ query: accented })).toEqual([report.id])
      expect(await idsOf({ query: folded, without: accented })).toEqual([other.id])
      expect(await idsOf({ query: folded })).toEqual([other.id, report.id])
    },
  )
})

describe('the name of a photo', () => {
  test('finds its report, is shown on the row, and moves with the photo', async ({ db }) => {
    const { report, officer, approver } = await desk(db)
    const photo = { reportId: report.id, fileId: await buildFile(db, { ownerId: officer.id }) }
    await addPhoto(actingAt(db, officer, '12:00'), addPhotoInput.parse({ ...photo, name: 'Biên bản hiện trường.JPG' }))
    expect(await found(db, officer, 'bien ban hien truong')).toEqual([report.id])
    expect(await found(db, officer, 'jpg')).toEqual([])
    const queue = queueOf('all', { words: 'hiện trường' })
    const { rows } = await queuePage(actingAt(db, officer, '15:00'), { queue })
    expect(rows[0]?.foundIn).toEqual({ where: 'photo', excerpt: 'Biên bản hiện trường.JPG' })

    const gone = { reportId: report.id, fileId: await buildFile(db, { ownerId: officer.id }) }
    await addPhoto(actingAt(db, officer, '12:10'), addPhotoInput.parse({ ...gone, name: 'so_do_thoat_nuoc.png' }))
    expect(await found(db, officer, 'sơ đồ thoát nước')).toEqual([report.id])
    await removePhoto(actingAt(db, officer, '12:20'), gone)
    expect(await found(db, officer, 'sơ đồ thoát nước')).toEqual([])
    const parts = { messageIds: [], noteIds: [], fileIds: [photo.fileId] }
    const second = { title: 'Nắp cống', categoryCode: report.categoryCode, parts }
    const { splitOff } = await splitReport(actingAt(db, approver, '12:30'), { ...seen(report), ...second })
    expect(await found(db, await buildActor(db, 'dispatcher'), 'biên bản hiện trường')).toEqual([splitOff.id])
  })
})

test('the name of a photo is hidden where the photo is: from an agency that had the report before', async ({ db }) => {
  const { report, agency, officer } = await desk(db)
  const former = await buildTeam(db)
  const heldBy = [former.agency.id, agency.id]
  await db.update(reports).set({ heldBy }).where(eq(reports.id, report.id))
  const photo = { reportId: report.id, fileId: await buildFile(db, { ownerId: officer.id }) }
  await addPhoto(actingAt(db, officer, '12:00'), addPhotoInput.parse({ ...photo, name: 'Biên bản đấu nối.png' }))
  const told = async (actor: StaffActor) =>
    (await queuePage(actingAt(db, actor, '15:00'), { queue: queueOf('all', { words: 'đấu nối' }) })).rows[0]?.foundIn
  expect(await told(officer)).toEqual({ where: 'photo', excerpt: 'Biên bản đấu nối.png' })
  expect(await told(former.officer)).toBeNull()
})

describe('a row of the list', () => {
  test('says where it was found, unless in the report itself, and shows no one what they may not read', async ({
    db,
  }) => {
    const { report, agency, officer, approver } = await desk(db)
    const answered = await submitAnswer(actingAt(db, officer, '12:00'), {
      ...seen(report),
      ...answer,
      what: 'Đã thay đèn cao áp',
    })
    await approveAnswer(actingAt(db, approver, '12:20'), seen(answered))
    await sendQueued(db, report.id)
    const told = async (actor: StaffActor, words: string, order: { sort?: 'due' } = {}) => {
      const queue = { ...queueOf('all', { words }), ...order }
      return (await queuePage(actingAt(db, actor, '15:00'), { queue })).rows.map((row) => row.foundIn)
    }
    expect(await told(officer, 'đèn đường')).toEqual([null])
    const inAnswer = { where: 'answer', excerpt: 'Đã thay đèn cao áp' }
    expect(await told(officer, 'đường cao áp')).toEqual([inAnswer])
    const note = { reportId: report.id, id: randomUUID(), body: 'Đường dây cao áp do nhà thầu Phú Lợi kéo' }
    await addNote(actingAt(db, officer, '14:00'), note)
    const inNote = { where: 'note', excerpt: note.body }
    expect(await told(officer, 'phú lợi', { sort: 'due' })).toMatchObject([{ where: 'note' }])
    expect(await told(officer, 'đường cao áp')).toEqual([inNote])
    const former = await buildTeam(db)
    const held = [former.agency.id, agency.id]
    await db.update(reports).set({ heldBy: held }).where(eq(reports.id, report.id))
    expect(await told(former.officer, 'đường cao áp')).toEqual([inAnswer])
  })
})

test('a search with more pages continues, and asks for changes, by a cursor that the endpoint accepts', async ({
  db,
}) => {
  const { officer, write } = await desk(db)
  for (let i = 0; i < 51; i++) await write({ title: `Cống nghẹt ngõ ${i}` })
  const ctx = actingAt(db, officer, '15:00')
  const queue = queueOf('all', { words: 'cống nghẹt' })
  const first = await queuePage(ctx, { queue })
  const next = queuePageInput.parse({ queue, cursor: first.nextCursor })
  expect((await queuePage(ctx, next)).rows).toHaveLength(1)
  const since = queueChangesInput.parse({ queue, since: new Date(0), end: first.nextCursor })
  expect((await queueChanges(ctx, since)).changes.length).toBeGreaterThan(0)
})

describe('texts from before search covered them', () => {
  test('are indexed once by a job, the newest first, and again without harm', async ({ db }) => {
    const { report, officer, write } = await desk(db)
    const ctx = actingAt(db, officer, '12:00')
    const last = await write()
    await addInformation(ctx, { ...seen(report), body: 'Ngay cạnh bể bơi' })
    await addNote(ctx, { reportId: last.id, id: randomUUID(), body: 'Đã gọi bể bơi' })
    await db.update(reportSearch).set({ words: '' })
    await db.update(reportNotes).set({ words: '' })
    expect(await found(db, officer, 'be boi')).toEqual([])
    const older = Array.from({ length: 99 }, () => buildReport(db))
    const ids = [report.id, last.id, ...(await Promise.all(older)).map(({ id }) => id)]
    await db.insert(searchRenewals).values(ids.map((reportId) => ({ reportId })))
    expect(await renewSearch(actingAt(db, robot, '13:00'))).toBe(true)
    expect(await db.select().from(searchRenewals)).toEqual([{ reportId: report.id }])
    expect(await found(db, officer, 'be boi')).toEqual([last.id])
    const run = () => reportJobs.renew_search.run({}, actingAt(db, robot, '13:00'))
    await Promise.all([run(), run()])
    expect(await found(db, officer, 'bể bơi')).toEqual(expect.arrayContaining([report.id, last.id]))
    const before = await db.select().from(reportSearch).orderBy(reportSearch.reportId)
    await db.insert(searchRenewals).values({ reportId: report.id })
    await run()
    expect(await db.select().from(reportSearch).orderBy(reportSearch.reportId)).toEqual(before)
  })
})
