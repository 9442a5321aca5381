import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { visit } from '#app/testing/desk.tsx'
import { type Locator, page, press, type } from '#app/testing/hands.ts'
import { onServer } from '#app/testing/server.ts'
import { addressOf, decide, openStrip, shownTitle, signInDispatcher } from '#app/testing/triage-hands.ts'

const { buildFields, buildMixed } = onServer<typeof import('#e2e/strip.ts')>('e2e/strip.ts')
const { buildReport } = onServer<typeof import('#db/factories/reports.ts')>('db/factories/reports.ts')
const { stateOf, stored } = onServer<typeof import('#app/testing/beside/reports.ts')>('app/testing/beside/reports.ts')
const { buildTrees } = onServer<typeof import('./triage.scene.ts')>('components/reports/triage/triage.scene.ts')

const screen = { width: 1366, height: 768 }

const boxOf = (part: Locator) => part.element().getBoundingClientRect()

/** The report ends where the sheet begins. */
function isBeside(sheet: Locator): boolean {
  const [report, beside] = [boxOf(page.getByRole('region', { name: 'Phản ánh đang xem' })), boxOf(sheet)]
  return beside.width > 400 && report.width > 600 && report.x + report.width <= beside.x
}

test('likely duplicates stand side by side beside the report; a digit chooses, and Enter merges', async () => {
  const { fields, asked, fallen, leaning } = await buildTrees()
  await signInDispatcher(screen)
  await visit(addressOf(fields))
  await expect.element(shownTitle).toHaveTextContent(asked.title)

  // Before `2` all that decides is there already.
  const sheet = page.getByRole('complementary', { name: 'Quyết định cho phản ánh đang xem' })
  const options = sheet.getByRole('option')
  await expect.element(options).toHaveLength(2)
  expect(await seriousViolations()).toEqual([])
  await press('2')
  await expect.element(sheet.getByRole('listbox', { name: 'Gộp vào' })).toHaveFocus()
  await expect.element(sheet.getByRole('heading', { name: 'Trùng với phản ánh nào?' })).toBeVisible()
  expect(isBeside(sheet)).toBe(true)
  const [one, other] = [options.nth(0), options.nth(1)]
  expect(boxOf(one).y).toBe(boxOf(other).y)
  await expect.element(one).toMatchTextContent(/cách 3\d m/)
  await expect.element(one).toContainText('trước 42 phút')
  await expect.element(one).toContainText('cùng Lò Đúc')
  await expect.element(one).toContainText('số 88, không phải số 95')
  await expect.element(one.css('mark').filter({ hasText: 'đổ ngang đường' })).toBeVisible()
  await expect.element(page.getByRole('article').css('mark').filter({ hasText: 'đổ ngang đường' })).toBeVisible()
  await expect.element(sheet.getByText(/^Giữ .*5 người phản ánh/)).toContainText(fallen.code)
  expect(await seriousViolations()).toEqual([])

  await press('2')
  await expect.element(other).toHaveAttribute('aria-selected', 'true')
  await expect.element(sheet.getByText(/^Giữ /)).toContainText(leaning.code)
  // Looking at the report ends nothing; Escape does, from there too.
  await shownTitle.click()
  await expect.element(other).toHaveAttribute('aria-selected', 'true')
  await press('Escape')
  await expect.element(sheet.getByRole('heading', { name: 'Trùng với phản ánh nào?' })).not.toBeInTheDocument()
  await press('2')
  await expect.element(sheet.getByRole('listbox', { name: 'Gộp vào' })).toHaveFocus()
  await press('ArrowLeft')
  await press('Enter')
  await expect.element(page.getByText(`Đã gộp ${asked.code} vào ${fallen.code}`, { exact: false })).toBeVisible()
  await expect.poll(() => stateOf(asked.id)).toBe('merged')
})

test('any other report is found beside the report, and a rejection is asked there too, its undo in a lane', async () => {
  const fields = await buildFields()
  const [first, second] = await buildMixed(fields, 2)
  const elsewhere = await buildReport({ state: 'in_progress', categoryCode: fields.decided })
  await signInDispatcher(screen)
  await visit(addressOf(fields))
  await expect.element(shownTitle).toHaveTextContent(first?.title ?? '')

  await press('3')
  const dialog = page.getByRole('dialog', { name: /^Từ chối/ })
  await expect.element(dialog.getByRole('radio').first()).toHaveFocus()
  expect(isBeside(dialog)).toBe(true)
  expect(await seriousViolations()).toEqual([])
  await press('6')
  await press('Control+Enter')
  await expect.element(shownTitle).toHaveTextContent(second?.title ?? '')
  const lane = boxOf(page.getByText(`Đã từ chối ${first?.code}`, { exact: false }))
  const bar = boxOf(page.getByRole('region', { name: 'Quyết định' }))
  const proposal = boxOf(page.getByRole('region', { name: 'Đề xuất theo quy tắc' }))
  expect(lane.y).toBeGreaterThan(proposal.y + proposal.height)
  expect(lane.y + lane.height).toBeLessThanOrEqual(bar.y)

  await press('2')
  const search = page.getByLabelText(/^Phản ánh khác: gõ mã hoặc vài chữ, không cần dấu/)
  await expect.element(search).toHaveFocus()
  await type(elsewhere.code)
  await expect.element(page.getByText(/^Giữ /)).toContainText(elsewhere.code)
  await press('Enter')
  await expect.element(page.getByText(`Đã gộp ${second?.code} vào ${elsewhere.code}`, { exact: false })).toBeVisible()
  await expect.poll(async () => (await stored([second?.id ?? 0]))[0]?.mergedIntoId).toBe(elsewhere.id)
})

test('a rejection that is being written stays with its report when the decision before it is undone', async () => {
  const { built } = await openStrip(2, { screen })
  const [first, second] = built
  await decide('reject')
  await expect.element(shownTitle).toHaveTextContent(second?.title ?? '')

  await press('3')
  const dialog = page.getByRole('dialog', { name: /^Từ chối/ })
  await expect.element(dialog.getByRole('radio').first()).toHaveFocus()
  await press('5')
  const answer = dialog.getByLabelText(/^Trả lời công dân/)
  await answer.fill('Nội dung dành cho phản ánh thứ hai.')
  await page.getByRole('button', { name: /^Hoàn tác/ }).click()
  await expect.element(page.getByText(`Đã hoàn tác trên ${first?.code}`, { exact: false })).toBeVisible()
  await expect.poll(() => stateOf(first?.id ?? 0)).toBe('awaiting_intake')
  await expect.element(shownTitle).toHaveTextContent(second?.title ?? '')
  await expect.element(answer).toHaveValue('Nội dung dành cho phản ánh thứ hai.')
  await expect.element(page.getByRole('button', { name: /^Hoãn/ })).toHaveAttribute('aria-disabled', 'true')

  await answer.click()
  await press('Control+Enter')
  await expect.element(page.getByText(`Đã từ chối ${second?.code}`, { exact: false })).toBeVisible()
  await expect.element(shownTitle).toHaveTextContent(first?.title ?? '')
  await expect.poll(() => stateOf(second?.id ?? 0)).toBe('rejected')
  expect(await stateOf(first?.id ?? 0)).toBe('awaiting_intake')
})
