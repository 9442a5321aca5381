import type { BrowserContext, Page, Request } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { holdUp } from './slow-line.ts'
import { visit } from './visit.ts'

const isStream = (request: Request): boolean => request.url().includes('/api/trpc/live.stream')
const told = (page: Page) => page.getByText('Cập nhật trực tiếp')

/** The streams that a browser has open, and the tab that holds each. A closed tab ends its own without an event. */
function streamsOf(context: BrowserContext) {
  const open = new Map<Request, Page>()
  context.on('request', (request) => isStream(request) && open.set(request, request.frame().page()))
  context.on('requestfinished', (request) => open.delete(request))
  context.on('requestfailed', (request) => open.delete(request))
  const holders = () => [...open.values()].filter((tab) => !tab.isClosed())
  return { count: () => holders().length, holder: () => holders()[0] }
}

async function officeWithThree(db: Parameters<typeof buildOffice>[0]) {
  const office = await buildOffice(db)
  for (let n = 1; n <= 3; n++) {
    const dueAt = new Date(Date.now() + n * 3_600_000)
    await buildReportAt(db, office, { title: `Cây đổ chắn ngõ ${n}`, dueAt, soonAt: null })
  }
  return office
}

test('three tabs share one stream; when its tab is closed another takes it over and nothing is missed, and a session that is ended elsewhere locks them all at once', async ({
  signedInAs,
  db,
}) => {
  const office = await officeWithThree(db)
  const first = await signedInAs(office.officer.username)
  const context = first.context()
  const streams = streamsOf(context)
  // Two remain where the tab of the stream closes: one that takes it over, and one that is told by that.
  const tabs = [first, await context.newPage(), await context.newPage()]
  for (const tab of tabs) await visit(tab, '/reports?view=my_agency')
  for (const tab of tabs) await expect(told(tab)).toBeVisible()
  expect(streams.count()).toBe(1)

  const leader = streams.holder()
  await leader?.close()
  await buildReportAt(db, office, { title: 'Cây đổ chắn ngõ 4', receivedAt: new Date() })
  const others = tabs.filter((tab) => tab !== leader)
  expect(others).toHaveLength(2)
  for (const tab of others) await expect(tab.getByRole('button', { name: /1 phản ánh mới/ })).toBeVisible()
  for (const tab of others) await expect(told(tab)).toBeVisible()
  expect(streams.count()).toBe(1)

  const elsewhere = await signedInAs(office.officer.username)
  await visit(elsewhere, '/account')
  await elsewhere.getByRole('button', { name: /^Đăng xuất thiết bị/ }).click()
  for (const tab of others) await expect(tab.getByText(/bị kết thúc từ nơi khác/)).toBeVisible()
})

test('a stream after another account has signed in is not opened in its name, and locks the tab', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const page = await signedInAs(office.officer.username)
  const colleague = await signedInAs(office.approver.username)
  const letGo = await holdUp(page, /\/api\/trpc\/live\.stream/, 'abort')
  const asked = page.waitForRequest(isStream)
  await visit(page, '/account')
  await asked
  // Nothing else may notify the page before.
  await page.route(/\/api\/trpc\/(?!live\.)/, (route) => route.abort())
  await page.context().addCookies(await colleague.context().cookies())
  await page.unroute(/\/api\/trpc\/live\.stream/)
  letGo()
  const lock = page.getByRole('dialog', { name: 'Phiên làm việc đã tạm khóa' })
  await expect(lock).toContainText('đăng nhập bằng tài khoản khác')
})
