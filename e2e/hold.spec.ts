import { expect, type Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildTotp } from '#db/factories/second-factors.ts'
import { storyOf } from '#db/factories/story.ts'
import { reports, sessions } from '#db/schema/index.ts'
import { demoTotpSecret } from '#server/accounts/rules/demo-accounts.ts'
import { activeRow, inOrder, lateBox, lateList, officeWith, typeWhileLate } from './early.ts'
import { test } from './fixtures.ts'
import { buildOfCity, buildOffice, buildReportAt } from './office.ts'
import { timelineOf } from './report-page.ts'
import { factsOfReport, holdUp, holdUpCode, loseCode } from './slow-line.ts'
import { codeOf } from './totp-codes.ts'
import { awake, visit } from './visit.ts'

const opening = (page: Page) => page.getByRole('status').filter({ hasText: 'Đang mở…' })
const chunks = /\/_next\/static\/chunks\/.*\.js/

/** Telex as its keys: every letter of it is a command of the page below. */
const telex = 'ddax heenj tooor daan phoos, jkx r a t s p c 123 z'

test('Telex typed after r is in its box whole, with its code two seconds late and with its code there, as after e; Enter is a line break in it, and Esc lets go of what was typed before', async ({
  signedInAs,
  db,
}) => {
  // Both boxes come with the same code.
  const { page, letGo, report } = await lateBox({ signedInAs, db }, 'whatPlaceholder')
  await page.keyboard.press('e')
  await page.keyboard.type('a')
  await page.keyboard.press('Control+Enter')
  await expect(opening(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(opening(page)).toBeHidden()

  const what = page.getByLabel('Kết quả xử lý')
  await page.keyboard.press('r')
  await page.keyboard.type('mootj')
  await page.keyboard.press('Enter')
  await page.keyboard.type('haii')
  await page.keyboard.press('Backspace')
  await expect(opening(page)).toBeVisible()
  await expect(opening(page)).toContainText('mootj ↵ hai')
  await typeWhileLate(page, telex, letGo, () => expect(opening(page)).toContainText('ddax heenj'))
  await expect(what).toHaveValue(`mootj\nhai${telex}`)
  await expect(what).toBeFocused()
  await expect(opening(page)).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(what).toBeHidden()
  await page.keyboard.press('r')
  await page.keyboard.type(', jkx')
  await expect(what).toHaveValue(`mootj\nhai${telex}, jkx`)
  await page.keyboard.press('Escape')
  await expect(what).toBeHidden()

  const note = page.getByLabel('Nội dung ghi chú')
  await page.keyboard.press('e')
  await page.keyboard.type(telex)
  await expect(note).toHaveValue(telex)
  await expect(note).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(note).toBeHidden()
  await page.keyboard.press('e')
  await page.keyboard.type(', jkx')
  await expect(note).toHaveValue(`${telex}, jkx`)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect((await storyOf(db, report.id)).notes).toEqual([])
})

test('Telex typed for a dialog is in its first field whole, with facts and code two seconds late, and no letter of it a command; Esc lets go of another before', async ({
  signedInAs,
  db,
}) => {
  const { page, letGo: letFactsGo } = await lateList({ signedInAs, db }, 'approver', 3)
  const letCodeGo = await holdUp(page, chunks)
  await page.keyboard.press('p')
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 2')
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
  await expect(activeRow(page)).toContainText('Cây nghiêng số 2')
  await expect(page.locator('tr[aria-selected="true"]')).toHaveCount(0)
})

/** A page as the server rendered it, while all of its code is still loading. */
async function seeAsleep(page: Page, address: string): Promise<() => void> {
  const letGo = await holdUp(page, chunks)
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

test('a report accepted by a key pressed too early moves on with the next, and Enter takes the label that was typed before its field had loaded', async ({
  signedInAs,
  db,
}) => {
  const { page, letGo } = await lateList({ signedInAs, db }, 'officer', 2)
  await page.keyboard.press('i')
  await page.keyboard.press('j')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 2')
  await page.keyboard.press('l')
  await page.keyboard.type('cong truong')
  await page.keyboard.press('Enter')
  letGo()
  await expect(page.getByText(/^Đã giao HN-\S+ cho Trần Văn Hùng/)).toBeVisible()
  const tagging = page.getByRole('dialog', { name: /^Sửa nhãn/ })
  await expect(tagging.getByText('cong truong', { exact: true })).toBeVisible()
  await expect(tagging.getByRole('combobox')).toHaveValue('')
  // Behind the dialog.
  const row = (title: RegExp) => page.getByRole('row', { name: title, includeHidden: true })
  await expect(row(/Cây nghiêng số 1/)).toContainText('Trần Văn Hùng')
  await expect(row(/Cây nghiêng số 2/)).not.toContainText('Trần Văn Hùng')
})

test('a note submitted with Ctrl+Enter before its report and its box are loaded is sent once, whole, as soon as they are', async ({
  signedInAs,
  db,
}) => {
  const office = await officeWith(db, 1)
  const [report] = await db.select().from(reports).where(eq(reports.agencyId, office.agency.id))
  const page = await signedInAs(office.officer.username)
  const letCodeGo = await holdUpCode(page, 'notePlaceholder')
  const letFactsGo = await holdUp(page, factsOfReport)
  await visit(page, inOrder)
  await page.keyboard.press('Enter')
  await page.keyboard.press('e')
  await page.keyboard.type(telex)
  await page.keyboard.press('Control+Enter')
  // Repeated keys, and keys meant for later: neither is a second note, nor a part of this one.
  await page.keyboard.press('Control+Enter')
  await page.keyboard.type('3j')
  await expect(opening(page)).toContainText(`${telex}Ctrl`)
  letFactsGo()
  await expect(timelineOf(page)).toBeVisible()
  await expect(opening(page)).toContainText(`${telex}Ctrl`)
  const notes = async () => (await storyOf(db, report?.id ?? 0)).notes.map(({ body }) => body)
  expect(await notes()).toEqual([])
  letCodeGo()
  await expect(timelineOf(page).getByText(telex)).toHaveCount(1)
  await expect(page.getByText('Đã lưu ghi chú')).toBeVisible()
  await expect(page.getByLabel('Nội dung ghi chú')).toBeHidden()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect.poll(notes).toEqual([telex])
  // The box is empty, the page has its keys again.
  await page.keyboard.press('e')
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue('')
})

test('a report opened by its address keeps what is typed for it until its own code, and then the list of agencies and the suggestion, are loaded', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const { code } = await buildReportAt(db, office, { state: 'awaiting_intake' })
  const page = await signedInAs(dispatcher.username)
  const letCodeGo = await holdUpCode(page, '"composer-title"')
  const letAgenciesGo = await holdUp(page, /agencies\.valid|suggestedAgency/)
  await page.goto(`/reports/${code}`, { waitUntil: 'commit' })
  // All around the report is awake, whether its own part still hydrates or waits anew.
  await expect(page.getByRole('button', { name: 'Bảng phím tắt' })).toBeVisible()
  await expect.poll(() => page.locator('[data-asleep]').count()).toBeLessThan(2)
  await page.keyboard.press('a')
  await page.keyboard.type(office.agency.shortName)
  await expect(opening(page)).toContainText(office.agency.shortName)
  letCodeGo()
  const agency = page.getByRole('dialog').getByRole('combobox', { name: /^Đơn vị/ })
  await expect(agency).toHaveValue(office.agency.shortName)
  letAgenciesGo()
  await expect(page.getByRole('option').first()).toContainText(office.agency.shortName)
  await expect(agency).toHaveValue(office.agency.shortName)
  await expect(page.getByRole('dialog')).toHaveCount(1)
})

test('a list that is switched to handles the keys that came before its rows; Back before Next has processed a report’s address closes the report again', async ({
  signedInAs,
  db,
}) => {
  const { officer } = await officeWith(db, 3)
  const page = await signedInAs(officer.username)
  await visit(page, '/reports?view=mine')
  const letGo = await holdUp(page, /\/api\/trpc\/[^?]*reports\.queue(?![A-Za-z])/)
  for (const key of ['g', 'u', 'j', 'j', 'x']) await page.keyboard.press(key)
  await expect(page).toHaveURL(/view=unassigned/)
  letGo()
  const row = (at: number) => page.locator('tbody').getByRole('row').nth(at)
  await expect(page.locator('tr[aria-selected="true"]')).toHaveCount(1)
  await expect(row(2)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('x')
  await expect(page.locator('tr[aria-selected="true"]')).toHaveCount(0)

  const list = page.url()
  // Next learns of addresses through its own `pushState`: without it, it stays as late as possible.
  await page.evaluate(() => Reflect.deleteProperty(window.history, 'pushState'))
  await page.keyboard.press('Enter')
  const opened = page.getByRole('article', { name: /^HN-/ }).getByRole('button', { name: 'Về danh sách' })
  await expect(opened).toBeVisible()
  await expect(page).not.toHaveURL(list)
  await page.goBack()
  await expect(page).toHaveURL(list)
  await expect(opened).toBeHidden()
  // The list has its keys.
  await page.keyboard.press('k')
  await expect(row(1)).toHaveAttribute('data-focused')
})

test('a dialog whose code fails to load leaves the page as it is and says so; with the connection back it opens, and Ctrl+Enter before asks for what it lacks', async ({
  signedInAs,
  db,
}) => {
  const office = await officeWith(db, 2)
  const page = await signedInAs(office.approver.username)
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
  const letGo = await holdUp(page, chunks)
  await page.keyboard.press('t')
  await page.keyboard.type('ca')
  await page.keyboard.press('Control+Enter')
  letGo()
  const agency = page.getByRole('dialog').getByLabel('Đơn vị')
  await expect(agency).toBeFocused()
  // It chooses no one by a half-typed name.
  await expect(agency).toHaveValue('ca')
  await expect(agency).toHaveAccessibleDescription(/Chọn một mục/)
  const ofOffice = await db.$count(reports, eq(reports.agencyId, office.agency.id))
  expect(ofOffice).toBe(2)
})
