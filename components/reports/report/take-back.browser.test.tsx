import { expect, test } from 'vitest'
import { signInAs } from '#app/testing/desk.tsx'
import { page, press } from '#app/testing/hands.ts'
import { answerBox, fillAnswer, openReport, timeline } from '#app/testing/report-page.ts'
import { onServer } from '#app/testing/server.ts'

const { buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { buildCategory } = onServer<typeof import('#db/factories/categories.ts')>('db/factories/categories.ts')

test('on the report, what was accepted or submitted is taken back, and the text is in its box again', async () => {
  const office = await buildOffice()
  const { code: categoryCode } = await buildCategory()
  const { code } = await buildReportAt(office, { state: 'awaiting_acceptance', categoryCode })
  await signInAs(office.officer.username, { width: 1366, height: 768 })
  const report = await openReport(code)
  await report.getByRole('button', { name: 'Nhận xử lý' }).first().click()
  await expect.element(report.getByText('Đang xử lý', { exact: false }).first()).toBeVisible()
  await press('z')
  await expect.element(page.getByText(`Đã hoàn tác trên ${code}`, { exact: false })).toBeVisible()
  await expect.element(report.getByText('Chờ xử lý', { exact: false }).first()).toBeVisible()
  await expect.element(timeline.getByText('Hoàn tác việc nhận xử lý', { exact: false })).toBeVisible()

  await report.getByRole('button', { name: 'Nhận xử lý' }).first().click()
  await expect.element(report.getByText('Đang xử lý', { exact: false }).first()).toBeVisible()
  await press('r')
  await fillAnswer({ what: 'Đã cắt cành gãy, dọn sạch lòng đường.' })
  await answerBox.getByRole('button', { name: /^Trình phê duyệt/ }).click()
  await expect.element(page.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`, { exact: false })).toBeVisible()
  await page.getByRole('button', { name: /^Hoàn tác/ }).click()
  await expect.element(report.getByText('Đang xử lý', { exact: false }).first()).toBeVisible()
  await expect.element(answerBox.getByLabelText(/^Kết quả xử lý/)).toHaveValue('Đã cắt cành gãy, dọn sạch lòng đường.')
})
