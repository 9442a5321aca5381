import { randomInt } from 'node:crypto'
import { expect, type Locator, type Page } from '@playwright/test'
import type { Database } from '#db/client.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildReport } from '#db/factories/reports.ts'
import { test } from './fixtures.ts'
import { buildOfCity, buildOffice, buildReportAt, hoursAgo } from './office.ts'
import { choose, openReport, reportOn, timelineOf } from './report-page.ts'

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

const likely = (report: Locator): Locator =>
  report.locator('section').filter({ has: report.page().getByRole('heading', { name: 'Có thể trùng' }) })

async function compare(page: Page, code: string): Promise<Locator> {
  await page.getByRole('button', { name: `So sánh với ${code}` }).click()
  const dialog = page.getByRole('dialog', { name: 'Hai phản ánh này có cùng một vụ việc không?' })
  await expect(dialog.getByRole('article')).toHaveCount(2)
  return dialog
}

test('a likely duplicate is shown on opening, compared, merged, and undone with its route named', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const { first, second } = await buildTwins(db)
  const lan = await buildOfCity(db, 'dispatcher', 'Vũ Thị Lan')
  const page = await signedInAs(lan.username)
  const report = await openReport(page, second.code)
  await expect(likely(report)).toContainText('Mất nắp hố ga giữa đường liên thôn')
  await expect(likely(report)).toContainText(
    /cách 3\d m · trước 2 giờ · cùng lĩnh vực · khi đó chưa xong · nội dung tương tự/,
  )

  const dialog = await compare(page, first.code)
  await expect(dialog.getByText('Hố ga mất nắp từ tối qua')).toBeVisible()
  await expect(dialog.getByText(new RegExp(`^${second.code} sẽ được xử lý theo ${first.code}`))).toBeVisible()
  await dialog.getByRole('button', { name: 'Đổi phản ánh chính' }).click()
  await expect(dialog.getByText(new RegExp(`^${first.code} sẽ được xử lý theo ${second.code}`))).toBeVisible()
  await dialog.getByRole('button', { name: 'Đổi phản ánh chính' }).click()
  expect(await seriousViolations(page, '[role=dialog]')).toEqual([])
  await dialog.getByRole('button', { name: 'Gộp', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(report.getByText(/^Đã gộp vào .*Bỏ gộp được đến/)).toBeVisible()

  const canonical = await openReport(page, first.code)
  await expect(canonical.getByText('2 công dân cùng phản ánh việc này')).toBeVisible()
  await openReport(page, second.code)
  await choose(page, 'Bỏ gộp')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Bỏ gộp/ })
    .click()
  await expect(timelineOf(page).getByText(`Bỏ gộp khỏi ${first.code}`)).toBeVisible()
  await expect((await reportOn(page, second.code)).getByText('Chờ tiếp nhận').first()).toBeVisible()
})

test('a merge of the day before yesterday cannot be undone, and says why', async ({ signedInAs, db }) => {
  const lan = await buildOfCity(db, 'dispatcher', 'Vũ Thị Lan')
  const { code } = await buildReport(db, { state: 'merged', receivedAt: hoursAgo(60) })
  const page = await signedInAs(lan.username)
  const report = await openReport(page, code)
  await expect(report.getByText(/Không bỏ gộp hoặc bỏ liên kết được nữa: đã quá 24 giờ/)).toBeVisible()
})

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

async function writeNote(page: Page, body: string): Promise<void> {
  await page.getByRole('article').getByRole('button', { name: 'Ghi chú nội bộ' }).click()
  await page.getByLabel('Nội dung ghi chú').fill(body)
  await page.keyboard.press('Control+Enter')
  await expect(timelineOf(page).getByText(body)).toBeVisible()
}

test('a merge is undone with the note that was about the other report; both timelines say so', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const office = await buildOffice(db)
  const first = await buildReportAt(db, office, { mergedCount: 1 })
  const second = await buildReport(db, { state: 'merged', mergedIntoId: first.id, receivedAt: hoursAgo(5) })
  const lan = await buildOfCity(db, 'dispatcher', 'Vũ Thị Lan')
  const page = await signedInAs(lan.username)
  await openReport(page, first.code)
  await writeNote(page, 'Người gửi sau nói là cây ở số 12')
  await writeNote(page, 'Đã báo tổ trực')

  await openReport(page, second.code)
  await choose(page, 'Bỏ gộp')
  const dialog = page.getByRole('dialog')
  const parts = dialog.getByRole('group', { name: 'Nội dung chuyển sang phản ánh được tách' })
  await expect(parts.getByRole('checkbox')).toHaveCount(2)
  await parts.getByRole('checkbox', { name: /cây ở số 12/ }).check()
  expect(await seriousViolations(page, '[role=dialog]')).toEqual([])
  await dialog.getByRole('button', { name: /^Bỏ gộp/ }).click()
  await expect(dialog).toBeHidden()
  await expect(timelineOf(page).getByText('Người gửi sau nói là cây ở số 12')).toBeVisible()
  await expect(timelineOf(page).getByText(`Từ ${first.code}`)).toBeVisible()

  await openReport(page, first.code)
  await expect(timelineOf(page).getByText(`Nội dung nay thuộc ${second.code}`)).toBeVisible()
  await expect(timelineOf(page).getByText('Đã báo tổ trực')).toBeVisible()
  await expect(timelineOf(page).getByText('Người gửi sau nói là cây ở số 12')).toHaveCount(0)
})

test('a report about two matters is split in two, and the second waits for the dispatchers', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office, { body: 'Cây đổ chắn ngõ, đèn đường cũng tắt.' })
  const lan = await buildOfCity(db, 'dispatcher', 'Vũ Thị Lan')
  const page = await signedInAs(lan.username)
  await openReport(page, code)
  await writeNote(page, 'Đèn tắt là việc của điện lực')
  const choices = /\/api\/trpc\/[^?]*reports\.partsToPick/
  await page.route(choices, (route) => route.abort())
  await choose(page, 'Tách thành hai phản ánh')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Tiêu đề của nội dung thứ hai').fill('Đèn đường tắt')
  await expect(dialog.getByRole('alert')).toContainText('Chưa tải được trao đổi, ghi chú và ảnh')
  await page.unroute(choices)
  await dialog.getByRole('button', { name: 'Thử lại' }).click()
  await expect(dialog.getByRole('group', { name: 'Nội dung chuyển sang phản ánh được tách' })).toBeFocused()
  await dialog.getByRole('checkbox', { name: /Đèn tắt là việc của điện lực/ }).check()
  await dialog.getByRole('button', { name: /^Tách thành hai phản ánh/ }).click()
  await expect(dialog).toBeHidden()
  const told = timelineOf(page).getByText(/^Tách nội dung thứ hai thành phản ánh HN-/)
  await expect(told).toBeVisible()
  const second = (await told.textContent())?.match(/HN-\S+/)?.[0] ?? ''

  const report = await openReport(page, second)
  await expect(report.getByRole('heading', { name: 'Đèn đường tắt' })).toBeVisible()
  await expect(report.getByText('Cây đổ chắn ngõ, đèn đường cũng tắt.')).toBeVisible()
  await expect(report.getByText('Chờ tiếp nhận').first()).toBeVisible()
  await expect(timelineOf(page).getByText(`Tách từ ${code}`)).toBeVisible()
  await expect(timelineOf(page).getByText('Đèn tắt là việc của điện lực')).toBeVisible()
})
