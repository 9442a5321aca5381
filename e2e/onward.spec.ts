import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { holdUp, isCall } from './slow-line.ts'
import { visit } from './visit.ts'

/** An office with `count` reports, the first of them due first. */
async function officeWith(db: Parameters<typeof buildOffice>[0], count: number) {
  const office = await buildOffice(db)
  for (let i = 1; i <= count; i++) {
    const dueAt = new Date(Date.now() + i * 3_600_000)
    await buildReportAt(db, office, { title: `Cây nghiêng số ${i}`, dueAt, soonAt: null })
  }
  return office
}

const title = (page: Page) => page.getByRole('article').getByRole('heading', { level: 1 })
const note = (page: Page) => page.getByRole('textbox', { name: 'Nội dung ghi chú' })
const nextPage = /\/api\/trpc\/[^?]*reports\.queue(?![A-Za-z])/

async function write(page: Page): Promise<void> {
  await page.keyboard.press('r')
  const box = page.getByRole('region', { name: 'Trả lời công dân' })
  await box.getByLabel('Kết quả xử lý').fill('Đã chằng chống cây nghiêng.')
  await box.getByLabel('Địa điểm').fill('Trước cổng trường')
  await box.getByLabel('Thời gian').fill('Chiều qua')
  await box.getByRole('radio', { name: 'Đã khắc phục' }).check()
}

test('from the last loaded report ] moves on to the next, once that is loaded, and applies what is pressed after it there', async ({
  signedInAs,
  db,
}) => {
  const { officer } = await officeWith(db, 60)
  const page = await signedInAs(officer.username)
  let letGo = await holdUp(page, nextPage, 'abort')
  await visit(page, '/reports?view=my_agency')
  for (let i = 1; i < 50; i++) await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(title(page)).toHaveText('Cây nghiêng số 50')
  for (const key of [']', 'e']) await page.keyboard.press(key)
  await expect(title(page)).toBeHidden()
  letGo()
  await expect(page.getByRole('paragraph').filter({ hasText: 'Chưa tải được phần tiếp theo' })).toBeVisible()
  await expect(title(page)).toHaveText('Cây nghiêng số 50')
  await expect(note(page)).toHaveCount(0)

  await page.unrouteAll()
  letGo = await holdUp(page, nextPage)
  for (const key of [']', ']', 'e']) await page.keyboard.press(key)
  letGo()
  await expect(title(page)).toHaveText('Cây nghiêng số 52')
  await expect(page.getByText('52/60')).toBeVisible()
  await expect(note(page)).toBeFocused()
})

test('sending an answer moves on as the account chose; Alt+Enter sends and moves on whatever the setting', async ({
  signedInAs,
  db,
}) => {
  const { officer } = await officeWith(db, 4)
  const page = await signedInAs(officer.username)
  await visit(page, '/reports?view=my_agency')
  await page.getByRole('row', { name: /Cây nghiêng số 1/ }).click()
  await page.keyboard.press('Enter')
  await page.keyboard.press('e')
  await note(page).fill('Đã gọi cho tổ trưởng dân phố')
  await page.keyboard.press('Alt+Enter')
  await expect(title(page)).toHaveText('Cây nghiêng số 2')
  await write(page)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/^Đã trình phê duyệt dự thảo trả lời HN-\S+$/)).toBeVisible()
  await expect(title(page)).toHaveText('Cây nghiêng số 2')

  await page.getByRole('button', { name: /^Tài khoản của/ }).click()
  await page.getByRole('menuitemradio', { name: 'Sang phản ánh tiếp theo', exact: true }).click()
  await page.keyboard.press('Escape')
  await page.keyboard.press(']')
  await expect(title(page)).toHaveText('Cây nghiêng số 3')
  await write(page)
  await page.keyboard.press('Control+Enter')
  await expect(title(page)).toHaveText('Cây nghiêng số 4')
  await page.keyboard.press('l')
  await page
    .getByRole('dialog', { name: /^Sửa nhãn/ })
    .getByLabel('Nhãn')
    .fill('cổng trường')
  await page.keyboard.press('Alt+Enter')
  await expect(page.getByRole('grid')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(title(page)).toHaveText('Cây nghiêng số 4')
  await expect(page.getByRole('article').getByText('cổng trường', { exact: true }).first()).toBeVisible()
})

test('from the last loaded report a note and an answer move on to the next, once that is loaded', async ({
  signedInAs,
  db,
}) => {
  const { officer } = await officeWith(db, 60)
  const page = await signedInAs(officer.username)
  const letGo = await holdUp(page, nextPage)
  await visit(page, '/reports?view=my_agency')
  for (let i = 1; i < 50; i++) await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(title(page)).toHaveText('Cây nghiêng số 50')
  await write(page)
  await page.keyboard.press('Alt+Enter')
  await expect(title(page)).toBeHidden()
  await page.keyboard.press('e')
  letGo()
  await expect(title(page)).toHaveText('Cây nghiêng số 51')
  await expect(page.getByText('51/60')).toBeVisible()
  await note(page).fill('Đã gọi cho tổ trưởng dân phố')
  await page.keyboard.press('Alt+Enter')
  await expect(title(page)).toHaveText('Cây nghiêng số 52')
})

test('closing the tab while an answer is being sent prompts first; it is sent once, and moves on no user who has navigated elsewhere', async ({
  signedInAs,
  db,
}) => {
  const { officer } = await officeWith(db, 3)
  const page = await signedInAs(officer.username)
  await visit(page, '/reports?view=my_agency')
  await page.getByRole('row', { name: /Cây nghiêng số 1/ }).click()
  await page.keyboard.press('Enter')
  await write(page)
  const letGo = await holdUp(page, /reports\.submitAnswer/)
  const leaving = page.waitForEvent('dialog')
  await page.keyboard.press('Alt+Enter')
  await page.evaluate(() => setTimeout(() => window.location.reload()))
  const question = await leaving
  expect(question.type()).toBe('beforeunload')
  await question.dismiss()

  await page.keyboard.press('Escape')
  for (const key of [']', ']', '[']) await page.keyboard.press(key)
  await expect(title(page)).toHaveText('Cây nghiêng số 2')
  const sent = page.waitForResponse((answer) => isCall(answer.request(), 'reports.submitAnswer'))
  letGo()
  expect((await sent).ok()).toBe(true)
  await expect(page.getByText(/^Đã trình phê duyệt dự thảo trả lời HN-\S+$/)).toBeVisible()
  await expect(title(page)).toHaveText('Cây nghiêng số 2')
})
