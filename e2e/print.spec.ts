import { expect } from '@playwright/test'
import { buildReportNote } from '#db/factories/report-parts.ts'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { openReport } from './report-page.ts'

test.use({ viewport: { width: 1366, height: 768 } })

test('on paper a report is a sheet with letterhead, dates, words and answer, and without internal notes', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db, { name: 'Ủy ban nhân dân phường Thử' })
  const reporter = { name: 'Đặng Văn Hải', phone: '0912345678' }
  const built = await buildReportAt(db, office, { state: 'answered', reporter, assigneeId: office.approver.id })
  await buildReportNote(db, { report: built, authorId: office.officer.id, body: 'Người này hay gọi, cẩn thận.' })
  const page = await signedInAs(office.officer.username)
  await openReport(page, built.code)
  await expect(page.getByText('Người này hay gọi, cẩn thận.')).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  const sheet = page.getByRole('region', { name: 'Phiếu thông tin phản ánh' })
  await expect(sheet.getByText('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')).toBeVisible()
  await expect(sheet.getByText('Độc lập - Tự do - Hạnh phúc')).toBeVisible()
  await expect(sheet.getByText('ỦY BAN NHÂN DÂN PHƯỜNG THỬ', { exact: true })).toBeVisible()
  await expect(sheet).not.toContainText('ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI')
  await expect(sheet.getByText(/^Hà Nội, ngày \d{2} tháng (0[12]|[3-9]|1[0-2]) năm \d{4}$/)).toBeVisible()
  await expect(sheet.getByRole('heading', { name: built.title })).toBeVisible()
  await expect(sheet.getByText(built.body)).toBeVisible()
  for (const name of ['Mã phản ánh', 'Tiếp nhận', 'Thời hạn', 'Trả lời'])
    await expect(sheet.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) })).toBeVisible()
  await expect(sheet.getByText('Đã cắt dọn cây đổ, thông đường.')).toBeVisible()
  await expect(sheet.getByRole('cell', { name: /^Phản ánh đến qua/ })).toBeVisible()
  await expect(sheet.getByText(/^In lúc \d{2}\/\d{2}\/\d{4} \d{2}:\d{2}, Trần Văn Hùng$/)).toBeVisible()
  await expect(sheet.getByText('Đ.V.H., ••••••••78')).toBeVisible()
  await expect(sheet.getByRole('definition').filter({ hasText: /^Đã xử lý$/ })).toBeVisible()
  await expect(sheet).not.toContainText('cẩn thận')
  await expect(sheet).not.toContainText(office.approver.name)
  await expect(page.getByRole('button')).toHaveCount(0)
  await expect(page.getByRole('navigation')).toHaveCount(0)
  const file = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(file.match(/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]/g)?.length).toBeGreaterThan(0)
})
