import { expect } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { buildAccount } from '#db/factories/accounts.ts'
import { reports } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { choose, openReport, timelineOf } from './report-page.ts'
import { keepDeaf } from './slow-line.ts'

test('two colleagues return one report: the second sees who was first and what they changed, and keeps their own text', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const colleague = await buildAccount(db, { agency: office.agency, name: 'Phạm Minh Tuấn' })
  const { code } = await buildReportAt(db, office)
  const [first, second] = [await signedInAs(colleague.username), await signedInAs(office.officer.username)]
  await keepDeaf(second)
  await openReport(first, code)
  await openReport(second, code)

  await choose(second, 'Đề nghị bổ sung')
  const asking = second.getByRole('dialog', { name: /^Đề nghị bổ sung/ })
  await asking.getByLabel('Nội dung đề nghị bổ sung').fill('Cây nghiêng ở trước số nhà bao nhiêu ạ?')

  await choose(first, 'Sửa nhãn')
  const tagging = first.getByRole('dialog', { name: /^Sửa nhãn/ })
  await tagging.getByLabel('Nhãn').fill('cây nghiêng, cổng trường')
  await tagging.getByRole('button', { name: /^Sửa nhãn/ }).click()
  await expect(first.getByText(`Đã sửa nhãn của ${code}`)).toBeVisible()

  await asking.getByRole('button', { name: /^Đề nghị bổ sung/ }).click()
  const notice = asking.getByRole('alert')
  await expect(notice).toContainText('Phản ánh vừa được thay đổi')
  await expect(notice).toContainText('Phạm Minh Tuấn')
  await expect(notice).toContainText('cây nghiêng, cổng trường')
  await expect(asking.getByLabel('Nội dung đề nghị bổ sung')).toHaveValue('Cây nghiêng ở trước số nhà bao nhiêu ạ?')
  await expect(timelineOf(second).getByText('Đề nghị công dân bổ sung, tạm dừng thời hạn')).toHaveCount(0)

  await asking.getByRole('button', { name: /^Áp dụng trên bản mới nhất/ }).click()
  await expect(asking).toBeHidden()
  await expect(timelineOf(second).getByText('Cây nghiêng ở trước số nhà bao nhiêu ạ?')).toBeVisible()
})

test('an answer written meanwhile is not lost: it is sent on top of the colleague’s change', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const [officer, approver] = [await signedInAs(office.officer.username), await signedInAs(office.approver.username)]
  await keepDeaf(officer)
  await openReport(officer, code)
  await openReport(approver, code)

  await officer.keyboard.press('r')
  const box = officer.getByRole('region', { name: 'Trả lời công dân' })
  await box.getByLabel('Kết quả xử lý').fill('Đã chằng chống cây nghiêng, cắt cành khô phía đường.')
  await box.getByLabel('Địa điểm').fill('Trước cổng trường')
  await box.getByLabel('Thời gian').fill('Chiều qua')
  await box.getByRole('radio', { name: 'Đã khắc phục' }).check()

  await choose(approver, 'Đổi mức độ')
  const severity = approver.getByRole('dialog', { name: /^Đổi mức độ/ })
  await severity.getByRole('radio', { name: 'Khẩn' }).check()
  await severity.getByRole('button', { name: /^Đổi mức độ/ }).click()
  await expect(approver.getByText(`Đã đổi mức độ của ${code} thành Khẩn`)).toBeVisible()

  await box.getByRole('button', { name: /^Trình phê duyệt/ }).click()
  await expect(box.getByRole('alert')).toContainText('Nguyễn Thị Hoa')
  await expect(box.getByRole('alert')).toContainText('Bình thường → Khẩn')
  await expect(box.getByLabel('Kết quả xử lý')).toHaveValue('Đã chằng chống cây nghiêng, cắt cành khô phía đường.')
  await box.getByRole('button', { name: /^Vẫn gửi trả lời này/ }).click()
  await expect(officer.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`)).toBeVisible()
  const card = officer.getByRole('region', { name: 'Dự thảo chờ phê duyệt' })
  await expect(card.getByText('Đã chằng chống cây nghiêng')).toBeVisible()
})

test('what cannot be done any more says so, and the text stays', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office, { state: 'awaiting_acceptance' })
  const [officer, approver] = [await signedInAs(office.officer.username), await signedInAs(office.approver.username)]
  await keepDeaf(officer)
  await openReport(officer, code)
  await openReport(approver, code)

  await choose(officer, 'Trả lại điều phối')
  const returning = officer.getByRole('dialog', { name: /^Trả lại/ })
  await returning.getByLabel('Lý do').fill('Cây thuộc khuôn viên trường, do nhà trường quản lý')
  await choose(approver, 'Trả lại điều phối')
  const earlier = approver.getByRole('dialog', { name: /^Trả lại/ })
  await earlier.getByLabel('Lý do').fill('Ngoài địa bàn')
  await earlier.getByRole('button', { name: /^Trả lại/ }).click()
  await expect(approver.getByText(`Đã trả lại ${code} cho bộ phận điều phối`)).toBeVisible()

  await returning.getByRole('button', { name: /^Trả lại/ }).click()
  await expect(returning.getByRole('alert')).toContainText(/Nguyễn Thị Hoa .* trả lại/)
  await expect(returning.getByLabel('Lý do')).toHaveValue('Cây thuộc khuôn viên trường, do nhà trường quản lý')
  const again = returning.getByRole('button', { name: /^Áp dụng trên bản mới nhất/ })
  await expect(again).toHaveAttribute('aria-disabled', 'true')
})

test('a report that a colleague closed meanwhile keeps its labels, and the choice is still there', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { id, code, version } = await buildReportAt(db, office, { state: 'answered' })
  const officer = await signedInAs(office.officer.username)
  await keepDeaf(officer)
  await openReport(officer, code)
  await choose(officer, 'Sửa nhãn')
  const tagging = officer.getByRole('dialog', { name: /^Sửa nhãn/ })
  await tagging.getByLabel('Nhãn').fill('cây nghiêng')
  const closed = { state: 'closed', version: version + 1, closedAt: new Date() } as const
  await db.update(reports).set(closed).where(eq(reports.id, id))
  await tagging.getByRole('button', { name: /^Sửa nhãn/ }).click()
  await expect(tagging.getByRole('alert')).toContainText('Phản ánh đã kết thúc nên lĩnh vực, mức độ, địa điểm và nhãn')
  await expect(tagging).toContainText('cây nghiêng')
  await expect(tagging.getByRole('button', { name: /^Sửa nhãn/ })).toHaveAttribute('aria-disabled', 'true')
})
