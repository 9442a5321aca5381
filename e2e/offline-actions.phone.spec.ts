import { expect, type Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { buildAgency } from '#db/factories/agencies.ts'
import { storyOf } from '#db/factories/story.ts'
import { agencies, reports } from '#db/schema/index.ts'
import { buildReportAt } from './office.ts'
import { openReport, photoWithPlace } from './report-page.ts'
import { factsOfReport, holdUp, loseFirstAnswer } from './slow-line.ts'
import { visit } from './visit.ts'
import {
  acceptButton,
  accepting,
  acceptWaits,
  addingPhoto,
  answerBox,
  answering,
  answerWaits,
  answerWithoutLine,
  beginNote,
  expectNoSidewaysScroll,
  fillAnswer,
  findLine,
  handingIn,
  loseLine,
  photosIn,
  photosOn,
  saveNote,
  submit,
  submitWithoutLine,
  takePhoto,
  test,
  writeWithoutLine,
} from './without-line.ts'

test('a report accepted without a connection is shown as waiting, is accepted once, in order, and can be taken back before', async ({
  onSite,
  seriousViolations,
  db,
}) => {
  const state = 'awaiting_acceptance'
  const { office, page, ...left } = await onSite({ report: { state } })
  const taken = await buildReportAt(db, office, { state })
  const context = page.context()
  const accept = () => acceptButton(page)
  const waits = acceptWaits(page)
  const statesNow = async () => [(await storyOf(db, taken.id)).report.state, (await storyOf(db, left.id)).report.state]

  await loseLine(page)
  await accept().click()
  await expect(waits).toBeVisible()
  await expect(page.getByText('Mất kết nối mạng. 1 thao tác đang chờ, sẽ tự gửi khi có mạng.')).toBeVisible()
  await expect(accept()).toHaveAttribute('aria-disabled', 'true')
  await waits.getByRole('button', { name: 'Hủy nhận xử lý' }).click()
  await expect(waits).toBeHidden()
  await findLine(page)

  await openReport(page, taken.code)
  // Without a connection no box opens whose code has not been loaded.
  await page.getByRole('article').getByRole('button', { name: 'Ghi chú', exact: true }).click()
  await page.getByLabel('Nội dung ghi chú').press('Escape')
  await loseLine(page)
  await accept().click()
  await writeWithoutLine(page, 'Đang đến nơi')
  await expect(page.getByText('Mất kết nối mạng. 2 thao tác đang chờ, sẽ tự gửi khi có mạng.')).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await expectNoSidewaysScroll(page)
  expect(await statesNow()).toEqual([state, state])

  // The server's response gets lost, and for a while the report cannot be loaded to see what has become of it.
  const heard = await loseFirstAnswer(page, accepting)
  await context.route(factsOfReport, (route) => route.abort())
  await findLine(page)
  await expect.poll(heard).toBeGreaterThan(1)
  await context.unroute(factsOfReport)
  await expect(waits).toBeHidden()
  await expect(page.getByText(/không gửi được|Chưa nhận xử lý được/i)).toHaveCount(0)
  await expect(page.getByRole('article').getByText('Đang xử lý').first()).toBeVisible()
  await expect.poll(async () => (await storyOf(db, taken.id)).notes.length).toBe(1)
  const { report, events } = await storyOf(db, taken.id)
  expect(report.assigneeId).toBe(office.officer.id)
  expect(events.map(({ event }) => event)).toEqual(['report.received', 'report.accepted', 'report.note_added'])
  expect(await statesNow()).toEqual(['in_progress', state])
})

test('an extension asked for without a connection waits, can be taken back, and is asked for once; the granted deadline is told', async ({
  onSite,
  signedInAs,
  seriousViolations,
  db,
}) => {
  const { office, id, code, page } = await onSite()
  const waits = page.getByRole('region', { name: 'Đề nghị gia hạn đang chờ gửi' })
  const openDialog = async () => {
    await page.getByRole('article').getByRole('button', { name: 'Thao tác khác' }).click()
    await page.getByRole('menuitem', { name: /^Đề nghị gia hạn/ }).click()
    return page.getByRole('dialog', { name: /^Đề nghị gia hạn/ })
  }
  // Without a connection no dialog opens whose code has not been loaded.
  await (await openDialog()).getByRole('button', { name: 'Hủy' }).click()
  await loseLine(page)
  const asking = await openDialog()
  await asking.getByRole('radio', { name: '2 ngày làm việc' }).check()
  await asking.getByLabel('Lý do').fill('Phải thuê xe cẩu')
  await asking.getByRole('button', { name: /^Đề nghị gia hạn/ }).click()
  await expect(waits).toContainText('Gia hạn 2 ngày')
  await expect(page.getByText('Mất kết nối mạng. 1 thao tác đang chờ, sẽ tự gửi khi có mạng.')).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await expectNoSidewaysScroll(page)

  await waits.getByRole('button', { name: 'Rút lại đề nghị' }).click()
  await expect(waits).toBeHidden()
  await openDialog()
  await expect(asking.getByLabel('Lý do')).toHaveValue('Phải thuê xe cẩu')
  await asking.getByRole('button', { name: /^Đề nghị gia hạn/ }).click()
  await expect(waits).toBeVisible()
  expect((await storyOf(db, id)).requests).toEqual([])

  // The server's response gets lost once.
  const heard = await loseFirstAnswer(page, /\/api\/trpc\/reports\.requestExtension/)
  await findLine(page)
  // With a connection the card is hidden at once; it comes back for as long as the request is late.
  await expect.poll(heard).toBeGreaterThan(1)
  await expect(waits).toBeHidden()
  const { requests } = await storyOf(db, id)
  expect(requests).toMatchObject([{ kind: 'extension', minutes: 960, reason: 'Phải thuê xe cẩu', status: 'pending' }])

  const approver = await signedInAs(office.approver.username, { viewport: { width: 1366, height: 768 } })
  const theirs = await openReport(approver, code)
  await theirs.getByRole('button', { name: 'Đồng ý', exact: true }).click()
  await expect(
    approver.getByText(new RegExp(`^Đã đồng ý gia hạn ${code}, hạn mới \\d{2}/\\d{2}/\\d{4} \\d{2}:\\d{2}$`)),
  ).toBeVisible()
})

test('an acceptance that comes too late says why, and disappears once that is read', async ({ onSite, db }) => {
  const { office, id, code, page } = await onSite({ report: { state: 'awaiting_acceptance' } })
  await loseLine(page)
  await acceptButton(page).click()
  await expect(acceptWaits(page)).toBeVisible()
  await db
    .update(reports)
    .set({ state: 'in_progress', assigneeId: office.approver.id, version: 9 })
    .where(eq(reports.id, id))
  await findLine(page)
  const refused = page.getByRole('region', { name: 'Chưa nhận xử lý được phản ánh này' })
  await expect(refused).toBeVisible()
  await visit(page, '/drafts')
  await expect(page.getByRole('region', { name: `Chưa nhận xử lý được ${code}` })).toBeVisible()
  await openReport(page, code)
  await refused.getByRole('button', { name: 'Đã rõ' }).click()
  await expect(refused).toBeHidden()
  expect((await storyOf(db, id)).report.assigneeId).toBe(office.approver.id)
})

const toBeAccepted = { report: { state: 'awaiting_acceptance' }, fetched: 'wherePlaceholder' } as const

/** With a photo. Until the acceptance has been sent the answer is in the menu. */
async function acceptAndAnswerWithoutLine(page: Page): Promise<void> {
  await loseLine(page)
  await acceptButton(page).click()
  await expect(acceptWaits(page)).toBeVisible()
  await page.getByRole('article').getByRole('button', { name: 'Thao tác khác' }).click()
  await page.getByRole('menuitem', { name: /^Trả lời công dân/ }).click()
  await fillAnswer(page)
  await takePhoto(answerBox(page), await photoWithPlace())
  await submitWithoutLine(page)
}

test('a report is accepted and answered without a connection, and both are sent in that order, with the photo, each once', async ({
  onSite,
  seriousViolations,
  db,
}) => {
  const { office, id, page } = await onSite(toBeAccepted)
  await acceptAndAnswerWithoutLine(page)
  await expect(page.getByText('Mất kết nối mạng. 3 thao tác đang chờ, sẽ tự gửi khi có mạng.')).toBeVisible()
  const cards = page.getByRole('region', { name: /đang chờ gửi$/ })
  const named = () => cards.evaluateAll((each) => each.map((card) => card.getAttribute('aria-label')))
  expect(await named()).toEqual(['Yêu cầu nhận xử lý đang chờ gửi', 'Trả lời đang chờ gửi'])
  await expect(answerWaits(page)).toContainText('sau yêu cầu nhận xử lý')
  expect(await seriousViolations(page)).toEqual([])
  await expectNoSidewaysScroll(page)
  expect((await storyOf(db, id)).report.state).toBe('awaiting_acceptance')

  // The server's response to each gets lost once.
  const heard = await Promise.all([accepting, addingPhoto, answering].map((calls) => loseFirstAnswer(page, calls)))
  await findLine(page)
  await expect(cards).toHaveCount(0)
  await expect(page.getByText(/thao tác đang chờ/)).toBeHidden()
  for (const times of heard) expect(times()).toBeGreaterThan(1)
  const { report, answers, events } = await storyOf(db, id)
  expect(report).toMatchObject({ state: 'awaiting_approval', assigneeId: office.officer.id })
  expect(answers).toMatchObject([{ status: 'submitted', authorId: office.officer.id }])
  expect(events.map(({ event }) => event)).toEqual([
    'report.received',
    'report.accepted',
    'report.photo_added',
    'report.answer_submitted',
  ])
  expect(await photosOn(db, id)).toEqual([{ kind: 'proof', answerId: answers[0]?.id }])
})

test('an answer is not sent once its acceptance was refused, even if that is read and discarded before its turn', async ({
  onSite,
  db,
}) => {
  const { office, id, code, page } = await onSite(toBeAccepted)
  await acceptAndAnswerWithoutLine(page)
  // A colleague was faster: the report is in the state that the answer expects, but with another assignee.
  const { version } = (await storyOf(db, id)).report
  const theirs = { state: 'in_progress', assigneeId: office.approver.id, version: version + 1 } as const
  await db.update(reports).set(theirs).where(eq(reports.id, id))
  const letGo = await holdUp(page, addingPhoto)
  await findLine(page)
  const late = page.getByRole('region', { name: 'Chưa nhận xử lý được phản ánh này' })
  await late.getByRole('button', { name: 'Đã rõ' }).click()
  await expect(late).toBeHidden()
  letGo()
  const refused = page.getByRole('region', { name: 'Trả lời của bạn trên phản ánh này không gửi được' })
  await expect(refused).toContainText('Chưa nhận xử lý được phản ánh này nên trả lời không được gửi.')
  await expect(refused).toContainText('Trước số 20 phố Hàng Bài')
  expect((await storyOf(db, id)).answers).toEqual([])

  await refused.getByRole('button', { name: 'Đưa lại vào ô trả lời' }).click()
  await expect(answerBox(page).getByLabel('Địa điểm')).toHaveValue('Trước số 20 phố Hàng Bài')
  await submit(page)
  await expect(page.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`)).toBeVisible()
  const { report, answers } = await storyOf(db, id)
  expect(report.assigneeId).toBe(office.approver.id)
  expect(await photosOn(db, id)).toEqual([{ kind: 'proof', answerId: answers[0]?.id }])
})

test('an answer that meanwhile only a colleague may give comes back with its text, and is sent once the report is taken over', async ({
  onSite,
  db,
}) => {
  const { office, id, code, page } = await onSite()
  await db.update(reports).set({ assigneeId: office.approver.id }).where(eq(reports.id, id))
  await answerWithoutLine(page)
  await submitWithoutLine(page)
  await db.update(agencies).set({ onlyAssigneeAnswers: true }).where(eq(agencies.id, office.agency.id))
  await findLine(page)
  const refused = page.getByRole('region', { name: 'Trả lời của bạn trên phản ánh này không gửi được' })
  await expect(refused).toContainText('chỉ cho phép người được giao trả lời')
  await expect(refused).toContainText('Trước số 20 phố Hàng Bài')
  expect((await storyOf(db, id)).answers).toEqual([])

  await refused.getByRole('button', { name: 'Đưa lại vào ô trả lời' }).click()
  await answerBox(page).getByRole('button', { name: 'Nhận phụ trách' }).click()
  await expect(answerBox(page).getByLabel('Địa điểm')).toHaveValue('Trước số 20 phố Hàng Bài')
  await submit(page)
  await expect(page.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`)).toBeVisible()
  const { report, answers } = await storyOf(db, id)
  expect([report.assigneeId, answers.length]).toEqual([office.officer.id, 1])
})

test('an answer waits without a connection with its photos, is sent once and after them, and can be taken back', async ({
  onSite,
  seriousViolations,
  db,
}) => {
  test.slow()
  const { office, id, page } = await onSite()
  const context = page.context()
  await answerWithoutLine(page)
  const box = answerBox(page)
  const photos = photosIn(box)
  const waits = answerWaits(page)
  for (let count = 0; count < 2; count += 1) await takePhoto(box, await photoWithPlace())
  await box.getByRole('button', { name: 'Bỏ ảnh' }).first().click()
  await expect(photos).toHaveCount(1)
  await submit(page)
  await expect(box).toBeHidden()
  await expect(waits).toContainText('Trước số 20 phố Hàng Bài')
  for (const again of await page
    .getByRole('button', { name: /^Trả lời công dân/ })
    .filter({ visible: true })
    .all()) {
    await expect(again).toHaveAttribute('aria-disabled', 'true')
  }
  await expect(page.getByText('Mất kết nối mạng. 2 thao tác đang chờ, sẽ tự gửi khi có mạng.')).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await expectNoSidewaysScroll(page)

  await waits.getByRole('button', { name: 'Đưa lại vào ô trả lời' }).click()
  await expect(box.getByLabel('Kết quả xử lý')).toHaveValue('Đã cắt cành gãy, dọn sạch vỉa hè.')
  await expect(photos).toHaveCount(1)
  await box.getByLabel('Thời gian').fill('11 giờ sáng nay')
  await box.getByRole('radio', { name: 'Đã khắc phục' }).check()
  await submit(page)
  await expect(waits).toContainText('11 giờ sáng nay')

  // The page closes, and the waiting actions are there when it comes back.
  await context.route(handingIn, (route) => route.abort())
  await findLine(page)
  await page.reload()
  await expect(waits).toContainText('11 giờ sáng nay')
  await expect(page.getByText('Chưa kết nối được máy chủ, 2 thao tác đang chờ gửi.')).toBeVisible()
  expect((await storyOf(db, id)).answers).toEqual([])

  // The photo gets through, and the response to the answer gets lost once.
  const heard = await loseFirstAnswer(page, answering)
  await context.unroute(handingIn)
  await page.getByRole('button', { name: 'Gửi ngay' }).click()
  await expect(waits).toBeHidden()
  await expect(page.getByText(/thao tác đang chờ/)).toBeHidden()
  expect(heard()).toBeGreaterThan(1)
  const { answers, events } = await storyOf(db, id)
  expect(answers).toMatchObject([{ status: 'submitted', whenDone: '11 giờ sáng nay', authorId: office.officer.id }])
  expect(events.map(({ event }) => event)).toEqual(['report.received', 'report.photo_added', 'report.answer_submitted'])
  expect(await photosOn(db, id)).toEqual([{ kind: 'proof', answerId: answers[0]?.id }])
})

test('an answer is not sent without a photo that is refused, and returns to its box', async ({ onSite, db }) => {
  const { id, code, page } = await onSite()
  await answerWithoutLine(page)
  const box = answerBox(page)
  await takePhoto(box, Buffer.from('not a picture'))
  await submitWithoutLine(page)
  await findLine(page)
  const refused = page.getByRole('region', { name: 'Trả lời của bạn trên phản ánh này không gửi được' })
  await expect(refused).toContainText('Ảnh đi kèm không gửi được')
  expect((await storyOf(db, id)).answers).toEqual([])

  await refused.getByRole('button', { name: 'Đưa lại vào ô trả lời' }).click()
  await expect(box.getByLabel('Địa điểm')).toHaveValue('Trước số 20 phố Hàng Bài')
  await box.getByRole('button', { name: 'Bỏ ảnh' }).click()
  await submit(page)
  await expect(page.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`)).toBeVisible()
  await expect.poll(async () => (await storyOf(db, id)).answers.length).toBe(1)
})

test('what is taken back while being sent does not come back when it is refused', async ({ onSite, db }) => {
  const { id, page } = await onSite()
  await answerWithoutLine(page)
  await submitWithoutLine(page)
  await db.update(reports).set({ version: 9 }).where(eq(reports.id, id))
  const letGo = await holdUp(page, answering)
  const onItsWay = page.waitForRequest(answering)
  await findLine(page)
  await onItsWay
  await answerWaits(page).getByRole('button', { name: 'Đưa lại vào ô trả lời' }).click()
  await expect(answerBox(page).getByLabel('Địa điểm')).toHaveValue('Trước số 20 phố Hàng Bài')
  letGo()
  await answerBox(page).getByLabel('Địa điểm').press('Escape')
  // Waiting actions are sent in order: when this one has arrived, the other has been refused.
  await beginNote(page, 'Đã đến nơi')
  await saveNote(page)
  await expect.poll(async () => (await storyOf(db, id)).notes.length).toBe(1)
  await expect(page.getByText(/không gửi được/i)).toHaveCount(0)
  await expect(page.getByRole('region', { name: /không gửi được$/ })).toHaveCount(0)
})

test('a refused action of a report that is no longer visible can be copied and discarded', async ({
  onSite,
  seriousViolations,
  db,
}) => {
  const elsewhere = await buildAgency(db)
  const { id, code, page } = await onSite()
  await answerWithoutLine(page)
  await takePhoto(answerBox(page), await photoWithPlace())
  await submitWithoutLine(page)
  await db.update(reports).set({ agencyId: elsewhere.id, heldBy: [] }).where(eq(reports.id, id))
  await findLine(page)
  await expect(page.getByText('2 thao tác không gửi được, nội dung vẫn còn trên máy này.')).toBeVisible()
  await visit(page, '/drafts')
  const photo = page.getByRole('region', { name: `Ảnh của ${code} không gửi được` })
  const answer = page.getByRole('region', { name: `Không gửi được trả lời ${code}` })
  await expect(answer).toContainText('Trước số 20 phố Hàng Bài')
  await expect(answer.getByRole('button', { name: /^Sao chép/ })).toBeVisible()
  await expect(photo.getByRole('img')).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await photo.getByRole('button', { name: 'Bỏ ảnh' }).click()
  await answer.getByRole('button', { name: 'Bỏ trả lời này' }).click()
  await expect(page.getByText(/không gửi được/i)).toHaveCount(0)
})
