import { expect, test } from 'vitest'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { focus, page, press, tabTo, type } from '#app/testing/hands.ts'
import { openReport } from '#app/testing/report-page.ts'
import { onServer } from '#app/testing/server.ts'
import { Speech } from '#app/testing/speech.ts'
import { hoursAgo } from '#app/testing/times.ts'

const office = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const triage = onServer<typeof import('#e2e/triage.ts')>('e2e/triage.ts')
const categories = onServer<typeof import('#db/factories/categories.ts')>('db/factories/categories.ts')

const random = () => Math.random().toString(36).slice(2, 8)
const screen = { width: 1366, height: 768 }

type Fields = Awaited<ReturnType<typeof triage.buildFields>>
const stripOf = ({ decided, open }: Fields) => `/triage?category=${decided},${open}&sort=received&dir=asc`

test('the queue: each row is said as the keys reach it, with its deadline, title, place and state; the box of filters takes the focus with its name, and gives it back to the list', async () => {
  const ours = await office.buildOffice()
  const late = await office.buildReportAt(ours, {
    title: 'Cây đổ chắn ngõ',
    dueAt: hoursAgo(240),
    receivedAt: hoursAgo(400),
  })
  const next = await office.buildReportAt(ours, { title: 'Đèn đường tắt', dueAt: hoursAgo(-30) })
  await signInAs(ours.officer.username, screen)
  await visit('/reports?view=agency')
  await expect.element(page.getByRole('row', { name: /Đèn đường tắt/ })).toBeVisible()
  const speech = await Speech.ofPage()
  await press('j')
  await speech.says(new RegExp(`^grid, Đơn vị tôi.*${next.code}.*còn.*Đèn đường tắt.*Đang xử lý`))
  await press('k')
  await speech.says(new RegExp(`${late.code}.*quá hạn.*Cây đổ chắn ngõ.*Đang xử lý`))

  await press('f')
  await speech.says(/^dialog, Bộ lọc/, /^checkbox, Chờ tiếp nhận, not checked/)
  await press('Escape')
  await speech.says(/^grid, Đơn vị tôi/)
}, 120_000)

test('the box of commands: what is typed is answered with a count, and each entry is said', async () => {
  await signInAs('dieuphoi', screen)
  await visit('/reports?view=open')
  const speech = await Speech.ofPage()
  await press('Control+k')
  await speech.says(/^combobox, .*expanded/)
  await type('ban do')
  await speech.says(/^polite: \d+ kết quả/, /active descendant Đến bản đồ/)
  await press('Enter')
  await expect.poll(() => window.location.pathname).toBe('/map')
})

test('a new report: a wrong phone number is said as the error of its field, and the saved report with its code', async () => {
  const ours = await office.buildOffice()
  const wanted = { name: `Cành gãy ${random()}`, leadAgencyId: ours.agency.id }
  const { name } = await categories.buildCategory(wanted)
  await signInAs('dieuphoi', screen)
  await visit('/reports?view=open')
  await expect.element(page.getByRole('grid')).toBeVisible()
  const speech = await Speech.ofPage()
  await press('Shift+N')
  await speech.says(/^dialog, Ghi nhận phản ánh thay công dân/, /^textbox, Tiêu đề.*required/)
  const form = page.getByRole('dialog', { name: /Ghi nhận phản ánh thay công dân/ })
  await type(`Cành gãy ${random()}`)
  await form.getByLabelText(/Nội dung phản ánh/).fill('Cành gãy treo trên dây điện từ sáng.')
  await focus(form.getByRole('combobox', { name: /Lĩnh vực/ }))
  await speech.says(/^combobox, Lĩnh vực.*required/)
  await type(name)
  await expect.element(page.getByRole('option', { name, exact: false })).toBeVisible()
  await press('Enter')
  const phone = form.getByLabelText(/Điện thoại/)
  await tabTo(phone)
  await speech.says(/^textbox, Điện thoại/)
  await type('0912 345')
  await press('Tab', 'Shift+Tab')
  await speech.says(/^textbox, Điện thoại, 0912 345, Số điện thoại chưa đúng.*invalid/)
  await phone.fill('024 3825 3536 máy lẻ 12')
  await press('Control+Enter')
  await speech.says(/^polite: .*Đã ghi nhận HN-/)
})

test('a report: headings and landmarks lead through it in the order of the screen; of an answer each part is said with its name, what is missing as an error, and the sending', async () => {
  const ours = await office.buildOffice()
  const { code: categoryCode } = await categories.buildCategory({ needsApproval: false })
  const { code, title } = await office.buildReportAt(ours, { categoryCode })
  await signInAs(ours.officer.username, screen)
  await openReport(code)
  const speech = await Speech.ofPage()
  const headings = await speech.walk('Heading')
  expect(headings[0]).toBe(`heading, ${title}, level 1`)
  expect(headings.slice(1).filter((said) => !said.endsWith('level 2'))).toEqual([])
  expect(headings).toEqual(expect.arrayContaining(['heading, Địa điểm, level 2', 'heading, Thông tin, level 2']))
  const landmarks = await speech.walk('Landmark')
  expect(landmarks).toEqual(
    expect.arrayContaining(['navigation, Điều hướng chính', 'banner', 'search', 'main', 'region, Nội dung phản ánh']),
  )

  await press('r')
  await speech.says(/^textbox, Kết quả xử lý.*required/)
  await press('Control+Enter', 'Tab', 'Shift+Tab')
  await speech.says(/^textbox, Kết quả xử lý.*invalid/)
  const box = page.getByRole('region', { name: /Trả lời công dân/ })
  await box.getByLabelText(/Kết quả xử lý/).fill('Đã cưa và dọn xong cây đổ, thông lối vào ngõ.')
  await box.getByLabelText(/Địa điểm/).fill('Trước số 12 phố Lò Đúc')
  await box.getByLabelText(/Thời gian/).fill('09 giờ 30 sáng nay')
  await box.getByRole('radio', { name: /Đã khắc phục/ }).click()
  await box.getByLabelText(/Bước tiếp theo/).fill('Trồng cây thay thế trong tháng tới')
  await press('Control+Enter')
  await speech.says(/^polite: .*trả lời/i)
}, 120_000)

test('triage: the decision is said with the way back, then the report that comes next; both duplicates are said with what speaks for them before they are merged', async () => {
  const fields = await triage.buildFields()
  const [first, second] = await triage.buildMixed(fields, 3)
  await signInAs('dieuphoi', screen)
  await visit(stripOf(fields))
  await expect.element(page.getByRole('heading', { name: first?.title, exact: false })).toBeVisible()
  const speech = await Speech.ofPage()
  await press('1')
  await speech.says(new RegExp(`^polite: .*${fields.agency.name}`), new RegExp(`^polite: ${second?.title}`))
  await press('j')
  await expect.element(page.getByRole('button', { name: /^Trùng… \(1/ })).toBeVisible()
  await press('2')
  await speech.says(/^listbox, Gộp vào.*Việc 3 duplicate/)
  await press('Enter')
  await speech.says(/^polite: .*gộp/i)
}, 120_000)

test('an approval: the draft is read before the key that approves it, and the outcome is said', async () => {
  const ours = await office.buildOffice()
  const { code } = await office.buildReportAt(ours, { state: 'awaiting_approval' })
  await signInAs(ours.approver.username, screen)
  const report = await openReport(code)
  await expect.element(report.getByRole('heading', { name: /Dự thảo chờ phê duyệt/ })).toBeVisible()
  const speech = await Speech.ofPage()
  expect(await speech.walk('Heading')).toContain('heading, Dự thảo chờ phê duyệt, level 2')
  await focus(report.getByRole('button', { name: /^Phê duyệt/ }))
  await speech.says(/^button, Phê duyệt/)
  await press('Enter')
  await speech.says(/^dialog, Phê duyệt/, /^button, Vẫn phê duyệt/)
  await press('Enter')
  await speech.says(/^polite: .*phê duyệt/i)
})

test('several rows: how many will change is said before, the outcome with the button that takes the focus, and the way back', async () => {
  const ours = await office.buildOffice()
  for (const title of ['Ổ gà', 'Cây đổ']) await office.buildReportAt(ours, { title })
  await signInAs(ours.approver.username, screen)
  await visit('/reports?view=open')
  await expect.element(page.getByRole('row', { name: /Ổ gà|Cây đổ/ })).toHaveLength(2)
  const speech = await Speech.ofPage()
  await press('x')
  await expect.element(page.getByText(/Đã chọn 1 phản ánh/)).toBeVisible()
  await press('j', 'x')
  await speech.says(/^polite: Đã chọn 2 phản ánh/)
  await press('p')
  await speech.says(/^dialog, Đổi mức độ: 2 phản ánh/, /^radio, Khẩn/)
  await press('1')
  await speech.says(/^polite: 2 phản ánh đã chọn; 2 sẽ thay đổi/)
  await press('Control+Enter')
  await speech.says(/^button, Đóng, Đổi mức độ: Khẩn/, /(^button, Đóng, .*|^polite: )Đã xong/)
  await press('Enter')
  await speech.says(/^polite: .*Đổi mức độ: Khẩn: 2 đã thay đổi.*Hoàn tác/)
}, 120_000)
