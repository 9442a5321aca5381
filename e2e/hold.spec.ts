import { expect, type Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildTotp } from '#db/factories/second-factors.ts'
import { storyOf } from '#db/factories/story.ts'
import { sessions } from '#db/schema/index.ts'
import { demoTotpSecret } from '#server/accounts/rules/demo-accounts.ts'
import { activeRow, inOrder, lateBox, lateList, officeWith, typeWhileLate } from './early.ts'
import { test } from './fixtures.ts'
import { buildOfCity, buildOffice, buildReportAt } from './office.ts'
import { openReport, timelineOf } from './report-page.ts'
import { holdUp, holdUpCode, loseCode } from './slow-line.ts'
import { codeOf } from './totp-codes.ts'
import { awake, visit } from './visit.ts'

const opening = (page: Page) => page.getByRole('status').filter({ hasText: 'Đang mở…' })

/** Telex as its keys: every letter of it is a command of the page below. */
const telex = 'ddax heenj tooor daan phoos, jkx r a t s p c 123 z'

const boxes = [
  { key: 'e', label: 'Nội dung ghi chú', code: 'notePlaceholder' },
  { key: 'r', label: 'Kết quả xử lý', code: 'whatPlaceholder' },
] as const

for (const { key, label, code } of boxes) {
  test(`Telex typed after ${key} is in its box whole, with its code two seconds late and with its code there`, async ({
    signedInAs,
    db,
  }) => {
    const { page, letGo } = await lateBox({ signedInAs, db }, code)
    const box = page.getByLabel(label)
    await page.keyboard.press(key)
    await typeWhileLate(page, telex, letGo, async () => {
      await expect(opening(page)).toBeVisible()
      await expect(opening(page)).toContainText('ddax heenj')
    })
    await expect(box).toHaveValue(telex)
    await expect(box).toBeFocused()
    await expect(opening(page)).toBeHidden()
    await page.keyboard.press('Escape')
    await expect(box).toBeHidden()
    await page.keyboard.press(key)
    await page.keyboard.type(', jkx')
    await expect(box).toHaveValue(`${telex}, jkx`)
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })
}

test('Telex typed for a dialog is in its first field whole, with facts and code two seconds late, and no letter of it a command', async ({
  signedInAs,
  db,
}) => {
  const { page, letGo: letFactsGo } = await lateList({ signedInAs, db }, 'approver', 3)
  const letCodeGo = await holdUp(page, /\/_next\/static\/chunks\//)
  await page.keyboard.press('t')
  const letGo = () => {
    letFactsGo()
    letCodeGo()
  }
  await typeWhileLate(page, telex, letGo, async () => {
    await expect(opening(page)).toContainText('ddax heenj')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })
  const dialog = page.getByRole('dialog', { name: /^Chuyển xử lý/ })
  await expect(dialog.getByLabel('Đơn vị')).toHaveValue(telex)
  await expect(dialog.getByLabel('Đơn vị')).toBeFocused()
  await expect(page.getByRole('dialog')).toHaveCount(1)
  await expect(activeRow(page)).toContainText('Cây nghiêng số 1')
  await expect(page.locator('tr[aria-selected="true"]')).toHaveCount(0)
})

/** A page as the server rendered it, while all of its code is still loading. */
async function seeAsleep(page: Page, address: string): Promise<() => void> {
  const letGo = await holdUp(page, /\/_next\/static\/chunks\/.*\.js/)
  await page.goto(address, { waitUntil: 'commit' })
  return letGo
}

test('a user who signs in with the code of the page two seconds late is signed in when it has come, and no address contains the password', async ({
  page,
  db,
}) => {
  const password = 'caauf Long Bieen 1902'
  const { username } = await buildAccount(db, { password })
  const addresses: string[] = []
  page.on('request', (request) => request.isNavigationRequest() && addresses.push(request.url()))
  const letGo = await seeAsleep(page, '/sign-in?from=/account')
  await page.getByLabel('Tên đăng nhập').fill(username)
  await page.getByLabel('Mật khẩu', { exact: true }).focus()
  await typeWhileLate(page, password, letGo)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/account')
  expect(addresses.map((address) => new URL(address).pathname + new URL(address).search)).toEqual([
    '/sign-in?from=/account',
    '/account',
  ])
})

test('Enter before the code of the page has come submits when it has: a code is sent, words are searched for', async ({
  signedInAs,
  db,
}) => {
  const { username, id } = await buildAccount(db)
  await buildTotp(db, username)
  const page = await signedInAs(username)
  await db.update(sessions).set({ secondFactorAt: null }).where(eq(sessions.accountId, id))
  let letGo = await seeAsleep(page, '/sign-in?from=/incidents')
  await page.getByLabel('Mã 6 số').fill(codeOf(demoTotpSecret))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Xác nhận' })).toHaveCSS('cursor', 'progress')
  letGo()
  await expect(page).toHaveURL('/incidents')

  letGo = await seeAsleep(page, '/incidents')
  const search = page.getByRole('banner').locator('[name="q"]')
  await search.fill('caay ddoor')
  await page.keyboard.press('Enter')
  letGo()
  await expect(page).toHaveURL(/\/reports\?.*q=caay\+ddoor/)
  await expect(search).toHaveValue('caay ddoor')
})

test('words typed before the code of the page has come stand in its form when it has', async ({ signedInAs }) => {
  const page = await signedInAs('quantri')
  const letGo = await seeAsleep(page, '/admin/categories')
  const search = page.getByRole('searchbox', { name: 'Tìm lĩnh vực' })
  await search.fill('khong co linh vuc nao')
  letGo()
  await awake(page)
  await expect(search).toHaveValue('khong co linh vuc nao')
  await expect(page.getByRole('button', { name: /^Sửa / })).toHaveCount(0)
})

test('Enter is a line break in a text and takes what was typed in a field of one line', async ({ signedInAs, db }) => {
  const { page, letGo } = await lateBox({ signedInAs, db }, 'notePlaceholder')
  await page.keyboard.press('e')
  await page.keyboard.type('mootj')
  await page.keyboard.press('Enter')
  await page.keyboard.type('haii')
  await page.keyboard.press('Backspace')
  await expect(opening(page)).toContainText('mootj ↵ hai')
  letGo()
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue('mootj\nhai')

  const list = await lateList({ signedInAs, db }, 'officer', 1)
  await list.page.keyboard.press('l')
  await list.page.keyboard.type('cong truong')
  await list.page.keyboard.press('Enter')
  list.letGo()
  const tagging = list.page.getByRole('dialog', { name: /^Sửa nhãn/ })
  await expect(tagging.getByText('cong truong', { exact: true })).toBeVisible()
  await expect(tagging.getByRole('combobox')).toHaveValue('')
})

test('a note sent with Ctrl+Enter before its box is loaded is sent once, whole, as soon as it is', async ({
  signedInAs,
  db,
}) => {
  const { page, letGo, report } = await lateBox({ signedInAs, db }, 'notePlaceholder')
  await page.keyboard.press('e')
  await page.keyboard.type(telex)
  await page.keyboard.press('Control+Enter')
  // Repeated keys, and keys meant for later: neither is a second note, nor a part of this one.
  await page.keyboard.press('Control+Enter')
  await page.keyboard.type('3j')
  await expect(opening(page)).toContainText(`${telex}Ctrl`)
  expect((await storyOf(db, report.id)).notes).toEqual([])
  letGo()
  await expect(timelineOf(page).getByText(telex)).toHaveCount(1)
  await expect(page.getByLabel('Nội dung ghi chú')).toBeHidden()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect.poll(async () => (await storyOf(db, report.id)).notes.map(({ body }) => body)).toEqual([telex])
  // The box is empty, the page has its keys again.
  await page.keyboard.press('e')
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue('')
})

test('Ctrl+Enter in a dialog that is loading asks for what it lacks, and chooses no one by a half-typed name', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const report = await buildReportAt(db, office, { state: 'awaiting_acceptance' })
  const page = await signedInAs(office.approver.username)
  await openReport(page, report.code)
  const letGo = await holdUp(page, /\/_next\/static\/chunks\//)
  await page.keyboard.press('t')
  await page.keyboard.type('ca')
  await page.keyboard.press('Control+Enter')
  letGo()
  const agency = page.getByRole('dialog').getByLabel('Đơn vị')
  await expect(agency).toHaveValue('ca')
  await expect(agency).toHaveAccessibleDescription(/Chọn một mục/)
  expect((await storyOf(db, report.id)).report.agencyId).toBe(office.agency.id)
})

test('a note submitted before its report is loaded is sent once', async ({ signedInAs, db }) => {
  const { page, letGo } = await lateList({ signedInAs, db }, 'officer', 1)
  await page.keyboard.press('Enter')
  await page.keyboard.press('e')
  await page.keyboard.type('da goi to dan pho')
  await page.keyboard.press('Control+Enter')
  letGo()
  await expect(timelineOf(page).getByText('da goi to dan pho')).toHaveCount(1)
  await expect(page.getByText('Đã lưu ghi chú')).toBeVisible()
})

test('a report opened by its address keeps what is typed for it until its own code is loaded', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  const letGo = await holdUpCode(page, '"composer-title"')
  await page.goto(`/reports/${code}`, { waitUntil: 'commit' })
  // All around the report is awake, whether its own part still hydrates or waits anew.
  await expect(page.getByRole('button', { name: 'Bảng phím tắt' })).toBeVisible()
  await expect.poll(() => page.locator('[data-asleep]').count()).toBeLessThan(2)
  await page.keyboard.press('e')
  await page.keyboard.type(telex)
  await expect(opening(page)).toContainText(telex)
  letGo()
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue(telex)
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('Esc lets go of what is still opening, be it facts or code that is late, and of what was typed', async ({
  signedInAs,
  db,
}) => {
  const list = await lateList({ signedInAs, db }, 'approver', 2)
  await list.page.keyboard.press('p')
  await list.page.keyboard.press('Escape')
  await list.page.keyboard.press('j')
  await expect(activeRow(list.page)).toContainText('Cây nghiêng số 2')
  list.letGo()
  await expect(list.page.getByRole('article', { name: /^HN-/ })).toBeVisible()
  await expect(list.page.getByRole('dialog')).toHaveCount(0)

  const { page, letGo, report } = await lateBox({ signedInAs, db }, 'notePlaceholder')
  await page.keyboard.press('e')
  await page.keyboard.type('a')
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('Escape')
  await expect(opening(page)).toBeHidden()
  await page.keyboard.press('e')
  await page.keyboard.type('d')
  letGo()
  await expect(page.getByLabel('Nội dung ghi chú')).toBeFocused()
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue('d')
  expect((await storyOf(db, report.id)).notes).toEqual([])
})

test('a dispatcher types the agency before its list and its suggestion are loaded, and keeps what was typed', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const { code } = await buildReportAt(db, office, { state: 'awaiting_intake' })
  const page = await signedInAs(dispatcher.username)
  const letGo = await holdUp(page, /agencies\.valid|suggestedAgency/)
  await visit(page, `/reports/${code}`)
  await page.keyboard.press('a')
  await page.keyboard.type(office.agency.shortName)
  letGo()
  const agency = page.getByRole('dialog').getByRole('combobox', { name: /^Đơn vị/ })
  await expect(agency).toHaveValue(office.agency.shortName)
  await expect(page.getByRole('option').first()).toContainText(office.agency.shortName)
})

test('a report is accepted by a key pressed too early, while the next key already moves on', async ({
  signedInAs,
  db,
}) => {
  const { page, letGo } = await lateList({ signedInAs, db }, 'officer', 2)
  await page.keyboard.press('i')
  await page.keyboard.press('j')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 2')
  letGo()
  await expect(page.getByText(/^Đã giao HN-\S+ cho Trần Văn Hùng/)).toBeVisible()
  await expect(page.getByRole('row', { name: /Cây nghiêng số 1/ })).toContainText('Trần Văn Hùng')
  await expect(page.getByRole('row', { name: /Cây nghiêng số 2/ })).not.toContainText('Trần Văn Hùng')
})

test('a list that is switched to handles the keys that came before its rows', async ({ signedInAs, db }) => {
  const { officer } = await officeWith(db, 3)
  const page = await signedInAs(officer.username)
  await visit(page, '/reports?view=mine')
  const letGo = await holdUp(page, /\/api\/trpc\/[^?]*reports\.queue(?![A-Za-z])/)
  for (const key of ['g', 'u', 'j', 'j', 'x']) await page.keyboard.press(key)
  await expect(page).toHaveURL(/view=unassigned/)
  letGo()
  await expect(page.locator('tr[aria-selected="true"]')).toHaveCount(1)
  await expect(page.locator('tbody').getByRole('row').nth(2)).toHaveAttribute('aria-selected', 'true')
})

test('a dialog whose code fails to load leaves the page as it is and says so; with the connection back it opens', async ({
  signedInAs,
  db,
}) => {
  const { approver } = await officeWith(db, 2)
  const page = await signedInAs(approver.username)
  // From the beginning: an idle page preloads the code of its dialogs.
  const bringBack = await loseCode(page, 'scrollPaper')
  await visit(page, inOrder)
  await expect(page.getByRole('article', { name: /^HN-/ })).toBeVisible()
  await page.keyboard.press('t')
  await expect(page.getByText('Không kết nối được máy chủ.')).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('j')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 2')
  await bringBack()
  await page.keyboard.press('t')
  await expect(page.getByRole('dialog').getByLabel('Đơn vị')).toBeFocused()
})

test('Back before Next has processed the report’s address closes the report again, and the list has its keys', async ({
  signedInAs,
  db,
}) => {
  const { officer } = await officeWith(db, 2)
  const page = await signedInAs(officer.username)
  await visit(page, inOrder)
  const list = page.url()
  await expect(activeRow(page)).toContainText('Cây nghiêng số 1')
  // Next learns of addresses through its own `pushState`: without it, it stays as late as possible.
  await page.evaluate(() => Reflect.deleteProperty(window.history, 'pushState'))
  await page.keyboard.press('Enter')
  const opened = page.getByRole('article', { name: /^HN-/ }).getByRole('button', { name: 'Về danh sách' })
  await expect(opened).toBeVisible()
  await expect(page).not.toHaveURL(list)
  await page.goBack()
  await expect(page).toHaveURL(list)
  await expect(opened).toBeHidden()
  await page.keyboard.press('j')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 2')
})
