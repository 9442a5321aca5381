import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page } from '#app/testing/hands.ts'
import { onServer } from '#app/testing/server.ts'

const office = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')

const written = {
  title: 'Cây đổ trước nhà ông Nguyễn Văn Hùng',
  body: 'Cây xà cừ đổ từ đêm qua. Gọi tôi số 0951 234 567 để vào sân.',
  address: 'Phố Hàng Bài',
  lon: 105.853,
  lat: 21.024,
}
const screen = { width: 1366, height: 768 }

test('an approver mends the public copy of a report, publishes it and withdraws it', async () => {
  const ours = await office.buildOffice()
  const { code } = await office.buildReportAt(ours, written)
  await signInAs(ours.approver.username, screen)
  await visit('/public-copies')
  await page.getByRole('link', { name: new RegExp(code) }).click()
  await page.getByRole('button', { name: /^Xem và duyệt/ }).click()
  const sheet = page.getByRole('dialog', { name: `Bản công khai: ${code}` })
  await expect.element(sheet.getByText(/Chờ duyệt/)).toBeVisible()
  await expect.element(sheet.css('mark').filter({ hasText: 'Nguyễn Văn Hùng' }).first()).toBeVisible()
  await expect.element(sheet.getByLabelText(/^Tiêu đề: công khai/)).toHaveValue('Cây đổ trước nhà ông [tên người]')
  const body = sheet.getByLabelText(/^Nội dung: công khai/)
  await expect.element(body).toHaveValue('Cây xà cừ đổ từ đêm qua. Gọi tôi số [số điện thoại] để vào sân.')
  expect(await seriousViolations()).toEqual([])

  const publish = sheet.getByRole('button', { name: /^Duyệt và công khai/ })
  const finding = sheet.getByRole('alert').getByRole('listitem')
  await body.fill('Cây xà cừ đổ từ đêm qua. Gọi 0951 234 567.')
  await publish.click()
  await expect.element(sheet.getByRole('alert')).toContainText('Nội dung vẫn còn thông tin cá nhân.')
  await expect.element(finding).toHaveTextContent('Nội dung: 0951 234 567 (số điện thoại)')
  const cleared = sheet.getByRole('checkbox', { name: /không phải thông tin cá nhân/ })
  await cleared.click()
  await body.fill('Cây xà cừ đổ từ đêm qua. Gọi 0951 000 111.')
  await publish.click()
  await expect.element(finding).toHaveTextContent('Nội dung: 0951 000 111 (số điện thoại)')
  await expect.element(cleared).not.toBeChecked()
  await body.fill('Cây xà cừ đổ từ đêm qua.')
  await publish.click()
  await expect.element(page.getByText(new RegExp(`Đã công khai ${code}`)).first()).toBeVisible()
  await expect.element(page.getByText(/Duyệt và công khai phản ánh/).first()).toBeVisible()

  await page.getByRole('button', { name: /^Xem và duyệt/ }).click()
  await expect.element(sheet.getByText(/Đang công khai/)).toBeVisible()
  await expect.element(body).toHaveValue('Cây xà cừ đổ từ đêm qua.')
  await sheet.getByRole('button', { name: /^Rút bản công khai/ }).click()
  const question = page.getByRole('dialog', { name: 'Rút bản công khai' })
  await question.getByLabelText(/^Lý do/).fill('Còn tên người trong ảnh')
  await question.getByRole('button', { name: /^Rút bản công khai/ }).click()
  await expect.element(page.getByText(new RegExp(`${code} không còn công khai`)).first()).toBeVisible()
  await page.getByRole('link', { name: 'Các bản chờ duyệt' }).click()
  await expect.element(page.getByText(/Không có bản công khai nào chờ duyệt/)).toBeVisible()
})

test('an officer, who does not review, sees no way to the public copy', async () => {
  const ours = await office.buildOffice()
  const { code } = await office.buildReportAt(ours, written)
  await signInAs(ours.officer.username)
  await visit(`/reports/${code}`)
  await expect.element(page.getByRole('article', { name: code })).toBeVisible()
  await expect.element(page.getByRole('button', { name: /^Xem và duyệt/ })).not.toBeInTheDocument()
})
