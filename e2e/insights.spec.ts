import { expect, type Locator, type Page } from '@playwright/test'
import { buildDepartment } from '#components/insights/department.scene.ts'
import { test } from './fixtures.ts'
import { see } from './routes.ts'

const card = (page: Page, id: string): Locator => page.locator(`[data-card="${id}"]`)
const settled = (page: Page) => expect(page.locator('main [aria-busy="true"]:not(button)')).toHaveCount(0)

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
