import { expect } from '@playwright/test'
import { buildAccount } from '#db/factories/accounts.ts'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { askProcedure, callProcedure } from './procedures.ts'
import { openReport, timelineOf } from './report-page.ts'
import { visit } from './visit.ts'

test('a report of another agency and one that does not exist look alike: not found, with a link back', async ({
  signedInAs,
  db,
}) => {
  const [mine, theirs] = [await buildOffice(db), await buildOffice(db)]
  const { code } = await buildReportAt(db, theirs, { title: 'Chuyện của phường khác' })
  const page = await signedInAs(mine.officer.username)
  for (const address of [code, 'HN-990101-9999']) {
    await visit(page, `/reports/${address}`)
    await expect(page.getByRole('heading', { name: 'Không tìm thấy phản ánh này' })).toBeVisible()
    await expect(page.getByText('Chuyện của phường khác')).toHaveCount(0)
  }
  expect((await askProcedure(page, 'reports.byCode', code)).status).toBe(404)
  await page.getByRole('button', { name: 'Về danh sách' }).click()
  await expect(page).toHaveURL(/\/reports\?view=my_agency$/)
})

test('a session that ends while an answer is written is renewed in place, and the answer is still there', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const password = 'một câu dễ nhớ'
  const writer = await buildAccount(db, { agency: office.agency, name: 'Phạm Minh Tuấn', password })
  const { code } = await buildReportAt(db, office)
  const page = await signedInAs(writer.username)
  await openReport(page, code)
  await page.keyboard.press('e')
  await page.getByLabel('Nội dung ghi chú').fill('Đã hẹn tổ trưởng dân phố 14 giờ')

  const { data: devices } = await askProcedure<{ id: string; isCurrent: boolean }[]>(page, 'me.devices')
  const current = devices.find(({ isCurrent }) => isCurrent)
  const elsewhere = await signedInAs(writer.username)
  const { origin } = new URL(page.url())
  const ended = await callProcedure(elsewhere, 'me.revokeDevice', { input: { sessionId: current?.id }, origin })
  expect(ended.status).toBe(200)
  const lock = page.getByRole('dialog', { name: 'Phiên làm việc đã tạm khóa' })
  // What is typed is saved on the server every other second: the page learns of it without a key press.
  await expect(lock).toBeVisible({ timeout: 8000 })
  await lock.getByLabel('Mật khẩu').fill(password)
  await lock.getByRole('button', { name: 'Mở khóa' }).click()
  await expect(lock).toBeHidden()
  await expect(page.getByLabel('Nội dung ghi chú')).toHaveValue('Đã hẹn tổ trưởng dân phố 14 giờ')
  await page.getByRole('button', { name: /^Lưu ghi chú/ }).click()
  await expect(timelineOf(page).getByText('Đã hẹn tổ trưởng dân phố 14 giờ')).toBeVisible()
})

test('a mutation from a foreign page is refused, signed in or not', async ({ signedInAs, db }) => {
  const office = await buildOffice(db)
  const { id, code } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  await openReport(page, code)
  const input = { reportId: id, id: crypto.randomUUID(), body: 'Ghi chú từ trang lạ' }
  const foreign = await callProcedure(page, 'reports.addNote', { input, origin: 'https://trang-la.example' })
  expect(foreign).toMatchObject({ status: 403, refusal: 'foreign_origin' })
  expect((await callProcedure(page, 'reports.addNote', { input })).status).toBe(200)
  await openReport(page, code)
  await expect(page.getByText('Ghi chú từ trang lạ')).toHaveCount(1)
})
