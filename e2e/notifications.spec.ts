import { buildAccount } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { expect, test } from './fixtures.ts'
import { buildEndlessHours, buildOffice, buildReportAt } from './office.ts'
import { holdUpPages } from './slow-line.ts'
import { visit } from './visit.ts'

test('an approver is notified at once of an answer to approve, opens it from the bell, and the officer is notified of the result', async ({
  signedInAs,
  db,
  seriousViolations,
}) => {
  const office = await buildOffice(db, { calendarId: await buildEndlessHours(db) })
  const { code, title } = await buildReportAt(db, office, {
    assigneeId: office.officer.id,
    categoryCode: (await buildCategory(db)).code,
  })
  const approver = await signedInAs(office.approver.username)
  await visit(approver, '/reports?view=my_agency')
  await expect(approver.getByRole('button', { name: 'Thông báo', exact: true })).toBeVisible()

  const officer = await signedInAs(office.officer.username)
  await visit(officer, `/reports/${code}`)
  await officer.keyboard.press('r')
  const box = officer.getByRole('region', { name: 'Trả lời công dân' })
  await box.getByLabel('Kết quả xử lý').fill('Đã cắt cành gãy, dọn sạch lòng đường.')
  await box.getByLabel('Địa điểm').fill('Trước số 20 phố Hàng Bài')
  await box.getByLabel('Thời gian').fill('10 giờ sáng nay')
  await box.getByRole('radio', { name: 'Đã khắc phục' }).check()
  await box.getByRole('button', { name: /^Trình phê duyệt/ }).click()
  await expect(officer.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`)).toBeVisible()

  await approver.getByRole('button', { name: 'Thông báo, 1 chưa đọc' }).click()
  const sheet = approver.getByRole('dialog', { name: 'Thông báo' })
  await expect(sheet.getByRole('heading', { name: 'Dự thảo chờ bạn phê duyệt' })).toBeVisible()
  expect(await seriousViolations(approver)).toEqual([])
  // The page is still loading when a key meant for it is pressed.
  const letGo = await holdUpPages(approver)
  await sheet.getByRole('link', { name: new RegExp(title) }).click()
  await expect(approver).toHaveURL(new RegExp(`/reports/${code}`))
  await expect(approver.getByRole('button', { name: 'Thông báo', exact: true })).toBeVisible()
  await approver.keyboard.press('Shift+A')
  letGo()
  await expect(approver.getByText(/Đã phê duyệt/).first()).toBeVisible()

  await officer.getByRole('button', { name: 'Thông báo, 1 chưa đọc' }).waitFor()
  await officer.keyboard.press('Escape')
  await officer.keyboard.press('g')
  await officer.keyboard.press('n')
  await expect(officer).toHaveURL('/notifications')
  await expect(officer.getByRole('heading', { name: 'Trả lời của bạn đã được duyệt' })).toBeVisible()
  await officer.getByRole('button', { name: 'Đánh dấu đã đọc tất cả' }).click()
  await officer.getByText('Chỉ chưa đọc').click()
  await expect(officer).toHaveURL('/notifications?unread=1')
  await expect(officer.getByRole('heading', { name: 'Đã đọc hết' })).toBeVisible()
})

test('a user chooses notifications by mail on the account page', async ({ signedInAs, db }) => {
  const agency = await buildAgency(db)
  const account = await buildAccount(db, { agency })
  const page = await signedInAs(account.username)
  await visit(page, '/account')
  const choice = page.getByRole('switch', { name: 'Gửi thông báo qua thư điện tử' })
  await choice.click()
  await expect(choice).toBeChecked()
  await visit(page, '/account')
  await expect(choice).toBeChecked()
})
