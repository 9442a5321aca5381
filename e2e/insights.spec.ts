import { expect, type Locator, type Page } from '@playwright/test'
import type { Database } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildLivedReport } from '#db/factories/lived-reports.ts'
import { unique } from '#db/factories/unique.ts'
import { areas } from '#db/schema/index.ts'
import { localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { test } from './fixtures.ts'
import { see } from './routes.ts'
import { typeDay } from './type-day.ts'
import { visit } from './visit.ts'

const day = 86_400_000
const hour = 3_600_000

/** `daysAgo` days ago, at an hour in Hanoi. */
const at = (daysAgo: number, hourOfDay: number) =>
  new Date(startOfDay(localDayOf(new Date(Date.now() - daysAgo * day))).getTime() + hourOfDay * hour)

/**
 * A department and a unit below it, with every report of its month: of 24 received, twelve were handled in time and
 * four late, two were rejected, three are open in time and three overdue. All are in one commune; the unit below has
 * one.
 */
async function buildDepartment(db: Database) {
  const { calendarId } = await buildCity(db)
  const name = `Sở Thủy lợi ${unique('so')}`
  const department = await buildAgency(db, { calendarId, name, id: unique('so') })
  const below = await buildAgency(db, { calendarId, parentId: department.id, name: `Chi cục của ${name}` })
  const head = await buildAccount(db, { agency: department, name: 'Nguyễn Thị Hoa', roles: ['approver'] })
  const { code: categoryCode } = await buildCategory(db)
  const [area] = await db.select().from(areas).limit(1)
  if (!area) throw new Error('the city has no commune')
  type Life = Pick<Parameters<typeof buildLivedReport>[1], 'receivedAt' | 'answeredAt' | 'refusedAt'>
  const build = async (count: number, life: Life, agencyId = department.id) => {
    for (let nth = 0; nth < count; nth++) {
      await buildLivedReport(db, { agencyId, categoryCode, areaId: area.id, ...life })
    }
  }
  await build(1, { receivedAt: at(10, 9), answeredAt: at(10, 11) }, below.id)
  await build(11, { receivedAt: at(10, 9), answeredAt: at(10, 11) })
  await build(4, { receivedAt: at(20, 14), answeredAt: at(4, 10) })
  await build(2, { receivedAt: at(9, 15), refusedAt: at(9, 17) })
  await build(3, { receivedAt: new Date(Date.now() - 2 * hour) })
  await build(3, { receivedAt: at(25, 8) })
  return { department, below, head, area, address: `/insights?agency=${department.id}` }
}

const card = (page: Page, id: string): Locator => page.locator(`[data-card="${id}"]`)
const settled = (page: Page) => expect(page.locator('main [aria-busy="true"]:not(button)')).toHaveCount(0)
const mark = (page: Page) => page.getByRole('region', { name: 'Con số trên bảng thống kê' })
const scrolled = (page: Page) => page.locator('#main').evaluate(({ scrollTop }) => scrollTop)

/** Opens a figure by the keyboard, finds exactly its reports, and returns to it. */
async function drill(page: Page, link: Locator, count: number): Promise<void> {
  const address = page.url()
  await link.scrollIntoViewIfNeeded()
  await link.focus()
  const place = await scrolled(page)
  const href = await link.getAttribute('href')
  await page.keyboard.press('Enter')
  await expect(mark(page)).toContainText(`${count} phản ánh, đúng bằng số trên bảng`)
  const grid = page.getByRole('grid')
  await expect(grid).toHaveAttribute('aria-rowcount', String(count + 1))
  if (count <= 8) await expect(grid.getByRole('row')).toHaveCount(count + 1)
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(address)
  await expect(page.locator('[data-card] a:focus')).toHaveAttribute('href', href ?? '')
  await expect.poll(async () => Math.abs((await scrolled(page)) - place)).toBeLessThan(2)
}

test('agencies are compared with others that have the same work, and who differs beyond chance is named', async ({
  signedInAs,
  db,
}) => {
  const [own, other] = [await buildAgency(db, { shortName: unique('Cham') }), await buildAgency(db)]
  const { code: categoryCode } = await buildCategory(db)
  const [area] = await db.select().from(areas).limit(1)
  const build = async (agencyId: string, count: number, daysAgo: number, isLate: boolean) => {
    const receivedAt = at(daysAgo, 10)
    const answeredAt = isLate ? at(daysAgo - 12, 10) : new Date(receivedAt.getTime() + 3 * hour)
    for (let nth = 0; nth < count; nth++)
      await buildLivedReport(db, { agencyId, categoryCode, areaId: area?.id ?? 0, receivedAt, answeredAt })
  }
  // A working day of the half year before, and one of this month.
  const workday = (from: number) =>
    [from, from + 1, from + 2].find((ago) => ![0, 6].includes(new Date(at(ago, 10)).getUTCDay())) ?? from
  await build(other.id, 30, workday(150), false)
  await build(other.id, 10, workday(150), true)
  await build(own.id, 10, workday(20), false)
  await build(own.id, 20, workday(20), true)

  const page = await signedInAs('lanhdao.tp')
  await visit(page, '/insights')
  const compared = card(page, 'caseMix')
  await expect(compared.getByRole('heading')).toContainText(/\d+ trong \d+ đơn vị khác biệt ngoài ngẫu nhiên/)
  await expect(compared).toContainText('Không xếp hạng')
  const dot = compared.getByRole('link', { name: new RegExp(`^${own.shortName} .*: kém hơn$`) })
  await dot.focus()
  await expect(compared).toContainText(
    /quá thời hạn 20 trong 30 lượt; đơn vị khác với cùng loại việc trong 12 tháng trước: \d/,
  )
  await dot.press('Enter')
  await expect(mark(page)).toContainText('30 phản ánh, đúng bằng số trên bảng')
})

test('a manager reads the figures of a department, which add up, and what each means', async ({ signedInAs, db }) => {
  const { address, department } = await buildDepartment(db)
  const page = await signedInAs('lanhdao.tp')
  await see(page, address)
  await expect(page.getByText(department.name).first()).toBeVisible()
  await expect(page.getByText(/số liệu lúc \d{2}\/\d{2}\/\d{4} \d{2}:\d{2}/)).toBeVisible()

  const handled = card(page, 'kpi-handled')
  await expect(handled).toContainText('67%')
  await expect(handled).toContainText('16 trong 24')
  // Three came in two hours ago: the target is for the others.
  await expect(handled).toContainText('đã đến hạn: 76% (16/21) · 3 chưa đến hạn')
  await expect(handled).toContainText('mục tiêu 80% (gần đạt, lệch 4 điểm %)')
  const parts = handled.getByRole('list', { name: 'Cơ cấu phản ánh tiếp nhận' }).getByRole('listitem')
  await expect(parts).toHaveCount(5)
  const percents = (await parts.allTextContents()).map((text) => Number(/(\d+)%/.exec(text)?.[1]))
  expect(percents[0]).toBe(50)
  expect(percents.reduce((sum, percent) => sum + percent, 0)).toBe(100)

  await expect(card(page, 'kpi-received')).toContainText('24')
  await expect(card(page, 'kpi-backlog')).toContainText('3 quá hạn')
  // Of the promises that fell due the open ones count as missed: 12 of 12 + 4 + 3.
  await expect(card(page, 'kpi-on_time')).toContainText('12/19')
  await expect(card(page, 'kpi-close_median')).toContainText('n = 24')

  await handled.getByRole('button', { name: 'Cách tính: Tỷ lệ xử lý' }).press('Enter')
  const note = page.getByRole('dialog', { name: 'Tỷ lệ xử lý' })
  await expect(note).toContainText('Năm phần cộng lại đúng 100%')
  await expect(note).toContainText('67% (n = 24)')
  await expect(note).toContainText('Số liệu lúc')
  await page.keyboard.press('Escape')
  await expect(note).toBeHidden()
})

test('the top of the board is a sentence, five low figures and the main chart, seen without scrolling', async ({
  signedInAs,
  db,
}) => {
  const { address } = await buildDepartment(db)
  const page = await signedInAs('lanhdao.tp')
  await see(page, address)
  const headline = page.getByRole('region', { name: 'Tóm tắt' })
  await expect(headline).toContainText('Trong kỳ nhận 24 phản ánh.')
  // Nineteen are too few to be held against the target.
  await expect(headline).toContainText('12/19 lượt đến hạn được xử lý đúng hạn.')
  await drill(page, card(page, 'kpi-backlog').getByRole('link', { name: /^3 quá hạn/ }), 3)
  await headline.getByRole('link', { name: '24 phản ánh' }).click()
  await expect(mark(page)).toContainText('24 phản ánh, đúng bằng số trên bảng')

  await see(page, '/insights')
  const figures = page.getByRole('region', { name: 'Chỉ số chính' }).getByRole('article')
  await expect(figures).toHaveCount(5)
  for (const figure of await figures.all()) expect((await figure.boundingBox())?.height).toBeLessThanOrEqual(150)
  const chart = await card(page, 'flow').getByRole('figure').boundingBox()
  expect(chart?.height).toBeGreaterThan(150)
  expect((chart?.y ?? 900) + (chart?.height ?? 0)).toBeLessThanOrEqual(700)
})

test('headings say what the charts find, few are hatched, pictures have no hints, and what no agency has stands apart', async ({
  signedInAs,
  db,
}) => {
  const { address } = await buildDepartment(db)
  const page = await signedInAs('lanhdao.tp')
  await see(page, address)
  const heading = (id: string) => card(page, id).getByRole('heading', { level: 2 })
  // It closed sixteen of 24, as it had given back the two refused; the three oldest have waited 25 days.
  await expect(heading('flow')).toHaveText('Tiếp nhận nhiều hơn kết thúc 8')
  await expect(heading('ageing')).toHaveText('3 phản ánh chờ quá 10 ngày làm việc')
  await expect(heading('handled')).toHaveText('Đã xử lý 76% số đã đến hạn, mục tiêu 80%')
  await expect(card(page, 'areas')).toContainText('từ 90% đến dưới 95% (đạt mục tiêu)')
  await expect(card(page, 'areas')).toContainText('gạch chéo')

  await see(page, '/insights')
  await expect(card(page, 'areas')).toContainText('Trỏ vào')
  // A picture leaves out what only helps on a screen.
  const pictured = await page.locator('[data-chart]').evaluateAll((charts) =>
    charts.map((chart) => {
      const copy = chart.cloneNode(true) as Element
      for (const part of copy.querySelectorAll('[data-screen-only]')) part.remove()
      return copy.textContent
    }),
  )
  expect(pictured.join()).not.toContain('Trỏ vào')
  const last = card(page, 'agencies').getByRole('row').last()
  await expect(last).toContainText('Chưa giao đơn vị nào')
  for (const sort of ['Nhận', 'Nhận', 'Đơn vị']) {
    await card(page, 'agencies').getByRole('button', { name: sort, exact: true }).click()
    await expect(last).toContainText('Chưa giao đơn vị nào')
  }
})

test('period and comparison are changed by keyboard and by address, and Back undoes it', async ({ signedInAs }) => {
  const page = await signedInAs('lanhdao.tp')
  await see(page, '/insights')
  const sentence = page.getByText(/so với cùng số ngày đã qua của kỳ trước/)
  await expect(sentence).toBeVisible()

  await page.keyboard.press('ArrowLeft')
  await expect(page).toHaveURL(/period=\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}/)
  await settled(page)
  await expect(page.getByText(/so với kỳ trước \(/)).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('c')
  await expect(page).toHaveURL(/compare=none/)
  await expect(page.getByRole('button', { name: 'Không so sánh' })).toBeVisible()
  await settled(page)
  await expect(page.getByRole('button', { name: 'Vì sao?' })).toHaveCount(0)
  await page.keyboard.press('c')
  await expect(page).not.toHaveURL(/compare=none/)
  await page.goBack()
  await expect(page).toHaveURL(/compare=none/)

  await see(page, '/insights?period=7d&compare=year')
  await expect(page.getByRole('button', { name: '7 ngày' })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByText(/so với cùng số ngày đã qua năm trước/)).toBeVisible()
})

test('filters include an agency with those below it, are stored in the address, and can be removed', async ({
  signedInAs,
  db,
}) => {
  const { department, below } = await buildDepartment(db)
  const page = await signedInAs('lanhdao.tp')
  await see(page, '/insights')
  await page.keyboard.press('f')
  const form = page.getByRole('dialog', { name: 'Lọc số liệu' })
  await form.getByLabel('Đơn vị', { exact: true }).fill(department.name.slice(3))
  await page.getByRole('option', { name: new RegExp(`^${department.name}`) }).click()
  await form.getByLabel('Mức độ').selectOption('normal')
  await form.getByRole('button', { name: 'Xem kết quả' }).click()
  await expect(page).toHaveURL(new RegExp(`agency=${department.id}&severity=normal`))
  await settled(page)
  await expect(card(page, 'kpi-received')).toContainText('24')
  await expect(card(page, 'agencies').getByRole('row', { name: new RegExp(below.name) })).toBeVisible()

  const chips = page.getByRole('region', { name: 'Bộ lọc của bảng thống kê' })
  await expect(chips).toContainText(department.name)
  await card(page, 'agencies').getByRole('button', { name: below.name }).click()
  await settled(page)
  await expect(card(page, 'kpi-received')).toContainText('1')
  await expect(card(page, 'kpi-handled')).toContainText('1/1')
  await chips.getByRole('button', { name: 'Bỏ lọc', exact: true }).click()
  await expect(page).toHaveURL(/\/insights$/)

  await page.getByRole('button', { name: 'So với kỳ trước' }).click()
  await page.getByRole('menuitem', { name: 'So với đơn vị khác…' }).click()
  await form.getByLabel('So với đơn vị').fill(department.name.slice(3))
  await page.getByRole('option', { name: new RegExp(`^${department.name}`) }).click()
  await form.getByRole('button', { name: 'Xem kết quả' }).click()
  await expect(page.getByText(`so với ${department.name}`)).toBeVisible()
})

test('a figure, a bar, an hour, a commune, a point in time and a change of state open exactly the reports they count', async ({
  signedInAs,
  db,
}) => {
  const { address, area } = await buildDepartment(db)
  const page = await signedInAs('lanhdao.tp')
  await see(page, address)
  await drill(page, card(page, 'kpi-handled').getByRole('link', { name: /^Tỷ lệ xử lý/ }), 16)
  await drill(page, card(page, 'ageing').getByRole('link', { name: /quá hạn trên 5 ngày/ }), 3)
  await drill(page, card(page, 'hours').getByRole('link', { name: /: 12$/ }), 12)
  await drill(
    page,
    card(page, 'areas')
      .locator('figure')
      .getByRole('link', { name: new RegExp(area.name) }),
    19,
  )
  await drill(
    page,
    card(page, 'flow')
      .locator('figure')
      .getByRole('link', { name: /Kết thúc: 4$/ }),
    4,
  )
  const cell = card(page, 'moves').getByRole('table').getByRole('link').first()
  await drill(page, cell, Number(await cell.textContent()))

  // From the part to the whole it is a part of.
  await card(page, 'kpi-handled')
    .getByRole('link', { name: /^Tỷ lệ xử lý/ })
    .click()
  await mark(page).getByRole('link', { name: 'Mở mẫu số: Tiếp nhận trong kỳ' }).click()
  await expect(mark(page)).toContainText('24 phản ánh, đúng bằng số trên bảng')
})

test('the data points of a chart are one Tab stop, and arrows move between them', async ({ signedInAs }) => {
  const page = await signedInAs('lanhdao.tp')
  await see(page, '/insights')
  for (const id of ['flow', 'hours', 'areas']) {
    const stops = card(page, id).locator('[data-chart] a[data-at][tabindex="0"]')
    await expect(stops).toHaveCount(1)
    const first = await stops.getAttribute('href')
    await stops.focus()
    await page.keyboard.press(id === 'flow' ? 'ArrowLeft' : 'ArrowRight')
    const focused = card(page, id).locator('a[data-at]:focus')
    await expect(focused).toHaveCount(1)
    expect(await focused.getAttribute('href')).not.toBe(first)
  }
  // The arrows moved the data point, not the period.
  await expect(page).toHaveURL(/\/insights$/)
})

test('a change is explained by parts that sum to it', async ({ signedInAs, db }) => {
  const { address, department, below } = await buildDepartment(db)
  const page = await signedInAs('lanhdao.tp')
  await see(page, address)
  await card(page, 'kpi-received').getByRole('button', { name: 'Vì sao?' }).click()
  const explain = card(page, 'explain')
  await expect(explain.getByLabel('Chỉ số cần giải thích')).toBeFocused()
  await expect(explain.getByRole('heading')).toHaveText('Vì sao “Tiếp nhận” tăng 24?')
  await explain.getByRole('button', { name: /xem bằng bảng/ }).click()
  const rows = explain.getByRole('table').getByRole('row')
  await expect(rows).toHaveCount(3)
  await expect(rows.filter({ hasText: below.name })).toContainText('+1')
  await expect(rows.filter({ hasText: department.name }).filter({ hasNotText: below.name })).toContainText('+23')
  await explain.getByLabel('Chia theo').selectOption('category')
  await expect(rows).toHaveCount(2)
  await expect(rows.nth(1)).toContainText('+24')
})

test('every chart has its figures as a table', async ({ signedInAs }) => {
  const page = await signedInAs('lanhdao.tp')
  await see(page, '/insights')
  const charts = page.locator('section[data-card]:has([data-chart])')
  expect(await charts.count()).toBeGreaterThanOrEqual(14)
  for (const chart of await charts.all()) {
    const toggle = chart.getByRole('button', { name: /xem bằng bảng$/ })
    if ((await toggle.count()) > 0) await toggle.click()
    const table = chart.getByRole('table').last()
    await expect(table).toBeVisible()
    expect(await table.getByRole('row').count()).toBeGreaterThan(1)
  }
})

test('an annotation and a target are shown on the charts', async ({ signedInAs, db }) => {
  const { address, department } = await buildDepartment(db)
  const words = `Trạm bơm mất điện ${unique('note')}`
  const page = await signedInAs('lanhdao.tp')
  await visit(page, '/insights/annotations')
  await page.getByRole('button', { name: 'Thêm chú thích' }).first().click()
  const noteForm = page.getByRole('dialog', { name: 'Thêm chú thích' })
  await noteForm.getByLabel('Nội dung').fill(words)
  const [year = '', month = '', date = ''] = localDayOf(new Date(Date.now() - 5 * day)).split('-')
  await typeDay(noteForm, page, 'Từ ngày', `${date}/${month}/${year}`)
  await noteForm.getByRole('button', { name: 'Thêm', exact: true }).click()
  await expect(page.getByRole('row', { name: new RegExp(words) })).toBeVisible()

  await visit(page, '/insights/targets')
  await page.getByRole('button', { name: 'Thêm mục tiêu' }).first().click()
  const targetForm = page.getByRole('dialog', { name: 'Thêm mục tiêu' })
  await targetForm.getByLabel('Đơn vị').fill(department.name.slice(3))
  await page.getByRole('option', { name: new RegExp(`^${department.name}`) }).click()
  await targetForm.getByLabel('Mục tiêu, %').fill('70')
  await targetForm.getByLabel('Biên độ chấp nhận').fill('5')
  const [fromYear = '', fromMonth = '', fromDate = ''] = localDayOf(new Date(Date.now() - 60 * day)).split('-')
  await typeDay(targetForm, page, 'Áp dụng từ', `${fromDate}/${fromMonth}/${fromYear}`)
  await targetForm.getByRole('button', { name: 'Thêm', exact: true }).click()
  await expect(targetForm).toBeHidden()
  await expect(page.getByText('± 5%').first()).toBeVisible()

  await see(page, address)
  for (const id of ['flow', 'handled']) {
    await expect(card(page, id).getByRole('list', { name: 'Sự kiện và chú thích trong kỳ' })).toContainText(words)
  }
  await expect(card(page, 'handled').getByText('Mục tiêu 70% ± 5%')).toBeVisible()
  await expect(card(page, 'handled').locator('.recharts-reference-line')).toHaveCount(1)
  await expect(card(page, 'kpi-handled')).toContainText('mục tiêu 70% (vượt 6 điểm %)')
})

test('an account of one department sees whose figures they are, and no others', async ({ signedInAs, db }) => {
  const { department, head } = await buildDepartment(db)
  const page = await signedInAs(head.username)
  await see(page, '/insights')
  await expect(page.locator('main strong').first()).toHaveText(`Phần ${department.name} được xem`)
  await expect(card(page, 'kpi-received')).toContainText('24')
  await card(page, 'kpi-received').getByRole('link').first().click()
  await expect(mark(page)).toContainText(`24 phản ánh: phần ${department.name} được xem`)
  await see(page, `/insights?agency=${department.id}`)
  await expect(page.locator('main strong').first()).toHaveText(department.name)
  // The use of the app is the city's, and says so.
  await expect(page.getByText('Toàn thành phố', { exact: true })).toHaveCount(0)
})

test('an empty board says why, and offers the next step', async ({ signedInAs, db }) => {
  const { address } = await buildDepartment(db)
  const agency = await buildAgency(db, { calendarId: (await buildCity(db)).calendarId })
  const { username } = await buildAccount(db, { agency, roles: ['approver'] })
  const stranger = await signedInAs(username)
  await see(stranger, '/insights')
  await expect(stranger.getByText('Chưa có phản ánh nào thuộc phạm vi của tài khoản này')).toBeVisible()

  const page = await signedInAs('lanhdao.tp')
  await see(page, `${address}&severity=complex`)
  await expect(page.getByText(/Không có phản ánh nào .* khớp với bộ lọc/)).toBeVisible()
  await page.locator('main').getByRole('status').getByRole('button', { name: 'Bỏ lọc', exact: true }).click()
  await expect(page).toHaveURL(/\/insights$/)
  await see(page, '/insights?period=2099-01-01..2099-01-31')
  await expect(page.getByText('Khoảng ngày này chưa đến')).toBeVisible()
})

test('nothing jumps while the board loads, nor while its period changes', async ({ signedInAs }) => {
  const page = await signedInAs('lanhdao.tp')
  await page.addInitScript(() => {
    const shifts: number[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value)
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await see(page, '/insights')
  const shifted = await page.evaluate(() =>
    (window as unknown as { shifts: number[] }).shifts.reduce((sum, by) => sum + by, 0),
  )
  expect(shifted).toBeLessThan(0.05)

  const top = async () => (await card(page, 'kpi-received').boundingBox())?.y
  const before = await top()
  await page.getByRole('button', { name: 'Tuần trước' }).click()
  expect(await top()).toBe(before)
  await settled(page)
  expect(await top()).toBe(before)
})

test('the board with its notes and tables open passes axe', async ({ signedInAs, seriousViolations, db }) => {
  const { address } = await buildDepartment(db)
  const page = await signedInAs('lanhdao.tp')
  await see(page, address)
  await card(page, 'kpi-on_time')
    .getByRole('button', { name: /^Cách tính/ })
    .click()
  expect(await seriousViolations(page)).toEqual([])
  await page.keyboard.press('Escape')
  const toggles = page.getByRole('button', { name: /xem bằng bảng$/ })
  for (let left = await toggles.count(); left > 0; left--) await toggles.first().click()
  await expect(toggles).toHaveCount(0)
  expect(await seriousViolations(page)).toEqual([])
})

test('in print the board is two pages: the figures and the main charts, then the others, without controls', async ({
  signedInAs,
  db,
}) => {
  const { address } = await buildDepartment(db)
  // The width of a landscape A4 sheet between its margins.
  const page = await signedInAs('lanhdao.tp', { viewport: { width: 1032, height: 700 } })
  for (const board of [address, '/insights']) {
    await page.emulateMedia({ media: 'screen' })
    await see(page, board)
    await page.emulateMedia({ media: 'print' })
    // Names and headings of the rankings, and the filters of the board, are buttons on screen; in print they are text.
    const words = 'table *, [aria-label="Bộ lọc của bảng thống kê"] *'
    await expect(page.locator(`button:not(${words})`).filter({ visible: true })).toHaveCount(0)
    await expect(page.getByRole('navigation')).toHaveCount(0)
    await expect(card(page, 'kpi-on_time')).toBeVisible()
    await expect(card(page, 'flow').locator('svg.recharts-surface').first()).toBeVisible()
    await expect(card(page, 'kpi-handled')).toBeVisible()
    await expect(card(page, 'agencies').getByRole('table')).toBeVisible()
    await expect(card(page, 'moves')).toBeHidden()
    const cut = await page
      .locator('[data-card]')
      .filter({ visible: true })
      .evaluateAll((cards) => cards.filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.id))
    expect(cut).toEqual([])
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    const sheets = [...pdf.matchAll(/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/g)]
    expect(sheets).toHaveLength(2)
    for (const [, width, height] of sheets) expect(Number(width)).toBeGreaterThan(Number(height))
  }
})

test('in forced colours bars and keys keep their colours', async ({ signedInAs }) => {
  const page = await signedInAs('lanhdao.tp')
  await page.emulateMedia({ forcedColors: 'active' })
  await see(page, '/insights')
  const inks = (within: Locator) =>
    within.evaluateAll((parts) => parts.map((part) => getComputedStyle(part).backgroundColor))
  const key = card(page, 'hours').locator('ol li')
  expect(await key.count()).toBeGreaterThan(3)
  const swatches = await inks(key.locator('span'))
  expect(new Set(swatches).size).toBe(swatches.length)
  const parts = await inks(
    card(page, 'kpi-handled').getByRole('list', { name: 'Cơ cấu phản ánh tiếp nhận' }).locator('li span[style]'),
  )
  expect(parts.length).toBe(5)
  expect(new Set(parts).size).toBe(5)
})

test('yesterday, last week and last month are named in the address', async ({ signedInAs }) => {
  const page = await signedInAs('lanhdao.tp')
  await see(page, '/insights')
  for (const [name, period] of [
    ['Hôm qua', 'yesterday'],
    ['Tuần trước', 'last_week'],
  ] as const) {
    await page.getByRole('button', { name }).click()
    await expect(page).toHaveURL(new RegExp(`period=${period}`))
    await settled(page)
    await expect(page.getByRole('button', { name })).toHaveAttribute('aria-pressed', 'true')
  }
  await page.getByRole('button', { name: 'Kỳ khác' }).click()
  await page.getByRole('menuitemradio', { name: 'Tháng trước' }).click()
  await expect(page).toHaveURL(/period=last_month/)
})
