import { expect } from '@playwright/test'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { activeRow, inOrder, lateList, officeWith, openList } from './early.ts'
import { test } from './fixtures.ts'
import { buildOfCity, buildOffice, buildReportAt } from './office.ts'
import { openReport } from './report-page.ts'
import { holdUp, loseCode, putOffAtFocus } from './slow-line.ts'
import { visit } from './visit.ts'

test('a key pressed before the row’s facts are loaded is kept, and the letters after it go into the first field', async ({
  signedInAs,
  db,
}) => {
  const { page, letGo } = await lateList({ signedInAs, db }, 'approver', 3)
  await page.keyboard.press('t')
  await page.keyboard.type('cong ty cay')
  await expect(page.getByRole('status').filter({ hasText: 'Đang mở' })).toContainText('cong ty cay')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  letGo()
  const dialog = page.getByRole('dialog', { name: /^Chuyển xử lý/ })
  await expect(dialog.getByLabel('Đơn vị')).toHaveValue('cong ty cay')
  await expect(dialog.getByLabel('Đơn vị')).toBeFocused()
  await expect(page.getByRole('dialog')).toHaveCount(1)
  await expect(activeRow(page)).toContainText('Cây nghiêng số 1')
})

/**
 * Simulates an input method that inserts letters without keys: here at the very moment at which the field gets the
 * focus.
 */
function handOverOnFocus(letters: string) {
  const handOver = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLInputElement)) return
    document.removeEventListener('focusin', handOver)
    const told = { bubbles: true, inputType: 'insertText', data: letters }
    if (!target.dispatchEvent(new InputEvent('beforeinput', { ...told, cancelable: true }))) return
    target.setRangeText(letters, target.selectionStart ?? 0, target.selectionEnd ?? 0, 'end')
    target.dispatchEvent(new InputEvent('input', told))
  }
  document.addEventListener('focusin', handOver)
}

test('letters that an input method inserts as the field appears are put behind those typed before', async ({
  signedInAs,
  db,
}) => {
  const { page, letGo } = await lateList({ signedInAs, db }, 'approver', 1)
  await page.keyboard.press('t')
  await page.keyboard.type('C')
  await page.evaluate(handOverOnFocus, 'ông ty')
  letGo()
  await expect(page.getByRole('dialog', { name: /^Chuyển xử lý/ }).getByLabel('Đơn vị')).toHaveValue('Công ty')
})

test('Esc cancels what is still opening', async ({ signedInAs, db }) => {
  const { page, letGo } = await lateList({ signedInAs, db }, 'approver', 2)
  await page.keyboard.press('p')
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 2')
  letGo()
  await expect(page.getByRole('article', { name: /^HN-/ })).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('the menu of moves opens as soon as it can, on the line that the arrows moved to', async ({ signedInAs, db }) => {
  const { page, letGo } = await lateList({ signedInAs, db }, 'officer', 1)
  await page.keyboard.press('s')
  await page.keyboard.press('ArrowDown')
  letGo()
  await expect(page.getByRole('menuitem').nth(1)).toBeFocused()
})

test('a report is accepted by a key pressed too early, while the next key already moves on', async ({
  signedInAs,
  db,
}) => {
  const { page, letGo } = await lateList({ signedInAs, db }, 'officer', 2)
  await page.keyboard.press('i')
  await page.keyboard.press('j')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 2')
  letGo()
  await expect(page.getByText(/^Đã giao HN-\S+ cho Trần Văn Hùng/)).toBeVisible()
  await expect(page.getByRole('row', { name: /Cây nghiêng số 1/ })).toContainText('Trần Văn Hùng')
  await expect(page.getByRole('row', { name: /Cây nghiêng số 2/ })).not.toContainText('Trần Văn Hùng')
})

test('a list that is switched to handles the keys that came before its rows', async ({ signedInAs, db }) => {
  const { officer } = await officeWith(db, 3)
  const page = await signedInAs(officer.username)
  await visit(page, '/reports?view=mine')
  const letGo = await holdUp(page, /\/api\/trpc\/[^?]*reports\.queue(?![A-Za-z])/)
  for (const key of ['g', 'u', 'j', 'j', 'x']) await page.keyboard.press(key)
  await expect(page).toHaveURL(/view=unassigned/)
  letGo()
  await expect(page.locator('tr[aria-selected="true"]')).toHaveCount(1)
  await expect(page.locator('tbody').getByRole('row').nth(2)).toHaveAttribute('aria-selected', 'true')
})

test('while the code of a dialog is loading no letter is a command', async ({ signedInAs, db }) => {
  const page = await openList({ signedInAs, db }, 'approver', 3)
  const letGo = await holdUp(page, /\/_next\/static\/chunks\//)
  await page.keyboard.press('t')
  await page.keyboard.type('jjx cay')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 1')
  letGo()
  await expect(page.getByRole('dialog').getByLabel('Đơn vị')).toHaveValue('jjx cay')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 1')
  await expect(page.locator('tr[aria-selected="true"]')).toHaveCount(0)
})

test('a dispatcher types the agency before its list and its suggestion are loaded, and keeps what was typed', async ({
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

test('Ctrl+Enter in a dialog that is loading does what it does in a loaded one', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const report = await buildReportAt(db, office, { state: 'awaiting_acceptance' })
  const page = await signedInAs(office.approver.username)
  const article = await openReport(page, report.code)
  let letGo = await holdUp(page, /\/_next\/static\/chunks\//)
  await page.keyboard.press('t')
  await page.keyboard.press('Control+Enter')
  letGo()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Đơn vị')).toHaveAccessibleDescription(/Chọn một mục/)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  // A partly typed name chooses no one yet.
  await visit(page, page.url())
  await expect(article).toBeVisible()
  letGo = await holdUp(page, /\/_next\/static\/chunks\//)
  await page.keyboard.press('t')
  await page.keyboard.type('cay')
  await page.keyboard.press('Control+Enter')
  letGo()
  await expect(dialog.getByLabel('Đơn vị')).toHaveValue('cay')
  await expect(page.getByRole('option').first()).toBeVisible()
  expect((await storyOf(db, report.id)).report.agencyId).toBe(office.agency.id)
})

test('a space pressed when a radio button has just got the focus chooses, on a machine that is busy then', async ({
  signedInAs,
  db,
}) => {
  const report = await buildReport(db, { state: 'awaiting_intake' })
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  await openReport(page, report.code)
  await putOffAtFocus(page)
  await page.keyboard.press('3')
  const dialog = page.getByRole('dialog', { name: /^Từ chối/ })
  await expect(dialog.getByRole('radio').first()).toBeFocused()
  await page.keyboard.press('Space')
  await expect(dialog.getByRole('radio').first()).toBeChecked()
})

test('Esc right after a key keeps a dialog closed whose code is loading', async ({ signedInAs, db }) => {
  const page = await openList({ signedInAs, db }, 'approver', 2)
  const letGo = await holdUp(page, /\/_next\/static\/chunks\//)
  await page.keyboard.press('p')
  await page.keyboard.type('ab')
  await page.keyboard.press('Escape')
  letGo()
  await page.keyboard.press('j')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 2')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('a dialog whose code fails to load leaves the page as it is and says so; with the connection back it opens', async ({
  signedInAs,
  db,
}) => {
  const { approver } = await officeWith(db, 2)
  const page = await signedInAs(approver.username)
  // From the beginning: an idle page preloads the code of its dialogs.
  const bringBack = await loseCode(page, 'scrollPaper')
  await visit(page, inOrder)
  await expect(page.getByRole('article', { name: /^HN-/ })).toBeVisible()
  await page.keyboard.press('t')
  await expect(page.getByText('Không kết nối được máy chủ.')).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('j')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 2')
  await bringBack()
  await page.keyboard.press('t')
  await expect(page.getByRole('dialog').getByLabel('Đơn vị')).toBeFocused()
})

test('Back before Next has processed the report’s address closes the report again, and the list has its keys', async ({
  signedInAs,
  db,
}) => {
  const { officer } = await officeWith(db, 2)
  const page = await signedInAs(officer.username)
  await visit(page, inOrder)
  const list = page.url()
  await expect(activeRow(page)).toContainText('Cây nghiêng số 1')
  // Next learns of addresses through its own `pushState`: without it, it stays as late as possible.
  await page.evaluate(() => Reflect.deleteProperty(window.history, 'pushState'))
  await page.keyboard.press('Enter')
  const opened = page.getByRole('article', { name: /^HN-/ }).getByRole('button', { name: 'Về danh sách' })
  await expect(opened).toBeVisible()
  await expect(page).not.toHaveURL(list)
  await page.goBack()
  await expect(page).toHaveURL(list)
  await expect(opened).toBeHidden()
  await page.keyboard.press('j')
  await expect(activeRow(page)).toContainText('Cây nghiêng số 2')
})
