import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { handIn, photoWithPlace, reportOn, timelineOf } from './report-page.ts'
import { visit } from './visit.ts'

const wayTo = /^https:\/\/www\.google\.com\/maps\/dir\/\?api=1&destination=21\.1\d+,105\.4\d+$/
const phone = { viewport: { width: 390, height: 844 } }

test('an officer on the street opens a report, accepts it and answers it with a photo', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const { code, title } = await buildReportAt(db, office, {
    state: 'awaiting_acceptance',
    lon: 105.41,
    lat: 21.12,
  })
  const page = await signedInAs(office.officer.username, phone)
  await visit(page, '/reports')
  const near = page.getByRole('link', { name: `Chỉ đường đến ${code}` })
  await expect(near).toHaveAttribute('href', wayTo)
  const { width = 0, height = 0 } = (await near.boundingBox()) ?? {}
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(44)
  await page.getByRole('link', { name: new RegExp(title) }).click()
  const report = await reportOn(page, code)
  for (const name of [/Chép mã phản ánh$/, /^(còn|quá hạn) /, 'Việc khác']) {
    const button = report.getByRole('button', { name }).filter({ visible: true }).first()
    const { width = 0, height = 0 } = (await button.boundingBox()) ?? {}
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(44)
  }
  await report
    .getByRole('button', { name: /^Nhận xử lý/ })
    .first()
    .click()
  await expect(report.getByText('Đang xử lý').first()).toBeVisible()
  const way = report.getByRole('link', { name: 'Chỉ đường' })
  await expect(way).toHaveAttribute('href', wayTo)
  expect((await way.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  await report
    .getByRole('button', { name: /^Trả lời công dân/ })
    .first()
    .click()
  const box = page.getByRole('region', { name: 'Trả lời công dân' })
  // What was said of the acceptance leaves the buttons free that come next.
  const said = await page.getByText(`Đã nhận xử lý ${code}`).boundingBox()
  const submit = await box.getByRole('button', { name: /^Trình phê duyệt/ }).boundingBox()
  if (!said || !submit) throw new Error('what was said or the button is not in sight')
  expect(said.y + said.height).toBeLessThanOrEqual(submit.y)
  await box.getByLabel('Đã làm gì').fill('Đã cắt cành gãy, dọn sạch lòng đường và vỉa hè.')
  await box.getByLabel('Ở đâu').fill('Trước số 20 phố Hàng Bài')
  await box.getByLabel('Khi nào').fill('10 giờ sáng nay')
  await handIn(box.getByRole('button', { name: 'Chụp ảnh' }), await photoWithPlace())
  await expect(box.getByRole('checkbox', { name: 'Gửi kèm ảnh này' })).toBeChecked()
  await box.getByRole('button', { name: /^Trình phê duyệt/ }).click()
  await expect(page.getByText(`Đã trình trả lời của ${code} để phê duyệt`)).toBeVisible()
  await expect(timelineOf(page).getByText('Trình phê duyệt trả lời')).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})
