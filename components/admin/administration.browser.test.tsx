import { expect, test } from 'vitest'
import type { Locator } from 'vitest/browser'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press, typeDay } from '#app/testing/hands.ts'
import { awaitAnswer } from '#app/testing/line.ts'
import { appRouter } from '#app/testing/place.ts'
import { onServer } from '#app/testing/server.ts'

const scene = onServer<typeof import('./administration.scene.ts')>('components/admin/administration.scene.ts')

const drawer = (name: string | RegExp) => page.getByRole('dialog', { name })
const log = page.getByRole('table', { name: 'Nhật ký' })
const gone = (locator: Locator) => expect.element(locator).not.toBeInTheDocument()

/** A day of the year after next: no other test has deadlines there. */
const farYear = new Date().getFullYear() + 2

test('a calendar: its preview lists each interval that it counted; new weekly hours begin tomorrow at the earliest and may be removed before; a holiday shows beforehand how many deadlines it moves, saved, it moves them and is in the log', async () => {
  const calendarId = await scene.ownCalendar()
  await signInAs('quantri')
  await visit('/admin/calendars')
  await page.getByRole('combobox', { name: 'Lịch' }).selectOptions(calendarId)
  // A Friday in November: the weekend follows.
  const friday = [20, 21, 22, 23, 24, 25, 26].find((day) => new Date(Date.UTC(farYear, 10, day)).getUTCDay() === 5)
  await typeDay(page, 'Nhận ngày', `${friday}/11/${farYear}`)
  await page.getByLabelText(/^Lúc/).fill('16:30')
  await page.getByLabelText(/^Số giờ làm việc/).fill('1,5')
  await page.getByRole('button', { name: /^Tính/ }).click()
  const slices = page.getByRole('table', { name: 'Các khoảng giờ được tính' })
  await expect.poll(() => slices.getByRole('row').elements().length).toBe(3)
  await expect.element(slices).toContainText('16:30–17:00')
  await expect.element(slices).toContainText('08:00–09:00')

  await page.getByRole('button', { name: /^Thêm giờ làm việc/ }).click()
  const hours = drawer('Thêm giờ làm việc')
  await hours
    .getByLabelText(/^Thứ Hai từ/)
    .first()
    .fill('07:30')
  await hours
    .getByLabelText(/^Thứ Hai đến/)
    .first()
    .fill('7 giờ')
  await hours.getByRole('button', { name: /^Xem ảnh hưởng/ }).click()
  await expect.element(hours.getByText(/Giá trị này không đúng\./)).toBeVisible()
  await hours
    .getByLabelText(/^Thứ Hai đến/)
    .first()
    .fill('11:30')
  await hours.getByRole('button', { name: /^Sao chép giờ thứ Hai/ }).click()
  await hours.getByRole('button', { name: /^Xem ảnh hưởng/ }).click()
  expect(await seriousViolations()).toEqual([])
  await expect.element(hours.getByRole('status')).toHaveTextContent('Không có phản ánh đang mở nào bị đổi thời hạn.')
  await hours.getByRole('button', { name: /^Lưu và tính lại thời hạn/ }).click()
  await expect.element(page.getByText(/Sắp áp dụng/)).toBeVisible()
  await expect.element(page.getByText(/07:30–11:30, 13:00–17:00/)).toBeVisible()
  await page.getByRole('button', { name: /^Bỏ giờ làm việc từ/ }).click()
  await drawer('Bỏ giờ làm việc này?').getByRole('button', { name: /^Xóa/ }).click()
  await gone(page.getByText(/Sắp áp dụng/))

  const { id, code, dueAt } = await scene.reportUnder(calendarId, new Date(`${farYear}-03-06T08:00:00+07:00`))
  const due = dueAt?.getTime() ?? 0
  const dueDay = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh' }).format(due)
  await page.getByRole('button', { name: /^Thêm ngày/ }).click()
  const form = drawer('Thêm ngày')
  await typeDay(form, 'Ngày', dueDay)
  await form.getByRole('button', { name: /^Xem ảnh hưởng/ }).click()
  await expect.poll(() => form.getByText(/Không được để trống\./).elements().length).toBe(2)
  await form.getByLabelText(/^Tên tiếng Việt/).fill('Nghỉ theo thông báo')
  await form.getByLabelText(/^Tên tiếng Anh/).fill('Day off as announced')
  await form.getByLabelText(/^Áp dụng cho/).selectOptions(calendarId)
  await form.getByRole('button', { name: /^Xem ảnh hưởng/ }).click()
  await expect.element(form.getByRole('status')).toHaveTextContent('1 phản ánh đang mở sẽ đổi thời hạn: 1 muộn hơn.')
  expect(await seriousViolations()).toEqual([])
  await form.getByRole('button', { name: /^Lưu và tính lại thời hạn/ }).click()
  await expect
    .element(page.getByText(/Đã lưu Nghỉ theo thông báo\. Thời hạn đang được tính lại\./).first())
    .toBeVisible()

  await expect.poll(async () => (await scene.dueAtOf(id))?.getTime() ?? 0).toBeGreaterThan(due)
  appRouter.push(`/admin/events?subject=${code}`)
  await expect.element(log).toContainText('Tính lại thời hạn')
  await expect.element(log).toContainText('đổi lịch làm việc')
}, 120_000)

test('a template with an unknown variable is refused and keeps what was typed', async () => {
  await signInAs('quantri')
  const name = `Mẫu thử ${Date.now().toString(36)}`
  await visit('/admin/templates')
  await page.getByRole('button', { name: 'Thêm mẫu', exact: true }).click()
  const form = drawer('Thêm mẫu trả lời')
  await form.getByLabelText(/^Tên mẫu/).fill(name)
  await form.getByLabelText(/^Nội dung/).fill('Kính gửi {{ho_ten}}, ')
  await form.getByRole('button', { name: 'Thêm', exact: true }).click()
  await expect.element(form.getByRole('alert')).toContainText('Không có biến {{ho_ten}}')
  await form.getByLabelText(/^Nội dung/).fill('Phản ánh ')
  await form.getByRole('button', { name: /mã phản ánh$/ }).click()
  await expect.element(form.getByLabelText(/^Nội dung/)).toHaveValue('Phản ánh {{code}}')
  await expect.element(form.getByRole('region', { name: /^Xem trước/ })).toContainText('Phản ánh HN-240907-0113')
  await form.getByRole('button', { name: 'Thêm', exact: true }).click()
  await expect.element(page.getByRole('heading', { name })).toBeVisible()

  await page.getByRole('button', { name: `Sửa mẫu ${name}` }).click()
  await expect.element(page.getByRole('dialog').getByRole('textbox').first()).toBeVisible()
  expect(await seriousViolations()).toEqual([])
  await page.getByRole('button', { name: /^Xóa mẫu/ }).click()
  await drawer(`Xóa mẫu “${name}”?`)
    .getByRole('button', { name: /^Xóa mẫu/ })
    .click()
  await gone(page.getByRole('heading', { name }))
})

test('a setting out of bounds is explained; a sheet with unsaved text asks before it closes', async () => {
  await signInAs('quantri')
  await visit('/admin/settings')
  const days = page.getByLabelText(/^Số ngày làm việc chờ công dân bổ sung/)
  const before = (days.element() as HTMLInputElement).value
  await days.fill('400')
  await page.getByRole('button', { name: /^Lưu cài đặt/ }).click()
  await expect.element(page.getByText(/Giá trị này không đúng\./)).toBeVisible()
  await days.fill(before === '6' ? '5' : '6')
  await page.getByRole('button', { name: /^Lưu cài đặt/ }).click()
  await expect.element(page.getByText(/Đã lưu cài đặt\./).first()).toBeVisible()

  appRouter.push('/admin/categories')
  await page
    .getByRole('button', { name: /^Thêm lĩnh vực vào nhóm/ })
    .first()
    .click()
  const sheet = page.getByRole('dialog')
  await expect.element(sheet.getByRole('textbox').first()).toBeVisible()
  expect(await seriousViolations()).toEqual([])
  await press('Escape')
  await gone(sheet)
  await page.getByRole('button', { name: /^Thêm nhóm/ }).click()
  const group = drawer('Thêm nhóm lĩnh vực').getByLabelText(/^Tên tiếng Việt/)
  await expect.element(group).toBeVisible()
  expect(await seriousViolations()).toEqual([])
  await group.fill('Dở dang')
  await press('Escape')
  await drawer('Bỏ những gì đã nhập?').getByRole('button', { name: /^Hủy/ }).click()
  await expect.element(group).toHaveValue('Dở dang')
})

test('an auditor reads and checks the log, which describes in words, not codes, what happened and names what was exported, imported and moved; nothing else of the administration opens', async () => {
  const code = await scene.logInWords()
  await signInAs('kiemtra')
  await visit('/admin/events')
  await page.getByRole('button', { name: /^Kiểm tra 31 ngày gần đây/ }).click()
  await expect.element(page.getByText(/Lần kiểm tra gần nhất: khớp/)).toBeVisible()
  await page.getByLabelText('Thao tác', { exact: true }).selectOptions('report.assigned')
  await page.getByRole('button', { name: /^Lọc/ }).click()
  await expect.poll(() => window.location.search).toContain('event=report.assigned')
  await expect.element(page.getByRole('rowheader', { name: /^Tiếp nhận và phân công/ }).first()).toBeVisible()

  for (const event of ['bulletin.', 'report.escalated', 'report.rejected', 'report.photo_added', 'incident.']) {
    const listed = awaitAnswer(/events\.list/)
    appRouter.push(`/admin/events?event=${event}`)
    await listed
    await expect.element(page.css('[data-stale]')).toHaveLength(0)
    await expect.element(page.getByRole('rowheader').first()).toBeVisible()
    const codes = /[a-z]_[a-z]|\b(draft|published|first|rejection|proof|revision|slug|sendAt|isExercise)\b|Sang:/
    const details = [...document.querySelectorAll('tbody td:last-child')].map(({ textContent }) => textContent ?? '')
    expect(details.filter((text) => codes.test(text))).toEqual([])
  }

  appRouter.push('/admin/events?subject=log-in-words')
  const row = (name: string) =>
    page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: new RegExp(name) }) })
  await expect.element(row('Xuất danh sách')).toContainText('Loại tệp: bảng tính (XLSX)')
  await expect.element(row('Xuất danh sách')).toContainText('Chỉ các phản ánh được chọn: có')
  await expect
    .element(row('Xuất danh sách').getByRole('link', { name: 'Mở danh sách' }))
    .toHaveAttribute('href', '/reports?view=overdue')
  await expect.element(row('Bỏ gộp')).toContainText(`Từ phản ánh: ${code}`)
  await expect.element(row('Bỏ gộp')).toContainText('Trao đổi: 2')
  expect(row('Bỏ gộp').element().textContent).not.toMatch(/handedOver|[0-9a-f]{8}-/)
  await expect.element(page.getByText(/Giao cán bộ xử lý/)).toBeVisible()

  for (const path of ['/admin/categories', '/admin/calendars', '/admin/templates', '/admin/settings']) {
    await visit(path)
    await expect.element(page.getByRole('heading', { name: 'Tài khoản không có quyền xem trang này' })).toBeVisible()
  }
}, 120_000)
