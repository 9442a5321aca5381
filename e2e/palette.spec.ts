import { expect, type Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { buildCategory } from '#db/factories/categories.ts'
import { buildReport } from '#db/factories/reports.ts'
import { reports } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { buildOfCity, buildOffice, buildReportAt, hoursAgo } from './office.ts'
import { holdUp, holdUpCode } from './slow-line.ts'
import { visit } from './visit.ts'

const palette = (page: Page) => page.getByRole('listbox', { name: 'Bảng lệnh' })
const field = (page: Page) => page.getByRole('banner').getByRole('combobox')
const lines = (page: Page, name: string | RegExp) => palette(page).getByRole('option', { name })

async function open(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(field(page)).toBeFocused()
}

test('what the account may do with the current report comes first, each with its key', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  await visit(page, `/reports/${code}`)
  await open(page)
  await expect(lines(page, /^Ghi chú nội bộ/)).toContainText(code)
  await expect(lines(page, /^Trả lời công dân/)).toContainText('R')
  await expect(palette(page).getByRole('option').first()).toHaveAttribute('aria-selected', 'true')
  // A dispatcher's moves, and sections closed to an officer.
  await expect(lines(page, /^Từ chối/)).toHaveCount(0)
  await expect(lines(page, /bản tin/)).toHaveCount(0)
  await expect(lines(page, /tiếp nhận nhanh/)).toHaveCount(0)
  expect(await seriousViolations(page)).toEqual([])
  await page.keyboard.type('ghi chu')
  await page.keyboard.press('Enter')
  await expect(palette(page)).toHaveCount(0)
  await expect(page.getByLabel('Nội dung ghi chú')).toBeFocused()
  // Ctrl+K opens it from within a text, too, and Esc leads back to the text.
  await page.keyboard.type('đang gõ')
  await open(page)
  await page.keyboard.press('Escape')
  await expect(page.getByLabel('Nội dung ghi chú')).toBeFocused()
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue('đang gõ')
})

test('to assign, the user chooses the command and types the agency, with or without accents', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const { id, code } = await buildReportAt(db, office, { state: 'awaiting_intake' })
  const page = await signedInAs(dispatcher.username)
  await visit(page, `/reports/${code}`)
  await expect(page.getByRole('article', { name: code })).toBeVisible()
  await open(page)
  await page.keyboard.type('phan cong')
  await expect(palette(page).getByRole('option').first()).toContainText('Tiếp nhận và phân công')
  await page.keyboard.press('Enter')
  await expect(field(page)).toHaveAccessibleName('Chọn đơn vị')
  await page.keyboard.press('Escape')
  await expect(field(page)).not.toHaveAccessibleName('Chọn đơn vị')
  await page.keyboard.type('phan cong')
  await page.keyboard.press('Enter')
  await expect(field(page)).toHaveAccessibleName('Chọn đơn vị')
  await page.keyboard.type(office.agency.name)
  await expect(palette(page).getByRole('option').first()).toContainText(office.agency.name)
  await page.keyboard.press('Enter')
  await expect(page.getByText(`Đã phân công ${code} cho ${office.agency.name}`)).toBeVisible()
  const stored = async () => (await db.select().from(reports).where(eq(reports.id, id)))[0]
  await expect.poll(async () => (await stored())?.agencyId).toBe(office.agency.id)
})

test('by mouse: the name of a command leads back to the commands, and ✕ empties the box but keeps the search', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const { code } = await buildReportAt(db, office, { state: 'awaiting_intake' })
  const page = await signedInAs(dispatcher.username)
  await visit(page, `/reports/${code}`)
  await expect(page.getByRole('article', { name: code })).toBeVisible()
  // Found by a search, too, the command asks for its agency.
  await page.keyboard.press('/')
  await page.keyboard.type('phan cong')
  await lines(page, /^Tiếp nhận và phân công/).click()
  await expect(field(page)).toHaveAccessibleName('Chọn đơn vị')
  await page.keyboard.type(office.agency.name)
  await expect(palette(page).getByRole('option').first()).toContainText(office.agency.name)
  await page.getByRole('search').getByRole('button', { name: 'Tiếp nhận và phân công' }).click()
  await expect(field(page)).not.toHaveAccessibleName('Chọn đơn vị')
  await expect(field(page)).toBeFocused()
  await expect(field(page)).toHaveValue('')
  await page.keyboard.type('phan cong')
  await expect(lines(page, /^Tiếp nhận và phân công/)).toBeVisible()

  await visit(page, '/reports?view=all&q=ngập')
  await open(page)
  await page.keyboard.type('giao')
  await page.getByRole('button', { name: 'Xóa nội dung tìm' }).click()
  await expect(field(page)).toBeFocused()
  await expect(field(page)).toHaveValue('')
  await expect(palette(page)).toBeVisible()
  // The words of the search are letters of a command here.
  await page.keyboard.type('ngập')
  await expect(palette(page).getByRole('option').last()).toContainText('Tìm “ngập” trong mọi phản ánh')
  await page.getByRole('button', { name: 'Xóa nội dung tìm' }).click()
  await page.keyboard.press('Escape')
  await expect(field(page)).toHaveValue('ngập')
  await expect(page).toHaveURL(/q=ng%E1%BA%ADp/)
})

test('a report is found without accents, from the list at once, and by its code', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office, { title: 'Cây đổ trước cổng chùa Láng' })
  const other = await buildReportAt(db, office, { title: 'Nắp cống vỡ ngõ Trung Tiền' })
  const page = await signedInAs(office.officer.username)
  await visit(page, '/reports?view=my_agency')
  await open(page)
  await page.keyboard.type('cay do truoc')
  await expect(lines(page, /Cây đổ trước cổng chùa Láng/)).toContainText(code)
  await expect(lines(page, /Cây đổ trước/).locator('mark')).toHaveText(['Cây', 'đổ', 'trước'])
  await page.keyboard.press('Enter')
  await expect(page.getByRole('article', { name: code })).toBeVisible()
  await visit(page, '/account')
  await open(page)
  await page.keyboard.type(other.code)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/reports/${other.code}`))
  await expect(page.getByRole('article', { name: other.code })).toBeVisible()
})

test('a grave action asks for a second Enter', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const { code: categoryCode } = await buildCategory(db)
  const { code, id } = await buildReportAt(db, office, { state: 'awaiting_approval', categoryCode })
  const page = await signedInAs(office.approver.username)
  await visit(page, `/reports/${code}`)
  await expect(page.getByRole('article', { name: code })).toBeVisible()
  await open(page)
  await page.keyboard.type('phe duyet tra loi')
  await expect(palette(page).getByRole('option').first()).toContainText('Phê duyệt trả lời')
  await page.keyboard.press('Enter')
  await expect(lines(page, /^Nhấn Enter lần nữa để xác nhận: Phê duyệt trả lời/)).toBeVisible()
  await expect(page.getByRole('search').getByRole('status')).toContainText('Nhấn Enter lần nữa')
  const stateOf = async () => (await db.select().from(reports).where(eq(reports.id, id)))[0]?.state
  expect(await stateOf()).toBe('awaiting_approval')
  await page.keyboard.press('Enter')
  await expect.poll(stateOf).toBe('answered')
})

test('places and settings are a few letters away, recently used ones first; composing runs nothing', async ({
  signedInAs,
  db,
}) => {
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  await buildReport(db, { state: 'awaiting_intake', receivedAt: hoursAgo(1) })
  const page = await signedInAs(dispatcher.username)
  await visit(page, '/incidents')
  await open(page)
  await page.keyboard.type('thoang')
  await expect(lines(page, /^Độ cao dòng: Thoáng/)).toBeVisible()
  await field(page).dispatchEvent('keydown', { key: 'Enter', code: 'Enter', isComposing: true })
  await expect(palette(page)).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-density="comfortable"]').first()).toBeVisible()
  await open(page)
  await page.keyboard.type('trang tiep nhan')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/triage/)
  await expect(page.getByRole('article', { name: /^HN-/ })).toBeVisible()
  await open(page)
  // Here its own commands come first; of the places the one just used.
  await expect(palette(page).getByRole('option').first()).toContainText('Tiếp nhận, phân công theo đề xuất')
  const places = palette(page).getByRole('group', { name: 'Đi đến' }).getByRole('option')
  await expect(places.first()).toContainText('Đến trang tiếp nhận nhanh')
})

test('a name and Enter before the list of commands has loaded run the line they lead to', async ({
  signedInAs,
  db,
}) => {
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  const letGo = await holdUpCode(page, 'adviceChoice')
  await visit(page, '/incidents')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('trang tiep nhan')
  await page.keyboard.press('Enter')
  await expect(field(page)).toHaveValue('trang tiep nhan')
  letGo()
  await expect(page).toHaveURL(/\/triage/)
})

test('one box searches and runs commands: / searches first, Ctrl+K runs first, and both list the same', async ({
  signedInAs,
  db,
}) => {
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  await visit(page, '/incidents')
  await page.keyboard.press('/')
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('ban do')
  await expect(palette(page).getByRole('option').first()).toContainText('Tìm “ban do” trong mọi phản ánh')
  await expect(lines(page, /bản đồ/i).first()).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('ban do')
  await expect(palette(page).getByRole('option').last()).toContainText('Tìm “ban do” trong mọi phản ánh')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/map/)
  // Filters stay during a search, and the line says so.
  await visit(page, '/reports?view=all&severity=urgent')
  await page.keyboard.press('/')
  await page.keyboard.type('ban do')
  await expect(palette(page).getByRole('option').first()).toContainText('Tìm “ban do” trong các phản ánh đang lọc')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/q=ban\+do/)
  await expect(page).toHaveURL(/severity=urgent/)
})

test('operators and codes are understood on every page', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const { code } = await buildReportAt(db, office, { title: 'Cây đổ trước cổng chùa Láng' })
  await buildReport(db, { state: 'awaiting_intake', receivedAt: hoursAgo(1) })
  const page = await signedInAs(dispatcher.username)
  for (const address of ['/triage', '/map', '/incidents', '/reports?view=open', '/notifications']) {
    await visit(page, address)
    await page.keyboard.press('/')
    await expect(field(page)).toBeFocused()
    await page.keyboard.type('cây trang-thai:dang-xu-ly muc-do:khan')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/q=c%C3%A2y&/)
    await expect(page).toHaveURL(/state=in_progress/)
    await expect(page).toHaveURL(/severity=urgent/)
    await visit(page, address)
    await page.keyboard.press('/')
    await page.keyboard.type(code)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(new RegExp(`/reports/${code}`))
    await expect(page.getByRole('article', { name: code })).toBeVisible()
  }
})

test('on a slow line a search from another page comes soon, and not after the user has gone elsewhere', async ({
  signedInAs,
  db,
}) => {
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  const letGo = await holdUp(page, /\/api\/trpc\/[^?]*reports\.choices/)
  await visit(page, '/notifications')
  const opened: (string | null)[] = []
  page.on('request', (request) => opened.push(new URL(request.url()).searchParams.get('q')))
  await page.keyboard.press('/')
  await page.keyboard.type('cay don-vi:khong')
  // The search and a press on the rail right after it.
  await page.evaluate(() => {
    document.querySelector<HTMLFormElement>('header form')?.requestSubmit()
    document.querySelector<HTMLAnchorElement>('nav a[href="/incidents"]')?.click()
  })
  await expect(page).toHaveURL('/incidents')
  await page.keyboard.press('/')
  await page.keyboard.type('rac don-vi:khong')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/reports\?.*q=rac/)
  expect(opened.filter((words) => words?.startsWith('cay'))).toEqual([])
  letGo()
})

test('an account without reports has the box for commands, and the pages of a section are places for those who may open them', async ({
  signedInAs,
}) => {
  const administrator = await signedInAs('quantri')
  await visit(administrator, '/admin')
  await open(administrator)
  await expect(field(administrator)).toHaveAccessibleName('Gõ lệnh hoặc tên trang')
  await administrator.keyboard.type('lich lam viec')
  await expect(palette(administrator).getByRole('option').first()).toContainText('Quản trị')
  await administrator.keyboard.press('Enter')
  await expect(administrator).toHaveURL('/admin/calendars')

  const manager = await signedInAs('lanhdao.tp')
  await visit(manager, '/insights')
  await open(manager)
  await manager.keyboard.type('bao cao lanh dao')
  await expect(lines(manager, /^Báo cáo lãnh đạo/)).toContainText('Thống kê')

  const officer = await signedInAs('canbo.hoankiem')
  await visit(officer, '/reports')
  await open(officer)
  await expect(lines(officer, /^Bản nháp/)).toBeVisible()
  await expect(lines(officer, /^Lịch làm việc/)).toHaveCount(0)
})
