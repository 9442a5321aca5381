import { expect, test } from 'vitest'
import { signInAs } from '#app/testing/desk.tsx'
import { page, press, type } from '#app/testing/hands.ts'
import { openReport } from '#app/testing/report-page.ts'
import { onServer } from '#app/testing/server.ts'

const { buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { buildCategory } = onServer<typeof import('#db/factories/categories.ts')>('db/factories/categories.ts')

test('a template is found by its words and by keys; the approver sees what is missing, and the answer as the citizen will', async () => {
  const office = await buildOffice()
  const { code: categoryCode } = await buildCategory({ needsApproval: true, needsPhoto: true })
  const { code } = await buildReportAt(office, { categoryCode, address: 'Ngõ 12 phố Lò Đúc' })
  await signInAs(office.officer.username)
  await openReport(code)
  await press('r')
  const box = page.getByRole('region', { name: 'Trả lời công dân' })
  await expect.element(box.getByLabelText(/^Kết quả xử lý/)).toHaveFocus()
  await press('Control+;')
  await expect.element(page.getByRole('combobox', { name: 'Tìm mẫu, không cần dấu' })).toHaveFocus()
  await type('hien truong don dep')
  await expect.element(page.getByRole('option')).toHaveLength(1)
  await press('Enter')
  await expect
    .element(box.getByLabelText(/^Kết quả xử lý/))
    .toHaveValue(expect.stringMatching(new RegExp(`^${office.agency.name} đã cử tổ công tác`)))
  await box.getByLabelText(/^Địa điểm/).fill('Ngõ 12 phố Lò Đúc')
  await box.getByLabelText(/^Thời gian/).fill('Sáng nay')
  await expect.element(box.getByRole('radio', { name: 'Đã khắc phục' })).toBeChecked()
  await press('Control+Enter')
  await expect.element(page.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`, { exact: false })).toBeVisible()

  await signInAs(office.approver.username)
  const report = await openReport(code)
  await expect.element(report.getByText('Cần xem lại trước khi phê duyệt', { exact: false })).toBeVisible()
  await expect.element(report.getByText('Lĩnh vực này cần ảnh minh chứng', { exact: false })).toBeVisible()
  await report.getByRole('button', { name: 'Xem bản công dân nhận' }).click()
  await expect.element(report.getByText('Bản nháp, chưa gửi', { exact: false }).first()).toBeVisible()
  await expect.element(report.getByText(/đã cử tổ công tác/).first()).toBeVisible()
})
