import { expect, type Locator, type Page } from '@playwright/test'
import { buildDepartment } from '#db/factories/department.ts'
import { test } from './fixtures.ts'
import { see } from './routes.ts'

const card = (page: Page, id: string): Locator => page.locator(`[data-card="${id}"]`)
const settled = (page: Page) => expect(page.locator('main [aria-busy="true"]:not(button)')).toHaveCount(0)
const mark = (page: Page) => page.getByRole('region', { name: 'Con số trên bảng thống kê' })
const scrolled = (page: Page) => page.locator('#main').evaluate(({ scrollTop }) => scrollTop)

/** The scroll position once it rests: charts that are drawn above what is in sight move it. */
async function restingPlace(page: Page): Promise<number> {
  let place = Number.NaN
  const isSame = async () => {
    const before = place
    place = await scrolled(page)
    return place === before
  }
  await expect.poll(isSame, { intervals: [300] }).toBe(true)
  return place
}

/** Opens a figure by the keyboard, finds exactly its reports, and returns to it. */
async function drill(page: Page, link: Locator, count: number): Promise<void> {
  const address = page.url()
  await settled(page)
  await link.scrollIntoViewIfNeeded()
  await link.focus()
  const place = await restingPlace(page)
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
  await card(page, 'kpi-handled').getByRole('link', { name: 'Mở 16 phản ánh của tử số' }).click()
  await mark(page).getByRole('link', { name: 'Mở mẫu số: Tiếp nhận trong kỳ' }).click()
  await expect(mark(page)).toContainText('24 phản ánh, đúng bằng số trên bảng')
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
