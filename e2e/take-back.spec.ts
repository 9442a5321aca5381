import { expect } from '@playwright/test'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildReport } from '#db/factories/reports.ts'
import { test } from './fixtures.ts'
import { buildOfCity, buildOffice, buildReportAt } from './office.ts'
import { openReport, reportOn, timelineOf } from './report-page.ts'
import { addressOf, buildFields, buildMixed, counter, decide, stateOf, titleOn } from './triage.ts'
import { visit } from './visit.ts'

const viewport = { width: 1366, height: 768 }

test('key 1 is taken back by z before the agency sees anything; left alone, the agency sees the report in a while', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const [first, second] = await buildMixed(db, fields, 2)
  const own = { state: 'in_progress' as const, agencyId: fields.agency.id, heldBy: [fields.agency.id] }
  const { title: known } = await buildReport(db, { ...own, title: 'Cành khô trước chợ', categoryCode: fields.decided })
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const { username } = await buildAccount(db, { agency: fields.agency, name: 'Trần Văn Hùng' })

  const officer = await signedInAs(username, { viewport })
  await visit(officer, '/reports?view=my_agency')
  await expect(officer.getByText('Cập nhật trực tiếp')).toBeVisible()
  const row = officer.getByRole('row', { name: new RegExp(first?.title ?? '') })
  const news = officer.getByRole('button', { name: /phản ánh mới/ })

  const page = await signedInAs(dispatcher.username, { viewport })
  await visit(page, addressOf(fields))
  await expect(titleOn(page)).toHaveText(first?.title ?? '')
  await decide(page, 'rule', '')
  await expect(titleOn(page)).toHaveText(second?.title ?? '')
  await expect.poll(() => stateOf(db, first)).toBe('awaiting_acceptance')
  await visit(officer, `/reports/${first?.code}`)
  await expect(officer.getByRole('heading', { name: 'Không tìm thấy phản ánh này' })).toBeVisible()
  await visit(officer, '/reports?view=my_agency')
  await expect(officer.getByRole('row', { name: new RegExp(known) })).toBeVisible()
  await expect(row).toHaveCount(0)
  await page.keyboard.press('z')
  await expect(titleOn(page)).toHaveText(first?.title ?? '')
  await expect(page.getByText(`Đã hoàn tác trên ${first?.code}`)).toBeVisible()
  await expect(counter(page)).toHaveText(/^Còn 2/)
  await expect.poll(() => stateOf(db, first)).toBe('awaiting_intake')
  await page.keyboard.press('Enter')
  await reportOn(page, first?.code ?? '')
  await expect(timelineOf(page).getByText('Hoàn tác việc phân công')).toBeVisible()

  await visit(page, addressOf(fields))
  await expect(titleOn(page)).toHaveText(first?.title ?? '')
  await decide(page, 'rule', '')
  await expect(titleOn(page)).toHaveText(second?.title ?? '')
  await expect.poll(() => stateOf(db, first)).toBe('awaiting_acceptance')
  await expect(news).toHaveCount(0)
  await expect(news).toBeVisible({ timeout: 40_000 })
  await officer.keyboard.press('u')
  await expect(row).toBeVisible()
})

test('on the report, what was accepted or submitted is taken back, and the text is in its box again', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code: categoryCode } = await buildCategory(db)
  const { code } = await buildReportAt(db, office, { state: 'awaiting_acceptance', categoryCode })
  const page = await signedInAs(office.officer.username, { viewport })
  const report = await openReport(page, code)
  await report.getByRole('button', { name: 'Nhận xử lý', exact: true }).first().click()
  await expect(report.getByText('Đang xử lý').first()).toBeVisible()
  await page.keyboard.press('z')
  await expect(page.getByText(`Đã hoàn tác trên ${code}`)).toBeVisible()
  await expect(report.getByText('Chờ xử lý').first()).toBeVisible()
  await expect(timelineOf(page).getByText('Hoàn tác việc nhận xử lý')).toBeVisible()

  await report.getByRole('button', { name: 'Nhận xử lý', exact: true }).first().click()
  await expect(report.getByText('Đang xử lý').first()).toBeVisible()
  await page.keyboard.press('r')
  const box = page.getByRole('region', { name: 'Trả lời công dân' })
  await box.getByLabel('Kết quả xử lý').fill('Đã cắt cành gãy, dọn sạch lòng đường.')
  await box.getByLabel('Địa điểm').fill('Trước số 20 phố Hàng Bài')
  await box.getByLabel('Thời gian').fill('10 giờ sáng nay')
  await box.getByRole('radio', { name: 'Đã khắc phục' }).check()
  await box.getByRole('button', { name: /^Trình phê duyệt/ }).click()
  await expect(page.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`)).toBeVisible()
  await page.getByRole('button', { name: /^Hoàn tác/ }).click()
  await expect(report.getByText('Đang xử lý').first()).toBeVisible()
  await expect(box.getByLabel('Kết quả xử lý')).toHaveValue('Đã cắt cành gãy, dọn sạch lòng đường.')
})
