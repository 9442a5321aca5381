import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Connection } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildCopies } from '#db/factories/copies.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { type BuiltReport, buildReport } from '#db/factories/reports.ts'
import { answerBatches, reportAnswers } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { answersBefore, earlierAnswers } from './earlier-answers.ts'

const now = () => hanoi('2026-03-09 08:00')

type Wanted = Parameters<typeof buildReport>[1] & { what: string }

/** An answered report whose answer has this text. */
async function answered(db: Connection, { what, ...wanted }: Wanted): Promise<BuiltReport> {
  const report = await buildReport(db, { state: 'answered', ...wanted })
  await db.update(reportAnswers).set({ what }).where(eq(reportAnswers.reportId, report.id))
  return report
}

/** A message to many reporters of an incident. */
async function batchOf(db: Connection): Promise<string> {
  const [id, incident, author] = [randomUUID(), await buildIncident(db), await buildActor(db, 'dispatcher')]
  const words = { what: 'Thông báo chung.', whereDone: 'Toàn thành phố', whenDone: 'Hôm nay', ...fixed }
  await db.insert(answerBatches).values({
    ...words,
    id,
    incidentId: incident.id,
    state: 'done',
    filter: { subTypes: [], areaIds: [] },
    recipients: 2,
    secondPerson: 'none',
    authorId: author.id,
    createdAt: now(),
  })
  return id
}

/** A report that an agency holds, and an officer of that agency. */
async function atWork(db: Connection) {
  const [agency, category] = [await buildAgency(db), await buildCategory(db)]
  const report = await buildReport(db, { state: 'in_progress', categoryCode: category.code, agencyId: agency.id })
  const officer = await buildActor(db, 'officer', agency)
  const found = async (words = '', actor = officer) =>
    (await earlierAnswers({ db, actor, now }, { reportId: report.id, words })).map(({ what }) => what)
  return { agency, categoryCode: category.code, report, found }
}

test('only sent answers of the same category are found, no rejections and no notices to many', async ({ db }) => {
  const { agency, categoryCode, found } = await atWork(db)
  const here = { agencyId: agency.id, categoryCode }
  await answered(db, { ...here, what: 'Đã thay nắp hố ga.' })
  await answered(db, { ...here, what: 'Chờ gửi.', answerStatus: 'queued' })
  await answered(db, { ...here, what: 'Chờ duyệt.', state: 'awaiting_approval' })
  await answered(db, { ...here, what: 'Đã trả lại để sửa.', answerStatus: 'sent_back' })
  await answered(db, { ...here, what: 'Không thuộc phạm vi.', state: 'rejected' })
  await answered(db, { ...here, what: 'Của lĩnh vực khác.', categoryCode: (await buildCategory(db)).code })
  const notice = await answered(db, { ...here, what: 'Thông báo chung.' })
  await db
    .update(reportAnswers)
    .set({ batchId: await batchOf(db) })
    .where(eq(reportAnswers.reportId, notice.id))
  expect(await found('', await buildActor(db, 'dispatcher'))).toEqual(['Đã thay nắp hố ga.'])
})

test('nothing is found of reports that the account may not see', async ({ db }) => {
  const { agency, categoryCode, report, found } = await atWork(db)
  const other = await buildAgency(db)
  await answered(db, { agencyId: other.id, categoryCode, what: 'Của đơn vị khác.' })
  await answered(db, { agencyId: other.id, heldBy: [other.id, agency.id], categoryCode, what: 'Đã chuyển đi.' })
  expect(await found()).toEqual(['Đã chuyển đi.'])
  expect(await found('', await buildActor(db, 'dispatcher'))).toHaveLength(2)
  const stranger = await buildActor(db, 'officer', other)
  const input = { reportId: report.id, words: '' }
  await expect(earlierAnswers({ db, actor: stranger, now }, input)).rejects.toThrow('not_found')
})

test('answers reveal nothing of their report, and are one where they say the same about several', async ({ db }) => {
  const { agency, categoryCode, found } = await atWork(db)
  const here = { agencyId: agency.id, categoryCode }
  await answered(db, { ...here, address: '20 Hàng Bài', what: 'Đã dọn cây tại 20 Hàng Bài.' })
  await answered(db, { ...here, address: '7 Lò Đúc', what: 'Đã dọn cây tại 7 Lò Đúc.' })
  expect(await found()).toEqual(['Đã dọn cây tại {{address}}.'])
})

test('the own agency’s come before the others’, the newest first, each text once', async ({ db }) => {
  const { agency, categoryCode, report, found } = await atWork(db)
  const other = await buildAgency(db)
  const on = (day: number) => ({ categoryCode, receivedAt: hanoi(`2026-03-0${day} 08:00`) })
  await answered(db, { ...on(2), agencyId: agency.id, what: 'Của mình, cũ.' })
  await answered(db, { ...on(3), agencyId: agency.id, what: 'Của mình, mới.' })
  const last = await answered(db, { ...on(4), agencyId: agency.id, what: 'Của mình, mới.' })
  await answered(db, { ...on(5), agencyId: other.id, what: 'Của đơn vị khác, mới nhất.' })
  await answered(db, { ...on(6), agencyId: other.id, what: 'Của mình, cũ.' })
  const dispatcher = await buildActor(db, 'dispatcher')
  expect(await found('', dispatcher)).toEqual(['Của mình, mới.', 'Của mình, cũ.', 'Của đơn vị khác, mới nhất.'])
  const [first] = await earlierAnswers({ db, actor: dispatcher, now }, { reportId: report.id, words: '' })
  expect(first).toMatchObject({ code: last.code, agencyName: agency.name, isOwn: true })
  expect(first?.sentAt).toEqual(hanoi('2026-03-04 11:01'))
})

test.for([
  ['without accents', 'cong nhan', ['Đội công nhân đã thông cống.']],
  ['with accents', 'THÔNG CỐNG', ['Đội công nhân đã thông cống.']],
  ['by words of the title', 'ngap thong', ['Đội công nhân đã thông cống.']],
  ['in any order', 'cống đội', ['Đội công nhân đã thông cống.']],
  ['but not where a word is missing', 'thong cay', []],
  ['and signs stand for themselves', '100%', ['Đã xong 100%.']],
] as const)('answers are found by their words %s', async ([, words, expected], { db }) => {
  const { agency, categoryCode, found } = await atWork(db)
  const here = { agencyId: agency.id, categoryCode }
  await answered(db, { ...here, title: 'Ngập trước cổng trường', what: 'Đội công nhân đã thông cống.' })
  await answered(db, { ...here, title: 'Nắp cống vỡ', what: 'Đã xong 100%.' })
  await answered(db, { ...here, title: 'Nắp hố ga', what: 'Đã xong 1000 m.' })
  expect(await found(words)).toEqual(expected)
})

test('where the city has answered a lot, the index of the category returns the newest', async ({ db }) => {
  const { agency, categoryCode, report } = await atWork(db)
  const here = await answered(db, { agencyId: agency.id, categoryCode, what: 'Đã dọn.' })
  const elsewhere = await answered(db, { agencyId: agency.id, what: 'Đã vá.' })
  for (let i = 0; i < 3; i++) await buildCopies(db, elsewhere, 1000)
  await buildCopies(db, here, 500)
  await db.execute(sql`analyze reports`)
  const dispatcher = await buildActor(db, 'dispatcher')
  const plan = await db.execute(sql`explain ${answersBefore(report, dispatcher, 'don')}`)
  expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain(
    'Index Scan Backward using reports_category_answered',
  )
})
