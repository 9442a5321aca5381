import { expect, test } from 'vitest'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, textsOf } from '#app/testing/hands.ts'
import { see } from '#app/testing/sight.ts'

const report = page.getByRole('article', { name: /Văn bản báo cáo/ })
const period = report.getByText(/^Tuần từ/)
const figures = ['Tiếp nhận', 'Tỷ lệ xử lý', 'Đúng hạn', 'Đang mở', 'Tỷ lệ hài lòng, chấp nhận'] as const

/** The value of a figure in the report: the first thing in its cell for this period. */
function valueIn(name: string): string {
  const row = report.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })
  return row.getByRole('cell').first().element().firstElementChild?.textContent ?? ''
}

/** Of a cohort that is not all due yet the card says in words what the report says as a fraction. */
const inWords = (fraction: string): string => `đã xử lý ${fraction.replace('/', ' trong ')} phản ánh`

test('a manager reads the week that has ended: its figures are those of the board, and open their reports', async () => {
  await signInAs('lanhdao.tp')
  await visit('/insights')
  await page.getByRole('button', { name: /Thiết lập bảng thống kê/ }).click()
  await page.getByRole('menuitem', { name: /Báo cáo lãnh đạo/ }).click()
  await expect.element(report.getByRole('heading', { name: /Báo cáo tuần/ })).toBeVisible()

  await report
    .getByRole('row', { name: /^Tiếp nhận/ })
    .getByRole('link')
    .click()
  await expect.poll(() => window.location.search).toMatch(/mark=received/)
  await expect
    .element(page.getByRole('region', { name: /Con số trên bảng thống kê/ }))
    .toContainText('đúng bằng số trên bảng')
  window.history.back()
  await expect.element(report).toBeVisible()

  // In the meantime a test in another window may have handled a report of that week: then both are read again.
  const letter = `${window.location.pathname}${window.location.search}`
  await expect
    .poll(async () => {
      await visit(letter)
      await expect.element(report.getByRole('heading', { name: /Báo cáo tuần/ })).toBeVisible()
      const told = figures.map(valueIn)
      await page.getByRole('link', { name: /Mở trên bảng thống kê/ }).click()
      await expect.element(page.getByRole('heading', { level: 1, name: /Thống kê/ })).toBeVisible()
      const cards = figures.map((name) => page.getByRole('link', { name: new RegExp(`^${name}: `) }).first())
      for (const card of cards) await expect.element(card).toBeVisible()
      const [handled = ''] = textsOf(page.css('[data-card="kpi-handled"]'))
      return cards.flatMap((card, place) => {
        const value = told[place] || 'nothing told'
        const isCounted = figures[place] === 'Tỷ lệ xử lý' && handled.includes(inWords(value))
        return isCounted || textsOf(card)[0]?.includes(value) ? [] : [value]
      })
    })
    .toEqual([])
})

test('days, weeks, months and agencies change with the address; a period that has not ended cannot be opened', async () => {
  await signInAs('lanhdao.tp')
  await see('/insights/weekly?from=2099-01-01')
  const next = page.getByRole('button', { name: /Kỳ sau/ })
  const last = (await period.findElement()).textContent ?? ''
  await expect.element(next).toBeDisabled()
  await page.getByRole('button', { name: /Kỳ trước/ }).click()
  await expect.element(period).not.toHaveTextContent(last)
  await next.click()
  await expect.element(period).toHaveTextContent(last)
  await page.getByRole('button', { name: /Tháng/ }).click()
  await expect.element(report.getByRole('heading', { name: /Báo cáo tháng/ })).toBeVisible()
  await expect.poll(() => window.location.search).toMatch(/edition=monthly/)
  await visit(`${window.location.pathname}${window.location.search}`)
  await expect.element(report.getByRole('heading', { name: /Báo cáo tháng/ })).toBeVisible()

  await page.getByRole('button', { name: 'Ngày' }).click()
  await expect.element(report.getByRole('heading', { name: /Báo cáo ngày/ })).toBeVisible()
  await expect.element(report.getByText(/, cùng thứ tuần trước$/)).toBeVisible()
  await expect.element(next).toBeDisabled()
  const received = valueIn('Tiếp nhận')
  await page.getByRole('link', { name: /Mở trên bảng thống kê/ }).click()
  await expect.element(page.getByRole('button', { name: /So với các ngày cùng thứ trước đó/ })).toBeVisible()
  await expect.element(page.getByRole('link', { name: /^Tiếp nhận: / }).first()).toContainText(received)
})
