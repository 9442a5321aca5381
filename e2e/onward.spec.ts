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

async function write(page: Page): Promise<void> {
  await page.keyboard.press('r')
  const box = page.getByRole('region', { name: 'Trả lời công dân' })
  await box.getByLabel('Kết quả xử lý').fill('Đã chằng chống cây nghiêng.')
  await box.getByLabel('Địa điểm').fill('Trước cổng trường')
  await box.getByLabel('Thời gian').fill('Chiều qua')
  await box.getByRole('radio', { name: 'Đã khắc phục' }).check()
}

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
