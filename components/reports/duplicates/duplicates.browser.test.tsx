import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs } from '#app/testing/desk.tsx'
import { type Locator, page, press } from '#app/testing/hands.ts'
import { refuseLine } from '#app/testing/line.ts'
import { choose, openReport, reportOn, timeline } from '#app/testing/report-page.ts'
import { onServer } from '#app/testing/server.ts'
import { hoursAgo } from '#app/testing/times.ts'

const { buildOfCity, buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { buildReport } = onServer<typeof import('#db/factories/reports.ts')>('db/factories/reports.ts')
const { buildCategory } = onServer<typeof import('#db/factories/categories.ts')>('db/factories/categories.ts')

/** A separate spot in the west of the city for each test, so that none finds the reports of another. */
const ownSpot = () => ({ lon: 105.4 + Math.random() / 10, lat: 21.1 + Math.random() / 10 })

async function buildTwins() {
  const office = await buildOffice()
  const { code: categoryCode } = await buildCategory({ needsApproval: false })
  const spot = ownSpot()
  const first = await buildReportAt(office, {
    ...spot,
    categoryCode,
    title: 'Mất nắp hố ga giữa đường liên thôn',
    body: 'Hố ga mất nắp từ tối qua, xe máy đi rất nguy hiểm.',
  })
  const second = await buildReport({
    lon: spot.lon + 0.0003,
    lat: spot.lat,
    categoryCode,
    receivedAt: hoursAgo(3),
    title: 'mat nap ho ga nguy hiem qua',
    body: 'Duong lien thon mat nap ho ga, nga xe may roi.',
  })
  return { first, second }
}

const likely = (report: Locator): Locator =>
  report.css('section').filter({ has: page.getByRole('heading', { name: /Có thể trùng/ }) })

async function compare(code: string): Promise<Locator> {
  await page.getByRole('button', { name: `So sánh với ${code}`, exact: false }).click()
  const dialog = page.getByRole('dialog', { name: /Hai phản ánh này có cùng một vụ việc không\?/ })
  await expect.element(dialog.getByRole('article')).toHaveLength(2)
  return dialog
}

test('a likely duplicate is shown on opening, compared, merged, and undone with its route named', async () => {
  const { first, second } = await buildTwins()
  const lan = await buildOfCity('dispatcher', 'Vũ Thị Lan')
  await signInAs(lan.username)
  const report = await openReport(second.code)
  await expect.element(likely(report)).toContainText('Mất nắp hố ga giữa đường liên thôn')
  await expect
    .element(likely(report))
    .toMatchTextContent(/cách 3\d m · trước 2 giờ · cùng lĩnh vực · khi đó chưa xong · nội dung tương tự/)

  const dialog = await compare(first.code)
  await expect.element(dialog.getByText(/Hố ga mất nắp từ tối qua/)).toBeVisible()
  await expect.element(dialog.getByText(new RegExp(`^${second.code} sẽ được xử lý theo ${first.code}`))).toBeVisible()
  await dialog.getByRole('button', { name: /Đổi phản ánh chính/ }).click()
  await expect.element(dialog.getByText(new RegExp(`^${first.code} sẽ được xử lý theo ${second.code}`))).toBeVisible()
  await dialog.getByRole('button', { name: /Đổi phản ánh chính/ }).click()
  expect(await seriousViolations('[role=dialog]')).toEqual([])
  await dialog.getByRole('button', { name: 'Gộp', exact: true }).click()
  await expect.element(dialog).not.toBeInTheDocument()
  await expect.element(report.getByText(/^Đã gộp vào .*Bỏ gộp được đến/)).toBeVisible()

  const canonical = await openReport(first.code)
  await expect.element(canonical.getByText(/2 công dân cùng phản ánh việc này/)).toBeVisible()
  await openReport(second.code)
  await choose('Bỏ gộp')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Bỏ gộp/ })
    .click()
  await expect.element(timeline.getByText(`Bỏ gộp khỏi ${first.code}`, { exact: false })).toBeVisible()
  await expect.element((await reportOn(second.code)).getByText(/Chờ tiếp nhận/).first()).toBeVisible()
})

test('a merge of the day before yesterday cannot be undone, and says why', async () => {
  const lan = await buildOfCity('dispatcher', 'Vũ Thị Lan')
  const { code } = await buildReport({ state: 'merged', receivedAt: hoursAgo(60) })
  await signInAs(lan.username)
  const report = await openReport(code)
  await expect.element(report.getByText(/Không bỏ gộp hoặc bỏ liên kết được nữa: đã quá 24 giờ/)).toBeVisible()
})

async function writeNote(body: string): Promise<void> {
  await page
    .getByRole('article')
    .getByRole('button', { name: /Ghi chú nội bộ/ })
    .click()
  await page.getByLabelText(/Nội dung ghi chú/).fill(body)
  await press('Control+Enter')
  await expect.element(timeline.getByText(body)).toBeVisible()
}

test('a merge is undone with the note that was about the other report; both timelines say so', async () => {
  const office = await buildOffice()
  const first = await buildReportAt(office, { mergedCount: 1 })
  const second = await buildReport({ state: 'merged', mergedIntoId: first.id, receivedAt: hoursAgo(5) })
  const lan = await buildOfCity('dispatcher', 'Vũ Thị Lan')
  await signInAs(lan.username)
  await openReport(first.code)
  await writeNote('Người gửi sau nói là cây ở số 12')
  await writeNote('Đã báo tổ trực')

  await openReport(second.code)
  await choose('Bỏ gộp')
  const dialog = page.getByRole('dialog')
  const parts = dialog.getByRole('group', { name: /Nội dung chuyển sang phản ánh được tách/ })
  await expect.element(parts.getByRole('checkbox')).toHaveLength(2)
  await parts.getByRole('checkbox', { name: /cây ở số 12/ }).click()
  expect(await seriousViolations('[role=dialog]')).toEqual([])
  await dialog.getByRole('button', { name: /^Bỏ gộp/ }).click()
  await expect.element(dialog).not.toBeInTheDocument()
  await expect.element(timeline.getByText(/Người gửi sau nói là cây ở số 12/)).toBeVisible()
  await expect.element(timeline.getByText(`Từ ${first.code}`, { exact: false })).toBeVisible()

  await openReport(first.code)
  await expect.element(timeline.getByText(`Nội dung nay thuộc ${second.code}`, { exact: false })).toBeVisible()
  await expect.element(timeline.getByText(/Đã báo tổ trực/)).toBeVisible()
  await expect.element(timeline.getByText(/Người gửi sau nói là cây ở số 12/)).not.toBeInTheDocument()
})

test('a report about two matters is split in two, and the second waits for the dispatchers', async () => {
  const office = await buildOffice()
  const { code } = await buildReportAt(office, { body: 'Cây đổ chắn ngõ, đèn đường cũng tắt.' })
  const lan = await buildOfCity('dispatcher', 'Vũ Thị Lan')
  await signInAs(lan.username)
  await openReport(code)
  await writeNote('Đèn tắt là việc của điện lực')
  const choices = /\/api\/trpc\/[^?]*reports\.partsToPick/
  const restore = refuseLine(choices)
  await choose('Tách thành hai phản ánh')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabelText(/Tiêu đề của nội dung thứ hai/).fill('Đèn đường tắt')
  await expect.element(dialog.getByRole('alert')).toContainText('Chưa tải được trao đổi, ghi chú và ảnh')
  restore()
  await dialog.getByRole('button', { name: /Thử lại/ }).click()
  await expect.element(dialog.getByRole('group', { name: /Nội dung chuyển sang phản ánh được tách/ })).toHaveFocus()
  await dialog.getByRole('checkbox', { name: /Đèn tắt là việc của điện lực/ }).click()
  await dialog.getByRole('button', { name: /^Tách thành hai phản ánh/ }).click()
  await expect.element(dialog).not.toBeInTheDocument()
  const told = timeline.getByText(/^Tách nội dung thứ hai thành phản ánh HN-/)
  await expect.element(told).toBeVisible()
  const second = told.element().textContent?.match(/HN-\S+/)?.[0] ?? ''

  const report = await openReport(second)
  await expect.element(report.getByRole('heading', { name: /Đèn đường tắt/ })).toBeVisible()
  await expect.element(report.getByText(/Cây đổ chắn ngõ, đèn đường cũng tắt\./)).toBeVisible()
  await expect.element(report.getByText(/Chờ tiếp nhận/).first()).toBeVisible()
  await expect.element(timeline.getByText(`Tách từ ${code}`, { exact: false })).toBeVisible()
  await expect.element(timeline.getByText(/Đèn tắt là việc của điện lực/)).toBeVisible()
})
