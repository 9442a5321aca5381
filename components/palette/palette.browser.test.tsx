import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press, textsOf, type } from '#app/testing/hands.ts'
import { holdUp } from '#app/testing/line.ts'
import { appRouter, hereNow, shownPlace, subscribeToPlace } from '#app/testing/place.ts'
import { openReport } from '#app/testing/report-page.ts'
import { onServer } from '#app/testing/server.ts'
import { hoursAgo } from '#app/testing/times.ts'

const { buildOfCity, buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { buildReport } = onServer<typeof import('#db/factories/reports.ts')>('db/factories/reports.ts')
const { buildCategory } = onServer<typeof import('#db/factories/categories.ts')>('db/factories/categories.ts')
const { stateOf, stored } = onServer<typeof import('#app/testing/beside/reports.ts')>('app/testing/beside/reports.ts')

const palette = page.getByRole('listbox', { name: 'Bảng lệnh' })
const field = page.getByRole('banner').getByRole('combobox')
const lines = (name: string | RegExp) => palette.getByRole('option', { name })

async function open(): Promise<void> {
  await press('Control+k')
  await expect.element(field).toHaveFocus()
}

/** Opens another page of the same desk, and waits until it is shown. */
async function goTo(address: string): Promise<void> {
  appRouter.push(address)
  await expect.poll(() => shownPlace().pathname + shownPlace().search).toBe(address)
}

test('what the account may do with the current report comes first, each with its key', {
  timeout: 90_000,
}, async () => {
  const office = await buildOffice()
  const { code } = await buildReportAt(office)
  await signInAs(office.officer.username)
  await visit(`/reports/${code}`)
  await open()
  await expect.element(lines(/^Ghi chú nội bộ/)).toContainText(code)
  await expect.element(lines(/^Trả lời công dân/)).toContainText('R')
  await expect.element(palette.getByRole('option').first()).toHaveAttribute('aria-selected', 'true')
  // A dispatcher's moves, and sections closed to an officer.
  await expect.element(lines(/^Từ chối/)).not.toBeInTheDocument()
  await expect.element(lines(/bản tin/)).not.toBeInTheDocument()
  await expect.element(lines(/tiếp nhận nhanh/)).not.toBeInTheDocument()
  expect(await seriousViolations('[role="listbox"], header')).toEqual([])
  await type('ghi chu')
  await press('Enter')
  await expect.element(palette).not.toBeInTheDocument()
  await expect.element(page.getByLabelText(/Nội dung ghi chú/)).toHaveFocus()
  // Ctrl+K opens it from within a text, too, and Esc leads back to the text.
  await type('đang gõ')
  await open()
  await press('Escape')
  await expect.element(page.getByLabelText(/Nội dung ghi chú/)).toHaveFocus()
  await expect.element(page.getByLabelText(/Nội dung ghi chú/)).toHaveValue('đang gõ')
})

test('to assign, the user chooses the command and types the agency, with or without accents; by mouse the name of a command leads back to the commands, and ✕ empties the box but keeps the search', {
  timeout: 90_000,
}, async () => {
  const office = await buildOffice()
  const dispatcher = await buildOfCity('dispatcher', 'Phạm Thị Lan')
  const { id, code } = await buildReportAt(office, { state: 'awaiting_intake' })
  await signInAs(dispatcher.username)
  await openReport(code)
  // Found by a search, too, the command asks for its agency.
  await press('/')
  await type('phan cong')
  await lines(/^Tiếp nhận và phân công/).click()
  await expect.element(field).toHaveAccessibleName('Chọn đơn vị')
  await type(office.agency.name)
  await expect.element(palette.getByRole('option').first()).toContainText(office.agency.name)
  await page
    .css('search')
    .getByRole('button', { name: /Tiếp nhận và phân công/ })
    .click()
  await expect.element(field).not.toHaveAccessibleName('Chọn đơn vị')
  await expect.element(field).toHaveFocus()
  await expect.element(field).toHaveValue('')
  await type('phan cong')
  await expect.element(lines(/^Tiếp nhận và phân công/)).toBeVisible()
  await expect.element(palette.getByRole('option').first()).toContainText('Tiếp nhận và phân công')
  await press('Enter')
  await expect.element(field).toHaveAccessibleName('Chọn đơn vị')
  await press('Escape')
  await expect.element(field).not.toHaveAccessibleName('Chọn đơn vị')
  await type('phan cong')
  await press('Enter')
  await expect.element(field).toHaveAccessibleName('Chọn đơn vị')
  await type(office.agency.name)
  await expect.element(palette.getByRole('option').first()).toContainText(office.agency.name)
  await press('Enter')
  await expect.element(page.getByText(`Đã phân công ${code} cho ${office.agency.name}`, { exact: false })).toBeVisible()
  await expect.poll(async () => (await stored([id]))[0]?.agencyId).toBe(office.agency.id)

  appRouter.push('/reports?view=all&q=ngập')
  await expect.element(field).toHaveValue('ngập')
  await open()
  await type('giao')
  await page.getByRole('button', { name: /Xóa nội dung tìm/ }).click()
  await expect.element(field).toHaveFocus()
  await expect.element(field).toHaveValue('')
  await expect.element(palette).toBeVisible()
  // The words of the search are letters of a command here.
  await type('ngập')
  await expect.element(palette.getByRole('option').last()).toContainText('Tìm “ngập” trong mọi phản ánh')
  await page.getByRole('button', { name: /Xóa nội dung tìm/ }).click()
  await press('Escape')
  await expect.element(field).toHaveValue('ngập')
  await expect.poll(hereNow).toMatch(/q=ng%E1%BA%ADp/)
})

test('a report is found without accents, from the list at once, by its code and by operators, and opened by Enter; an officer finds no pages of the administration', {
  timeout: 90_000,
}, async () => {
  const office = await buildOffice()
  const { code } = await buildReportAt(office, { title: 'Cây đổ trước cổng chùa Láng' })
  const other = await buildReportAt(office, { title: 'Cột điện nghiêng', severity: 'urgent' })
  await signInAs(office.officer.username, { width: 1366, height: 768 })
  await visit('/reports?view=my_agency')
  await open()
  await expect.element(lines(/^Bản nháp/)).toBeVisible()
  await expect.element(lines(/^Lịch làm việc/)).not.toBeInTheDocument()
  await type('cay do truoc')
  await expect.element(lines(/Cây đổ trước cổng chùa Láng/)).toContainText(code)
  await expect.poll(() => textsOf(lines(/Cây đổ trước/).css('mark'))).toEqual(['Cây', 'đổ', 'trước'])
  await press('Enter')
  await expect.element(page.getByRole('article', { name: code })).toBeVisible()

  // Also one that the list has loaded is found by the operators.
  await goTo('/reports?view=my_agency')
  await expect.element(page.getByRole('row', { name: new RegExp(other.title) })).toBeVisible()
  await press('/')
  await type('mucdo:khan')
  await expect.element(lines(new RegExp(other.title))).toContainText(other.code)
  await press('ControlOrMeta+a')
  await type(`mã:${other.code}`)
  await expect.element(lines(new RegExp(other.title))).toContainText(other.code)
  await press('Enter')
  await expect.element(page.getByRole('article', { name: other.code })).toBeVisible()

  const elsewhere = async () => {
    await goTo('/account')
    await open()
  }
  await elsewhere()
  await type(code)
  await press('Enter')
  await expect.poll(hereNow).toMatch(new RegExp(`/reports/${code}`))
  await expect.element(page.getByRole('article', { name: code })).toBeVisible()
  await elsewhere()
  await type(`code:${other.code.slice(3)}`)
  await expect.element(palette.getByRole('option').first()).toContainText(other.code)
  await press('Enter')
  await expect.poll(hereNow).toMatch(new RegExp(`/reports/${other.code}`))
})

test('a grave action asks for a second Enter', async () => {
  const office = await buildOffice()
  const { code: categoryCode } = await buildCategory()
  const { code, id } = await buildReportAt(office, { state: 'awaiting_approval', categoryCode })
  await signInAs(office.approver.username)
  await openReport(code)
  await open()
  await type('phe duyet tra loi')
  await expect.element(palette.getByRole('option').first()).toContainText('Phê duyệt trả lời')
  await press('Enter')
  await expect.element(lines(/^Nhấn Enter lần nữa để xác nhận: Phê duyệt trả lời/)).toBeVisible()
  await expect.element(page.css('search').getByRole('status')).toContainText('Nhấn Enter lần nữa')
  expect(await stateOf(id)).toBe('awaiting_approval')
  await press('Enter')
  await expect.poll(() => stateOf(id)).toBe('answered')
})

test('places and settings are a few letters away, recently used ones first; composing runs nothing; / searches first, Ctrl+K runs first, and both list the same', {
  timeout: 90_000,
}, async () => {
  const dispatcher = await buildOfCity('dispatcher', 'Phạm Thị Lan')
  await buildReport({ state: 'awaiting_intake', receivedAt: hoursAgo(1) })
  await signInAs(dispatcher.username)
  await visit('/incidents')
  await open()
  await type('thoang')
  await expect.element(lines(/^Độ cao dòng: Thoáng/)).toBeVisible()
  const composed = { key: 'Enter', code: 'Enter', isComposing: true, bubbles: true, cancelable: true }
  field.element().dispatchEvent(new KeyboardEvent('keydown', composed))
  await expect.element(palette).toBeVisible()
  await press('Enter')
  await expect.element(page.css('[data-density="comfortable"]').first()).toBeVisible()
  await open()
  await type('trang tiep nhan')
  await press('Enter')
  await expect.poll(hereNow).toMatch(/\/triage/)
  await expect.element(page.getByRole('article', { name: /^HN-/ })).toBeVisible()
  await open()
  // Here its own commands come first; of the places the one just used.
  await expect.element(palette.getByRole('option').first()).toContainText('Tiếp nhận, phân công theo đề xuất')
  const places = palette.getByRole('group', { name: 'Đi đến' }).getByRole('option')
  await expect.element(places.first()).toContainText('Đến trang tiếp nhận nhanh')

  await press('Escape')
  await goTo('/incidents')
  await press('/')
  await expect.element(field).toHaveFocus()
  await type('ban do')
  await expect.element(palette.getByRole('option').first()).toContainText('Tìm “ban do” trong mọi phản ánh')
  await expect.element(lines(/bản đồ/i).first()).toBeVisible()
  await press('Control+k')
  await type('ban do')
  await expect.element(palette.getByRole('option').last()).toContainText('Tìm “ban do” trong mọi phản ánh')
  await press('Enter')
  await expect.poll(hereNow).toMatch(/\/map/)
  // Filters stay during a search, and the line says so.
  await goTo('/reports?view=all&severity=urgent')
  await press('/')
  await type('ban do')
  await expect.element(palette.getByRole('option').first()).toContainText('Tìm “ban do” trong các phản ánh đang lọc')
  await press('Enter')
  await expect.poll(hereNow).toMatch(/q=ban\+do/)
  await expect.poll(hereNow).toMatch(/severity=urgent/)
})

test('operators and codes are understood on every page but the map, which opens a report by loading it; on a slow line a search from another page comes soon, and not after the user has gone elsewhere', {
  timeout: 120_000,
}, async () => {
  const office = await buildOffice()
  const dispatcher = await buildOfCity('dispatcher', 'Phạm Thị Lan')
  const { code } = await buildReportAt(office, { title: 'Cây đổ trước cổng chùa Láng' })
  await buildReport({ state: 'awaiting_intake', receivedAt: hoursAgo(1) })
  await signInAs(dispatcher.username)
  const letGo = holdUp(/\/api\/trpc\/[^?]*reports\.choices/)
  await visit('/notifications')
  const opened: (string | null)[] = []
  const stop = subscribeToPlace(() => opened.push(new URLSearchParams(window.location.search).get('q')))
  await press('/')
  await type('cay don-vi:khong')
  // The search and a press on the rail right after it.
  document.querySelector<HTMLFormElement>('header form')?.requestSubmit()
  document.querySelector<HTMLAnchorElement>('nav a[href="/incidents"]')?.click()
  await expect.poll(hereNow).toBe('/incidents')
  await press('/')
  await type('rac don-vi:khong')
  await press('Enter')
  await expect.poll(hereNow).toMatch(/\/reports\?.*q=rac/)
  expect(opened.filter((words) => words?.startsWith('cay'))).toEqual([])
  stop()
  letGo()

  for (const address of ['/triage', '/incidents', '/reports?view=open', '/notifications']) {
    const typeThere = async (words: string) => {
      await goTo(address)
      await press('/')
      await expect.element(field).toHaveFocus()
      await press('ControlOrMeta+a')
      await type(words)
      await press('Enter')
    }
    await typeThere('cây trang-thai:dang-xu-ly muc-do:khan')
    await expect.poll(hereNow).toMatch(/q=c%C3%A2y&/)
    await expect.poll(hereNow).toMatch(/state=in_progress/)
    await expect.poll(hereNow).toMatch(/severity=urgent/)
    await typeThere(code)
    await expect.poll(hereNow).toMatch(new RegExp(`/reports/${code}`))
    await expect.element(page.getByRole('article', { name: code })).toBeVisible()
  }
})

test('an account without reports has the box for commands, and the pages of a section are places for those who may open them', async () => {
  await signInAs('quantri')
  await visit('/admin')
  await open()
  await expect.element(field).toHaveAccessibleName('Gõ lệnh hoặc tên trang')
  await type('lich lam viec')
  await expect.element(palette.getByRole('option').first()).toContainText('Quản trị')
  await press('Enter')
  await expect.poll(hereNow).toBe('/admin/calendars')

  await signInAs('lanhdao.tp')
  await visit('/account')
  await open()
  await type('bao cao lanh dao')
  await expect.element(lines(/^Báo cáo lãnh đạo/)).toContainText('Thống kê')
})
