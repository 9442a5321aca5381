import { eq } from 'drizzle-orm'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { reportPutOffs } from '#db/schema/index.ts'
import { dayAfter, localDayOf } from '#server/platform/rules/local-day.ts'
import { expect, test } from './fixtures.ts'
import { buildEndlessHours, buildOfCity, buildOffice, buildReportAt, hoursAgo } from './office.ts'
import { addressOf, buildFields, buildMixed, counter, titleOn } from './triage.ts'
import { typeDay } from './type-day.ts'
import { visit } from './visit.ts'

const viewport = { width: 1366, height: 768 }

test('a user watches a report with a key, finds it in a view of its own, and is told what a colleague does with it', async ({
  signedInAs,
  db,
  seriousViolations,
}) => {
  const office = await buildOffice(db, { calendarId: await buildEndlessHours(db) })
  const { code, title } = await buildReportAt(db, office, { title: 'Nắp cống vỡ trước chợ' })
  const head = await buildAccount(db, { agency: office.agency, name: 'Bùi Bích Mai', roles: ['manager'] })
  const watcher = await signedInAs(head.username, { viewport })
  await visit(watcher, '/reports?view=my_agency')
  await expect(watcher.getByRole('row', { name: new RegExp(title) })).toBeVisible()
  await expect(watcher.getByRole('article', { name: code })).toBeVisible()
  await watcher.keyboard.press('w')
  await expect(watcher.getByText(`Đang theo dõi ${code}. Bạn sẽ được báo khi có diễn biến.`)).toBeVisible()
  await watcher.getByRole('link', { name: /^Đang theo dõi.*1/ }).click()
  await expect(watcher).toHaveURL(/view=watching/)
  await expect(watcher.getByRole('row', { name: new RegExp(title) })).toBeVisible()
  expect(await seriousViolations(watcher)).toEqual([])

  const officer = await signedInAs(office.officer.username, { viewport })
  await visit(officer, `/reports/${code}`)
  await officer.keyboard.press('e')
  const note = officer.getByRole('region', { name: 'Ghi chú nội bộ' })
  await note.getByRole('textbox').fill('Đã đặt rào chắn, chờ nắp mới.')
  await note.getByRole('button', { name: /^Lưu ghi chú/ }).click()
  await expect(officer.getByText('Đã đặt rào chắn, chờ nắp mới.').first()).toBeVisible()

  await watcher.getByRole('button', { name: 'Thông báo, 1 chưa đọc' }).click()
  const sheet = watcher.getByRole('dialog', { name: 'Thông báo' })
  await expect(sheet.getByRole('heading', { name: 'Phản ánh bạn theo dõi' })).toBeVisible()
  await sheet.getByRole('link', { name: /Ghi chú nội bộ/ }).click()
  await expect(watcher).toHaveURL(new RegExp(`/reports/${code}`))
  await watcher.getByRole('button', { name: 'Thôi theo dõi' }).first().click()
  await expect(watcher.getByText(`Đã thôi theo dõi ${code}`)).toBeVisible()
})

test('a colleague mentioned in a note is offered by name, told with its words, and sees the mention in the timeline', async ({
  signedInAs,
  db,
  seriousViolations,
}) => {
  const office = await buildOffice(db, { calendarId: await buildEndlessHours(db) })
  const { code } = await buildReportAt(db, office)
  const officer = await signedInAs(office.officer.username, { viewport })
  await visit(officer, `/reports/${code}`)
  await officer.keyboard.press('e')
  const note = officer.getByRole('region', { name: 'Ghi chú nội bộ' })
  const text = note.getByRole('textbox').or(note.getByRole('combobox'))
  await text.pressSequentially('Nhờ @Nguyễn Thị Hoa')
  const list = officer.getByRole('listbox', { name: 'Đồng nghiệp xem được phản ánh này' })
  await expect(list.getByRole('option').first()).toContainText('Nguyễn Thị Hoa')
  expect(await seriousViolations(officer)).toEqual([])
  await officer.keyboard.press('Enter')
  await text.pressSequentially('xem giúp hiện trường')
  await expect(list).toBeHidden()
  await expect(text).toHaveValue('Nhờ @Nguyễn Thị Hoa xem giúp hiện trường')
  await officer.keyboard.press('ControlOrMeta+Enter')
  await expect(officer.locator('b', { hasText: '@Nguyễn Thị Hoa' })).toBeVisible()

  const approver = await signedInAs(office.approver.username, { viewport })
  await visit(approver, '/reports?view=my_agency')
  await approver.getByRole('button', { name: 'Thông báo, 1 chưa đọc' }).click()
  const sheet = approver.getByRole('dialog', { name: 'Thông báo' })
  await expect(sheet.getByRole('heading', { name: 'Bạn được nhắc đến' })).toBeVisible()
  await sheet.getByRole('link', { name: /Nhờ @Nguyễn Thị Hoa xem giúp hiện trường/ }).click()
  await expect(approver).toHaveURL(new RegExp(`/reports/${code}`))
  await expect(approver.locator('b', { hasText: '@Nguyễn Thị Hoa' })).toBeVisible()
})

test('a report that is put off leaves the list, is under its own view, and comes back with z or when its time has come', async ({
  signedInAs,
  db,
  seriousViolations,
}) => {
  const office = await buildOffice(db)
  const { id, code } = await buildReportAt(db, office, { title: 'Nắp cống vỡ trước chợ', dueAt: hoursAgo(-2) })
  await buildReportAt(db, office, { title: 'Cây nghiêng cổng trường', dueAt: hoursAgo(-1) })
  const page = await signedInAs(office.officer.username, { viewport })
  await visit(page, '/reports?view=my_agency')
  const row = page.getByRole('row', { name: /Nắp cống vỡ trước chợ/ })
  await row.click()
  await page.keyboard.press('h')
  const dialog = page.getByRole('dialog', { name: `Hoãn ${code} đến lúc nào?` })
  await expect(dialog.getByRole('button', { name: /1 giờ nữa/ })).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await page.keyboard.press('1')
  await expect(dialog).toBeHidden()
  await expect(row).toHaveCount(0)
  await expect(page.getByRole('link', { name: /^Đang hoãn.*1/ })).toBeVisible()
  await page.keyboard.press('z')
  await expect(row).toBeVisible()

  await row.click()
  await page.keyboard.press('h')
  await page.keyboard.press('1')
  await expect(row).toHaveCount(0)
  await page.getByRole('link', { name: /^Đang hoãn.*1/ }).click()
  await expect(row.getByText(/^Hoãn đến /)).toBeVisible()
  await db
    .update(reportPutOffs)
    .set({ until: hoursAgo(0) })
    .where(eq(reportPutOffs.reportId, id))
  await visit(page, '/reports?view=my_agency')
  await expect(page.getByRole('row').nth(1)).toContainText('Nắp cống vỡ trước chợ')
  await expect(row.getByText('Hết giờ hoãn')).toBeVisible()
})

test('in triage the next report takes the place of one that is put off, and z brings it back', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const [first, second] = await buildMixed(db, fields, 3)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username, { viewport })
  await visit(page, addressOf(fields))
  await expect(titleOn(page)).toHaveText(first?.title ?? '')
  await page.keyboard.press('h')
  await page.keyboard.press('1')
  await expect(titleOn(page)).toHaveText(second?.title ?? '')
  await expect(counter(page)).toHaveText(/^Còn 2/)
  await page.keyboard.press('z')
  await expect(titleOn(page)).toHaveText(first?.title ?? '')
})

test('an answer is scheduled from its box, shown on the report until its time, moved to now and given in the name of its writer', async ({
  signedInAs,
  db,
  seriousViolations,
}) => {
  const office = await buildOffice(db)
  const { code: categoryCode } = await buildCategory(db, { needsApproval: false })
  const { code } = await buildReportAt(db, office, {
    categoryCode,
    assigneeId: office.officer.id,
    dueAt: hoursAgo(-20),
  })
  const page = await signedInAs(office.officer.username, { viewport })
  await visit(page, `/reports/${code}`)
  await page.keyboard.press('r')
  const box = page.getByRole('region', { name: 'Trả lời công dân' })
  await box.getByLabel('Kết quả xử lý').fill('Đã đặt nắp cống mới.')
  await box.getByLabel('Địa điểm').fill('Trước chợ Hàng Da')
  await box.getByLabel('Thời gian').fill('9 giờ sáng nay')
  await box.getByRole('radio', { name: 'Đã khắc phục' }).check()
  await box.getByRole('button', { name: 'Gửi lúc…' }).click()
  const dialog = page.getByRole('dialog', { name: `Gửi trả lời ${code} lúc nào?` })
  const inThreeDays = dayAfter(localDayOf(new Date()), 3).split('-').reverse().join('/')
  await typeDay(dialog, page, 'Ngày', inThreeDays)
  await dialog.getByLabel('Giờ').fill('03:30')
  await expect(dialog.getByText(/^Ngoài giờ làm việc của đơn vị/)).toBeVisible()
  await expect(dialog.getByText(/^Sau thời hạn xử lý/)).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Hẹn giờ gửi' }).click()
  await expect(page.getByText(new RegExp(`^Đã hẹn gửi trả lời ${code} lúc .* 03:30`))).toBeVisible()

  const card = page.getByRole('region', { name: /^Trả lời hẹn gửi lúc .* 03:30/ })
  await expect(card.getByText('Trần Văn Hùng soạn và hẹn giờ')).toBeVisible()
  await expect(card.getByText('Đã đặt nắp cống mới.')).toBeVisible()
  const stated = (state: string) => page.getByRole('article', { name: code }).getByText(state).filter({ visible: true })
  await expect(stated('Đang xử lý').first()).toBeVisible()
  await card.getByRole('button', { name: 'Gửi ngay' }).click()
  await expect(card).toHaveCount(0)
  await expect(stated('Đã xử lý').first()).toBeVisible()
})
