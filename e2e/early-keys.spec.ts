import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOfCity, buildOffice, buildReportAt, type Office } from './office.ts'
import { openReport } from './report-page.ts'
import { factsOfReport, holdUp, holdUpCode } from './slow-line.ts'
import { visit } from './visit.ts'

async function officeWith(
  db: Parameters<typeof buildOffice>[0],
  count: number,
  state = 'in_progress' as const,
): Promise<Office> {
  const office = await buildOffice(db)
  for (let i = 1; i <= count; i++) await buildReportAt(db, office, { state, title: `Cây nghiêng số ${i}` })
  return office
}

const activeRow = (page: Page) => page.locator('tr[data-focused]')
const inOrder = '/reports?view=my_agency&sort=code&dir=asc'

test('a key pressed before the row’s facts are there is kept, and the letters after it land in the first field', async ({
  signedInAs,
  db,
}) => {
  const { approver } = await officeWith(db, 3)
  const page = await signedInAs(approver.username)
  const letGo = await holdUp(page, factsOfReport)
  await visit(page, inOrder)
  await page.keyboard.press('t')
  await page.keyboard.type('cong ty cay')
  await expect(page.getByRole('status').filter({ hasText: 'Đang mở' })).toContainText('cong ty cay')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  letGo()
  const dialog = page.getByRole('dialog', { name: /^Chuyển đơn vị/ })
  await expect(dialog.getByLabel('Đơn vị')).toHaveValue('cong ty cay')
  await expect(dialog.getByLabel('Đơn vị')).toBeFocused()
  await expect(page.getByRole('dialog')).toHaveCount(1)
  await expect(activeRow(page)).toContainText('Cây nghiêng số 1')
})

test('Esc calls off what is still opening', async ({ signedInAs, db }) => {
  const { approver } = await officeWith(db, 2)
  const page = await signedInAs(approver.username)
  const letGo = await holdUp(page, factsOfReport)
  await visit(page, inOrder)
  await page.keyboard.press('p')
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 2')
  letGo()
  await expect(page.getByRole('article', { name: /^HN-/ })).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('the menu of moves opens as soon as there is one', async ({ signedInAs, db }) => {
  const { officer } = await officeWith(db, 1)
  const page = await signedInAs(officer.username)
  const letGo = await holdUp(page, factsOfReport)
  await visit(page, inOrder)
  await page.keyboard.press('s')
  letGo()
  await expect(page.getByRole('menu')).toBeVisible()
})

test('a report is taken by a key pressed too early, while the next key already moves on', async ({
  signedInAs,
  db,
}) => {
  const { officer } = await officeWith(db, 2)
  const page = await signedInAs(officer.username)
  const letGo = await holdUp(page, factsOfReport)
  await visit(page, inOrder)
  await page.keyboard.press('i')
  await page.keyboard.press('j')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 2')
  letGo()
  await expect(page.getByText(/^Đã giao HN-\S+ cho Trần Văn Hùng/)).toBeVisible()
  await expect(page.getByRole('row', { name: /Cây nghiêng số 1/ })).toContainText('Trần Văn Hùng')
  await expect(page.getByRole('row', { name: /Cây nghiêng số 2/ })).not.toContainText('Trần Văn Hùng')
})

test('on a report that is still on its way a key is kept too, and what is typed becomes the note', async ({
  signedInAs,
  db,
}) => {
  const { officer } = await officeWith(db, 1)
  const page = await signedInAs(officer.username)
  const letGo = await holdUp(page, factsOfReport)
  await visit(page, inOrder)
  await page.keyboard.press('Enter')
  await page.keyboard.press('e')
  await page.keyboard.type('da goi to dan pho')
  letGo()
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue('da goi to dan pho')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('while the code of a dialog is on its way no letter is a command', async ({ signedInAs, db }) => {
  const { approver } = await officeWith(db, 3)
  const page = await signedInAs(approver.username)
  await visit(page, inOrder)
  await expect(page.getByRole('article', { name: /^HN-/ })).toBeVisible()
  const letGo = await holdUp(page, /\/_next\/static\/chunks\//)
  await page.keyboard.press('t')
  await page.keyboard.type('jjx cay')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 1')
  letGo()
  await expect(page.getByRole('dialog').getByLabel('Đơn vị')).toHaveValue('jjx cay')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 1')
  await expect(page.locator('tr[aria-selected="true"]')).toHaveCount(0)
})

test('a dispatcher types the agency before its list and its suggestion are there, and keeps what was typed', async ({
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

const boxes = [
  { key: 'e', label: 'Nội dung ghi chú', code: 'notePlaceholder' },
  { key: 'r', label: 'Đã làm gì', code: 'whatPlaceholder' },
] as const
const words = 'da hen, jkx r a t s p c 123 z'

for (const { key, label, code } of boxes) {
  test(`every letter after ${key} stands in its box in order, with its code on the way or there`, async ({
    signedInAs,
    db,
  }) => {
    const office = await buildOffice(db)
    const report = await buildReportAt(db, office)
    const page = await signedInAs(office.officer.username)
    const letGo = await holdUpCode(page, code)
    await openReport(page, report.code)
    const box = page.getByLabel(label)
    await page.keyboard.press(key)
    await page.keyboard.type(words)
    await expect(page.getByRole('status').filter({ hasText: 'Đang mở…' })).toContainText(words)
    letGo()
    await expect(box).toHaveValue(words)
    await expect(box).toBeFocused()
    await page.keyboard.type('. Xong')
    await page.keyboard.press('Escape')
    await expect(box).toBeHidden()
    await page.keyboard.press(key)
    await page.keyboard.type(', jkx')
    await expect(box).toHaveValue(`${words}. Xong, jkx`)
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })

  test(`Esc right after ${key} keeps its box away`, async ({ signedInAs, db }) => {
    const office = await buildOffice(db)
    const report = await buildReportAt(db, office)
    const page = await signedInAs(office.officer.username)
    const letGo = await holdUpCode(page, code)
    const article = await openReport(page, report.code)
    await page.keyboard.press(key)
    await page.keyboard.press('Escape')
    await expect(article.getByRole('button', { name: 'Ghi chú nội bộ', exact: true })).toBeVisible()
    letGo()
    await page.keyboard.press(key)
    await expect(page.getByLabel(label)).toBeFocused()
    await expect(page.getByLabel(label)).toHaveValue('')
  })
}

test('Esc right after a key keeps the dialog away whose code is on its way', async ({ signedInAs, db }) => {
  const { approver } = await officeWith(db, 2)
  const page = await signedInAs(approver.username)
  await visit(page, inOrder)
  await expect(page.getByRole('article', { name: /^HN-/ })).toBeVisible()
  const letGo = await holdUp(page, /\/_next\/static\/chunks\//)
  await page.keyboard.press('p')
  await page.keyboard.type('ab')
  await page.keyboard.press('Escape')
  letGo()
  await page.keyboard.press('j')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 2')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('a report opened by its address keeps what is typed for it until its own code is there', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  const letGo = await holdUpCode(page, '"composer-title"')
  await page.goto(`/reports/${code}`, { waitUntil: 'commit' })
  const keys = page.getByRole('button', { name: 'Bảng phím tắt' })
  const isAlive = () => keys.evaluate((button) => Object.keys(button).some((each) => each.startsWith('__reactProps')))
  await expect.poll(isAlive).toBe(true)
  // What listens for keys begins to once React has drawn: it has by the time the browser has nothing else to do.
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done)))
  await page.keyboard.press('e')
  await page.keyboard.type(words)
  await expect(page.getByRole('status').filter({ hasText: 'Đang mở…' })).toContainText(words)
  letGo()
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue(words)
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('a dialog whose code does not come leaves the page as it is and says so; with the line back it opens', async ({
  signedInAs,
  db,
}) => {
  const { approver } = await officeWith(db, 2)
  const page = await signedInAs(approver.username)
  await visit(page, inOrder)
  await expect(page.getByRole('article', { name: /^HN-/ })).toBeVisible()
  const code = /\/_next\/static\/chunks\//
  await page.route(code, (route) => route.abort())
  await page.keyboard.press('t')
  await expect(page.getByText('Chưa tải được nội dung này.')).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('j')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 2')
  await page.unroute(code)
  await page.keyboard.press('t')
  await expect(page.getByRole('dialog').getByLabel('Đơn vị')).toBeFocused()
})
