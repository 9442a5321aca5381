import { expect, type Locator, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt, hoursAgo, type Office } from './office.ts'
import { holdUp } from './slow-line.ts'
import { awake, visit } from './visit.ts'

const titles = ['Cây đổ chắn ngõ', 'Nước ngập sân trường', 'Đèn đường tắt cả phố', 'Rác ùn ở đầu chợ', 'Nắp cống vỡ']

/** An office with its own reports, the first of them due first; enough for several pages if requested. */
async function officeWithWork(db: Parameters<typeof buildOffice>[0], count = titles.length): Promise<Office> {
  const office = await buildOffice(db)
  for (let i = 0; i < count; i++) {
    await buildReportAt(db, office, {
      title: `${titles[i % titles.length]} ${i + 1}`,
      receivedAt: hoursAgo(5),
      dueAt: new Date(Date.now() + (i + 1) * 3_600_000),
      soonAt: null,
    })
  }
  return office
}

const grid = (page: Page): Locator => page.getByRole('grid')
const activeRow = (page: Page): Locator => page.locator('tr[data-focused]')
const nextPage = /\/api\/trpc\/[^?]*reports\.queue(?![A-Za-z])/
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
/** As when the user comes back to the window: the desk queries at once what has changed. */
const comeBack = (page: Page) =>
  page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))

test('the keys move through the list, open a report over it, and Back finds the row, the selection and the scroll position', async ({
  signedInAs,
  db,
}) => {
  const { officer } = await officeWithWork(db, 60)
  const page = await signedInAs(officer.username)
  await visit(page, '/reports?view=my_agency')
  await expect(page.getByText('60 phản ánh')).toBeVisible()

  for (let i = 0; i < 54; i++) await page.keyboard.press('j')
  await expect(activeRow(page)).toContainText('Nắp cống vỡ 55')
  await press(page, 'x', 'Shift+J')
  await expect(page.getByRole('status').filter({ hasText: 'Đã chọn 2 phản ánh' })).toBeVisible()
  const scrolled = () => grid(page).evaluate((table) => table.parentElement?.scrollTop ?? 0)
  const before = await scrolled()
  expect(before).toBeGreaterThan(1000)

  await press(page, 'Enter')
  const report = page.getByRole('article')
  await expect(report.getByRole('heading', { level: 1 })).toHaveText('Cây đổ chắn ngõ 56')
  await expect(page).toHaveURL(/\/reports\/HN-[\d-]+\?view=my_agency$/)
  await expect(report.getByText('56/60')).toBeVisible()
  await press(page, ']')
  await expect(report.getByRole('heading', { level: 1 })).toHaveText('Nước ngập sân trường 57')

  await page.goBack()
  await expect(page).toHaveURL('/reports?view=my_agency')
  await expect(activeRow(page)).toContainText('Nước ngập sân trường 57')
  await expect(grid(page)).toBeFocused()
  await expect(page.locator('tr[aria-selected="true"]')).toHaveCount(2)
  expect(Math.abs((await scrolled()) - before)).toBeLessThan(200)
  await press(page, 'Escape')
  await expect(page.locator('tr[aria-selected="true"]')).toHaveCount(0)
})

test('steps past the loaded rows wait for the next, and so does what is meant for the row they lead to', async ({
  signedInAs,
  db,
}) => {
  const { officer } = await officeWithWork(db, 60)
  const page = await signedInAs(officer.username)
  const letGo = await holdUp(page, nextPage)
  await visit(page, '/reports?view=my_agency')
  for (let i = 0; i < 52; i++) await page.keyboard.press('j')
  await press(page, 'x', 'Shift+J', 'j')
  await expect(activeRow(page)).toContainText('Nắp cống vỡ 50')
  letGo()
  await expect(activeRow(page)).toContainText('Nắp cống vỡ 55')
  const chosen = page.locator('tr[aria-selected="true"]')
  await expect(chosen).toContainText(['Đèn đường tắt cả phố 53', 'Rác ùn ở đầu chợ 54'])
  await expect(grid(page)).toBeFocused()
})

test('Esc or another view cancels steps past the loaded rows, and what was pressed after them', async ({
  signedInAs,
  db,
}) => {
  const { officer } = await officeWithWork(db, 60)
  const page = await signedInAs(officer.username)
  const chosen = page.locator('tr[aria-selected="true"]')
  for (const keys of [['Escape'], ['g', 'u']]) {
    const letGo = await holdUp(page, nextPage)
    await visit(page, '/reports?view=my_agency')
    for (let i = 0; i < 51; i++) await page.keyboard.press('j')
    await press(page, 'x', ...keys)
    const isGone = keys.includes('g')
    if (isGone) await expect(page).toHaveURL(/view=unassigned/)
    letGo()
    await expect(
      page.getByText(isGone ? 'Cây đổ chắn ngõ 1' : 'Cây đổ chắn ngõ 51', { exact: true }).first(),
    ).toBeAttached()
    await press(page, isGone ? 'j' : 'k')
    await expect(activeRow(page)).toContainText(isGone ? 'Nước ngập sân trường 2' : 'Rác ùn ở đầu chợ 49')
    await expect(chosen).toHaveCount(0)
    await page.unrouteAll()
  }
})

test('steps past the loaded rows have no effect where no more can be loaded', async ({ signedInAs, db }) => {
  const { officer } = await officeWithWork(db, 60)
  const page = await signedInAs(officer.username)
  const letGo = await holdUp(page, nextPage, 'abort')
  await visit(page, '/reports?view=my_agency')
  for (let i = 0; i < 51; i++) await page.keyboard.press('j')
  await page.keyboard.press('x')
  letGo()
  await expect(page.getByRole('alert').filter({ hasText: 'Chưa tải được phần tiếp theo' })).toBeVisible()
  await page.keyboard.press('k')
  await expect(activeRow(page)).toContainText('Rác ùn ở đầu chợ 49')
  await expect(page.locator('tr[aria-selected="true"]')).toHaveCount(0)
})

test('the whole view is stored in the address: filters, order and search come back with it', async ({
  signedInAs,
  db,
}) => {
  const { officer } = await officeWithWork(db)
  const page = await signedInAs(officer.username)
  await visit(page, '/reports?view=my_agency')
  await press(page, 'f')
  const filters = page.getByRole('dialog', { name: 'Bộ lọc' })
  await filters.getByText('Chờ bổ sung').click()
  await filters.getByRole('button', { name: 'Xem kết quả' }).click()
  await expect(page).toHaveURL('/reports?view=my_agency&state=awaiting_citizen')
  await expect(page.getByRole('heading', { name: 'Không có phản ánh nào khớp bộ lọc' })).toBeVisible()
  await page.getByRole('button', { name: 'Bỏ lọc Trạng thái: Chờ bổ sung' }).click()
  await expect(page).toHaveURL('/reports?view=my_agency')

  await page.getByRole('columnheader', { name: 'Nhận lúc' }).getByRole('button').click()
  await expect(page).toHaveURL('/reports?view=my_agency&sort=received&dir=desc')
  await page.reload()
  await awake(page)
  await expect(page.getByRole('columnheader', { name: 'Nhận lúc' })).toHaveAttribute('aria-sort', 'descending')

  await press(page, 'v', '3')
  await expect(page).toHaveURL('/reports?view=unassigned')
  await press(page, 'g', 'm')
  await expect(page).toHaveURL('/reports?view=mine')
  await expect(page.getByRole('heading', { name: 'Bạn chưa được giao phản ánh nào' })).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL('/reports?view=unassigned')
  await expect(page.getByText('5 phản ánh')).toBeVisible()
})

test('the search ignores accents and reads operators; a whole code opens its report', async ({ signedInAs }) => {
  const page = await signedInAs('dieuphoi')
  await visit(page, '/reports')
  await press(page, '/')
  await page.keyboard.type('cay do trạng-thái:"đang mở"')
  await press(page, 'Enter')
  await expect(page).toHaveURL(/view=all&q=cay\+do&state=awaiting_intake,/)
  await expect(page.getByRole('button', { name: 'Bỏ lọc Trạng thái: đang mở' })).toBeVisible()
  await expect(page.getByRole('gridcell', { name: /cây đổ/i }).first()).toBeVisible()

  const code = (await page.getByRole('article').getAttribute('aria-label')) ?? ''
  expect(code).toMatch(/^HN-/)
  await press(page, '/')
  await page.keyboard.type(code.replace('HN-', '').toLowerCase())
  await press(page, 'Enter')
  await expect(page).toHaveURL(new RegExp(`/reports/${code}\\?`))
})

test('a colleague’s change is announced, moves no row, and leaves the list only when it is reloaded', async ({
  signedInAs,
  db,
}) => {
  const office = await officeWithWork(db)
  const page = await signedInAs(office.officer.username)
  await visit(page, '/reports?view=unassigned')
  await expect(page.getByText('5 phản ánh')).toBeVisible()
  // With a preview beside it the first row has the focus already.
  await press(page, 'j')

  const colleague = await signedInAs(office.approver.username)
  await visit(colleague, '/reports?view=unassigned')
  // The key acts on the facts of the row: they load a moment after the list.
  await colleague.waitForLoadState('networkidle')
  await press(colleague, 'i')
  await expect(colleague.getByRole('row', { name: /Bạn vừa sửa/ })).toBeVisible()
  await buildReportAt(db, office, { title: 'Cột điện nghiêng mới đến', receivedAt: new Date() })

  await comeBack(page)
  await expect(page.getByRole('button', { name: /1 phản ánh mới · 1 thay đổi/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /Nguyễn Thị Hoa vừa sửa/ })).toBeVisible()
  await expect(page.locator('tbody tr')).toHaveCount(5)
  await expect(activeRow(page)).toContainText('Nước ngập sân trường 2')

  await press(page, 'u')
  await expect(page.locator('tbody tr')).toHaveCount(5)
  await expect(page.getByText('Cột điện nghiêng mới đến')).toBeVisible()
  await expect(page.getByText('Cây đổ chắn ngõ 1')).toBeHidden()
  await expect(page.getByRole('link', { name: /Chưa giao cán bộ/ })).toContainText('5')
})

test('columns stay as they were chosen, per view', async ({ signedInAs, db }) => {
  const { officer } = await officeWithWork(db)
  const page = await signedInAs(officer.username)
  await visit(page, '/reports?view=my_agency')
  await press(page, 'Space')
  await expect(page.getByRole('columnheader', { name: 'Mã' })).toBeVisible()
  await page.getByRole('button', { name: 'Cột', exact: true }).click()
  const columns = page.getByRole('dialog', { name: 'Cột hiển thị' })
  await columns.getByText('Lĩnh vực', { exact: true }).click()
  await columns.getByText('Mức độ', { exact: true }).click()
  await press(page, 'Escape')
  await expect(page.getByRole('columnheader', { name: 'Mức độ' })).toBeVisible()

  const grip = page.getByRole('separator', { name: 'Chỉnh bề rộng cột Mã' })
  const before = Number(await grip.getAttribute('aria-valuenow'))
  await grip.focus()
  await press(page, 'ArrowRight', 'ArrowRight')
  await expect(grip).toHaveAttribute('aria-valuenow', String(before + 32))

  await visit(page, '/reports?view=my_agency')
  await expect(page.getByRole('columnheader', { name: 'Mức độ' })).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'Lĩnh vực' })).toBeHidden()
  await expect(grip).toHaveAttribute('aria-valuenow', String(before + 32))
  await visit(page, '/reports?view=open')
  await expect(page.getByRole('columnheader', { name: 'Lĩnh vực' })).toBeVisible()
  // A width is chosen, not the columns: what did not fit appears as soon as there is space.
  await grip.focus()
  await press(page, 'ArrowRight')
  await expect(grip).toHaveAttribute('aria-valuenow', String(before + 16))
  await expect(page.getByRole('columnheader', { name: 'Nhãn' })).toBeHidden()
  await page.setViewportSize({ width: 1900, height: 900 })
  await expect(page.getByRole('columnheader', { name: 'Nhãn' })).toBeVisible()
})

test('after an action the list moves on as the account chose', async ({ signedInAs, db }) => {
  const { officer } = await officeWithWork(db)
  const page = await signedInAs(officer.username)
  await visit(page, '/reports?view=unassigned')
  await page.getByRole('button', { name: /^Tài khoản của/ }).click()
  await page.getByRole('menuitemradio', { name: 'Sang phản ánh tiếp theo', exact: true }).click()
  await press(page, 'Escape')
  await press(page, 'i')
  await expect(activeRow(page)).toContainText('Nước ngập sân trường 2')
  await expect(page.getByRole('row', { name: /Cây đổ chắn ngõ 1/ })).toContainText('Bạn vừa sửa')
})

test('an action on the last loaded row moves on to the next, once that is loaded', async ({ signedInAs, db }) => {
  const { officer } = await officeWithWork(db, 60)
  const page = await signedInAs(officer.username)
  const letGo = await holdUp(page, nextPage)
  await visit(page, '/reports?view=unassigned')
  await page.getByRole('button', { name: /^Tài khoản của/ }).click()
  await page.getByRole('menuitemradio', { name: 'Sang phản ánh tiếp theo', exact: true }).click()
  await press(page, 'Escape')
  // Requested before the last row is reached: no query about that row shares the request that is held up.
  const asked = page.waitForRequest(nextPage)
  for (let i = 0; i < 40; i++) await page.keyboard.press('j')
  await asked
  for (let i = 0; i < 9; i++) await page.keyboard.press('j')
  await expect(activeRow(page)).toContainText('Nắp cống vỡ 50')
  await press(page, 'i')
  await expect(page.getByRole('row', { name: /Nắp cống vỡ 50/ })).toContainText('Bạn vừa sửa')
  await press(page, 'x')
  letGo()
  await expect(activeRow(page)).toContainText('Cây đổ chắn ngõ 51')
  await expect(page.locator('tr[aria-selected="true"]')).toContainText(['Cây đổ chắn ngõ 51'])
})

test('the panels of the queue pass axe', async ({ signedInAs, seriousViolations }) => {
  const page = await signedInAs('dieuphoi')
  await visit(page, '/reports?view=open')
  await press(page, 'v')
  await expect(page.getByRole('menu')).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  // With the preview open the key opens the preview's own clock.
  await press(page, 'Escape', 'Space', 'j', 'd')
  await expect(page.getByRole('dialog', { name: /^Thời hạn/ })).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await press(page, 'Escape', 'f')
  await expect(page.getByRole('dialog', { name: 'Bộ lọc' })).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
})
