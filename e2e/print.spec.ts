import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { openReport } from './report-page.ts'

test('in print a report is its text and its timeline, without the desk around it', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const { code, title, body } = await buildReportAt(db, office, { state: 'answered' })
  const page = await signedInAs(office.officer.username)
  await openReport(page, code)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('heading', { name: title })).toBeVisible()
  await expect(page.getByText(body)).toBeVisible()
  await expect(page.getByText(code).first()).toBeVisible()
  await expect(page.getByText(/^Phản ánh đến qua/)).toBeVisible()
  await expect(page.getByText(/^In lúc \d{2}\/\d{2}\/\d{4} \d{2}:\d{2}, Trần Văn Hùng$/)).toBeVisible()
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await expect(page.getByRole('combobox', { name: 'Tìm phản ánh' })).toBeHidden()
  await expect(page.getByRole('button', { name: 'Thao tác khác' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Ghi chú nội bộ' })).toHaveCount(0)
})
