import { expect, onTestFinished, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { emulate, focus, type Locator, page, press, textsOf, typeDay } from '#app/testing/hands.ts'
import { appRouter } from '#app/testing/place.ts'
import { onServer } from '#app/testing/server.ts'
import { overhang, see, settled } from '#app/testing/sight.ts'
import { Speech } from '#app/testing/speech.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'

const scene = onServer<typeof import('./department.scene.ts')>('components/insights/department.scene.ts')

const day = 86_400_000
const daysAgo = (days: number) =>
  localDayOf(new Date(Date.now() - days * day))
    .split('-')
    .reverse()
    .join('/')

const card = (id: string) => page.css(`[data-card="${id}"]`)
const mark = page.getByRole('region', { name: /Con số trên bảng thống kê/ })
const scrolled = () => document.getElementById('main')?.scrollTop ?? 0
const address = () => `${window.location.pathname}${window.location.search}`

/** Opens a figure by the keyboard, finds exactly its reports, and returns to it. */
async function drill(link: Locator, count: number): Promise<void> {
  const from = address()
  const figure = await link.findElement()
  figure.scrollIntoView({ block: 'center' })
  figure.focus()
  const place = scrolled()
  const href = figure.getAttribute('href') ?? ''
  await press('Enter')
  await expect.element(mark).toContainText(`${count} phản ánh, đúng bằng số trên bảng`)
  const grid = page.getByRole('grid')
  await expect.element(grid).toHaveAttribute('aria-rowcount', String(count + 1))
  if (count <= 8) await expect.element(grid.getByRole('row')).toHaveLength(count + 1)
  await press('Escape')
  await expect.poll(address).toBe(from)
  await expect.element(page.css('[data-card] a:focus')).toHaveAttribute('href', href)
  await expect.poll(() => Math.abs(scrolled() - place)).toBeLessThan(2)
}

test('agencies are compared with others that have the same work, and who differs beyond chance is named', async () => {
  const own = await scene.buildLateAgency()
  await signInAs('lanhdao.tp')
  await visit('/insights')
  const compared = card('caseMix')
  await expect
    .element(compared.getByRole('heading'))
    .toMatchTextContent(/\d+ trong \d+ đơn vị khác biệt ngoài ngẫu nhiên/)
  await expect.element(compared).toContainText('Không xếp hạng')
  await focus(compared.getByRole('link', { name: new RegExp(`^${own.shortName} .*: kém hơn$`) }))
  await expect
    .element(compared)
    .toMatchTextContent(/quá thời hạn 20 trong 30 lượt; đơn vị khác với cùng loại việc trong 12 tháng trước: \d/)
  await press('Enter')
  await expect.element(mark).toContainText('30 phản ánh, đúng bằng số trên bảng')
})

test('a manager reads the figures of a department, which add up, and what each means; a change is explained by parts that sum to it', async () => {
  const { address: board, department, below } = await scene.buildDepartment()
  await signInAs('lanhdao.tp')
  await see(board)
  await expect.element(page.getByText(department.name, { exact: false }).first()).toBeVisible()
  await expect.element(page.getByText(/số liệu lúc \d{2}\/\d{2}\/\d{4} \d{2}:\d{2}/)).toBeVisible()

  const handled = card('kpi-handled')
  // Three came in two hours ago: the share and its target are of the others.
  await expect.element(handled).toContainText('76%trong 21 phản ánh đã đến hạn')
  await expect.element(handled).toContainText('mục tiêu 80% · gần đạt, thấp hơn mục tiêu 4 điểm %')
  await expect.element(handled).toContainText('đã xử lý 16 trong 24 phản ánh; 3 chưa đến hạn')
  const parts = handled.getByRole('list', { name: /Cơ cấu phản ánh tiếp nhận/ }).getByRole('listitem')
  await expect.element(parts).toHaveLength(5)
  const percents = textsOf(parts).map((text) => Number(/(\d+)%/.exec(text)?.[1]))
  expect(percents[0]).toBe(50)
  expect(percents.reduce((sum, percent) => sum + percent, 0)).toBe(100)

  await expect.element(card('kpi-received')).toContainText('24')
  await expect.element(card('kpi-backlog')).toContainText('3 quá hạn')
  // Of the promises that fell due the open ones count as missed: 12 of 12 + 4 + 3.
  await expect.element(card('kpi-on_time')).toContainText('12/19')
  await expect.element(card('kpi-close_median')).toContainText('n = 24')

  await focus(handled.getByRole('button', { name: /Cách tính: Tỷ lệ xử lý/ }))
  await press('Enter')
  const note = page.getByRole('dialog', { name: /Tỷ lệ xử lý/ })
  await expect.element(note).toContainText('Năm phần cộng lại đúng 100%')
  await expect.element(note).toContainText('đã xử lý 16 trong 24')
  await expect.element(note).toContainText('Số liệu lúc')
  expect(await seriousViolations('[role="dialog"]')).toEqual([])
  await press('Escape')
  await expect.element(note).not.toBeInTheDocument()

  await card('kpi-received')
    .getByRole('button', { name: /Vì sao\?/ })
    .click()
  const explain = card('explain')
  await expect.element(explain.getByLabelText(/Chỉ số cần giải thích/)).toHaveFocus()
  await expect.element(explain.getByRole('heading')).toHaveTextContent('Vì sao “Tiếp nhận” tăng 24?')
  await explain.getByRole('button', { name: /xem bằng bảng/ }).click()
  const rows = explain.getByRole('table').getByRole('row')
  await expect.element(rows).toHaveLength(3)
  // Beside the total stand its parts, by rate and by mix.
  const total = (row: Locator) => expect.element(row.getByRole('cell').first())
  await total(rows.filter({ hasText: below.name })).toHaveTextContent('+1')
  await total(rows.filter({ hasText: department.name, hasNotText: below.name })).toHaveTextContent('+23')
  await explain.getByLabelText(/Chia theo/).selectOptions('category')
  await expect.element(rows).toHaveLength(2)
  await total(rows.nth(1)).toHaveTextContent('+24')

  const toggles = page.getByRole('button', { name: /xem bằng bảng$/ })
  for (let left = toggles.elements().length; left > 0; left--) await toggles.first().click()
  await expect.element(toggles).toHaveLength(0)
  expect(await seriousViolations('#main')).toEqual([])
}, 120_000)

test('the top of the board is a sentence, five low figures and the main chart, seen without scrolling', async () => {
  const { address: board } = await scene.buildDepartment()
  await signInAs('lanhdao.tp')
  await see(board)
  const headline = page.getByRole('region', { name: /Tóm tắt/ })
  await expect.element(headline).toContainText('Trong kỳ nhận 24 phản ánh.')
  // Nineteen are too few to be held against the target.
  await expect.element(headline).toContainText('12/19 lượt đến hạn được xử lý đúng hạn.')
  await drill(card('kpi-backlog').getByRole('link', { name: /^3 quá hạn/ }), 3)
  await headline.getByRole('link', { name: /24 phản ánh/ }).click()
  await expect.element(mark).toContainText('24 phản ánh, đúng bằng số trên bảng')

  await see('/insights')
  const figures = page.getByRole('region', { name: /Chỉ số chính/ }).getByRole('article')
  await expect.element(figures).toHaveLength(5)
  for (const figure of figures.elements()) expect(figure.getBoundingClientRect().height).toBeLessThanOrEqual(150)
  const chart = card('flow').getByRole('figure').element().getBoundingClientRect()
  expect(chart.height).toBeGreaterThan(150)
  expect(chart.bottom).toBeLessThanOrEqual(700)
})

test('headings say what the charts find, few are hatched, pictures have no hints, and what no agency has stands apart', async () => {
  const { address: board } = await scene.buildDepartment()
  await signInAs('lanhdao.tp')
  await see(board)
  const heading = (id: string) => card(id).getByRole('heading', { level: 2 })
  // It closed sixteen of 24, as it had given back the two refused; the three oldest have waited 25 days.
  await expect.element(heading('flow')).toHaveTextContent('Tiếp nhận nhiều hơn kết thúc 8')
  await expect.element(heading('ageing')).toHaveTextContent('3 phản ánh chờ quá 10 ngày làm việc')
  await expect
    .element(heading('handled'))
    .toHaveTextContent('Đã xử lý 76% số đã đến hạn, gần đạt, thấp hơn mục tiêu 4 điểm %')
  // What came in today is not due: no share of it is drawn.
  const hatched = card('handled').css('[data-hatched]')
  await expect.element(hatched).toHaveLength(1)
  await expect.element(hatched).toHaveAttribute('aria-label', expect.stringMatching(/: chưa đến hạn$/))
  await expect.element(card('areas')).toContainText('từ 90% đến dưới 95% (đạt mục tiêu)')
  await expect.element(card('areas')).toContainText('gạch chéo')

  await see('/insights')
  await expect.element(card('areas')).toContainText('Trỏ vào')
  // A picture leaves out what only helps on a screen.
  const pictured = page
    .css('[data-chart]')
    .elements()
    .map((chart) => {
      const copy = chart.cloneNode(true) as Element
      for (const part of copy.querySelectorAll('[data-screen-only]')) part.remove()
      return copy.textContent
    })
  expect(pictured.join()).not.toContain('Trỏ vào')
  const last = card('agencies').getByRole('row').last()
  await expect.element(last).toContainText('Chưa giao đơn vị nào')
  for (const sort of ['Nhận', 'Nhận', 'Đơn vị']) {
    await card('agencies').getByRole('button', { name: sort }).click()
    await expect.element(last).toContainText('Chưa giao đơn vị nào')
  }
})

test('period and comparison are changed by keyboard and by address, and Back undoes it; yesterday, last week and last month are named in the address', async () => {
  await signInAs('lanhdao.tp')
  await see('/insights')
  await expect.element(page.getByText(/so với cùng số ngày đã qua của kỳ trước/)).toBeVisible()

  await press('ArrowLeft')
  await expect.poll(address).toMatch(/period=\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}/)
  await settled()
  await expect.element(page.getByText(/so với kỳ trước \(/)).toBeVisible()
  await press('ArrowRight', 'c')
  await expect.poll(address).toMatch(/compare=none/)
  await expect.element(page.getByRole('button', { name: /Không so sánh/ })).toBeVisible()
  await settled()
  await expect.element(page.getByRole('button', { name: /Vì sao\?/ })).toHaveLength(0)
  await press('c')
  await expect.poll(address).not.toMatch(/compare=none/)
  window.history.back()
  await expect.poll(address).toMatch(/compare=none/)

  for (const [name, period] of [
    ['Hôm qua', 'yesterday'],
    ['Tuần trước', 'last_week'],
  ] as const) {
    await page.getByRole('button', { name, exact: false }).click()
    await expect.poll(address).toContain(`period=${period}`)
    await settled()
    await expect.element(page.getByRole('button', { name, exact: false })).toHaveAttribute('aria-pressed', 'true')
  }
  await page.getByRole('button', { name: /Kỳ khác/ }).click()
  await page.getByRole('menuitemradio', { name: /Tháng trước/ }).click()
  await expect.poll(address).toContain('period=last_month')

  await see('/insights?period=7d&compare=year')
  await expect.element(page.getByRole('button', { name: /7 ngày/ })).toHaveAttribute('aria-pressed', 'true')
  await expect.element(page.getByText(/so với cùng số ngày đã qua năm trước/)).toBeVisible()
}, 120_000)

test('filters include an agency with those below it, are stored in the address, and can be removed', async () => {
  const { department, below } = await scene.buildDepartment()
  await signInAs('lanhdao.tp')
  await see('/insights')
  await press('f')
  const form = page.getByRole('dialog', { name: /Lọc số liệu/ })
  await form.getByLabelText('Đơn vị').fill(department.name.slice(3))
  await page.getByRole('option', { name: new RegExp(`^${department.name}`) }).click()
  await form.getByLabelText(/Mức độ/).selectOptions('normal')
  await form.getByRole('button', { name: /Xem kết quả/ }).click()
  await expect.poll(address).toContain(`agency=${department.id}&severity=normal`)
  await settled()
  await expect.element(card('kpi-received')).toContainText('24')
  await expect.element(card('agencies').getByRole('row', { name: new RegExp(below.name) })).toBeVisible()

  const chips = page.getByRole('region', { name: /Bộ lọc của bảng thống kê/ })
  await expect.element(chips).toContainText(department.name)
  await card('agencies').getByRole('button', { name: below.name, exact: false }).click()
  await settled()
  await expect.element(card('kpi-received')).toContainText('1')
  await expect.element(card('kpi-handled')).toContainText('1/1')
  await chips.getByRole('button', { name: 'Bỏ lọc' }).click()
  await expect.poll(address).toBe('/insights')

  await page.getByRole('button', { name: /So với kỳ trước/ }).click()
  await page.getByRole('menuitem', { name: /So với đơn vị khác…/ }).click()
  await form.getByLabelText(/So với đơn vị/).fill(department.name.slice(3))
  await page.getByRole('option', { name: new RegExp(`^${department.name}`) }).click()
  await form.getByRole('button', { name: /Xem kết quả/ }).click()
  await expect.element(page.getByText(`so với ${department.name}`, { exact: false })).toBeVisible()
})

test('the data points of a chart are one Tab stop, and arrows move between them', async () => {
  await signInAs('lanhdao.tp')
  await see('/insights')
  for (const id of ['flow', 'hours', 'areas']) {
    const stops = card(id).css('[data-chart] a[data-at][tabindex="0"]')
    await expect.element(stops).toHaveLength(1)
    const first = stops.element().getAttribute('href') ?? ''
    await focus(stops)
    await press(id === 'flow' ? 'ArrowLeft' : 'ArrowRight')
    const focused = card(id).css('a[data-at]:focus')
    await expect.element(focused).toHaveLength(1)
    expect(focused.element().getAttribute('href')).not.toBe(first)
  }
  // The arrows moved the data point, not the period.
  expect(address()).toBe('/insights')
})

test('every chart has its figures as a table, and a screen reader says each figure with its number', async () => {
  await signInAs('lanhdao.tp')
  await see('/insights')
  const speech = await Speech.ofPage()
  expect(await speech.walk('Heading')).toEqual(
    expect.arrayContaining([
      'heading, Thống kê, level 1',
      'heading, Tỷ lệ xử lý, level 2',
      'heading, Đúng hạn, level 2',
    ]),
  )
  await focus(page.getByRole('link', { name: /Tỷ lệ xử lý/ }).first())
  await speech.says(/^link, .*%/)
  await speech.end()

  const charts = page.css('section[data-card]:has([data-chart])').all()
  expect(charts.length).toBeGreaterThanOrEqual(14)
  for (const chart of charts) {
    const toggle = chart.getByRole('button', { name: /xem bằng bảng$/ })
    if (toggle.query()) await toggle.click()
    const table = chart.getByRole('table').last()
    await expect.element(table).toBeVisible()
    expect(table.getByRole('row').elements().length).toBeGreaterThan(1)
  }
})

test('an annotation and a target are shown on the charts', async () => {
  const { address: board, department } = await scene.buildDepartment()
  const words = `Trạm bơm mất điện ${department.id}`
  await signInAs('lanhdao.tp')
  await visit('/insights/annotations')
  await page
    .getByRole('button', { name: /Thêm chú thích/ })
    .first()
    .click()
  const noteForm = page.getByRole('dialog', { name: /Thêm chú thích/ })
  await noteForm.getByLabelText(/Nội dung/).fill(words)
  await typeDay(noteForm, 'Từ ngày', daysAgo(5))
  await noteForm.getByRole('button', { name: 'Thêm' }).click()
  await expect.element(page.getByRole('row', { name: new RegExp(words) })).toBeVisible()

  await visit('/insights/targets')
  await page
    .getByRole('button', { name: /Thêm mục tiêu/ })
    .first()
    .click()
  const targetForm = page.getByRole('dialog', { name: /Thêm mục tiêu/ })
  await targetForm.getByLabelText(/Đơn vị/).fill(department.name.slice(3))
  await page.getByRole('option', { name: new RegExp(`^${department.name}`) }).click()
  await targetForm.getByLabelText(/Mục tiêu, %/).fill('70')
  await targetForm.getByLabelText(/Biên độ chấp nhận/).fill('5')
  await typeDay(targetForm, 'Áp dụng từ', daysAgo(60))
  await targetForm.getByRole('button', { name: 'Thêm' }).click()
  await expect.element(targetForm).not.toBeInTheDocument()
  await expect.element(page.getByText(/± 5%/).first()).toBeVisible()

  await see(board)
  for (const id of ['flow', 'handled']) {
    await expect.element(card(id).getByRole('list', { name: /Sự kiện và chú thích trong kỳ/ })).toContainText(words)
  }
  await expect.element(card('handled').getByText(/Mục tiêu 70% ± 5%/)).toBeVisible()
  await expect.element(card('handled').css('.recharts-reference-line')).toHaveLength(1)
  await expect.element(card('kpi-handled')).toContainText('mục tiêu 70% · cao hơn mục tiêu 6 điểm %')
})

test('an account of one department sees whose figures they are, and no others; an empty board says why: the days are still to come, or the account has no reports', async () => {
  const { department, head } = await scene.buildDepartment()
  await signInAs(head.username)
  await see('/insights')
  const whose = page.css('main strong').first()
  await expect.element(whose).toHaveTextContent(department.name)
  await expect.element(whose).not.toHaveTextContent('được xem')
  await expect.element(card('kpi-received')).toContainText('24')
  await page.getByRole('button', { name: /Thiết lập bảng thống kê/ }).click()
  const whatIf = page.getByRole('menuitem', { name: /Thử thay đổi/ })
  await expect.element(whatIf).toHaveAttribute('href', '/insights/what-if')
  await press('Escape')
  await expect.element(whatIf).not.toBeInTheDocument()
  await card('kpi-received').getByRole('link').first().click()
  await expect.element(mark).toContainText('24 phản ánh')
  await see('/insights')
  await page.getByRole('button', { name: 'Xem mọi phản ánh được xem' }).click()
  await expect.element(whose).toHaveTextContent(`Phần ${department.name} được xem`)
  await page.getByRole('button', { name: /^Bỏ lọc Phạm vi/ }).click()
  await expect.element(whose).toHaveTextContent(department.name)
  await expect.element(whose).not.toHaveTextContent('được xem')
  await see(`/insights?agency=${department.id}`)
  await expect.element(whose).toHaveTextContent(department.name)
  // The use of the app is the city's, and says so.
  await expect.element(page.getByText('Toàn thành phố')).toHaveLength(0)

  appRouter.push('/insights?period=2099-01-01..2099-01-31')
  await expect.element(page.getByText(/Khoảng ngày này chưa đến/)).toBeVisible()
  const { username } = await scene.buildIdleHead()
  await signInAs(username)
  await see('/insights')
  await expect.element(page.getByText(/Chưa có phản ánh nào thuộc phạm vi của tài khoản này/)).toBeVisible()
}, 120_000)

test('a board that its filters empty says why, and offers the next step', async () => {
  const { address: board } = await scene.buildDepartment()
  await signInAs('lanhdao.tp')
  await see(`${board}&severity=complex`)
  await expect.element(page.getByText(/Không có phản ánh nào .* khớp với bộ lọc/)).toBeVisible()
  await page.css('main').getByRole('status').getByRole('button', { name: 'Bỏ lọc' }).click()
  await expect.poll(address).toBe('/insights')
})

test('on a phone nothing is cut off, in dark mode and in English', async () => {
  await signInAs('lanhdao.tp', { width: 390, height: 844, colorScheme: 'dark', language: 'en' })
  await see('/insights')
  expect(overhang()).toBe(0)
  const cut = page
    .css('[data-card]')
    .elements()
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
  expect(cut.map((each) => each.getAttribute('data-card'))).toEqual([])
  expect(await seriousViolations()).toEqual([])
})

test('in forced colours bars and keys keep their colours', async () => {
  await emulate({ forcedColors: 'active' })
  onTestFinished(() => emulate({ forcedColors: null }))
  await signInAs('lanhdao.tp')
  await see('/insights')
  const inks = (within: Locator) => within.elements().map((part) => getComputedStyle(part).backgroundColor)
  const key = card('hours').css('ol li')
  expect(key.elements().length).toBeGreaterThan(3)
  const swatches = inks(key.css('span'))
  expect(new Set(swatches).size).toBe(swatches.length)
  const parts = inks(
    card('kpi-handled')
      .getByRole('list', { name: /Cơ cấu phản ánh tiếp nhận/ })
      .css('li span[style]'),
  )
  expect(parts.length).toBe(5)
  expect(new Set(parts).size).toBe(5)
})
