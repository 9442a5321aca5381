import { expect } from '@playwright/test'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { unique } from '#db/factories/unique.ts'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt, hoursAgo } from './office.ts'
import { openReport, tabTo } from './report-page.ts'
import { Speech } from './spoken.ts'
import { addressOf, buildFields, buildMixed } from './triage.ts'
import { visit } from './visit.ts'

test.use({ bypassCSP: true, viewport: { width: 1366, height: 768 } })

test('signing in: a wrong password is said as an error, and the name is still there', async ({ page, db }) => {
  const password = 'cầu Long Biên 1902'
  const { username } = await buildAccount(db, { password })
  await visit(page, '/sign-in?from=/account')
  await page.getByLabel('Tên đăng nhập').fill(username)
  const speech = await Speech.of(page)
  await page.keyboard.press('Tab')
  await speech.says(/Mật khẩu/)
  await page.keyboard.type('không phải')
  await page.keyboard.press('Enter')
  await speech.says(/^assertive: Tên đăng nhập hoặc mật khẩu không đúng/)
  await page.keyboard.press('Shift+Tab')
  await speech.says(new RegExp(`^textbox, Tên đăng nhập, ${username}`))
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/account')
})

test('the queue: each row is said as the keys reach it, with its deadline, title, place and state', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const late = await buildReportAt(db, office, {
    title: 'Cây đổ chắn ngõ',
    dueAt: hoursAgo(240),
    receivedAt: hoursAgo(400),
  })
  const next = await buildReportAt(db, office, { title: 'Đèn đường tắt', dueAt: hoursAgo(-30) })
  const page = await signedInAs(office.officer.username)
  await visit(page, '/reports?view=agency')
  const speech = await Speech.of(page)
  await page.keyboard.press('j')
  await speech.says(new RegExp(`^grid, Đơn vị tôi.*${next.code}.*còn.*Đèn đường tắt.*Đang xử lý`))
  await page.keyboard.press('k')
  await speech.says(new RegExp(`${late.code}.*quá hạn.*Cây đổ chắn ngõ.*Đang xử lý`))
})

test('filters: the box takes the focus with its name, and gives it back to the list', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  await visit(page, '/reports?view=agency')
  const speech = await Speech.of(page)
  await page.keyboard.press('f')
  await speech.says(/^dialog, Bộ lọc/, /^checkbox, Chờ tiếp nhận, not checked/)
  await page.keyboard.press('Escape')
  await speech.says(/^grid, Đơn vị tôi/)
})

test('the box of commands: what is typed is answered with a count, and each entry is said', async ({ signedInAs }) => {
  const page = await signedInAs('dieuphoi')
  await visit(page, '/reports?view=open')
  const speech = await Speech.of(page)
  await page.keyboard.press('Control+k')
  await speech.says(/^combobox, .*expanded/)
  await page.keyboard.type('ban do')
  await speech.says(/^polite: \d+ kết quả/, /active descendant Đến bản đồ/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/map/)
})

test('a report: headings and landmarks lead through it in the order of the screen', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const { code, title } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  await openReport(page, code)
  const speech = await Speech.of(page)
  const headings = await speech.walk('Heading')
  expect(headings[0]).toBe(`heading, ${title}, level 1`)
  expect(headings.slice(1).filter((said) => !said.endsWith('level 2'))).toEqual([])
  expect(headings).toEqual(expect.arrayContaining(['heading, Địa điểm, level 2', 'heading, Thông tin, level 2']))
  const landmarks = await speech.walk('Landmark')
  expect(landmarks).toEqual(
    expect.arrayContaining(['navigation, Điều hướng chính', 'banner', 'search', 'main', 'region, Nội dung phản ánh']),
  )
})

test('triage: the decision is said with the way back, then the report that comes next', async ({ signedInAs, db }) => {
  const fields = await buildFields(db)
  const [first, second] = await buildMixed(db, fields, 2)
  const page = await signedInAs('dieuphoi')
  await visit(page, addressOf(fields))
  await expect(page.getByRole('heading', { name: first?.title })).toBeVisible()
  const speech = await Speech.of(page)
  await page.keyboard.press('1')
  await speech.says(new RegExp(`^polite: .*${fields.agency.name}`), new RegExp(`^polite: ${second?.title}`))
})

test('triage: both duplicates are said with what speaks for them before they are merged', async ({
  signedInAs,
  db,
}) => {
  const fields = await buildFields(db)
  const built = await buildMixed(db, fields, 3)
  const duplicate = built[2]
  const page = await signedInAs('dieuphoi')
  await visit(page, `${addressOf(fields)}&at=${duplicate?.code}`)
  await expect(page.getByRole('button', { name: /^Trùng… \(1/ })).toBeVisible()
  const speech = await Speech.of(page)
  await page.keyboard.press('2')
  await speech.says(/^listbox, Gộp vào.*Việc 3 duplicate/)
  await page.keyboard.press('Enter')
  await speech.says(/^polite: .*gộp/i)
})

test('an answer: each part is said with its name, what is missing as an error, and the sending', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code: categoryCode } = await buildCategory(db, { needsApproval: false })
  const { code } = await buildReportAt(db, office, { categoryCode })
  const page = await signedInAs(office.officer.username)
  await openReport(page, code)
  const speech = await Speech.of(page)
  await page.keyboard.press('r')
  await speech.says(/^textbox, Kết quả xử lý.*required/)
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Shift+Tab')
  await speech.says(/^textbox, Kết quả xử lý.*invalid/)
  const box = page.getByRole('region', { name: 'Trả lời công dân' })
  await box.getByLabel('Kết quả xử lý').fill('Đã cưa và dọn xong cây đổ, thông lối vào ngõ.')
  await box.getByLabel('Địa điểm').fill('Trước số 12 phố Lò Đúc')
  await box.getByLabel('Thời gian').fill('09 giờ 30 sáng nay')
  await box.getByRole('radio', { name: 'Đã khắc phục' }).check()
  await box.getByLabel('Bước tiếp theo').fill('Trồng cây thay thế trong tháng tới')
  await page.keyboard.press('Control+Enter')
  await speech.says(/^polite: .*trả lời/i)
})

test('an approval: the draft is read before the key that approves it, and the outcome is said', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office, { state: 'awaiting_approval' })
  const page = await signedInAs(office.approver.username)
  const report = await openReport(page, code)
  const speech = await Speech.of(page)
  expect(await speech.walk('Heading')).toContain('heading, Dự thảo chờ phê duyệt, level 2')
  await report.getByRole('button', { name: /^Phê duyệt/ }).focus()
  await speech.says(/^button, Phê duyệt/)
  await page.keyboard.press('Enter')
  await speech.says(/^dialog, Phê duyệt/, /^button, Vẫn phê duyệt/)
  await page.keyboard.press('Enter')
  await speech.says(/^polite: .*phê duyệt/i)
})

test('several rows: how many will change is said before, the outcome with the button that takes the focus, and the way back', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  for (const title of ['Ổ gà', 'Cây đổ']) await buildReportAt(db, office, { title })
  const page = await signedInAs(office.approver.username)
  await visit(page, '/reports?view=open')
  await expect(page.getByRole('row', { name: /Ổ gà|Cây đổ/ })).toHaveCount(2)
  const speech = await Speech.of(page)
  await page.keyboard.press('x')
  await expect(page.getByText('Đã chọn 1 phản ánh')).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await speech.says(/^polite: Đã chọn 2 phản ánh/)
  await page.keyboard.press('p')
  await speech.says(/^dialog, Đổi mức độ: 2 phản ánh/, /^radio, Khẩn/)
  await page.keyboard.press('1')
  await speech.says(/^polite: 2 phản ánh đã chọn; 2 sẽ thay đổi/)
  await page.keyboard.press('Control+Enter')
  await speech.says(/^button, Đóng, Đổi mức độ: Khẩn/, /(^button, Đóng, .*|^polite: )Đã xong/)
  await page.keyboard.press('Enter')
  await speech.says(/^polite: .*Đổi mức độ: Khẩn: 2 đã thay đổi.*Hoàn tác/)
})

test('a new report: a wrong phone number is said as the error of its field, and the saved report with its code', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { name } = await buildCategory(db, { name: `Cành gãy ${unique('c')}`, leadAgencyId: office.agency.id })
  const page = await signedInAs('dieuphoi')
  await visit(page, '/reports?view=open')
  await expect(page.getByRole('grid')).toBeVisible()
  const speech = await Speech.of(page)
  await page.keyboard.press('Shift+N')
  await speech.says(/^dialog, Ghi nhận phản ánh thay công dân/, /^textbox, Tiêu đề.*required/)
  const form = page.getByRole('dialog', { name: 'Ghi nhận phản ánh thay công dân' })
  await page.keyboard.type(`Cành gãy ${unique('g')}`)
  await form.getByLabel('Nội dung phản ánh').fill('Cành gãy treo trên dây điện từ sáng.')
  await form.getByRole('combobox', { name: 'Lĩnh vực' }).focus()
  await speech.says(/^combobox, Lĩnh vực.*required/)
  await page.keyboard.type(name)
  await expect(page.getByRole('option', { name })).toBeVisible()
  await page.keyboard.press('Enter')
  const phone = form.getByLabel('Điện thoại')
  await tabTo(page, phone)
  await speech.says(/^textbox, Điện thoại/)
  await page.keyboard.type('0912 345')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Shift+Tab')
  await speech.says(/^textbox, Điện thoại, 0912 345, Số điện thoại chưa đúng.*invalid/)
  await phone.fill('024 3825 3536 máy lẻ 12')
  await page.keyboard.press('Control+Enter')
  await speech.says(/^polite: .*Đã ghi nhận HN-/)
})

test('the board: each figure is said with its number, and a chart has its numbers as a table', async ({
  signedInAs,
}) => {
  const page = await signedInAs('lanhdao.tp')
  await visit(page, '/insights')
  await expect(page.getByRole('heading', { name: 'Tỷ lệ xử lý', exact: true })).toBeVisible()
  const speech = await Speech.of(page)
  const headings = await speech.walk('Heading')
  expect(headings).toEqual(
    expect.arrayContaining([
      'heading, Thống kê, level 1',
      'heading, Tỷ lệ xử lý, level 2',
      'heading, Đúng hạn, level 2',
    ]),
  )
  await page
    .getByRole('link', { name: /Tỷ lệ xử lý/ })
    .first()
    .focus()
  await speech.says(/^link, .*%/)
})
