import { expect } from '@playwright/test'
import { buildCategory } from '#db/factories/categories.ts'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { openReport } from './report-page.ts'

test('a template is found by its words and by keys; the approver sees what is missing, and the answer as the citizen will', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code: categoryCode } = await buildCategory(db, { needsApproval: true, needsPhoto: true })
  const { code } = await buildReportAt(db, office, { categoryCode, address: 'Ngõ 12 phố Lò Đúc' })
  const officer = await signedInAs(office.officer.username)
  await openReport(officer, code)
  await officer.keyboard.press('r')
  const box = officer.getByRole('region', { name: 'Trả lời công dân' })
  await expect(box.getByLabel('Kết quả xử lý')).toBeFocused()
  await officer.keyboard.press('Control+;')
  await expect(officer.getByRole('combobox', { name: 'Tìm mẫu, không cần dấu' })).toBeFocused()
  await officer.keyboard.type('hien truong don dep')
  await expect(officer.getByRole('option')).toHaveCount(1)
  await officer.keyboard.press('Enter')
  await expect(box.getByLabel('Kết quả xử lý')).toHaveValue(new RegExp(`^${office.agency.name} đã cử tổ công tác`))
  await box.getByLabel('Địa điểm').fill('Ngõ 12 phố Lò Đúc')
  await box.getByLabel('Thời gian').fill('Sáng nay')
  await expect(box.getByRole('radio', { name: 'Đã khắc phục' })).toBeChecked()
  await officer.keyboard.press('Control+Enter')
  await expect(officer.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`)).toBeVisible()

  const approver = await signedInAs(office.approver.username)
  const report = await openReport(approver, code)
  await expect(report.getByText('Cần xem lại trước khi phê duyệt')).toBeVisible()
  await expect(report.getByText('Lĩnh vực này cần ảnh minh chứng')).toBeVisible()
  await report.getByRole('button', { name: 'Xem bản công dân nhận' }).click()
  await expect(report.getByText('Bản nháp, chưa gửi').first()).toBeVisible()
  await expect(report.getByText(/đã cử tổ công tác/).first()).toBeVisible()
})
