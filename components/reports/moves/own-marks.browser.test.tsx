import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { type Locator, page, press, type, typeDay } from '#app/testing/hands.ts'
import { hereNow } from '#app/testing/place.ts'
import { onServer } from '#app/testing/server.ts'
import { hoursAgo } from '#app/testing/times.ts'
import type { BuiltReport } from '#db/factories/reports.ts'
import { dayAfter, localDayOf } from '#server/platform/rules/local-day.ts'

const { buildEndlessHours, buildOfCity, buildOffice, buildReportAt } =
  onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { buildAccount } = onServer<typeof import('#db/factories/accounts.ts')>('db/factories/accounts.ts')
const { buildCategory } = onServer<typeof import('#db/factories/categories.ts')>('db/factories/categories.ts')
const { buildFields, buildMixed } = onServer<typeof import('#e2e/triage.ts')>('e2e/triage.ts')
const { callAs } = onServer<typeof import('#app/testing/beside/procedures.ts')>('app/testing/beside/procedures.ts')
const { endPutOff } = onServer<typeof import('./put-offs.scene.ts')>('components/reports/moves/put-offs.scene.ts')

const monitor = { width: 1366, height: 768 }

type Fields = Awaited<ReturnType<typeof buildFields>>
const addressOf = ({ decided, open }: Fields) => `/triage?category=${decided},${open}&sort=received&dir=asc`
const titleOn = page.getByRole('article', { name: /^HN-/ }).getByRole('heading', { level: 2 })
const counter = page.getByText(/^Còn \d+/)

const isSeen = (texts: Locator) => texts.elements().some((text) => text.checkVisibility())

test('a user watches a report with a key, finds it in a view of its own, and is told what a colleague does with it', async () => {
  const office = await buildOffice({ calendarId: await buildEndlessHours() })
  const { id, code, title } = await buildReportAt(office, { title: 'Nắp cống vỡ trước chợ' })
  const head = await buildAccount({ agency: office.agency, name: 'Bùi Bích Mai', roles: ['manager'] })
  await signInAs(head.username, monitor)
  await visit('/reports?view=my_agency')
  await expect.element(page.getByRole('row', { name: new RegExp(title) })).toBeVisible()
  await expect.element(page.getByRole('article', { name: code })).toBeVisible()
  await press('w')
  await expect
    .element(page.getByText(`Đang theo dõi ${code}. Bạn sẽ được báo khi có diễn biến.`, { exact: false }))
    .toBeVisible()
  await page.getByRole('link', { name: /^Đang theo dõi.*1/ }).click()
  await expect.poll(hereNow).toMatch(/view=watching/)
  await expect.element(page.getByRole('row', { name: new RegExp(title) })).toBeVisible()
  expect(await seriousViolations()).toEqual([])

  const note = { reportId: id, id: crypto.randomUUID(), body: 'Đã đặt rào chắn, chờ nắp mới.' }
  await callAs(office.officer.username, 'reports.addNote', note)

  await page.getByRole('button', { name: /Thông báo, 1 chưa đọc/ }).click()
  const sheet = page.getByRole('dialog', { name: /Thông báo/ })
  await expect.element(sheet.getByRole('heading', { name: /Phản ánh bạn theo dõi/ })).toBeVisible()
  await sheet.getByRole('link', { name: /Ghi chú nội bộ/ }).click()
  await expect.poll(hereNow).toMatch(new RegExp(`/reports/${code}`))
  await expect.element(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  // The list below has the report in its preview.
  const ending = page.getByRole('button', { name: /Thôi theo dõi/ })
  await expect.poll(() => isSeen(ending)).toBe(true)
  await ending.nth(ending.elements().findIndex((button) => button.checkVisibility())).click()
  await expect.element(page.getByText(`Đã thôi theo dõi ${code}`, { exact: false })).toBeVisible()
})

test('a colleague mentioned in a note is offered by name, told with its words, and sees the mention in the timeline', async () => {
  const office = await buildOffice({ calendarId: await buildEndlessHours() })
  const { code } = await buildReportAt(office)
  await signInAs(office.officer.username, monitor)
  await visit(`/reports/${code}`)
  await press('e')
  const note = page.getByRole('region', { name: /Ghi chú nội bộ/ })
  const text = note.getByRole('textbox').or(note.getByRole('combobox'))
  await text.click()
  await type('Nhờ @Nguyễn Thị Hoa')
  const list = page.getByRole('listbox', { name: /Đồng nghiệp xem được phản ánh này/ })
  await expect.element(list.getByRole('option').first()).toContainText('Nguyễn Thị Hoa')
  expect(await seriousViolations()).toEqual([])
  await press('Enter')
  await type('xem giúp hiện trường')
  await expect.element(list).not.toBeInTheDocument()
  await expect.element(text).toHaveValue('Nhờ @Nguyễn Thị Hoa xem giúp hiện trường')
  await press('ControlOrMeta+Enter')
  await expect.element(page.css('b').filter({ hasText: '@Nguyễn Thị Hoa' })).toBeVisible()

  await signInAs(office.approver.username, monitor)
  await visit('/reports?view=my_agency')
  await page.getByRole('button', { name: /Thông báo, 1 chưa đọc/ }).click()
  const sheet = page.getByRole('dialog', { name: /Thông báo/ })
  await expect.element(sheet.getByRole('heading', { name: /Bạn được nhắc đến/ })).toBeVisible()
  await sheet.getByRole('link', { name: /Nhờ @Nguyễn Thị Hoa xem giúp hiện trường/ }).click()
  await expect.poll(hereNow).toMatch(new RegExp(`/reports/${code}`))
  await expect.element(page.css('b').filter({ hasText: '@Nguyễn Thị Hoa' })).toBeVisible()
})

test('a report that is put off leaves the list, is under its own view, and comes back with z or when its time has come', async () => {
  const office = await buildOffice()
  const { id, code } = await buildReportAt(office, { title: 'Nắp cống vỡ trước chợ', dueAt: hoursAgo(-2) })
  await buildReportAt(office, { title: 'Cây nghiêng cổng trường', dueAt: hoursAgo(-1) })
  await signInAs(office.officer.username, monitor)
  await visit('/reports?view=my_agency')
  const row = page.getByRole('row', { name: /Nắp cống vỡ trước chợ/ })
  await row.click()
  await press('h')
  const dialog = page.getByRole('dialog', { name: `Hoãn ${code} đến lúc nào?`, exact: false })
  await expect.element(dialog.getByRole('button', { name: /1 giờ nữa/ })).toBeVisible()
  expect(await seriousViolations()).toEqual([])
  await press('1')
  await expect.element(dialog).not.toBeInTheDocument()
  await expect.element(row).not.toBeInTheDocument()
  await expect.element(page.getByRole('link', { name: /^Đang hoãn.*1/ })).toBeVisible()
  await press('z')
  await expect.element(row).toBeVisible()

  await row.click()
  await press('h')
  await press('1')
  await expect.element(row).not.toBeInTheDocument()
  await page.getByRole('link', { name: /^Đang hoãn.*1/ }).click()
  await expect.element(row.getByText(/^Hoãn đến /)).toBeVisible()
  await endPutOff(id)
  await visit('/reports?view=my_agency')
  await expect.element(page.getByRole('row').nth(1)).toContainText('Nắp cống vỡ trước chợ')
  await expect.element(row.getByText(/Hết giờ hoãn/)).toBeVisible()
})

test('in triage the next report takes the place of one that is put off, and z brings it back', async () => {
  const fields = await buildFields()
  const built: BuiltReport[] = await buildMixed(fields, 3)
  const [first, second] = built as [BuiltReport, BuiltReport]
  const dispatcher = await buildOfCity('dispatcher', 'Phạm Thị Lan')
  await signInAs(dispatcher.username, monitor)
  await visit(addressOf(fields))
  await expect.element(titleOn).toHaveTextContent(first.title)
  await press('h')
  await press('1')
  await expect.element(titleOn).toHaveTextContent(second.title)
  await expect.element(counter).toMatchTextContent(/^Còn 2/)
  await press('z')
  await expect.element(titleOn).toHaveTextContent(first.title)
})

test('an answer is scheduled from its box, shown on the report until its time, moved to now and given in the name of its writer', async () => {
  const office = await buildOffice()
  const { code: categoryCode } = await buildCategory({ needsApproval: false })
  const { code } = await buildReportAt(office, {
    categoryCode,
    assigneeId: office.officer.id,
    dueAt: hoursAgo(-20),
  })
  await signInAs(office.officer.username, monitor)
  await visit(`/reports/${code}`)
  await press('r')
  const box = page.getByRole('region', { name: /Trả lời công dân/ })
  await box.getByLabelText(/Kết quả xử lý/).fill('Đã đặt nắp cống mới.')
  await box.getByLabelText(/Địa điểm/).fill('Trước chợ Hàng Da')
  await box.getByLabelText(/Thời gian/).fill('9 giờ sáng nay')
  await box.getByRole('radio', { name: /Đã khắc phục/ }).click()
  await box.getByRole('button', { name: /Gửi lúc…/ }).click()
  const dialog = page.getByRole('dialog', { name: `Gửi trả lời ${code} lúc nào?`, exact: false })
  const inThreeDays = dayAfter(localDayOf(new Date()), 3).split('-').reverse().join('/')
  await typeDay(dialog, 'Ngày', inThreeDays)
  await dialog.getByLabelText(/Giờ/).fill('03:30')
  await expect.element(dialog.getByText(/^Ngoài giờ làm việc của đơn vị/)).toBeVisible()
  await expect.element(dialog.getByText(/^Sau thời hạn xử lý/)).toBeVisible()
  expect(await seriousViolations()).toEqual([])
  await dialog.getByRole('button', { name: /Hẹn giờ gửi/ }).click()
  await expect.element(page.getByText(new RegExp(`^Đã hẹn gửi trả lời ${code} lúc .* 03:30`))).toBeVisible()

  const card = page.getByRole('region', { name: /^Trả lời hẹn gửi lúc .* 03:30/ })
  await expect.element(card.getByText(/Trần Văn Hùng soạn và hẹn giờ/)).toBeVisible()
  await expect.element(card.getByText(/Đã đặt nắp cống mới\./)).toBeVisible()
  const isStated = (state: string) => isSeen(page.getByRole('article', { name: code }).getByText(state))
  await expect.poll(() => isStated('Đang xử lý')).toBe(true)
  await card.getByRole('button', { name: /Gửi ngay/ }).click()
  await expect.element(card).not.toBeInTheDocument()
  await expect.poll(() => isStated('Đã xử lý')).toBe(true)
})
