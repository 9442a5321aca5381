import { expect, type Page } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { openReport } from './report-page.ts'

const answerBox = (page: Page) => page.getByRole('region', { name: 'Trả lời công dân' })
const whatIn = (page: Page) => answerBox(page).getByLabel('Kết quả xử lý')

async function openAnswer(page: Page, code: string): Promise<void> {
  await openReport(page, code)
  await page.keyboard.press('r')
  await expect(whatIn(page)).toBeFocused()
}

test('text typed a moment ago survives a crash of the page, also where the server has not received it', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  await page.route(/drafts\.keep/, (route) => route.abort())
  await openAnswer(page, code)
  await whatIn(page).fill('Đã cử tổ chằng chống cây nghiêng')
  await expect(answerBox(page).getByText(/^Đã lưu nháp \d\d:\d\d$/)).toBeVisible()
  const context = page.context()
  const broken = page.waitForEvent('crash')
  await page.goto('chrome://crash').catch(() => undefined)
  await broken

  const anew = await context.newPage()
  await openReport(anew, code)
  await anew.keyboard.press('r')
  await expect(whatIn(anew)).toHaveValue('Đã cử tổ chằng chống cây nghiêng')
})
