import { randomInt } from 'node:crypto'
import { expect, type Locator, type Page } from '@playwright/test'
import type { Database } from '#db/client.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildReport } from '#db/factories/reports.ts'
import { test } from './fixtures.ts'
import { buildOfCity, buildOffice, buildReportAt, hoursAgo } from './office.ts'
import { choose, openReport, timelineOf } from './report-page.ts'

/** A separate spot in the west of the city for each test, so that none finds the reports of another. */
function ownSpot(): { lon: number; lat: number } {
  return { lon: 105.4 + randomInt(1000) / 10_000, lat: 21.1 + randomInt(1000) / 10_000 }
}

async function buildTwins(db: Database) {
  const office = await buildOffice(db)
  const { code: categoryCode } = await buildCategory(db, { needsApproval: false })
  const spot = ownSpot()
  const first = await buildReportAt(db, office, {
    ...spot,
    categoryCode,
    title: 'Mất nắp hố ga giữa đường liên thôn',
    body: 'Hố ga mất nắp từ tối qua, xe máy đi rất nguy hiểm.',
  })
  const second = await buildReport(db, {
    lon: spot.lon + 0.0003,
    lat: spot.lat,
    categoryCode,
    receivedAt: hoursAgo(3),
    title: 'mat nap ho ga nguy hiem qua',
    body: 'Duong lien thon mat nap ho ga, nga xe may roi.',
  })
  return { office, first, second }
}

async function compare(page: Page, code: string): Promise<Locator> {
  await page.getByRole('button', { name: `So sánh với ${code}` }).click()
  const dialog = page.getByRole('dialog', { name: 'Hai phản ánh này có cùng một vụ việc không?' })
  await expect(dialog.getByRole('article')).toHaveCount(2)
  return dialog
}

test('linked as the same matter, both stay at their agencies and the one answer reaches both citizens', async ({
  signedInAs,
  db,
}) => {
  const { office, first, second } = await buildTwins(db)
  const lan = await buildOfCity(db, 'dispatcher', 'Vũ Thị Lan')
  const page = await signedInAs(lan.username)
  const report = await openReport(page, second.code)
  const dialog = await compare(page, first.code)
  await dialog.getByRole('button', { name: 'Liên kết cùng vụ việc' }).click()
  await expect(dialog).toBeHidden()
  await expect(report.getByText(/^Cùng vụ việc với .*người phản ánh cũng nhận trả lời/)).toBeVisible()
  await expect(report.getByText('Chờ tiếp nhận').first()).toBeVisible()

  const officer = await signedInAs(office.officer.username)
  await openReport(officer, first.code)
  await choose(officer, 'Trả lời')
  const box = officer.getByRole('region', { name: 'Trả lời công dân' })
  await box.getByLabel('Kết quả xử lý').fill('Đã lắp lại nắp hố ga.')
  await box.getByLabel('Địa điểm').fill('Đường liên thôn')
  await box.getByLabel('Thời gian').fill('Sáng nay')
  await box.getByRole('radio', { name: 'Đã khắc phục' }).check()
  await officer.keyboard.press('Control+Enter')
  await expect(officer.getByText(`Trả lời ${first.code} sẽ gửi sau`)).toBeVisible()
  await expect
    .poll(
      async () => {
        await openReport(page, second.code)
        return timelineOf(page).getByText(first.code).count()
      },
      { timeout: 40_000, intervals: [2000] },
    )
    .toBeGreaterThan(1)
  await page.getByRole('button', { name: 'Bản công dân nhận', exact: true }).click()
  await expect(page.getByText('Đã lắp lại nắp hố ga.').first()).toBeVisible()
  await page.getByRole('button', { name: 'Bỏ liên kết' }).hover()
  await expect(page.getByText(/trả lời của phản ánh chính đã phát hành cho người phản ánh/)).toBeVisible()
})
