import { expect, test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { visit } from './visit.ts'

test.use({ viewport: { width: 1366, height: 768 } })

const written = {
  title: 'Cây đổ trước nhà ông Nguyễn Văn Hùng',
  body: 'Cây xà cừ đổ từ đêm qua. Gọi tôi số 0951 234 567 để vào sân.',
  address: 'Phố Hàng Bài',
  lon: 105.853,
  lat: 21.024,
}

test('an approver mends the public copy of a report, publishes it and withdraws it', async ({
  signedInAs,
  db,
  seriousViolations,
}) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office, written)
  const page = await signedInAs(office.approver.username, { viewport: { width: 1366, height: 768 } })
  await visit(page, '/public-copies')
  expect(await seriousViolations(page)).toEqual([])
  await page.getByRole('link', { name: new RegExp(code) }).click()
  await page.getByRole('button', { name: 'Xem và duyệt' }).click()
  const sheet = page.getByRole('dialog', { name: `Bản công khai: ${code}` })
  await expect(sheet.getByText('Chờ duyệt')).toBeVisible()
  await expect(sheet.locator('mark').filter({ hasText: 'Nguyễn Văn Hùng' })).toBeVisible()
  await expect(sheet.getByLabel('Tiêu đề: công khai')).toHaveValue('Cây đổ trước nhà ông [tên người]')
  const body = sheet.getByLabel('Nội dung: công khai')
  await expect(body).toHaveValue('Cây xà cừ đổ từ đêm qua. Gọi tôi số [số điện thoại] để vào sân.')
  expect(await seriousViolations(page)).toEqual([])

  await body.fill('Cây xà cừ đổ từ đêm qua. Gọi 0951 234 567.')
  await sheet.getByRole('button', { name: 'Duyệt và công khai' }).click()
  await expect(sheet.getByRole('alert')).toContainText('Nội dung vẫn còn thông tin cá nhân.')
  await expect(sheet.getByRole('alert').getByRole('listitem')).toHaveText('Nội dung: 0951 234 567 (số điện thoại)')
  const cleared = sheet.getByRole('checkbox', { name: /không phải thông tin cá nhân/ })
  await cleared.check()
  await body.fill('Cây xà cừ đổ từ đêm qua. Gọi 0951 000 111.')
  await sheet.getByRole('button', { name: 'Duyệt và công khai' }).click()
  await expect(sheet.getByRole('alert').getByRole('listitem')).toHaveText('Nội dung: 0951 000 111 (số điện thoại)')
  await expect(cleared).not.toBeChecked()
  await body.fill('Cây xà cừ đổ từ đêm qua.')
  await sheet.getByRole('button', { name: 'Duyệt và công khai' }).click()
  await expect(page.getByText(`Đã công khai ${code}`)).toBeVisible()
  await expect(page.getByText('Duyệt và công khai phản ánh')).toBeVisible()

  await page.getByRole('button', { name: 'Xem và duyệt' }).click()
  await expect(sheet.getByText('Đang công khai')).toBeVisible()
  await expect(body).toHaveValue('Cây xà cừ đổ từ đêm qua.')
  await sheet.getByRole('button', { name: 'Rút bản công khai' }).click()
  const question = page.getByRole('dialog', { name: 'Rút bản công khai' })
  await question.getByLabel('Lý do').fill('Còn tên người trong ảnh')
  await question.getByRole('button', { name: 'Rút bản công khai' }).click()
  await expect(page.getByText(`${code} không còn công khai`)).toBeVisible()
  await page.getByRole('link', { name: 'Các bản chờ duyệt' }).click()
  await expect(page.getByText('Không có bản công khai nào chờ duyệt')).toBeVisible()
})

test('an officer, who does not review, sees no way to the public copy', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const { code } = await buildReportAt(db, office, written)
  const page = await signedInAs(office.officer.username)
  await visit(page, `/reports/${code}`)
  await expect(page.getByRole('article', { name: code })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Xem và duyệt' })).toHaveCount(0)
})
