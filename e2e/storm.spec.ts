import { readFile } from 'node:fs/promises'
import { type Download, expect, type Locator, type Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { like } from 'drizzle-orm'
import readWorkbook from 'read-excel-file/node'
import type { Database } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildReport } from '#db/factories/reports.ts'
import { unique } from '#db/factories/unique.ts'
import { areas, incidents } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { hoursAgo } from './office.ts'
import { complaintsOf, hearHere, ofColours, onPhone, overhang, paintHere, see, untranslated } from './routes.ts'
import { awake } from './visit.ts'

const card = (page: Page, id: string): Locator => page.locator(`[data-card="storm-${id}"]`)
const figures = (page: Page): Locator => page.getByRole('region', { name: /^(Số liệu chính|Main figures) / })
const mark = (page: Page) => page.getByRole('region', { name: 'Con số trên bảng thống kê' })

const headingOfYagi = (page: Page) => page.getByRole('heading', { level: 1, name: /Yagi/ })

/** The storm of September 2024. */
async function openYagi(page: Page, db: Database): Promise<void> {
  const [yagi] = await db.select({ id: incidents.id }).from(incidents).where(like(incidents.name, '%Yagi%'))
  await see(page, `/insights/storm/${yagi?.id}`)
  await expect(headingOfYagi(page)).toBeVisible()
}

/** Opens a figure by the keyboard, finds exactly its reports, and returns. */
async function drill(page: Page, link: Locator, count: number): Promise<void> {
  const address = page.url()
  await link.focus()
  await page.keyboard.press('Enter')
  await expect(mark(page)).toContainText(`${count} phản ánh, đúng bằng số trên bảng`)
  const grid = page.getByRole('grid')
  await expect(grid).toHaveAttribute('aria-rowcount', String(count + 1))
  if (count <= 8) await expect(grid.getByRole('row')).toHaveCount(count + 1)
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(address)
}

/** A storm in progress with a separate agency: two reports within the hour, one of the hour before. */
async function buildStorm(db: Database) {
  const incident = await buildIncident(db, {
    name: `Bão ${unique('storm')}`,
    startsAt: hoursAgo(6),
    stormMode: true,
  })
  const { calendarId } = await buildCity(db)
  const agency = await buildAgency(db, { calendarId })
  const category = await buildCategory(db)
  const [area] = await db.select().from(areas).limit(1)
  if (!area) throw new Error('the city has no commune')
  const build = (wanted: Parameters<typeof buildReport>[1]) =>
    buildReport(db, {
      incidentId: incident.id,
      categoryCode: category.code,
      areaId: area.id,
      agencyId: agency.id,
      heldBy: [agency.id],
      state: 'in_progress',
      ...wanted,
    })
  await build({ receivedAt: hoursAgo(1.5), title: 'Cây đổ từ sớm' })
  await build({ receivedAt: hoursAgo(0.5), severity: 'urgent' })
  await build({ receivedAt: hoursAgo(0.2) })
  return { incident, agency, category, area, build }
}

test('a manager reads how Yagi went, and every figure leads to exactly its reports', async ({ signedInAs }) => {
  const page = await signedInAs('lanhdao.tp')
  const complaints = complaintsOf(page)
  await see(page, '/incidents')
  await page.getByRole('link', { name: /Yagi/ }).click()
  await page.getByRole('link', { name: 'Diễn biến', exact: true }).click()
  await expect(headingOfYagi(page)).toBeVisible()
  await expect(page).toHaveURL(/\/insights\/storm\/[0-9a-f-]{36}$/)
  await awake(page)
  await expect(page.getByText('Toàn thành phố')).toBeVisible()
  await expect(page.getByText(/số liệu lúc \d{2}\/\d{2}\/\d{4} \d{2}:\d{2}/)).toBeVisible()
  const terms = figures(page)
  await expect(terms.getByRole('link', { name: /^Phản ánh: 110\./ })).toBeVisible()
  await expect(terms).toContainText('không còn phản ánh nào mở')
  await expect(terms.getByRole('link', { name: /^Tỷ lệ xử lý: 100%/ })).toBeVisible()
  await expect(terms.getByRole('link', { name: /^Bản tin đã phát hành: 315\./ })).toBeVisible()
  const parts = terms.getByRole('list', { name: 'Cơ cấu phản ánh tiếp nhận' }).getByRole('listitem')
  const counts = (await parts.allTextContents()).map((text) => Number(/(\d+)$/.exec(text)?.[1]))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(110)

  const grid = card(page, 'grid').getByRole('table')
  const days = grid.getByRole('columnheader')
  await expect(days).toHaveText(['06/09', '07/09', '08/09', '09/09', '10/09', '11/09'])
  const cells = await grid.getByRole('cell').allTextContents()
  expect(cells.reduce((sum, cell) => sum + (Number(cell) || 0), 0)).toBe(110)

  await drill(page, terms.getByRole('link', { name: /^Phản ánh: 110\./ }), 110)
  const busiest = terms.getByRole('link', { name: /^Giờ cao điểm: \d+\./ })
  await drill(page, busiest, Number(await busiest.textContent()))
  const cell = grid.getByRole('link', { name: /, (T|t)hứ Bảy, 07\/09\/2024: [2-8]$/ }).first()
  await drill(page, cell, Number(await cell.textContent()))
  const kind = card(page, 'kinds').getByRole('link').nth(2)
  await drill(page, kind, Number(/\d+$/.exec((await kind.textContent()) ?? '')?.[0]))
  expect(complaints).toEqual([])
})

test('the map plays and is stepped through by keyboard; a commune opens what had happened there by then', async ({
  signedInAs,
  db,
}) => {
  const page = await signedInAs('lanhdao.tp')
  await openYagi(page, db)
  const map = card(page, 'map')
  await expect(map.locator('svg a').first()).toBeAttached()
  const slider = map.getByRole('slider', { name: 'Thời điểm trên bản đồ' })
  const place = () => slider.inputValue().then(Number)
  const last = Number(await slider.getAttribute('max'))
  expect(await place()).toBe(last)
  const shown = () => map.locator('svg a').count()
  const whole = await shown()

  await page.keyboard.press('p')
  await expect(map.getByRole('button', { name: 'Dừng' })).toBeVisible()
  await expect.poll(place).toBeGreaterThan(2)
  expect(await place()).toBeLessThan(last)
  await page.keyboard.press('p')
  await expect(map.getByRole('button', { name: 'Phát lại diễn biến' })).toBeVisible()
  const stopped = await place()
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowLeft')
  expect(await place()).toBe(stopped + 1)
  expect(await shown()).toBeLessThan(whole)
  await expect(slider).toHaveAttribute('aria-valuetext', /^đến \d{2}:00 Thứ \S+, \d{2}\/09\/2024$/)

  await slider.focus()
  await page.keyboard.press('End')
  expect(await place()).toBe(last)
  await page.keyboard.press('Home')
  expect(await place()).toBe(0)
  await page.keyboard.press('End')
  const labels = await map
    .locator('svg a')
    .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''))
  const few = labels.find((label) => /: [2-8]$/.test(label)) ?? ''
  await drill(page, map.locator(`svg a[aria-label="${few}"]`).first(), Number(few.at(-1)))
})

test('one kind and one commune by hour and by day: the chart and its table narrow together', async ({
  signedInAs,
  db,
}) => {
  const page = await signedInAs('lanhdao.tp')
  await openYagi(page, db)
  const course = card(page, 'course')
  await expect(course.locator('.recharts-surface')).toBeVisible()
  await expect(course).toContainText('phản ánh được nhập sau khi xảy ra')
  await course.getByRole('button', { name: 'Ngày', exact: true }).click()
  await course.getByRole('button', { name: /xem bằng bảng$/ }).click()
  const table = course.getByRole('table')
  const sumOf = async (column: string) => {
    const texts = await table.locator(`td[data-label="${column}"]`).allTextContents()
    return texts.reduce((sum, text) => sum + Number(text), 0)
  }
  await expect(table.getByRole('row')).toHaveCount(7 + 1)
  expect([await sumOf('Phát sinh'), await sumOf('Kết thúc')]).toEqual([110, 110])
  const closed = table.locator('td[data-label="Kết thúc"]').last().getByRole('link')
  await drill(page, closed, Number(await closed.textContent()))

  await openYagi(page, db)
  await course.getByLabel('Loại phản ánh').selectOption('TN-01')
  await course.getByRole('button', { name: 'Ngày', exact: true }).click()
  await course.getByRole('button', { name: /xem bằng bảng$/ }).click()
  const flooded = await sumOf('Phát sinh')
  await expect(card(page, 'kinds').getByRole('listitem').filter({ hasText: 'Ngập úng' })).toContainText(String(flooded))
  await expect(table.getByRole('columnheader', { name: 'Còn mở cuối thời đoạn' })).toHaveCount(0)
})

test('every chart has its figures as a table, and nothing on the page breaks an accessibility rule', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const page = await signedInAs('lanhdao.tp')
  await openYagi(page, db)
  await expect(card(page, 'map').locator('svg a').first()).toBeAttached()
  expect(await seriousViolations(page)).toEqual([])
  expect(await untranslated(page)).toEqual([])
  for (const id of ['course', 'map', 'kinds', 'grid']) {
    await card(page, id)
      .getByRole('button', { name: /xem bằng bảng$/ })
      .click()
    const table = card(page, id).getByRole('table').last()
    await expect(table).toBeVisible()
    expect(await table.getByRole('row').count()).toBeGreaterThan(3)
  }
  expect(await seriousViolations(page)).toEqual([])
})

test('a storm in progress shows the last hour against the one before, what is open, and who waits longest, also on a phone', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const { incident } = await buildStorm(db)
  const page = await signedInAs('lanhdao.tp')
  await see(page, `/insights/storm/${incident.id}`)
  const terms = figures(page)
  await expect(terms.getByRole('link', { name: /^Nhận trong 60 phút qua: 2\./ })).toBeVisible()
  await expect(terms).toContainText('60 phút trước đó: 1')
  await expect(terms).toContainText('chưa tính được: quá nửa còn mở (3/3)')
  await expect(card(page, 'oldest').getByRole('listitem').first()).toContainText('Cây đổ từ sớm')
  await drill(page, terms.getByRole('link', { name: /^Nhận trong 60 phút qua/ }), 2)
  await drill(page, terms.getByRole('link', { name: '1 khẩn' }), 1)
  await drill(page, terms.getByRole('link', { name: /^Đang mở: 3\./ }), 3)

  await paintHere(page, 'dark')
  await hearHere(page, 'en')
  await onPhone(page, 390)
  await expect(card(page, 'map').locator('svg a').first()).toBeAttached()
  expect(await untranslated(page)).toEqual([])
  await expect.poll(() => overhang(page)).toBe(0)
  expect(await seriousViolations(page)).toEqual([])
})

test('an agency sees its own part and a note that says so; a storm without reports says why it is empty; an editor is led to no figures', async ({
  signedInAs,
  db,
}) => {
  const { incident, agency, area, category } = await buildStorm(db)
  const elsewhere = await buildAgency(db, { calendarId: agency.calendarId })
  await buildReport(db, {
    incidentId: incident.id,
    categoryCode: category.code,
    areaId: area.id,
    agencyId: elsewhere.id,
    heldBy: [elsewhere.id],
    state: 'in_progress',
    receivedAt: hoursAgo(2),
  })
  const head = await buildAccount(db, { agency, roles: ['approver'] })
  const page = await signedInAs(head.username)
  await see(page, `/insights/storm/${incident.id}`)
  await expect(page.getByText('Chỉ những phản ánh tài khoản này được xem, không phải toàn thành phố')).toBeVisible()
  await expect(figures(page).getByRole('link', { name: /^Phản ánh: 3\./ })).toBeVisible()

  const { id } = await buildIncident(db, { name: `Bão ${unique('storm')}`, startsAt: hoursAgo(-48) })
  await see(page, `/insights/storm/${id}`)
  await expect(page.getByRole('heading', { name: 'Chưa có phản ánh nào thuộc sự kiện này' })).toBeVisible()
  await expect(page.getByText(/^Sự kiện bắt đầu lúc \d{2}\/\d{2}\/\d{4} \d{2}:\d{2}\./)).toBeVisible()

  const editor = await signedInAs('bientap')
  await editor.goto(`/incidents/${incident.id}`)
  await expect(editor.getByRole('heading', { level: 1 })).toContainText(incident.name)
  await expect(editor.getByRole('link', { name: 'Diễn biến', exact: true })).toHaveCount(0)
})

test('the wall screen keeps its figures when the connection is lost, says how old they are, and recovers by itself', async ({
  signedInAs,
  db,
}) => {
  const { incident, build } = await buildStorm(db)
  const page = await signedInAs('lanhdao.tp', { viewport: { width: 1920, height: 1080 } })
  await page.clock.install()
  await see(page, '/screen')
  await page.getByRole('link', { name: new RegExp(incident.name) }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(incident.name)
  const total = figures(page)
    .locator('div')
    .filter({ hasText: /^Phản ánh/ })
  const status = page.getByRole('status')
  await expect(total).toContainText('3')
  await expect(status).toContainText(/^Số liệu lúc /)
  await expect(page.getByRole('button')).toHaveCount(0)
  await expect(page.getByRole('link')).toHaveCount(0)

  // By itself, every half minute.
  await build({ receivedAt: hoursAgo(0.1) })
  await page.clock.fastForward('00:31')
  await expect(total).toContainText('4')

  await page.context().setOffline(true)
  await build({ receivedAt: hoursAgo(0.05) })
  await page.clock.fastForward('00:31')
  await expect(status).toContainText(
    /^Mất kết nối\. Đang giữ số liệu lúc \d{2}\/\d{2}\/\d{4} \d{2}:\d{2}, cách đây \d+ giây\./,
  )
  await expect(status).toContainText(/Thử lại sau \d+ giây|Đang kết nối lại/)
  await expect(total).toContainText('4')
  await page.clock.fastForward('05:00')
  await expect(status).toContainText('cách đây 5 phút')
  await expect(total).toContainText('4')

  await page.context().setOffline(false)
  await expect(status).toContainText(/^Số liệu lúc /)
  await expect(total).toContainText('5')
})

test('a failing server is queried at growing intervals, and the wall screen goes on when it answers', async ({
  signedInAs,
  db,
}) => {
  const { incident } = await buildStorm(db)
  const page = await signedInAs('lanhdao.tp', { viewport: { width: 1920, height: 1080 } })
  await page.clock.install()
  await see(page, `/screen/${incident.id}`)
  let asked = 0
  await page.route(/\/api\/trpc\/insights\.wall/, async (route) => {
    asked += 1
    await route.fulfill({ status: 502, body: 'Bad gateway' })
  })
  // The clock is paused: on a busy machine the wall screen would otherwise reload by itself between two lines.
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 10_000))
  const status = page.getByRole('status')
  const pass = async (time: string, askedThen: number) => {
    // In one step: what is answered meanwhile is not queried again within it.
    await page.clock.fastForward(time)
    const countSoon = async () => {
      await page.clock.runFor(10)
      return asked
    }
    await expect.poll(countSoon).toBe(askedThen)
    await expect(status).toContainText('Thử lại sau')
  }
  await pass('00:31', 1)
  await expect(status).toContainText('Mất kết nối')
  for (const [failures, wait] of ['00:02', '00:04', '00:08', '00:16'].entries()) await pass(wait, failures + 2)
  await page.unroute(/\/api\/trpc\/insights\.wall/)
  await page.clock.resume()
  await page.clock.fastForward('00:32')
  await expect(status).toContainText(/^Số liệu lúc /)
})

test('the wall screen passes axe and fits its screen, in both languages, by day and by night', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const { incident } = await buildStorm(db)
  const viewport = { width: 1920, height: 1080 }
  const page = await signedInAs('lanhdao.tp', { language: 'en', colorScheme: 'dark', viewport })
  const complaints = complaintsOf(page)
  const fits = async (width: number) => {
    await expect.poll(() => overhang(page), { message: `at ${width}` }).toBe(0)
    const cut = await page
      .locator('main, main section')
      .evaluateAll((parts) =>
        parts.filter((part) => part.scrollHeight > part.clientHeight + 1).map(({ textContent }) => textContent),
      )
    expect(cut, `at ${width}`).toEqual([])
  }
  await see(page, `/screen/${incident.id}`)
  await expect(page.locator('figure path').first()).toBeAttached()
  expect(await untranslated(page)).toEqual([])
  expect(await seriousViolations(page, undefined, ofColours)).toEqual([])
  await fits(1920)
  await paintHere(page, 'light')
  await hearHere(page, 'vi')
  expect(await untranslated(page)).toEqual([])
  expect(await seriousViolations(page)).toEqual([])
  await fits(1920)
  for (const size of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size)
    await fits(size.width)
  }
  // Here its parts stand one under the other.
  expect(await seriousViolations(page)).toEqual([])
  expect(complaints).toEqual([])
})

test('a manager downloads a card as CSV and the whole page as a workbook, and both contain the figures of the page', async ({
  signedInAs,
  db,
}) => {
  const page = await signedInAs('lanhdao.tp')
  await openYagi(page, db)
  const taken = async (menu: string, entry: string): Promise<Download> => {
    await page.getByRole('button', { name: menu }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: entry }).first().click(),
    ])
    return download
  }
  const kinds = await taken('Tải về: Theo loại phản ánh', 'Số liệu (CSV)')
  expect(kinds.suggestedFilename()).toMatch(/^storm-kinds-\d{4}-\d{2}-\d{2}\.csv$/)
  const [head, ...rows] = parse(await readFile(await kinds.path()), { bom: true }) as string[][]
  expect(head?.slice(0, 4)).toEqual(['Loại phản ánh', 'Mã', 'Tổng', 'Đang mở'])
  expect(rows.reduce((sum, row) => sum + Number(row[2]), 0)).toBe(110)

  const whole = await taken('Tải số liệu, in', 'Bảng tính (XLSX)')
  expect(whole.suggestedFilename()).toMatch(/^storm-\d{4}-\d{2}-\d{2}\.xlsx$/)
  const workbook = await readWorkbook(await readFile(await whole.path()))
  expect(workbook.map(({ sheet }) => sheet)).toEqual([
    'Chỉ số chính',
    'Phát sinh và kết thúc',
    'Theo địa bàn',
    'Theo loại phản ánh',
    'Theo ngày',
    'Chờ lâu nhất',
    'Giới thiệu',
  ])
  const tab = (name: string) => workbook.find(({ sheet }) => sheet === name)?.data ?? []
  expect(tab('Chỉ số chính')[1]?.slice(0, 2)).toEqual(['Phản ánh', 110])
  expect(
    tab('Phát sinh và kết thúc')
      .slice(1)
      .reduce((sum, row) => sum + Number(row[2]), 0),
  ).toBe(110)
  expect(tab('Giới thiệu').find(([item]) => item === 'Tiêu đề')?.[1]).toMatch(/^Diễn biến: .*Yagi/)
})

test('in print the storm is its figures and each chart with its table, without controls', async ({
  signedInAs,
  db,
}) => {
  const page = await signedInAs('lanhdao.tp', { viewport: { width: 1032, height: 700 } })
  await openYagi(page, db)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('button')).toHaveCount(0)
  await expect(page.getByRole('slider')).toHaveCount(0)
  await expect(page.getByRole('combobox')).toHaveCount(0)
  for (const id of ['course', 'map', 'kinds', 'grid']) {
    await expect(card(page, id).getByRole('table').last()).toBeVisible()
  }
  await expect(figures(page)).toContainText('110')
})
