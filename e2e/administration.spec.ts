import type { Page } from '@playwright/test'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildCalendar } from '#db/factories/calendars.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { events } from '#db/schema/index.ts'
import { expect, test } from './fixtures.ts'
import { typeDay } from './type-day.ts'
import { visit } from './visit.ts'

const drawer = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name })

/** A day of the year after next: no other test has deadlines there. */
const farYear = new Date().getFullYear() + 2

test('an admin changes a limit; a colleague who began earlier sees who did, and keeps what they typed', async ({
  signedInAs,
  db,
}) => {
  const { code, name } = await buildCategory(db, {
    name: 'Cây che biển báo',
    nameEn: 'Hidden sign',
    normalMinutes: 480,
  })
  const second = await buildAccount(db, { agencyId: (await buildCity(db)).id, name: 'Trần Văn Đức', roles: ['admin'] })
  const [one, other] = [await signedInAs('quantri'), await signedInAs(second.username)]
  for (const page of [one, other]) {
    await visit(page, '/admin/categories')
    await page.getByRole('searchbox', { name: 'Tìm lĩnh vực' }).fill(`${code} cay che`)
    await page
      .getByRole('row', { name: new RegExp(code) })
      .getByRole('button', { name: `Sửa ${name}` })
      .click()
  }
  await drawer(other, `Lĩnh vực ${code}`).getByLabel('Bình thường').fill('12,5')
  await other.getByRole('button', { name: 'Lưu' }).click()
  await expect(other.getByText(`Đã lưu ${name}.`)).toBeVisible()
  await expect(other.getByRole('row', { name: new RegExp(code) })).toContainText('12 giờ 30 phút')

  const form = drawer(one, `Lĩnh vực ${code}`)
  await form.getByLabel('Tên tiếng Anh').fill('Sign behind leaves')
  await form.getByRole('button', { name: 'Lưu' }).click()
  const conflict = form.getByRole('alert')
  await expect(conflict).toContainText('Trần Văn Đức vừa lưu trước bạn')
  await expect(conflict).toContainText('Thời hạn bình thường: 8 giờ → 12 giờ 30 phút')
  await expect(form.getByLabel('Tên tiếng Anh')).toHaveValue('Sign behind leaves')
  await form.getByRole('button', { name: 'Giữ nội dung của tôi, lưu đè' }).click()
  await form.getByRole('button', { name: 'Lưu' }).click()
  await expect(one.getByText(`Đã lưu ${name}.`)).toBeVisible()

  await one.goto(`/admin/events?subject=${code}`)
  const log = one.getByRole('table', { name: 'Nhật ký' })
  await expect(log.getByRole('row')).toHaveCount(3)
  await expect(log).toContainText('Trần Văn Đức')
  await expect(log).toContainText('Sign behind leaves')
})

test('a holiday shows beforehand how many deadlines it moves; saved, it moves them and is in the log', async ({
  signedInAs,
  db,
}) => {
  const calendarId = await buildCalendar(db, { id: `lich-${Date.now().toString(36)}` })
  const agency = await buildAgency(db, { calendarId })
  const category = await buildCategory(db, { normalMinutes: 480 })
  const receivedAt = new Date(`${farYear}-03-06T08:00:00+07:00`)
  const report = await buildReport(db, {
    agencyId: agency.id,
    state: 'in_progress',
    categoryCode: category.code,
    receivedAt,
  })
  const due = report.dueAt?.getTime() ?? 0
  const dueDay = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh' }).format(report.dueAt ?? 0)

  const page = await signedInAs('quantri')
  await visit(page, '/admin/calendars')
  await page.getByRole('combobox', { name: 'Lịch' }).selectOption(calendarId)
  await page.getByRole('button', { name: 'Thêm ngày' }).click()
  const form = drawer(page, 'Thêm ngày')
  await typeDay(form, page, 'Ngày', dueDay)
  await form.getByRole('button', { name: 'Xem ảnh hưởng' }).click()
  await expect(form.getByText('Không được để trống.')).toHaveCount(2)
  await form.getByLabel('Tên tiếng Việt').fill('Nghỉ theo thông báo')
  await form.getByLabel('Tên tiếng Anh').fill('Day off as announced')
  await form.getByLabel('Áp dụng cho').selectOption(calendarId)
  await form.getByRole('button', { name: 'Xem ảnh hưởng' }).click()
  await expect(form.getByRole('status')).toHaveText('1 phản ánh đang mở sẽ đổi thời hạn: 1 muộn hơn.')
  await form.getByRole('button', { name: 'Lưu và tính lại thời hạn' }).click()
  await expect(page.getByText('Đã lưu Nghỉ theo thông báo. Thời hạn đang được tính lại.')).toBeVisible()

  const dueAt = async () => (await storyOf(db, report.id)).report.dueAt
  await expect.poll(async () => (await dueAt())?.getTime() ?? 0).toBeGreaterThan(due)
  await page.goto(`/admin/events?subject=${report.code}`)
  await expect(page.getByRole('table', { name: 'Nhật ký' })).toContainText('Tính lại thời hạn')
  await expect(page.getByRole('table', { name: 'Nhật ký' })).toContainText('đổi lịch làm việc')
})

test('the preview lists each interval of working time that it counted', async ({ signedInAs }) => {
  const page = await signedInAs('quantri')
  await visit(page, '/admin/calendars')
  // A Friday in November: the weekend follows.
  const friday = [20, 21, 22, 23, 24, 25, 26].find((day) => new Date(Date.UTC(farYear, 10, day)).getUTCDay() === 5)
  await typeDay(page, page, 'Nhận ngày', `${friday}/11/${farYear}`)
  await page.getByLabel('Lúc').fill('16:30')
  await page.getByLabel('Số giờ làm việc').fill('1,5')
  await page.getByRole('button', { name: 'Tính' }).click()
  const slices = page.getByRole('table', { name: 'Các khoảng giờ được tính' })
  await expect(slices.getByRole('row')).toHaveCount(3)
  await expect(slices).toContainText('16:30–17:00')
  await expect(slices).toContainText('08:00–09:00')
})

test('new weekly hours begin tomorrow at the earliest, and may be removed before', async ({ signedInAs, db }) => {
  const calendarId = await buildCalendar(db, { id: `gio-${Date.now().toString(36)}` })
  const page = await signedInAs('quantri')
  await visit(page, '/admin/calendars')
  await page.getByRole('combobox', { name: 'Lịch' }).selectOption(calendarId)
  await page.getByRole('button', { name: 'Thêm giờ làm việc' }).click()
  const form = drawer(page, 'Thêm giờ làm việc')
  await form.getByLabel('Thứ Hai từ').first().fill('07:30')
  await form.getByLabel('Thứ Hai đến').first().fill('7 giờ')
  await form.getByRole('button', { name: 'Xem ảnh hưởng' }).click()
  await expect(form.getByText('Giá trị này không đúng.')).toBeVisible()
  await form.getByLabel('Thứ Hai đến').first().fill('11:30')
  await form.getByRole('button', { name: 'Sao chép giờ thứ Hai' }).click()
  await form.getByRole('button', { name: 'Xem ảnh hưởng' }).click()
  await expect(form.getByRole('status')).toHaveText('Không có phản ánh đang mở nào bị đổi thời hạn.')
  await form.getByRole('button', { name: 'Lưu và tính lại thời hạn' }).click()
  await expect(page.getByText('Sắp áp dụng')).toBeVisible()
  await expect(page.getByText('07:30–11:30, 13:00–17:00')).toBeVisible()
  await page.getByRole('button', { name: /^Bỏ giờ làm việc từ/ }).click()
  await page.getByRole('dialog', { name: 'Bỏ giờ làm việc này?' }).getByRole('button', { name: 'Xóa' }).click()
  await expect(page.getByText('Sắp áp dụng')).toBeHidden()
})

test('a template with an unknown variable is refused and keeps what was typed', async ({ signedInAs }) => {
  const page = await signedInAs('quantri')
  const name = `Mẫu thử ${Date.now().toString(36)}`
  await visit(page, '/admin/templates')
  await page.getByRole('button', { name: 'Thêm mẫu', exact: true }).click()
  const form = drawer(page, 'Thêm mẫu trả lời')
  await form.getByLabel('Tên mẫu').fill(name)
  await form.getByLabel('Nội dung').fill('Kính gửi {{ho_ten}}, ')
  await form.getByRole('button', { name: 'Thêm', exact: true }).click()
  await expect(form.getByRole('alert')).toContainText('Không có biến {{ho_ten}}')
  await form.getByLabel('Nội dung').fill('Phản ánh ')
  await form.getByRole('button', { name: /mã phản ánh$/ }).click()
  await expect(form.getByLabel('Nội dung')).toHaveValue('Phản ánh {{code}}')
  await expect(form.getByRole('region', { name: /^Xem trước/ })).toContainText('Phản ánh HN-240907-0113')
  await form.getByRole('button', { name: 'Thêm', exact: true }).click()
  await expect(page.getByRole('heading', { name })).toBeVisible()

  await page.getByRole('button', { name: `Sửa mẫu ${name}` }).click()
  await page.getByRole('button', { name: 'Xóa mẫu' }).click()
  await page
    .getByRole('dialog', { name: `Xóa mẫu “${name}”?` })
    .getByRole('button', { name: 'Xóa mẫu' })
    .click()
  await expect(page.getByRole('heading', { name })).toBeHidden()
})

test('a setting out of bounds is explained; a sheet with unsaved text asks before it closes', async ({
  signedInAs,
}) => {
  const page = await signedInAs('quantri')
  await visit(page, '/admin/settings')
  const days = page.getByLabel('Số ngày làm việc chờ công dân bổ sung')
  const before = await days.inputValue()
  await days.fill('400')
  await page.getByRole('button', { name: 'Lưu cài đặt' }).click()
  await expect(page.getByText('Giá trị này không đúng.')).toBeVisible()
  await days.fill(before === '6' ? '5' : '6')
  await page.getByRole('button', { name: 'Lưu cài đặt' }).click()
  await expect(page.getByText('Đã lưu cài đặt.')).toBeVisible()

  await visit(page, '/admin/categories')
  await page.getByRole('button', { name: 'Thêm nhóm' }).click()
  await drawer(page, 'Thêm nhóm lĩnh vực').getByLabel('Tên tiếng Việt').fill('Dở dang')
  await page.keyboard.press('Escape')
  const question = page.getByRole('dialog', { name: 'Bỏ những gì đã nhập?' })
  await question.getByRole('button', { name: 'Hủy' }).click()
  await expect(drawer(page, 'Thêm nhóm lĩnh vực').getByLabel('Tên tiếng Việt')).toHaveValue('Dở dang')
})

test('an auditor reads and checks the log, and opens nothing else of the administration', async ({ signedInAs }) => {
  const page = await signedInAs('kiemtra')
  await visit(page, '/admin/events')
  await page.getByRole('button', { name: 'Kiểm tra 31 ngày gần đây' }).click()
  await expect(page.getByText(/Lần kiểm tra gần nhất: khớp/)).toBeVisible()
  await page.getByLabel('Thao tác', { exact: true }).selectOption('report.assigned')
  await page.getByRole('button', { name: 'Lọc' }).click()
  await expect(page).toHaveURL(/event=report\.assigned/)
  await expect(page.getByRole('rowheader', { name: 'Tiếp nhận và phân công' }).first()).toBeVisible()
  for (const path of ['/admin/categories', '/admin/calendars', '/admin/templates', '/admin/settings']) {
    await visit(page, path)
    await expect(page.getByRole('heading', { name: 'Tài khoản không có quyền xem trang này' })).toBeVisible()
  }
})

test('the log describes in words, not codes, what happened to bulletins, reports and incidents', async ({
  signedInAs,
}) => {
  const page = await signedInAs('kiemtra')
  for (const event of ['bulletin.', 'report.escalated', 'report.rejected', 'report.photo_added', 'incident.']) {
    await page.goto(`/admin/events?event=${event}`)
    await expect(page.getByRole('rowheader').first()).toBeVisible()
    const details = page.locator('tbody td:last-child')
    const codes = /[a-z]_[a-z]|\b(draft|published|first|rejection|proof|revision|slug|sendAt|isExercise)\b/
    await expect(details.filter({ hasText: codes })).toHaveCount(0)
    await expect(details.filter({ hasText: 'Sang:' })).toHaveCount(0)
  }
})

test('the log names what was exported, imported and moved: lists open, reports have their code, codes have words', async ({
  signedInAs,
  db,
}) => {
  const report = await buildReport(db)
  const at = { at: new Date(), subjectKind: 'export' as const, subjectId: 'log-in-words', actorKind: 'robot' as const }
  const parts = { messageIds: [crypto.randomUUID(), crypto.randomUUID()], noteIds: [], fileIds: [] }
  await db.insert(events).values([
    { ...at, event: 'export.list_made', details: { format: 'xlsx', list: 'view=overdue', rows: 12, chosen: true } },
    { ...at, event: 'report.unmerged', details: { fromReportId: report.id, parts, handedOver: [1, 2] } },
    { ...at, event: 'bulk.started', details: { deed: 'assign_person', rows: 12 } },
  ])
  const page = await signedInAs('kiemtra')
  await page.goto('/admin/events?subject=log-in-words')
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })
  await expect(row('Xuất danh sách')).toContainText(/Loại tệp: bảng tính \(XLSX\)/)
  await expect(row('Xuất danh sách')).toContainText(/Chỉ các phản ánh được chọn: có/)
  await expect(row('Xuất danh sách').getByRole('link', { name: 'Mở danh sách' })).toHaveAttribute(
    'href',
    '/reports?view=overdue',
  )
  await expect(row('Bỏ gộp')).toContainText(`Từ phản ánh: ${report.code}`)
  await expect(row('Bỏ gộp')).toContainText(/Trao đổi: 2/)
  await expect(row('Bỏ gộp')).not.toContainText(/handedOver|[0-9a-f]{8}-/)
  await expect(page.getByText('Giao cán bộ xử lý')).toBeVisible()
})

test('no sheet of the administration breaks accessibility', async ({ signedInAs, seriousViolations }) => {
  const page = await signedInAs('quantri')
  const drawers: [path: string, button: string | RegExp][] = [
    ['/admin/categories', /^Thêm lĩnh vực vào nhóm/],
    ['/admin/categories', 'Thêm nhóm'],
    ['/admin/calendars', 'Thêm ngày'],
    ['/admin/calendars', 'Thêm giờ làm việc'],
    ['/admin/templates', /^Sửa mẫu/],
  ]
  for (const [path, name] of drawers) {
    await visit(page, path)
    await page.getByRole('button', { name }).first().click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.waitForLoadState('networkidle')
    expect([String(name), await seriousViolations(page)]).toEqual([String(name), []])
  }
})
