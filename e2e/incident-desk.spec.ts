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
import { holdUp, holdUpAnswers } from './slow-line.ts'
import { visit } from './visit.ts'

const unique = () => Date.now().toString(36)
const rowOf = (page: Page, title: string) => page.getByRole('row', { name: new RegExp(title) })

/** An incident of its own, under way since yesterday, with reports that an office works on and may answer by itself. */
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

test('what an incident looks out for finds reports, which are confirmed and dismissed in bulk by keys', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const incident = await buildIncident(db, { name: `Lũ sông Bùi ${unique()}`, startsAt: hoursAgo(24) })
  const word = `sông${unique()}`
  for (const place of ['Thủy Xuân Tiên', 'Nam Phương Tiến', 'Tân Tiến', 'chợ Bến']) {
    await buildReportAt(db, office, { title: `Nước ${word} tràn ở ${place}` })
  }
  const page = await signedInAs('dieuphoi')
  await visit(page, `/incidents/${incident.id}?tab=suggestions`)
  await expect(page.getByRole('heading', { name: 'Sự kiện chưa có loại phản ánh hay từ khóa nào' })).toBeVisible()
  await page.getByRole('button', { name: 'Sửa sự kiện' }).click()
  await page.getByRole('dialog').getByLabel('Từ khóa').fill(word)
  await page.getByRole('dialog').getByRole('button', { name: 'Lưu' }).click()
  await expect
    .poll(async () => {
      await visit(page, `/incidents/${incident.id}?tab=suggestions`)
      return rowOf(page, word).count()
    })
    .toBe(4)
  await expect(rowOf(page, 'Tân Tiến')).toContainText(word)

  for (const key of ['j', 'x', 'j', 'x', 'j', 'x']) await page.keyboard.press(key)
  await expect(page.getByText('Đã chọn 3 phản ánh')).toBeVisible()
  await page.keyboard.press('y')
  await expect(page.getByText('Đã gắn 3 phản ánh vào sự kiện.')).toBeVisible()
  await expect(rowOf(page, word)).toHaveCount(1)
  const linked = () => db.select().from(reports).where(eq(reports.incidentId, incident.id))
  expect(await linked()).toHaveLength(3)

  // All three come back at once, and are confirmed again.
  await page.keyboard.press('z')
  await expect(rowOf(page, word)).toHaveCount(4)
  expect(await linked()).toHaveLength(0)
  for (const key of ['ControlOrMeta+a', 'y']) await page.keyboard.press(key)
  await expect(page.getByText('Đã gắn 4 phản ánh vào sự kiện.')).toBeVisible()
  expect(await linked()).toHaveLength(4)

  await buildReportAt(db, office, { title: `Thuyền trên ${word} bị mất` })
  await page.getByRole('button', { name: 'Sửa sự kiện' }).click()
  // No word that a report of the city's own day may have, such as the name of a street.
  await page.getByRole('dialog').getByLabel('Từ khóa').fill(`${word}\nthuyền ${word}`)
  await page.getByRole('dialog').getByRole('button', { name: 'Lưu' }).click()
  await expect
    .poll(async () => {
      await visit(page, `/incidents/${incident.id}?tab=suggestions`)
      return rowOf(page, 'Thuyền').count()
    })
    .toBe(1)
  for (const key of ['j', 'Delete']) await page.keyboard.press(key)
  await expect(page.getByText('Đã bỏ 1 phản ánh khỏi gợi ý.')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Không có phản ánh nào chờ xác nhận' })).toBeVisible()
  await page.getByRole('link', { name: 'Nhật ký' }).click()
  await expect(page.getByText('4 phản ánh được gắn trong ngày')).toBeVisible()
})

test('one answer for more than fifty is read beforehand, approved by another account, and goes out one by one', async ({
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
    .getByLabel('Đã làm gì')
    .fill('Phản ánh {{code}}: đã bơm tiêu nước tại {{address}}, mực nước hết lúc 9 giờ.')
  await sheet.getByLabel('Ở đâu').fill('Phố Thái Hà')
  await sheet.getByLabel('Khi nào').fill('Sáng nay')
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

test('reports of one matter are merged; the incident is closed and told on a page to take away', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const { incident, reports: built } = await buildFlood(db, 4)
  const page = await signedInAs('dieuphoi')
  await visit(page, `/incidents/${incident.id}`)
  for (const { code } of built.slice(0, 3)) await page.getByLabel(`Chọn ${code}`).check()
  await page.getByRole('button', { name: 'Gộp thành một việc' }).click()
  const merging = page.getByRole('dialog', { name: 'Gộp 3 phản ánh thành một việc' })
  await expect(merging.getByLabel('Phản ánh chính')).toHaveValue(String(built[0]?.id))
  await merging.getByRole('button', { name: 'Gộp', exact: true }).click()
  await expect(page.getByText(`Đã gộp 2 phản ánh vào ${built[0]?.code}.`)).toBeVisible()
  const merged = await db
    .select()
    .from(reports)
    .where(eq(reports.mergedIntoId, built[0]?.id ?? 0))
  expect(merged.map(({ id }) => id).sort()).toEqual(built.slice(1, 3).map(({ id }) => id))

  await page.getByRole('link', { name: 'Nhật ký' }).click()
  await page.getByLabel('Ghi vào nhật ký').fill('Điều hai xe bơm sang Thái Hà.')
  const letGo = await holdUp(page, /incidents\.addNote/)
  await page.getByRole('button', { name: 'Ghi', exact: true }).click()
  // What is typed on meanwhile is the next note.
  await page.getByLabel('Ghi vào nhật ký').pressSequentially(' Gọi thêm người.')
  letGo()
  await expect(page.getByRole('listitem').filter({ hasText: 'Điều hai xe bơm sang Thái Hà.' })).toBeVisible()
  await expect(page.getByLabel('Ghi vào nhật ký')).toHaveValue('Gọi thêm người.')

  await page.getByRole('button', { name: 'Đóng sự kiện' }).click()
  const closing = page.getByRole('dialog', { name: `Đóng “${incident.name}”?` })
  await expect(closing).toContainText('Còn 2 phản ánh đang mở')
  await closing.getByLabel('Kết luận').fill('Nước rút hết, không thiệt hại về người.')
  await closing.getByRole('button', { name: 'Đóng sự kiện' }).click()
  await page.waitForURL(/\/after-action$/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`Tổng kết sự kiện: ${incident.name}`)
  await expect(page.getByText('Nước rút hết, không thiệt hại về người.')).toBeVisible()
  await expect(page.getByText('Điều hai xe bơm sang Thái Hà.')).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])

  const taken = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
    return readFile(await download.path(), 'utf8')
  }
  const told = JSON.parse(await taken('Tải tổng kết (JSON)'))
  expect(told).toMatchObject({ incident: { id: incident.id }, figures: { total: 2 }, citizens: 4 })
  const sheet = await taken('Tải phản ánh (CSV)')
  for (const { code } of built) expect(sheet).toContain(code)

  await visit(page, `/incidents/${incident.id}?tab=suggestions`)
  await expect(page.getByText('Sự kiện đã đóng nên không gợi ý phản ánh nữa.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Sửa sự kiện' })).toBeHidden()
})

test('what is noted while the log is on its way stands in it', async ({ signedInAs, db }) => {
  const { incident } = await buildFlood(db, 1)
  const page = await signedInAs('dieuphoi')
  const letGo = await holdUpAnswers(page, /chronicle\.log/)
  await visit(page, `/incidents/${incident.id}?tab=log`)
  await page.getByLabel('Ghi vào nhật ký').fill('Điều hai xe bơm sang Thái Hà.')
  await page.getByRole('button', { name: 'Ghi', exact: true }).click()
  await expect(page.getByText('Đã ghi vào nhật ký')).toBeVisible()
  letGo()
  await expect(page.getByRole('listitem').filter({ hasText: 'Điều hai xe bơm sang Thái Hà.' })).toBeVisible()
})

test('the reports of a large incident are taken away once the password was asked again', async ({
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
  // For a while nothing is asked any more.
  const [told] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Tải tổng kết (JSON)' }).click(),
  ])
  expect(JSON.parse(await readFile(await told.path(), 'utf8')).reports).toHaveLength(501)
})
