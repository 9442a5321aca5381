import { expect, test } from 'vitest'
import { type Locator, userEvent } from 'vitest/browser'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press } from '#app/testing/hands.ts'
import { findLine, holdUp, listen, loseFirstAnswer, loseLine, refuseLine } from '#app/testing/line.ts'
import { appRouter } from '#app/testing/place.ts'
import { onServer } from '#app/testing/server.ts'

const office = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const rows = onServer<typeof import('./without-line.scene.ts')>('components/reports/outbox/without-line.scene.ts')

const phone = { width: 390, height: 844 }
const accepting = /\/api\/trpc\/reports\.accept/
const addingNote = /\/api\/trpc\/reports\.addNote/
const addingPhoto = /\/api\/trpc\/reports\.addPhoto/
const answering = /\/api\/trpc\/reports\.submitAnswer/
const handingIn = /\/api\/photos$/
/** The facts of one report, alone or in a batch. */
const factsOfReport = /\/api\/trpc\/[^?]*reports\.byCode/

const article = page.getByRole('article')
const region = (name: string | RegExp) => page.getByRole('region', { name })
const acceptWaits = region('Yêu cầu nhận xử lý đang chờ gửi')
const answerWaits = region('Trả lời đang chờ gửi')
const answerRefused = region('Trả lời của bạn trên phản ánh này không gửi được')
const answerBox = region('Trả lời công dân')
const timeline = region('Diễn biến')
const ofReport = region('Nội dung phản ánh')
const note = page.getByLabelText(/^Nội dung ghi chú/)
const acceptButton = () => article.getByRole('button', { name: /^Nhận xử lý/ }).first()
const photosIn = (place: Locator) => place.getByRole('img', { name: /^Ảnh đang chờ gửi/ })
const count = (locator: Locator) => expect.poll(() => locator.elements().length)
const gone = (locator: Locator) => expect.element(locator).not.toBeInTheDocument()

/** What is new on the page while something waits: the line that says so, the cards, and the photos in their place. */
const whatWaits =
  '[role="status"], [aria-label$="đang chờ gửi"], section:has(img[alt^="Ảnh đang chờ gửi"]), [aria-label="Trả lời công dân"]'

/** As long as these tests take together. */
const long = { timeout: 120_000 }

type Wanted = Parameters<typeof office.buildReportAt>[1]

/** An officer with a report of their agency open on a phone. */
async function onSite(report?: Wanted) {
  const ours = await office.buildOffice()
  const built = await office.buildReportAt(ours, report)
  await signInAs(ours.officer.username, phone)
  await openReport(built.code)
  return { ...built, office: ours }
}

async function openReport(code: string): Promise<void> {
  await visit(`/reports/${code}`)
  await expect.element(page.getByRole('article', { name: code })).toBeVisible()
}

async function shows(text: string | RegExp): Promise<void> {
  await expect.element(page.getByText(text, { exact: false }).first()).toBeVisible()
}

function expectNoSidewaysScroll(): void {
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(phone.width)
}

async function beginNote(words: string): Promise<void> {
  await article.getByRole('button', { name: 'Ghi chú', exact: true }).first().click()
  await note.fill(words)
}

const saveNote = () => page.getByRole('button', { name: /^Lưu ghi chú/ }).click()

/** Loses the connection between the first word and the sending, where it still exists. */
async function writeWithoutLine(words: string): Promise<void> {
  await beginNote(words)
  loseLine()
  await saveNote()
  await gone(region('Ghi chú nội bộ'))
}

async function fillAnswer(): Promise<void> {
  await answerBox.getByLabelText(/^Kết quả xử lý/).fill('Đã cắt cành gãy, dọn sạch vỉa hè.')
  await answerBox.getByLabelText(/^Địa điểm/).fill('Trước số 20 phố Hàng Bài')
  await answerBox.getByLabelText(/^Thời gian/).fill('10 giờ sáng nay')
  await answerBox.getByRole('radio', { name: 'Đã khắc phục' }).click()
}

/** Begins an answer and loses the connection before its photos are taken. */
async function answerWithoutLine(): Promise<void> {
  await expect.poll(() => visibleAnswerButtons().length).toBeGreaterThan(0)
  await userEvent.click(visibleAnswerButtons()[0] as Element)
  await fillAnswer()
  loseLine()
}

const visibleAnswerButtons = () =>
  article
    .getByRole('button', { name: /^Trả lời công dân/ })
    .elements()
    .filter((button) => button.checkVisibility())

/** A picture of its own for each call. */
async function photo(): Promise<File> {
  const canvas = new OffscreenCanvas(64, 48)
  const brush = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D
  for (let at = 0; at < 8; at++) {
    brush.fillStyle = `hsl(${Math.random() * 360} 60% 50%)`
    brush.fillRect(at * 8, 0, 8, 48)
  }
  return new File([await canvas.convertToBlob({ type: 'image/jpeg' })], 'hien-truong.jpg', { type: 'image/jpeg' })
}

const noPhoto = () => new File(['not a picture'], 'hien-truong.jpg', { type: 'image/jpeg' })

/** Takes a photo without a connection: it waits in this place. */
async function takePhoto(place: Locator, taken: File): Promise<void> {
  const before = photosIn(place).elements().length
  await userEvent.upload(place.css('input[type=file]').first(), taken)
  await count(photosIn(place)).toBe(before + 1)
}

const submit = () => answerBox.getByRole('button', { name: /^Trình phê duyệt/ }).click()

async function submitWithoutLine(): Promise<void> {
  await submit()
  await expect.element(answerWaits).toBeVisible()
}

/** With a photo. Until the acceptance has been sent the answer is in the menu. */
async function acceptAndAnswerWithoutLine(): Promise<void> {
  loseLine()
  await acceptButton().click()
  await expect.element(acceptWaits).toBeVisible()
  await article.getByRole('button', { name: /^Thao tác khác/ }).click()
  await page.getByRole('menuitem', { name: /^Trả lời công dân/ }).click()
  await fillAnswer()
  await takePhoto(answerBox, await photo())
  await submitWithoutLine()
}

test(
  'a report accepted without a connection is shown as waiting, is accepted once, in order, and can be taken back before; its answer follows with the photo, each once',
  long,
  async () => {
    const state = 'awaiting_acceptance'
    const { office: ours, id } = await onSite({ state })

    loseLine()
    await acceptButton().click()
    await expect.element(acceptWaits).toBeVisible()
    await shows('Mất kết nối mạng. 1 thao tác đang chờ, sẽ tự gửi khi có mạng.')
    await expect.element(acceptButton()).toHaveAttribute('aria-disabled', 'true')
    await acceptWaits.getByRole('button', { name: /^Hủy nhận xử lý/ }).click()
    await gone(acceptWaits)
    // What was done after it is sent, and it is not.
    await writeWithoutLine('Đang đến nơi')
    findLine()
    await expect.poll(async () => (await rows.rowsOf(id)).notes.length).toBe(1)
    expect((await rows.rowsOf(id)).state).toBe(state)

    await acceptAndAnswerWithoutLine()
    await shows('Mất kết nối mạng. 3 thao tác đang chờ, sẽ tự gửi khi có mạng.')
    const cards = region(/đang chờ gửi$/)
    expect(cards.elements().map((card) => card.getAttribute('aria-label'))).toEqual([
      'Yêu cầu nhận xử lý đang chờ gửi',
      'Trả lời đang chờ gửi',
    ])
    await expect.element(answerWaits).toContainText('sau yêu cầu nhận xử lý')
    expect(await seriousViolations(whatWaits)).toEqual([])
    expectNoSidewaysScroll()
    expect((await rows.rowsOf(id)).state).toBe(state)

    // The server's response to each gets lost once, and for a while the report cannot be loaded to see what has become
    // of its acceptance.
    const heard = [accepting, addingPhoto, answering].map(loseFirstAnswer)
    const bringBack = refuseLine(factsOfReport)
    const letAnswerGo = holdUp(answering)
    findLine()
    await expect.poll(() => heard[0]?.()).toBeGreaterThan(1)
    bringBack()
    await gone(acceptWaits)
    await gone(page.getByText(/không gửi được|Chưa nhận xử lý được/i))
    await expect.element(article.getByText(/Đang xử lý/).first()).toBeVisible()
    letAnswerGo()
    await gone(cards)
    await gone(page.getByText(/thao tác đang chờ/))
    for (const times of heard) expect(times()).toBeGreaterThan(1)
    const { state: now, assigneeId, answers, events } = await rows.rowsOf(id)
    expect([now, assigneeId]).toEqual(['awaiting_approval', ours.officer.id])
    expect(answers).toMatchObject([{ status: 'submitted', authorId: ours.officer.id }])
    const order = ['note_added', 'accepted', 'photo_added', 'answer_submitted']
    expect(events).toEqual(['report.received', ...order.map((event) => `report.${event}`)])
    expect(await rows.photosOn(id)).toEqual([{ kind: 'proof', answerId: answers[0]?.id }])
  },
)

test(
  'an extension asked for without a connection waits, can be taken back, and is asked for once; signing out says what still waits; the granted deadline is told',
  long,
  async () => {
    const { office: ours, id, code } = await onSite()
    const waits = region('Đề nghị gia hạn đang chờ gửi')
    const asking = page.getByRole('dialog', { name: /^Đề nghị gia hạn/ })
    const openDialog = async () => {
      await article.getByRole('button', { name: /^Thao tác khác/ }).click()
      await page.getByRole('menuitem', { name: /^Đề nghị gia hạn/ }).click()
      await expect.element(asking).toBeVisible()
    }
    loseLine()
    await openDialog()
    await asking.getByRole('radio', { name: '2 ngày làm việc' }).click()
    await asking.getByLabelText(/^Lý do/).fill('Phải thuê xe cẩu')
    await asking.getByRole('button', { name: /^Đề nghị gia hạn/ }).click()
    await expect.element(waits).toContainText('Gia hạn 2 ngày')
    await shows('Mất kết nối mạng. 1 thao tác đang chờ, sẽ tự gửi khi có mạng.')
    expect(await seriousViolations('[aria-label="Đề nghị gia hạn đang chờ gửi"]')).toEqual([])
    expectNoSidewaysScroll()

    await waits.getByRole('button', { name: /^Rút lại đề nghị/ }).click()
    await gone(waits)
    await openDialog()
    await expect.element(asking.getByLabelText(/^Lý do/)).toHaveValue('Phải thuê xe cẩu')
    await asking.getByRole('button', { name: /^Đề nghị gia hạn/ }).click()
    await expect.element(waits).toBeVisible()
    expect((await rows.rowsOf(id)).requests).toEqual([])

    // The server's response gets lost once.
    const heard = loseFirstAnswer(/\/api\/trpc\/reports\.requestExtension/)
    findLine()
    // With a connection the card is hidden at once; it comes back for as long as the request is late.
    await expect.poll(heard).toBeGreaterThan(1)
    await gone(waits)
    const { requests } = await rows.rowsOf(id)
    expect(requests).toEqual([{ kind: 'extension', minutes: 960, reason: 'Phải thuê xe cẩu', status: 'pending' }])

    // Signing out while a note waits says that it stays on the machine.
    refuseLine(addingNote)
    refuseLine(/\/api\/auth\//)
    await beginNote('Đã gọi, họ hẹn 14 giờ')
    await saveNote()
    await shows('Chưa kết nối được máy chủ, 1 thao tác đang chờ gửi.')
    const signOut = async () => {
      await page.getByRole('button', { name: /^Tài khoản của/ }).click()
      await page.getByRole('menuitem', { name: 'Đăng xuất' }).click()
    }
    const notSignedOut = page.getByText(/Chưa đăng xuất được/)
    const asked = page.getByRole('dialog', { name: 'Còn 1 thao tác chưa gửi được' })
    await signOut()
    await asked.getByRole('button', { name: /^Vẫn đăng xuất/ }).click()
    await expect.element(notSignedOut).toBeVisible()
    await signOut()
    await expect.element(asked).toContainText('vẫn lưu trên máy này')
    // The toast stays until it is read, and does not cover the dialog.
    const said = notSignedOut.element().getBoundingClientRect()
    const title = asked.getByRole('heading').element().getBoundingClientRect()
    expect(said.top).toBeGreaterThanOrEqual(0)
    expect(said.bottom).toBeLessThanOrEqual(title.top)
    expect(await seriousViolations()).toEqual([])
    expect((await rows.rowsOf(id)).notes).toEqual([])

    await signInAs(ours.approver.username, { width: 1366, height: 768 })
    await openReport(code)
    await article.getByRole('button', { name: 'Đồng ý', exact: true }).click()
    await shows(new RegExp(`^Đã đồng ý gia hạn ${code}, hạn mới \\d{2}/\\d{2}/\\d{4} \\d{2}:\\d{2}$`))
  },
)

test(
  'an acceptance that comes too late says why until that is read, its answer is not sent; nor is one that only a colleague may give, until the report is taken over',
  long,
  async () => {
    const { office: ours, id, code } = await onSite({ state: 'awaiting_acceptance' })
    await acceptAndAnswerWithoutLine()
    // The report is in the state that the answer expects, but with another assignee.
    await rows.takenBy(id, ours.approver.id)
    const letGo = holdUp(addingPhoto)
    findLine()
    const late = region('Chưa nhận xử lý được phản ánh này')
    await expect.element(late).toBeVisible()
    appRouter.push('/drafts')
    await expect.element(region(`Chưa nhận xử lý được ${code}`)).toBeVisible()
    window.history.back()
    // It is read and discarded before the turn of the answer.
    await late.getByRole('button', { name: /^Đã rõ/ }).click()
    await gone(late)
    letGo()
    await expect.element(answerRefused).toContainText('Chưa nhận xử lý được phản ánh này nên trả lời không được gửi.')
    await expect.element(answerRefused).toContainText('Trước số 20 phố Hàng Bài')
    const { assigneeId: whose, answers: none } = await rows.rowsOf(id)
    expect([whose, none]).toEqual([ours.approver.id, []])

    const backToBox = () => answerRefused.getByRole('button', { name: /^Đưa lại vào ô trả lời/ }).click()
    await backToBox()
    await expect.element(answerBox.getByLabelText(/^Địa điểm/)).toHaveValue('Trước số 20 phố Hàng Bài')
    loseLine()
    await submitWithoutLine()
    await rows.onlyAssigneesAnswer(ours.agency.id)
    findLine()
    await expect.element(answerRefused).toContainText('chỉ cho phép người được giao trả lời')
    await expect.element(answerRefused).toContainText('Trước số 20 phố Hàng Bài')
    expect((await rows.rowsOf(id)).answers).toEqual([])

    await backToBox()
    await answerBox.getByRole('button', { name: /^Nhận phụ trách/ }).click()
    await expect.element(answerBox.getByLabelText(/^Địa điểm/)).toHaveValue('Trước số 20 phố Hàng Bài')
    await submit()
    await shows(`Đã trình phê duyệt dự thảo trả lời ${code}`)
    const { assigneeId, answers } = await rows.rowsOf(id)
    expect([assigneeId, answers.length]).toEqual([ours.officer.id, 1])
    expect(await rows.photosOn(id)).toEqual([{ kind: 'proof', answerId: answers[0]?.id }])
  },
)

test('an answer waits without a connection with its photos, is sent once and after them, and can be taken back', async () => {
  const { office: ours, id, code } = await onSite()
  await answerWithoutLine()
  const photos = photosIn(answerBox)
  for (let taken = 0; taken < 2; taken += 1) await takePhoto(answerBox, await photo())
  await answerBox
    .getByRole('button', { name: /^Bỏ ảnh/ })
    .first()
    .click()
  await count(photos).toBe(1)
  await submit()
  await gone(answerBox)
  await expect.element(answerWaits).toContainText('Trước số 20 phố Hàng Bài')
  for (const again of visibleAnswerButtons()) expect(again.getAttribute('aria-disabled')).toBe('true')
  await shows('Mất kết nối mạng. 2 thao tác đang chờ, sẽ tự gửi khi có mạng.')
  expect(await seriousViolations()).toEqual([])
  expectNoSidewaysScroll()

  await answerWaits.getByRole('button', { name: /^Đưa lại vào ô trả lời/ }).click()
  const result = answerBox.getByLabelText(/^Kết quả xử lý/)
  await expect.element(result).toHaveValue('Đã cắt cành gãy, dọn sạch vỉa hè.')
  await count(photos).toBe(1)
  await answerBox.getByLabelText(/^Thời gian/).fill('11 giờ sáng nay')
  await answerBox.getByRole('radio', { name: 'Đã khắc phục' }).click()
  await submit()
  await expect.element(answerWaits).toContainText('11 giờ sáng nay')

  // The page closes, and the waiting actions are there when it comes back.
  const bringBack = refuseLine(handingIn)
  findLine()
  await openReport(code)
  await expect.element(answerWaits).toContainText('11 giờ sáng nay')
  await shows('Chưa kết nối được máy chủ, 2 thao tác đang chờ gửi.')
  expect((await rows.rowsOf(id)).answers).toEqual([])

  // The photo gets through, and the response to the answer gets lost once.
  const heard = loseFirstAnswer(answering)
  bringBack()
  await page.getByRole('button', { name: /^Gửi ngay/ }).click()
  await gone(answerWaits)
  await gone(page.getByText(/thao tác đang chờ/))
  expect(heard()).toBeGreaterThan(1)
  const { answers, events } = await rows.rowsOf(id)
  expect(answers).toMatchObject([{ status: 'submitted', whenDone: '11 giờ sáng nay', authorId: ours.officer.id }])
  expect(events).toEqual(['report.received', 'report.photo_added', 'report.answer_submitted'])
  expect(await rows.photosOn(id)).toEqual([{ kind: 'proof', answerId: answers[0]?.id }])
})

test('photos added to a report without a connection wait among its own, can be taken back, and are sent once', async () => {
  const { id, code } = await onSite()
  loseLine()
  for (let taken = 0; taken < 2; taken += 1) await takePhoto(ofReport, await photo())
  await ofReport
    .getByRole('button', { name: /^Bỏ ảnh/ })
    .first()
    .click()
  await count(photosIn(ofReport)).toBe(1)
  await shows('Mất kết nối mạng. 1 thao tác đang chờ, sẽ tự gửi khi có mạng.')
  expect(await seriousViolations()).toEqual([])
  expectNoSidewaysScroll()

  // The page closes, and the waiting actions are there when it comes back.
  const bringBack = refuseLine(handingIn)
  findLine()
  await openReport(code)
  await count(photosIn(ofReport)).toBe(1)
  await shows('Chưa kết nối được máy chủ, 1 thao tác đang chờ gửi.')
  expect(await rows.photosOn(id)).toEqual([])

  // The photo gets through, and the server's response to it gets lost once.
  const heard = loseFirstAnswer(addingPhoto)
  bringBack()
  await page.getByRole('button', { name: /^Gửi ngay/ }).click()
  await count(photosIn(ofReport)).toBe(0)
  await expect.element(ofReport.getByRole('button', { name: /^Xem ảnh 1\/1/ })).toBeVisible()
  expect(heard()).toBeGreaterThan(1)
  expect(await rows.photosOn(id)).toEqual([{ kind: 'staff', answerId: null }])
  expect((await rows.rowsOf(id)).events).toEqual(['report.received', 'report.photo_added'])
})

test(
  'an answer taken back while being sent does not come back when it is refused, is not sent without a photo that is refused, and includes a photo that was sent before',
  long,
  async () => {
    const { id } = await onSite()
    await answerWithoutLine()
    await submitWithoutLine()
    await rows.changedMeanwhile(id)
    const letGo = holdUp(answering)
    const onItsWay = listen(answering)
    findLine()
    await expect.poll(() => onItsWay.length).toBe(1)
    await answerWaits.getByRole('button', { name: /^Đưa lại vào ô trả lời/ }).click()
    await expect.element(answerBox.getByLabelText(/^Địa điểm/)).toHaveValue('Trước số 20 phố Hàng Bài')
    letGo()
    await answerBox.getByLabelText(/^Địa điểm/).click()
    await press('Escape')
    // Waiting actions are sent in order: when this one has arrived, the other has been refused.
    await beginNote('Đã đến nơi')
    await saveNote()
    await expect.poll(async () => (await rows.rowsOf(id)).notes.length).toBe(1)
    await gone(page.getByText(/không gửi được/i))
    await gone(region(/không gửi được$/))

    await answerWithoutLine()
    await takePhoto(answerBox, noPhoto())
    await submitWithoutLine()
    findLine()
    await expect.element(answerRefused).toContainText('Ảnh đi kèm không gửi được')
    expect((await rows.rowsOf(id)).answers).toEqual([])
    await answerRefused.getByRole('button', { name: /^Đưa lại vào ô trả lời/ }).click()
    await expect.element(answerBox.getByLabelText(/^Địa điểm/)).toHaveValue('Trước số 20 phố Hàng Bài')
    await answerBox.getByRole('button', { name: /^Bỏ ảnh/ }).click()
    await count(photosIn(answerBox)).toBe(0)

    // The report cannot be loaded since the photo was sent.
    loseLine()
    await takePhoto(answerBox, await photo())
    refuseLine(factsOfReport)
    findLine()
    await count(photosIn(answerBox)).toBe(0)
    expect(await rows.photosOn(id)).toEqual([{ kind: 'proof', answerId: null }])
    loseLine()
    await submitWithoutLine()
    findLine()
    await expect.poll(async () => (await rows.rowsOf(id)).answers.length).toBe(1)
    const { answers } = await rows.rowsOf(id)
    expect(await rows.photosOn(id)).toEqual([{ kind: 'proof', answerId: answers[0]?.id }])
  },
)

test(
  'a refused photo says why in its place, a refused note keeps its text and returns to the box; of a report that is no longer visible they can be copied and discarded',
  long,
  async () => {
    const { office: ours, id, code } = await onSite()
    loseLine()
    await takePhoto(ofReport, noPhoto())
    findLine()
    await expect.element(ofReport.getByText(/Tệp này không phải ảnh JPEG, PNG hoặc WebP\./)).toBeVisible()
    await writeWithoutLine('Cành gãy đã kéo vào lề')
    await rows.movedElsewhere(id, [ours.agency.id])
    findLine()
    await shows('2 thao tác không gửi được, nội dung vẫn còn trên máy này.')
    const refused = region('Ghi chú của bạn trên phản ánh này không gửi được')
    await expect.element(refused).toContainText('Tài khoản của bạn không có quyền thực hiện thao tác này.')
    await expect.element(refused).toContainText('Cành gãy đã kéo vào lề')
    await gone(refused.getByRole('button', { name: /^Đưa vào ô ghi chú/ }))
    const lostPhoto = region(`Ảnh của ${code} không gửi được`)
    appRouter.push('/drafts')
    await expect.element(region(`Ghi chú trên ${code} không gửi được`)).toContainText('Cành gãy')
    await expect.element(lostPhoto).toBeVisible()
    const refusedCards = '[aria-label*="không gửi được"], [aria-label*="Không gửi được"]'
    expect(await seriousViolations(refusedCards)).toEqual([])

    await rows.movedBack(id, ours.agency.id)
    await openReport(code)
    await ofReport.getByRole('button', { name: /^Bỏ ảnh/ }).click()
    await count(photosIn(ofReport)).toBe(0)
    await refused.getByRole('button', { name: /^Đưa vào ô ghi chú/ }).click()
    await expect.element(note).toHaveValue('Cành gãy đã kéo vào lề')
    await gone(refused)
    await gone(page.getByText(/không gửi được/i))
    await saveNote()
    await expect.element(timeline.getByText(/Cành gãy đã kéo vào lề/)).toBeVisible()
    await expect.poll(async () => (await rows.rowsOf(id)).notes.length).toBe(1)
    expect(await rows.photosOn(id)).toEqual([])

    await answerWithoutLine()
    await takePhoto(answerBox, await photo())
    await submitWithoutLine()
    await rows.movedElsewhere(id, [])
    findLine()
    await shows('2 thao tác không gửi được, nội dung vẫn còn trên máy này.')
    await visit('/drafts')
    const lostAnswer = region(`Không gửi được trả lời ${code}`)
    await expect.element(lostAnswer).toContainText('Trước số 20 phố Hàng Bài')
    await expect.element(lostAnswer.getByRole('button', { name: /^Sao chép/ })).toBeVisible()
    await expect.element(lostPhoto.getByRole('img')).toBeVisible()
    expect(await seriousViolations(refusedCards)).toEqual([])
    await lostPhoto.getByRole('button', { name: /^Bỏ ảnh/ }).click()
    await lostAnswer.getByRole('button', { name: /^Bỏ trả lời này/ }).click()
    await gone(page.getByText(/không gửi được/i))
  },
)
