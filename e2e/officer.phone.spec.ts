import { expect, type Locator } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { handIn, photoWithPlace, reportOn, timelineOf } from './report-page.ts'
import { visit } from './visit.ts'

const wayTo = /^https:\/\/www\.google\.com\/maps\/dir\/\?api=1&destination=21\.1\d+,105\.4\d+$/
const phone = { viewport: { width: 390, height: 844 } }

/**
 * Pixels between one element and the one below it, in a rendered frame: before that, the bar at the bottom has not been
 * measured.
 */
const gapBetween = async (upper: Locator, lower: Locator): Promise<number> =>
  lower.evaluate(
    async (below, above) => {
      if (!above) throw new Error('it is not on the page')
      await new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)))
      return below.getBoundingClientRect().top - above.getBoundingClientRect().bottom
    },
    await upper.elementHandle(),
  )

test('an officer in the field opens a report, accepts it and answers it with a photo', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const address = 'Trước số 20 phố Hàng Bài'
  const { code, title } = await buildReportAt(db, office, {
    state: 'awaiting_acceptance',
    address,
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
  for (const name of [/Sao chép mã phản ánh$/, /^(còn|quá hạn) /, 'Thao tác khác']) {
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
  // The toast of the acceptance does not cover the next buttons.
  const submit = box.getByRole('button', { name: /^Trình phê duyệt/ })
  expect(await gapBetween(page.getByText(`Đã nhận xử lý ${code}`), submit)).toBeGreaterThanOrEqual(0)
  await box.getByLabel('Kết quả xử lý').fill('Đã cắt cành gãy, dọn sạch lòng đường và vỉa hè.')
  // The missing field gets the focus, and the place of the work is mostly the place of the report.
  await submit.click()
  await expect(box.getByLabel('Địa điểm')).toBeFocused()
  await box.getByRole('button', { name: 'Như địa chỉ phản ánh' }).click()
  await expect(box.getByLabel('Địa điểm')).toHaveValue(address)
  await expect(box.getByLabel('Thời gian')).toBeFocused()
  await box.getByLabel('Thời gian').fill('10 giờ sáng nay')
  await box.getByRole('radio', { name: 'Đã khắc phục' }).check()
  await handIn(box.getByRole('button', { name: 'Chụp ảnh' }), await photoWithPlace())
  await expect(box.getByRole('checkbox', { name: 'Gửi kèm ảnh này' })).toBeChecked()
  await box.getByRole('button', { name: /^Trình phê duyệt/ }).click()
  await expect(page.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`)).toBeVisible()
  await expect(timelineOf(page).getByText('Trình phê duyệt dự thảo trả lời')).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})
