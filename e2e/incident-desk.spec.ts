import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { eq, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildCopies } from '#db/factories/copies.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { reportAnswers, reports } from '#db/schema/index.ts'
import { expect, test } from './fixtures.ts'
import { buildOffice, buildReportAt, hoursAgo } from './office.ts'
import { visit } from './visit.ts'

const unique = () => Date.now().toString(36)

/**
 * A separate incident, under way since yesterday, with reports that an office handles and may answer without approval.
 */
async function buildFlood(db: Database, count: number, name = `Ngập ${unique()}`) {
  const office = await buildOffice(db)
  const incident = await buildIncident(db, { name, kind: 'flood', startsAt: hoursAgo(24) })
  const { code } = await buildCategory(db, { needsApproval: false })
  const built = []
  for (let at = 1; at <= count; at += 1) {
    built.push(
      await buildReportAt(db, office, {
        incidentId: incident.id,
        categoryCode: code,
        title: `Ngập ngõ ${at} Thái Hà`,
        address: `ngõ ${at} Thái Hà`,
        receivedAt: new Date(hoursAgo(5).getTime() + at * 1000),
      }),
    )
  }
  return { ...office, incident, reports: built }
}

const phoneOf = (last: number) => `09${String(Date.now()).slice(-7)}${last}`

/** An incident with reports at two offices: three reporters, one of them twice, and one who left nothing. */
async function floodOfTwo(db: Database) {
  const [office, other] = [await buildOffice(db), await buildOffice(db)]
  const incident = await buildIncident(db, { name: `Ngập ${unique()}`, kind: 'flood', startsAt: hoursAgo(24) })
  const one = { incidentId: incident.id }
  const twice = { phone: phoneOf(1) }
  await buildReportAt(db, office, { ...one, reporter: twice })
  await buildReportAt(db, office, { ...one, state: 'answered', reporter: { phone: phoneOf(2) } })
  await buildReportAt(db, office, one)
  const waiting = await buildReportAt(db, other, {
    ...one,
    state: 'awaiting_acceptance',
    reporter: { phone: phoneOf(3) },
  })
  await buildReportAt(db, other, { ...one, reporter: twice })
  return { incident, base: { other, waiting } }
}

test('one answer for more than fifty is reviewed beforehand, approved by another account, and sent one by one', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const { incident, officer, approver, reports: built } = await buildFlood(db, 52)
  const hung = await signedInAs(officer.username)
  await visit(hung, `/incidents/${incident.id}?tab=answers`)
  await hung.getByRole('button', { name: 'Soạn trả lời chung' }).click()
  const sheet = hung.getByRole('dialog')
  await sheet
    .getByLabel('Kết quả xử lý')
    .fill('Phản ánh {{code}}: đã bơm tiêu nước tại {{address}}, mực nước hết lúc 9 giờ.')
  await sheet.getByLabel('Địa điểm').fill('Phố Thái Hà')
  await sheet.getByLabel('Thời gian').fill('Sáng nay')
  await sheet.getByRole('radio', { name: 'Đã khắc phục' }).check()
  await sheet.getByRole('button', { name: 'Xem trước và gửi' }).click()
  await expect(sheet.getByText('52 phản ánh được trả lời', { exact: false })).toBeVisible()
  await expect(sheet.getByText('một tài khoản khác phải duyệt', { exact: false })).toBeVisible()
  await expect(sheet.getByRole('blockquote')).toHaveCount(3)
  await expect(sheet.getByRole('blockquote').first()).toContainText(
    /Phản ánh HN-\d{6}-\d+: đã bơm tiêu nước tại ngõ \d+/,
  )
  expect(await seriousViolations(hung, '[role="dialog"]')).toEqual([])
  await sheet.getByRole('button', { name: 'Trình người duyệt thứ hai (52)' }).click()
  const card = (page: Page) => page.getByRole('article').filter({ hasText: 'Phản ánh {{code}}' })
  await expect(card(hung)).toContainText('Chờ người thứ hai duyệt')
  const approve = card(hung).getByRole('button', { name: 'Duyệt và gửi' })
  if (await approve.count()) await expect(approve).toHaveAttribute('aria-disabled', 'true')

  const hoa = await signedInAs(approver.username)
  await visit(hoa, `/incidents/${incident.id}?tab=answers`)
  await card(hoa).getByRole('button', { name: 'Duyệt và gửi' }).click()
  await expect(card(hoa)).toContainText('Đã xong', { timeout: 60_000 })
  await expect(card(hoa)).toContainText('52 đã trả lời')
  await expect(card(hoa)).toContainText('Nguyễn Thị Hoa duyệt')
  const [first] = built
  const answers = await db
    .select()
    .from(reportAnswers)
    .where(eq(reportAnswers.reportId, first?.id ?? 0))
  expect(answers).toMatchObject([{ authorId: officer.id }])
  expect(answers[0]?.what).toContain(`Phản ánh ${first?.code}: đã bơm tiêu nước tại ngõ 1 Thái Hà`)
  await card(hoa).getByRole('button', { name: 'Từng phản ánh' }).click()
  await expect(card(hoa).getByRole('row')).toHaveCount(53)
  await expect(card(hoa).getByText('Đã đến công dân')).toHaveCount(52, { timeout: 90_000 })
})

/** Presses a key in the very moment a text comes to stand on the page, before anything else can happen. */
function pressOnceThere(page: Page, text: string, key: string): Promise<void> {
  return page.evaluate(
    ([text, key]) =>
      new Promise<void>((resolve) => {
        const seen = new MutationObserver(() => {
          if (!document.body.textContent?.includes(text as string)) return
          seen.disconnect()
          const press = { key: key as string, code: `Key${key?.toUpperCase()}`, bubbles: true, cancelable: true }
          document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', press))
          resolve()
        })
        seen.observe(document.body, { childList: true, subtree: true, characterData: true })
      }),
    [text, key],
  )
}

test('the city notifies everyone who reported an incident, whichever agency has the report, and changes no state', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const { incident, base } = await floodOfTwo(db)
  const page = await signedInAs('dieuphoi')
  await visit(page, `/incidents/${incident.id}?tab=answers`)
  const sheet = page.getByRole('dialog')
  const compose = async () => {
    await page.getByRole('button', { name: 'Soạn thông báo chung' }).first().click()
    await sheet.getByLabel('Nội dung thông báo').fill('Thành phố đã nhận phản ánh {{code}}, đang huy động lực lượng.')
    await sheet.getByRole('button', { name: 'Xem trước và gửi' }).click()
    await expect(sheet.getByText('3 người nhận thông báo', { exact: false })).toBeVisible()
  }
  await compose()
  await expect(sheet.getByText('1 phản ánh khác của cùng những người đó', { exact: false })).toBeVisible()
  await expect(sheet.getByText('1 phản ánh: không để lại số điện thoại', { exact: false })).toBeVisible()
  expect(await seriousViolations(page, '[role="dialog"]')).toEqual([])
  // The moment it is announced it can be taken back, while the sheet is still leaving.
  const isPressed = pressOnceThere(page, 'Thông báo chung bắt đầu gửi sau 15 giây.', 'z')
  await sheet.getByRole('button', { name: 'Gửi (3)' }).click()
  await isPressed
  await expect(page.getByRole('article').filter({ hasText: 'Đã hủy' })).toHaveCount(1)

  await compose()
  await sheet.getByRole('button', { name: 'Gửi (3)' }).click()
  const card = page.getByRole('article').filter({ hasText: 'người được thông báo' })
  await expect(card).toContainText('3 người được thông báo', { timeout: 60_000 })
  await expect(card).toContainText('Sau thông báo này chưa có thêm người nào cần nhận.')
  const late = await buildReportAt(db, base.other, { incidentId: incident.id, reporter: { phone: phoneOf(9) } })
  await visit(page, `/incidents/${incident.id}?tab=log`)
  await expect(page.getByText('cho 3 người phản ánh; 1 phản ánh không có cách liên hệ').first()).toBeVisible()
  await expect(
    page.getByText('3 người được thông báo, 1 phản ánh không gửi được, 0 lỗi', { exact: false }),
  ).toBeVisible()
  await page
    .getByRole('navigation', { name: 'Các phần của sự kiện' })
    .getByText('Trả lời, thông báo', { exact: false })
    .click()
  await card.getByRole('button', { name: 'Gửi cho 1 người đó' }).click()
  await expect(sheet.getByLabel('Nội dung thông báo')).toHaveValue(/^Thành phố đã nhận phản ánh/)
  await sheet.getByRole('button', { name: 'Xem trước và gửi' }).click()
  await expect(sheet.getByRole('blockquote')).toContainText(late.code)

  const officer = await signedInAs(base.other.officer.username)
  await visit(officer, `/reports/${base.waiting.code}`)
  await expect(officer.getByText(`Thành phố đã nhận phản ánh ${base.waiting.code}`).first()).toBeVisible()
  const [row] = await db.select().from(reports).where(eq(reports.id, base.waiting.id))
  expect(row).toEqual(base.waiting)
})

test('the reports of a large incident are downloaded after the password was confirmed', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const { incident, agency, reports: built } = await buildFlood(db, 1)
  await buildCopies(db, built[0] as { id: number }, 500)
  const password = 'cầu Long Biên 1902'
  const manager = await buildAccount(db, { agency, roles: ['manager'], password })
  const page = await signedInAs(manager.username)
  await db.execute(sql`update sessions set created_at = now() - interval '1 hour' where account_id = ${manager.id}`)
  await visit(page, `/incidents/${incident.id}/after-action`)
  await page.getByRole('button', { name: 'Tải phản ánh (CSV)' }).click()
  const again = page.getByRole('dialog', { name: 'Xác nhận lại danh tính' })
  await again.getByLabel('Mật khẩu').fill(password)
  expect(await seriousViolations(page, '[role="dialog"]')).toEqual([])
  const [sheet] = await Promise.all([
    page.waitForEvent('download'),
    again.getByRole('button', { name: 'Xác nhận' }).click(),
  ])
  expect(parse(await readFile(await sheet.path()), { bom: true })).toHaveLength(502)
  // For a while no confirmation is needed.
  const [told] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Tải tổng kết (JSON)' }).click(),
  ])
  expect(JSON.parse(await readFile(await told.path(), 'utf8')).reports).toHaveLength(501)
})
