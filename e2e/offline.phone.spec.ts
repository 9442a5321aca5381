import { expect, type Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { storyOf } from '#db/factories/story.ts'
import { reportPhotos, reports } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { handIn, openReport, photoWithPlace, timelineOf } from './report-page.ts'
import { factsOfReport, holdUp, keepDeaf } from './slow-line.ts'
import { visit } from './visit.ts'

const phone = { viewport: { width: 390, height: 844 } }
const sending = /\/api\/trpc\/reports\.addNote/
const accepting = /\/api\/trpc\/reports\.accept/
const answering = /\/api\/trpc\/reports\.submitAnswer/
const handingIn = /\/api\/photos$/
const acceptWaits = (page: Page) => page.getByRole('region', { name: 'Nhận xử lý đang chờ gửi' })
const answerWaits = (page: Page) => page.getByRole('region', { name: 'Trả lời đang chờ gửi' })
const answerBox = (page: Page) => page.getByRole('region', { name: 'Trả lời công dân' })
const photosIn = (page: Page) => answerBox(page).getByRole('img', { name: /^Ảnh đang chờ gửi/ })
const acceptButton = (page: Page) =>
  page
    .getByRole('article')
    .getByRole('button', { name: /^Nhận xử lý/ })
    .first()
const submit = (page: Page) =>
  answerBox(page)
    .getByRole('button', { name: /^Trình phê duyệt/ })
    .click()

/** The server hears it each time; what it says the first time gets lost. Gives back how often it was asked. */
async function loseFirstAnswer(page: Page, calls: RegExp): Promise<() => number> {
  let heard = 0
  await page.context().route(calls, async (route) => {
    heard += 1
    const isFirst = heard === 1
    const answer = await route.fetch()
    await (isFirst ? route.abort() : route.fulfill({ response: answer }))
  })
  return () => heard
}

async function openAnswer(page: Page): Promise<void> {
  await page
    .getByRole('article')
    .getByRole('button', { name: /^Trả lời công dân/ })
    .filter({ visible: true })
    .first()
    .click()
}

/** Begins an answer and loses the line before its photos are taken. */
async function answerWithoutLine(page: Page): Promise<void> {
  await openAnswer(page)
  await fillAnswer(page)
  await page.context().setOffline(true)
}

async function fillAnswer(page: Page): Promise<void> {
  const box = answerBox(page)
  await box.getByLabel('Đã làm gì').fill('Đã cắt cành gãy, dọn sạch vỉa hè.')
  await box.getByLabel('Ở đâu').fill('Trước số 20 phố Hàng Bài')
  await box.getByLabel('Khi nào').fill('10 giờ sáng nay')
}

async function takePhoto(page: Page, photo: Buffer): Promise<void> {
  const before = await photosIn(page).count()
  await handIn(answerBox(page).getByRole('button', { name: 'Chụp ảnh' }), photo)
  await expect(photosIn(page)).toHaveCount(before + 1)
}

/** Loses the line between the first word and the sending, where it is still there. */
async function writeWithoutLine(page: Page, words: string): Promise<void> {
  await page.getByRole('article').getByRole('button', { name: 'Ghi chú', exact: true }).click()
  const box = page.getByRole('region', { name: 'Ghi chú nội bộ' })
  await box.getByLabel('Nội dung ghi chú').fill(words)
  await page.context().setOffline(true)
  await box.getByRole('button', { name: /^Lưu ghi chú/ }).click()
  await expect(box).toBeHidden()
}

test('notes written without a line stand in the story, outlive the page and go out once, from whichever tab', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const office = await buildOffice(db)
  const { id, code } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username, phone)
  const context = page.context()
  await openReport(page, code)
  const waiting = (on: Page) => timelineOf(on).getByText('Chờ gửi: chưa có mạng')

  await writeWithoutLine(page, 'Đã đến nơi, chưa thấy công ty cây xanh')
  await writeWithoutLine(page, 'Đã gọi, họ hẹn 14 giờ')
  await expect(timelineOf(page).getByText('Đã gọi, họ hẹn 14 giờ')).toBeVisible()
  await expect(waiting(page)).toHaveCount(2)
  await expect(page.getByText('Mất kết nối mạng. 2 việc đang chờ, có mạng sẽ tự gửi.')).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)

  // A network that lets pages through and loses what is sent. A page that goes with a line there would send it on its way out.
  await page.close()
  await context.route(sending, (route) => route.abort())
  await context.setOffline(false)
  const tabs = [await context.newPage(), await context.newPage()]
  for (const tab of tabs) await openReport(tab, code)
  for (const tab of tabs) {
    await expect(waiting(tab)).toHaveCount(2)
    await expect(tab.getByText('Chưa kết nối được máy chủ, 2 việc đang chờ gửi.')).toBeVisible()
  }
  expect((await storyOf(db, id)).notes).toEqual([])

  await context.unroute(sending)
  // Whichever tab is first sends for both, and the other's button goes.
  await Promise.all(
    tabs.map((tab) => {
      const now = tab.getByRole('button', { name: 'Gửi ngay' })
      return now.click({ timeout: 5000 }).catch(() => expect(now).toBeHidden())
    }),
  )
  for (const tab of tabs) {
    await expect(waiting(tab)).toHaveCount(0)
    await expect(timelineOf(tab).getByText('Đã gọi, họ hẹn 14 giờ')).toHaveCount(1)
  }
  const { notes, events } = await storyOf(db, id)
  expect(notes.map(({ body }) => body).sort()).toEqual([
    'Đã gọi, họ hẹn 14 giờ',
    'Đã đến nơi, chưa thấy công ty cây xanh',
  ])
  expect(events.filter(({ event }) => event === 'report.note_added')).toHaveLength(2)
})

test('neither a note nor a deed gets the name of whoever has signed in beside', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const office = await buildOffice(db)
  const { id, code } = await buildReportAt(db, office)
  const other = await buildReportAt(db, office, { state: 'awaiting_acceptance' })
  const page = await signedInAs(office.officer.username, phone)
  const beside = await signedInAs(office.approver.username)
  const context = page.context()
  // Nothing else is to tell the page before the note is sent.
  await keepDeaf(page)
  await page.route(/\/api\/trpc\/presence\.beat/, (route) => route.abort())
  const lock = page.getByRole('dialog', { name: 'Bàn làm việc đang khóa' })
  const goOn = lock.getByRole('button', { name: 'Dùng tài khoản đang đăng nhập' })
  const own = await context.cookies()
  await openReport(page, code)
  await page.getByRole('article').getByRole('button', { name: 'Ghi chú', exact: true }).click()
  await page.getByLabel('Nội dung ghi chú').fill('Đã gọi công ty cây xanh')
  await context.addCookies(await beside.context().cookies())
  await page.getByRole('button', { name: /^Lưu ghi chú/ }).click()
  await expect(lock).toContainText('đăng nhập bằng tài khoản khác')
  expect(await seriousViolations(page)).toEqual([])
  // As the other one nothing of it is seen, and nothing sent.
  await goOn.click()
  await expect(lock).toBeHidden()
  await openReport(page, code)
  await expect(timelineOf(page).getByText('Đã gọi công ty cây xanh')).toBeHidden()
  expect((await storyOf(db, id)).notes).toEqual([])

  await context.addCookies(own)
  await page.reload()
  await expect.poll(async () => (await storyOf(db, id)).notes).toMatchObject([{ authorId: office.officer.id }])

  // The other sign-in comes between the press and the server.
  await openReport(page, other.code)
  const theirs = await beside.context().cookies()
  await page.route(accepting, async (route) => {
    await context.addCookies(theirs)
    await route.continue()
  })
  await page.getByRole('button', { name: 'Nhận xử lý', exact: true }).click()
  await expect(lock).toContainText('đăng nhập bằng tài khoản khác')
  const { report, events } = await storyOf(db, other.id)
  expect(report.state).toBe('awaiting_acceptance')
  expect(events.map(({ event }) => event)).toEqual(['report.received'])
})

test('who signs out while something waits is told that it stays on the machine', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const office = await buildOffice(db)
  const { id, code } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username, phone)
  await page.route(sending, (route) => route.abort())
  await openReport(page, code)
  await page.getByRole('article').getByRole('button', { name: 'Ghi chú', exact: true }).click()
  await page.getByLabel('Nội dung ghi chú').fill('Đã gọi, họ hẹn 14 giờ')
  await page.getByRole('button', { name: /^Lưu ghi chú/ }).click()
  await expect(page.getByText('Chưa kết nối được máy chủ, 1 việc đang chờ gửi.')).toBeVisible()
  await page.route(/\/api\/auth\//, (route) => route.abort())
  const signOut = async () => {
    await page.getByRole('button', { name: /^Tài khoản của/ }).click()
    await page.getByRole('menuitem', { name: 'Đăng xuất' }).click()
  }
  const asked = page.getByRole('dialog', { name: 'Còn 1 việc chưa gửi được' })
  await signOut()
  await asked.getByRole('button', { name: 'Vẫn đăng xuất' }).click()
  await expect(page.getByText('Chưa đăng xuất được')).toBeVisible()

  await page.unroute(/\/api\/auth\//)
  await signOut()
  await expect(asked).toContainText('ở lại trên máy')
  expect(await seriousViolations(page)).toEqual([])
  await asked.getByRole('button', { name: 'Vẫn đăng xuất' }).click()
  await expect(page).toHaveURL(/\/sign-in\?ended=signed_out$/)
  expect((await storyOf(db, id)).notes).toEqual([])
})

test('a note that is refused when the line is back keeps its words, says why, and goes back into the box', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const office = await buildOffice(db)
  const { id, code } = await buildReportAt(db, office)
  const elsewhere = await buildAgency(db)
  const page = await signedInAs(office.officer.username, phone)
  await openReport(page, code)
  await writeWithoutLine(page, 'Cành gãy đã kéo vào lề')
  const held = (by: string, before: string[]) =>
    db.update(reports).set({ agencyId: by, heldBy: before }).where(eq(reports.id, id))
  await held(elsewhere.id, [office.agency.id])
  await page.context().setOffline(false)

  await expect(page.getByText('1 việc không gửi được, nội dung vẫn còn trên máy này.')).toBeVisible()
  const refused = page.getByRole('region', { name: 'Ghi chú của bạn trên phản ánh này không gửi được' })
  await expect(refused).toContainText('Tài khoản của bạn không có quyền làm việc này.')
  await expect(refused).toContainText('Cành gãy đã kéo vào lề')
  await expect(refused.getByRole('button', { name: 'Đưa vào ô ghi chú' })).toBeHidden()
  await visit(page, '/drafts')
  await expect(page.getByRole('region', { name: `Ghi chú trên ${code} không gửi được` })).toContainText('Cành gãy')
  expect(await seriousViolations(page)).toEqual([])

  await held(office.agency.id, [])
  await openReport(page, code)
  await refused.getByRole('button', { name: 'Đưa vào ô ghi chú' }).click()
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue('Cành gãy đã kéo vào lề')
  await expect(refused).toBeHidden()
  await page.getByRole('button', { name: /^Lưu ghi chú/ }).click()
  await expect(timelineOf(page).getByText('Cành gãy đã kéo vào lề')).toBeVisible()
  await expect.poll(async () => (await storyOf(db, id)).notes.length).toBe(1)
})

test('a report accepted without a line waits in sight, is accepted once, in order, and can be taken back before', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const office = await buildOffice(db)
  const state = 'awaiting_acceptance'
  const taken = await buildReportAt(db, office, { state })
  const left = await buildReportAt(db, office, { state })
  const page = await signedInAs(office.officer.username, phone)
  const context = page.context()
  const accept = () => acceptButton(page)
  const waits = acceptWaits(page)
  const statesNow = async () => [(await storyOf(db, taken.id)).report.state, (await storyOf(db, left.id)).report.state]

  await openReport(page, left.code)
  await context.setOffline(true)
  await accept().click()
  await expect(waits).toBeVisible()
  await expect(page.getByText('Mất kết nối mạng. 1 việc đang chờ, có mạng sẽ tự gửi.')).toBeVisible()
  await expect(accept()).toHaveAttribute('aria-disabled', 'true')
  await waits.getByRole('button', { name: 'Không nhận nữa' }).click()
  await expect(waits).toBeHidden()
  await context.setOffline(false)

  await openReport(page, taken.code)
  // Without a line no box comes whose code has not been fetched.
  await page.getByRole('article').getByRole('button', { name: 'Ghi chú', exact: true }).click()
  await page.getByLabel('Nội dung ghi chú').press('Escape')
  await context.setOffline(true)
  await accept().click()
  await writeWithoutLine(page, 'Đang đến nơi')
  await expect(page.getByText('Mất kết nối mạng. 2 việc đang chờ, có mạng sẽ tự gửi.')).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(await statesNow()).toEqual([state, state])

  // What the server says of it gets lost, and for a while the report cannot be asked what has become of it.
  const heard = await loseFirstAnswer(page, accepting)
  await context.route(factsOfReport, (route) => route.abort())
  await context.setOffline(false)
  await expect.poll(heard).toBeGreaterThan(1)
  await context.unroute(factsOfReport)
  await expect(waits).toBeHidden()
  await expect(page.getByText(/không gửi được|Chưa nhận xử lý được/)).toHaveCount(0)
  await expect(page.getByRole('article').getByText('Đang xử lý').first()).toBeVisible()
  await expect.poll(async () => (await storyOf(db, taken.id)).notes.length).toBe(1)
  const { report, events } = await storyOf(db, taken.id)
  expect(report.assigneeId).toBe(office.officer.id)
  expect(events.map(({ event }) => event)).toEqual(['report.received', 'report.accepted', 'report.note_added'])
  expect(await statesNow()).toEqual(['in_progress', state])
})

test('an acceptance that comes too late says why, and is gone once that is read', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const { id, code } = await buildReportAt(db, office, { state: 'awaiting_acceptance' })
  const page = await signedInAs(office.officer.username, phone)
  await openReport(page, code)
  await page.context().setOffline(true)
  await acceptButton(page).click()
  await expect(acceptWaits(page)).toBeVisible()
  await db
    .update(reports)
    .set({ state: 'in_progress', assigneeId: office.approver.id, version: 9 })
    .where(eq(reports.id, id))
  await page.context().setOffline(false)
  const refused = page.getByRole('region', { name: 'Chưa nhận xử lý được phản ánh này' })
  await expect(refused).toBeVisible()
  await visit(page, '/drafts')
  await expect(page.getByRole('region', { name: `Chưa nhận xử lý được ${code}` })).toBeVisible()
  await openReport(page, code)
  await refused.getByRole('button', { name: 'Đã rõ' }).click()
  await expect(refused).toBeHidden()
  expect((await storyOf(db, id)).report.assigneeId).toBe(office.approver.id)
})

test('an answer waits without a line with the photos that go with it, is sent once and after them, and can be taken back', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  test.slow()
  const office = await buildOffice(db)
  const { id, code } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username, phone)
  const context = page.context()
  await openReport(page, code)
  await answerWithoutLine(page)
  const box = answerBox(page)
  const photos = photosIn(page)
  const waits = answerWaits(page)
  for (let count = 0; count < 2; count += 1) await takePhoto(page, await photoWithPlace())
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
  await expect(page.getByText('Mất kết nối mạng. 2 việc đang chờ, có mạng sẽ tự gửi.')).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)

  await waits.getByRole('button', { name: 'Đưa lại vào ô trả lời' }).click()
  await expect(box.getByLabel('Đã làm gì')).toHaveValue('Đã cắt cành gãy, dọn sạch vỉa hè.')
  await expect(photos).toHaveCount(1)
  await box.getByLabel('Khi nào').fill('11 giờ sáng nay')
  await submit(page)
  await expect(waits).toContainText('11 giờ sáng nay')

  // The page goes, and what waits is there when it comes back.
  await context.route(handingIn, (route) => route.abort())
  await context.setOffline(false)
  await page.reload()
  await expect(waits).toContainText('11 giờ sáng nay')
  await expect(page.getByText('Chưa kết nối được máy chủ, 2 việc đang chờ gửi.')).toBeVisible()
  expect((await storyOf(db, id)).answers).toEqual([])

  // The photo comes through, and the answer's own answer gets lost once.
  const heard = await loseFirstAnswer(page, answering)
  await context.unroute(handingIn)
  await page.getByRole('button', { name: 'Gửi ngay' }).click()
  await expect(waits).toBeHidden()
  await expect(page.getByText(/việc đang chờ/)).toBeHidden()
  expect(heard()).toBeGreaterThan(1)
  const { answers, events } = await storyOf(db, id)
  expect(answers).toMatchObject([{ status: 'submitted', whenDone: '11 giờ sáng nay', authorId: office.officer.id }])
  expect(events.map(({ event }) => event)).toEqual(['report.received', 'report.photo_added', 'report.answer_submitted'])
  const hung = await db.select().from(reportPhotos).where(eq(reportPhotos.reportId, id))
  expect(hung).toMatchObject([{ kind: 'proof', answerId: answers[0]?.id }])
})

test('an answer does not go out without a photo that is refused, and goes back into its box', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { id, code } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username, phone)
  await openReport(page, code)
  await answerWithoutLine(page)
  const box = answerBox(page)
  await takePhoto(page, Buffer.from('not a picture'))
  await submit(page)
  await expect(answerWaits(page)).toBeVisible()
  await page.context().setOffline(false)
  const refused = page.getByRole('region', { name: 'Trả lời của bạn trên phản ánh này không gửi được' })
  await expect(refused).toContainText('Ảnh đi kèm không gửi được')
  expect((await storyOf(db, id)).answers).toEqual([])

  await refused.getByRole('button', { name: 'Đưa lại vào ô trả lời' }).click()
  await expect(box.getByLabel('Ở đâu')).toHaveValue('Trước số 20 phố Hàng Bài')
  await box.getByRole('button', { name: 'Bỏ ảnh' }).click()
  await submit(page)
  await expect(page.getByText(`Đã trình trả lời của ${code} để phê duyệt`)).toBeVisible()
  await expect.poll(async () => (await storyOf(db, id)).answers.length).toBe(1)
})

/** Where the proof hangs, and on which answer. */
const proofOn = async (db: Database, reportId: number) => {
  const hung = await db.select().from(reportPhotos).where(eq(reportPhotos.reportId, reportId))
  return hung.map(({ kind, answerId }) => ({ kind, answerId }))
}

test('where the machine keeps nothing, what waits lasts as long as the page, and an answer still goes with its photos', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { id, code } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username, phone)
  await page.addInitScript(() => {
    const full = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    Storage.prototype.setItem = full
    IDBFactory.prototype.open = full
  })
  await openReport(page, code)
  await answerWithoutLine(page)
  await takePhoto(page, await photoWithPlace())
  await submit(page)
  await expect(answerWaits(page)).toBeVisible()
  await page.context().setOffline(false)
  await expect(answerWaits(page)).toBeHidden()
  await expect.poll(async () => (await storyOf(db, id)).answers.length).toBe(1)
  const { answers } = await storyOf(db, id)
  expect(await proofOn(db, id)).toEqual([{ kind: 'proof', answerId: answers[0]?.id }])
})

test('a photo that has gone out goes with the answer, though the report could not be asked for it since', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { id, code } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username, phone)
  await openReport(page, code)
  await answerWithoutLine(page)
  await takePhoto(page, await photoWithPlace())
  await page.route(factsOfReport, (route) => route.abort())
  await page.context().setOffline(false)
  await expect(photosIn(page)).toHaveCount(0)
  expect(await proofOn(db, id)).toEqual([{ kind: 'proof', answerId: null }])
  await page.context().setOffline(true)
  await submit(page)
  await expect(answerWaits(page)).toBeVisible()
  await page.context().setOffline(false)
  await expect.poll(async () => (await storyOf(db, id)).answers.length).toBe(1)
  const { answers } = await storyOf(db, id)
  expect(await proofOn(db, id)).toEqual([{ kind: 'proof', answerId: answers[0]?.id }])
})

test('what is taken back on its way does not come back when it is refused', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const { id, code } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username, phone)
  await openReport(page, code)
  await answerWithoutLine(page)
  await submit(page)
  await expect(answerWaits(page)).toBeVisible()
  await db.update(reports).set({ version: 9 }).where(eq(reports.id, id))
  const letGo = await holdUp(page, answering)
  const onItsWay = page.waitForRequest(answering)
  await page.context().setOffline(false)
  await onItsWay
  await answerWaits(page).getByRole('button', { name: 'Đưa lại vào ô trả lời' }).click()
  await expect(answerBox(page).getByLabel('Ở đâu')).toHaveValue('Trước số 20 phố Hàng Bài')
  letGo()
  await answerBox(page).getByLabel('Ở đâu').press('Escape')
  // What waits goes out in order: when this is there, the other has been refused.
  await page.getByRole('article').getByRole('button', { name: 'Ghi chú', exact: true }).first().click()
  await page.getByLabel('Nội dung ghi chú').fill('Đã đến nơi')
  await page.getByRole('button', { name: /^Lưu ghi chú/ }).click()
  await expect.poll(async () => (await storyOf(db, id)).notes.length).toBe(1)
  await expect(page.getByText(/không gửi được/)).toHaveCount(0)
  await expect(page.getByRole('region', { name: /không gửi được$/ })).toHaveCount(0)
})

test('what was refused of a report that has gone out of sight can be copied, and thrown away', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const office = await buildOffice(db)
  const { id, code } = await buildReportAt(db, office)
  const elsewhere = await buildAgency(db)
  const page = await signedInAs(office.officer.username, phone)
  await openReport(page, code)
  await answerWithoutLine(page)
  await takePhoto(page, await photoWithPlace())
  await submit(page)
  await expect(answerWaits(page)).toBeVisible()
  await db.update(reports).set({ agencyId: elsewhere.id, heldBy: [] }).where(eq(reports.id, id))
  await page.context().setOffline(false)
  await expect(page.getByText('2 việc không gửi được, nội dung vẫn còn trên máy này.')).toBeVisible()
  await visit(page, '/drafts')
  const photo = page.getByRole('region', { name: `Ảnh của ${code} không gửi được` })
  const answer = page.getByRole('region', { name: `Trả lời của ${code} không gửi được` })
  await expect(answer).toContainText('Trước số 20 phố Hàng Bài')
  await expect(answer.getByRole('button', { name: /^Chép/ })).toBeVisible()
  await expect(photo.getByRole('img')).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await photo.getByRole('button', { name: 'Bỏ ảnh' }).click()
  await answer.getByRole('button', { name: 'Bỏ trả lời này' }).click()
  await expect(page.getByText(/không gửi được/)).toHaveCount(0)
})

test('a photo that nothing waits for any more does not stay on the machine', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username, phone)
  await openReport(page, code)
  const inBox = (put: readonly string[]) =>
    page.evaluate(
      (keys) =>
        new Promise<string[]>((settle, fail) => {
          const opening = indexedDB.open('photo-box', 1)
          opening.onupgradeneeded = () => opening.result.createObjectStore('photos')
          opening.onerror = () => fail(opening.error)
          opening.onsuccess = () => {
            const turn = opening.result.transaction('photos', 'readwrite')
            const photos = turn.objectStore('photos')
            for (const key of keys) {
              const keptAt = key.endsWith('new') ? Date.now() : Date.now() - 2 * 86_400_000
              photos.put({ photo: new Blob(['photo']), keptAt }, key)
            }
            const all = photos.getAllKeys()
            turn.oncomplete = () => {
              opening.result.close()
              settle(all.result.map(String))
            }
          }
        }),
      put,
    )
  const awaited = 'outbox:somebody-else:awaited'
  await page.evaluate(
    (key) => localStorage.setItem(key, JSON.stringify({ kind: 'photo', accountId: 'somebody-else' })),
    awaited,
  )
  await inBox(['outbox:gone:old', 'outbox:gone:new', awaited])
  await page.reload()
  await expect.poll(() => inBox([])).toEqual(['outbox:gone:new', awaited].sort())
})

test('what sends the waiting things is fetched again where its code did not come', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const { id, code } = await buildReportAt(db, office)
  const first = await signedInAs(office.officer.username, phone)
  await openReport(first, code)
  await writeWithoutLine(first, 'Đã đến nơi')
  const page = await first.context().newPage()
  await first.close()
  let missed = 0
  await page.route(/\/_next\/static\/chunks\/.*\.js/, async (route) => {
    const answer = await route.fetch().catch(() => null)
    const text = (await answer?.text().catch(() => null)) ?? ''
    if (!answer) return
    if (text.includes('openCursor') && missed === 0) {
      missed += 1
      return route.abort()
    }
    await route.fulfill({ response: answer }).catch(() => undefined)
  })
  await page.context().setOffline(false)
  await openReport(page, code)
  await expect.poll(async () => (await storyOf(db, id)).notes.length).toBe(1)
  expect(missed).toBe(1)
})
