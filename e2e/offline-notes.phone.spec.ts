import { expect, type Page } from '@playwright/test'
import { storyOf } from '#db/factories/story.ts'
import { buildReportAt } from './office.ts'
import { openReport, timelineOf } from './report-page.ts'
import { keepDeaf } from './slow-line.ts'
import {
  accepting,
  addingNote,
  beginNote,
  expectNoSidewaysScroll,
  findLine,
  saveNote,
  test,
  writeWithoutLine,
} from './without-line.ts'

test('notes written without a connection are in the timeline, survive the page and are sent once, from any tab', async ({
  onSite,
  seriousViolations,
  db,
}) => {
  const { id, code, page } = await onSite()
  const context = page.context()
  const waiting = (on: Page) => timelineOf(on).getByText('Chờ gửi: chưa có mạng')

  await writeWithoutLine(page, 'Đã đến nơi, chưa thấy công ty cây xanh')
  await writeWithoutLine(page, 'Đã gọi, họ hẹn 14 giờ')
  await expect(timelineOf(page).getByText('Đã gọi, họ hẹn 14 giờ')).toBeVisible()
  await expect(waiting(page)).toHaveCount(2)
  await expect(page.getByText('Mất kết nối mạng. 2 thao tác đang chờ, sẽ tự gửi khi có mạng.')).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await expectNoSidewaysScroll(page)

  // A network that lets pages through and loses what is sent. With a connection, a page that closes would send the
  // note.
  await page.close()
  await context.route(addingNote, (route) => route.abort())
  await context.setOffline(false)
  const tabs = [await context.newPage(), await context.newPage()]
  for (const tab of tabs) await openReport(tab, code)
  for (const tab of tabs) {
    await expect(waiting(tab)).toHaveCount(2)
    await expect(tab.getByText('Chưa kết nối được máy chủ, 2 thao tác đang chờ gửi.')).toBeVisible()
  }
  expect((await storyOf(db, id)).notes).toEqual([])

  await context.unroute(addingNote)
  // The first tab sends for both, and the other's button disappears.
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

test('neither a note nor another action gets the name of an account that has signed in meanwhile', async ({
  onSite,
  signedInAs,
  seriousViolations,
  db,
}) => {
  // Nothing else may notify the page before the note is sent.
  const before = async (page: Page) => {
    await keepDeaf(page)
    await page.route(/\/api\/trpc\/presence\.heartbeat/, (route) => route.abort())
  }
  const { office, id, code, page } = await onSite({ before })
  const other = await buildReportAt(db, office, { state: 'awaiting_acceptance' })
  const beside = await signedInAs(office.approver.username)
  const context = page.context()
  const lock = page.getByRole('dialog', { name: 'Phiên làm việc đã tạm khóa' })
  const goOn = lock.getByRole('button', { name: 'Dùng tài khoản đang đăng nhập' })
  const own = await context.cookies()
  await beginNote(page, 'Đã gọi công ty cây xanh')
  await context.addCookies(await beside.context().cookies())
  await saveNote(page)
  await expect(lock).toContainText('đăng nhập bằng tài khoản khác')
  // However long the name of the city's sign-in, it is in the middle of the phone.
  const box = await lock.locator('> *').boundingBox()
  expect(2 * (box?.x ?? 0) + (box?.width ?? 0)).toBeCloseTo(390)
  expect(await seriousViolations(page)).toEqual([])
  // As the other account nothing of it is visible, and nothing is sent.
  await goOn.click()
  await expect(lock).toBeHidden()
  await openReport(page, code)
  await expect(timelineOf(page).getByText('Đã gọi công ty cây xanh')).toBeHidden()
  expect((await storyOf(db, id)).notes).toEqual([])

  await context.addCookies(own)
  await page.reload()
  await expect.poll(async () => (await storyOf(db, id)).notes).toMatchObject([{ authorId: office.officer.id }])

  // The other sign-in happens between the press and the request.
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

test('the code that sends waiting actions is loaded again where loading failed', async ({ onSite, db }) => {
  const { id, code, page: first } = await onSite()
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
  await findLine(page)
  await openReport(page, code)
  await expect.poll(async () => (await storyOf(db, id)).notes.length).toBe(1)
  expect(missed).toBe(1)
})
