import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { reload, signInAs, visit } from '#app/testing/desk.tsx'
import { page, press, textsOf, type } from '#app/testing/hands.ts'
import { holdUp, listen } from '#app/testing/line.ts'
import { hereNow } from '#app/testing/place.ts'
import { onServer } from '#app/testing/server.ts'
import { hoursAgo } from '#app/testing/times.ts'
import type { BuiltReport } from '#db/factories/reports.ts'
import type { Office } from '#e2e/office.ts'

const { buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { callAs } = onServer<typeof import('#app/testing/beside/procedures.ts')>('app/testing/beside/procedures.ts')

const titles = ['Cây đổ chắn ngõ', 'Nước ngập sân trường', 'Đèn đường tắt cả phố', 'Rác ùn ở đầu chợ', 'Nắp cống vỡ']

/** An office with its own reports, the first of them due first; enough for several pages if requested. */
async function officeWithWork(count = titles.length): Promise<Office & { built: BuiltReport[] }> {
  const office = await buildOffice()
  const built = await Promise.all(
    Array.from({ length: count }, (_, i) =>
      buildReportAt(office, {
        title: `${titles[i % titles.length]} ${i + 1}`,
        receivedAt: hoursAgo(5),
        dueAt: new Date(Date.now() + (i + 1) * 3_600_000),
        soonAt: null,
      }),
    ),
  )
  return { ...office, built }
}

const grid = page.getByRole('grid')
const activeRow = page.css('tr[data-focused]')
const chosen = page.css('tr[aria-selected="true"]')
const nextPage = /\/api\/trpc\/[^?]*reports\.queue(?![A-Za-z])/
/** As when the user comes back to the window: the desk queries at once what has changed. */
const comeBack = () => document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))

test('the keys move through the list, open a report over it, and Back finds the row, the selection and the scroll position', async () => {
  const { officer } = await officeWithWork(60)
  await signInAs(officer.username)
  await visit('/reports?view=my_agency')
  await expect.element(page.getByText(/60 phản ánh/)).toBeVisible()

  await press(...Array<string>(54).fill('j'))
  await expect.element(activeRow).toContainText('Nắp cống vỡ 55')
  await press('x', 'Shift+J')
  await expect.element(page.getByRole('status').filter({ hasText: 'Đã chọn 2 phản ánh' })).toBeVisible()
  const scrolled = () => grid.element().parentElement?.scrollTop ?? 0
  const before = scrolled()
  expect(before).toBeGreaterThan(1000)

  await press('Enter')
  const report = page.getByRole('article')
  await expect.element(report.getByRole('heading', { level: 1 })).toHaveTextContent('Cây đổ chắn ngõ 56')
  await expect.poll(hereNow).toMatch(/\/reports\/HN-[\d-]+\?view=my_agency$/)
  await expect.element(report.getByText(/56\/60/)).toBeVisible()
  await press(']')
  await expect.element(report.getByRole('heading', { level: 1 })).toHaveTextContent('Nước ngập sân trường 57')

  window.history.back()
  await expect.poll(hereNow).toBe('/reports?view=my_agency')
  await expect.element(activeRow).toContainText('Nước ngập sân trường 57')
  await expect.element(grid).toHaveFocus()
  await expect.element(chosen).toHaveLength(2)
  expect(Math.abs(scrolled() - before)).toBeLessThan(200)
  await press('Escape')
  await expect.element(chosen).not.toBeInTheDocument()
})

test('steps past the loaded rows wait for the next, and so does what is meant for the row they lead to', async () => {
  const { officer } = await officeWithWork(60)
  await signInAs(officer.username)
  const letGo = holdUp(nextPage)
  await visit('/reports?view=my_agency')
  await press(...Array<string>(52).fill('j'))
  await press('x', 'Shift+J', 'j')
  await expect.element(activeRow).toContainText('Nắp cống vỡ 50')
  letGo()
  await expect.element(activeRow).toContainText('Nắp cống vỡ 55')
  await expect.element(chosen).toHaveLength(2)
  expect(textsOf(chosen).join()).toMatch(/Đèn đường tắt cả phố 53.*Rác ùn ở đầu chợ 54/)
  await expect.element(grid).toHaveFocus()
})

test('Esc or another view cancels steps past the loaded rows, and what was pressed after them', async () => {
  const { officer } = await officeWithWork(60)
  await signInAs(officer.username)
  for (const keys of [['Escape'], ['g', 'u']]) {
    const letGo = holdUp(nextPage)
    await visit('/reports?view=my_agency')
    await press(...Array<string>(51).fill('j'))
    await press('x', ...keys)
    const isGone = keys.includes('g')
    if (isGone) await expect.poll(hereNow).toMatch(/view=unassigned/)
    letGo()
    await expect
      .element(page.getByText(isGone ? 'Cây đổ chắn ngõ 1' : 'Cây đổ chắn ngõ 51', { exact: true }).first())
      .toBeInTheDocument()
    await press(isGone ? 'j' : 'k')
    await expect.element(activeRow).toContainText(isGone ? 'Nước ngập sân trường 2' : 'Rác ùn ở đầu chợ 49')
    await expect.element(chosen).not.toBeInTheDocument()
  }
})

test('steps past the loaded rows have no effect where no more can be loaded', async () => {
  const { officer } = await officeWithWork(60)
  await signInAs(officer.username)
  const letGo = holdUp(nextPage, 'abort')
  await visit('/reports?view=my_agency')
  await press(...Array<string>(51).fill('j'))
  await press('x')
  letGo()
  await expect.element(page.getByRole('alert').filter({ hasText: 'Chưa tải được phần tiếp theo' })).toBeVisible()
  await press('k')
  await expect.element(activeRow).toContainText('Rác ùn ở đầu chợ 49')
  await expect.element(chosen).not.toBeInTheDocument()
})

test('the whole view is stored in the address: filters, order and search come back with it', async () => {
  const { officer } = await officeWithWork()
  await signInAs(officer.username)
  await visit('/reports?view=my_agency')
  await press('f')
  const filters = page.getByRole('dialog', { name: /Bộ lọc/ })
  await filters.getByText(/Chờ bổ sung/).click()
  await filters.getByRole('button', { name: /Xem kết quả/ }).click()
  await expect.poll(hereNow).toBe('/reports?view=my_agency&state=awaiting_citizen')
  await expect.element(page.getByRole('heading', { name: /Không có phản ánh nào khớp bộ lọc/ })).toBeVisible()
  await page.getByRole('button', { name: /Bỏ lọc Trạng thái: Chờ bổ sung/ }).click()
  await expect.poll(hereNow).toBe('/reports?view=my_agency')

  await page
    .getByRole('columnheader', { name: /Nhận lúc/ })
    .getByRole('button')
    .click()
  await expect.poll(hereNow).toBe('/reports?view=my_agency&sort=received&dir=desc')
  await reload()
  await expect.element(page.getByRole('columnheader', { name: /Nhận lúc/ })).toHaveAttribute('aria-sort', 'descending')

  await press('v', '3')
  await expect.poll(hereNow).toBe('/reports?view=unassigned')
  await press('g', 'm')
  await expect.poll(hereNow).toBe('/reports?view=mine')
  await expect.element(page.getByRole('heading', { name: /Bạn chưa được giao phản ánh nào/ })).toBeVisible()
  window.history.back()
  await expect.poll(hereNow).toBe('/reports?view=unassigned')
  await expect.element(page.getByText(/5 phản ánh/)).toBeVisible()
})

test('the search ignores accents and reads operators; a whole code opens its report', async () => {
  await signInAs('dieuphoi')
  await visit('/reports')
  await press('/')
  await type('cay do trạng-thái:"đang mở"')
  await press('Enter')
  await expect.poll(hereNow).toMatch(/view=all&q=cay\+do&state=awaiting_intake,/)
  await expect.element(page.getByRole('button', { name: /Bỏ lọc Trạng thái: đang mở/ })).toBeVisible()
  await expect.element(page.getByRole('gridcell', { name: /cây đổ/i }).first()).toBeVisible()

  const code = (await page.getByRole('article').findElement()).getAttribute('aria-label') ?? ''
  expect(code).toMatch(/^HN-/)
  await press('/')
  await type(code.replace('HN-', '').toLowerCase())
  await press('Enter')
  await expect.poll(hereNow).toMatch(new RegExp(`/reports/${code}\\?`))
})

test('a colleague’s change is announced, moves no row, and leaves the list only when it is reloaded', async () => {
  const office = await officeWithWork()
  await signInAs(office.officer.username)
  await visit('/reports?view=unassigned')
  await expect.element(page.getByText(/5 phản ánh/)).toBeVisible()
  // With a preview beside it the first row has the focus already.
  await press('j')

  const [first] = office.built as [BuiltReport]
  const taken = { reportId: first.id, version: first.version, accountId: office.approver.id }
  await callAs(office.approver.username, 'reports.assignPerson', taken)
  await buildReportAt(office, { title: 'Cột điện nghiêng mới đến', receivedAt: new Date() })

  comeBack()
  await expect.element(page.getByRole('button', { name: /1 phản ánh mới · 1 thay đổi/ })).toBeVisible()
  await expect.element(page.getByRole('row', { name: /Nguyễn Thị Hoa vừa sửa/ })).toBeVisible()
  await expect.element(page.css('tbody tr')).toHaveLength(5)
  await expect.element(activeRow).toContainText('Nước ngập sân trường 2')

  await press('u')
  await expect.element(page.css('tbody tr')).toHaveLength(5)
  await expect.element(page.getByText(/Cột điện nghiêng mới đến/)).toBeVisible()
  await expect.element(page.getByText(/Cây đổ chắn ngõ 1/)).not.toBeInTheDocument()
  await expect.element(page.getByRole('link', { name: /Chưa giao cán bộ/ })).toContainText('5')
})

test('columns stay as they were chosen, per view', async () => {
  const { officer } = await officeWithWork()
  await signInAs(officer.username)
  await visit('/reports?view=my_agency')
  await press('Space')
  await expect.element(page.getByRole('columnheader', { name: /Mã/ })).toBeVisible()
  await page.getByRole('button', { name: 'Cột', exact: true }).click()
  const columns = page.getByRole('dialog', { name: /Cột hiển thị/ })
  await columns.getByText('Lĩnh vực', { exact: true }).click()
  await columns.getByText('Mức độ', { exact: true }).click()
  await press('Escape')
  await expect.element(page.getByRole('columnheader', { name: /Mức độ/ })).toBeVisible()

  const grip = page.getByRole('separator', { name: /Chỉnh bề rộng cột Mã/ })
  const before = Number(grip.element().getAttribute('aria-valuenow'))
  ;(grip.element() as HTMLElement).focus()
  await press('ArrowRight', 'ArrowRight')
  await expect.element(grip).toHaveAttribute('aria-valuenow', String(before + 32))

  await visit('/reports?view=my_agency')
  await expect.element(page.getByRole('columnheader', { name: /Mức độ/ })).toBeVisible()
  await expect.element(page.getByRole('columnheader', { name: /Lĩnh vực/ })).not.toBeInTheDocument()
  await expect.element(grip).toHaveAttribute('aria-valuenow', String(before + 32))
  await visit('/reports?view=open')
  await expect.element(page.getByRole('columnheader', { name: /Lĩnh vực/ })).toBeVisible()
  // A width is chosen, not the columns: what did not fit appears as soon as there is space.
  ;(grip.element() as HTMLElement).focus()
  await press('ArrowRight')
  await expect.element(grip).toHaveAttribute('aria-valuenow', String(before + 16))
  await expect.element(page.getByRole('columnheader', { name: /Nhãn/ })).not.toBeInTheDocument()
  await page.viewport(1900, 900)
  await expect.element(page.getByRole('columnheader', { name: /Nhãn/ })).toBeVisible()
})

test('after an action the list moves on as the account chose', async () => {
  const { officer } = await officeWithWork()
  await signInAs(officer.username)
  await visit('/reports?view=unassigned')
  await page.getByRole('button', { name: /^Tài khoản của/ }).click()
  await page.getByRole('menuitemradio', { name: 'Sang phản ánh tiếp theo', exact: true }).click()
  await press('Escape')
  await press('i')
  await expect.element(activeRow).toContainText('Nước ngập sân trường 2')
  await expect.element(page.getByRole('row', { name: /Cây đổ chắn ngõ 1/ })).toContainText('Bạn vừa sửa')
})

test('an action on the last loaded row moves on to the next, once that is loaded', async () => {
  const { officer } = await officeWithWork(60)
  await signInAs(officer.username)
  const letGo = holdUp(nextPage)
  await visit('/reports?view=unassigned')
  await page.getByRole('button', { name: /^Tài khoản của/ }).click()
  await page.getByRole('menuitemradio', { name: 'Sang phản ánh tiếp theo', exact: true }).click()
  await press('Escape')
  // Requested before the last row is reached: no query about that row shares the request that is held up.
  const asked = listen(nextPage)
  await press(...Array<string>(40).fill('j'))
  await expect.poll(() => asked).toHaveLength(1)
  await press(...Array<string>(9).fill('j'))
  await expect.element(activeRow).toContainText('Nắp cống vỡ 50')
  await press('i')
  await expect.element(page.getByRole('row', { name: /Nắp cống vỡ 50/ })).toContainText('Bạn vừa sửa')
  await press('x')
  letGo()
  await expect.element(activeRow).toContainText('Cây đổ chắn ngõ 51')
  await expect.element(chosen).toContainText('Cây đổ chắn ngõ 51')
})

test('the panels of the queue pass axe', async () => {
  await signInAs('dieuphoi')
  await visit('/reports?view=open')
  await press('v')
  await expect.element(page.getByRole('menu')).toBeVisible()
  expect(await seriousViolations()).toEqual([])
  // With the preview open the key opens the preview's own clock.
  await press('Escape', 'Space', 'j', 'd')
  await expect.element(page.getByRole('dialog', { name: /^Thời hạn/ })).toBeVisible()
  expect(await seriousViolations()).toEqual([])
  await press('Escape', 'f')
  await expect.element(page.getByRole('dialog', { name: /Bộ lọc/ })).toBeVisible()
  expect(await seriousViolations()).toEqual([])
})
