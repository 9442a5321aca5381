import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press } from '#app/testing/hands.ts'
import { onServer } from '#app/testing/server.ts'

const scene = onServer<typeof import('./notifications.scene.ts')>('components/notifications/notifications.scene.ts')
const accounts = onServer<typeof import('#db/factories/accounts.ts')>('db/factories/accounts.ts')
const { callAs } = onServer<typeof import('#app/testing/beside/procedures.ts')>('app/testing/beside/procedures.ts')

const bell = page.getByRole('button', { name: 'Thông báo' })
const bellWithOne = page.getByRole('button', { name: 'Thông báo, 1 chưa đọc' })

test('an approver is notified at once of an answer to approve, opens it from the bell, and the officer is notified of the result', async () => {
  const { officer, approver, report } = await scene.buildWatched()
  await signInAs(approver.username)
  await visit('/reports?view=my_agency')
  await expect.element(bell).toBeVisible()
  await callAs(officer.username, 'reports.submitAnswer', {
    reportId: report.id,
    version: report.version,
    what: 'Đã cắt cành gãy, dọn sạch lòng đường.',
    where: 'Trước số 20 phố Hàng Bài',
    when: '10 giờ sáng nay',
    outcome: 'fixed',
    plannedFor: null,
  })

  await bellWithOne.click()
  const sheet = page.getByRole('dialog', { name: 'Thông báo' })
  await expect.element(sheet.getByRole('heading', { name: 'Dự thảo chờ bạn phê duyệt' })).toBeVisible()
  expect(await seriousViolations()).toEqual([])
  await sheet.getByRole('link', { name: new RegExp(report.title) }).click()
  await expect.poll(() => window.location.pathname).toBe(`/reports/${report.code}`)
  await expect.element(bell).toBeVisible()
  await press('Shift+A')
  await expect.element(page.getByText(/Đã phê duyệt/).first()).toBeVisible()

  await signInAs(officer.username)
  await visit('/reports?view=my_agency')
  await expect.element(bellWithOne).toBeVisible()
  await press('g', 'n')
  await expect.poll(() => window.location.pathname).toBe('/notifications')
  await expect.element(page.getByRole('heading', { name: 'Trả lời của bạn đã được duyệt' })).toBeVisible()
  await page.getByRole('button', { name: 'Đánh dấu đã đọc tất cả' }).click()
  await page.getByText('Chỉ chưa đọc').click()
  await expect.poll(() => window.location.search).toBe('?unread=1')
  await expect.element(page.getByRole('heading', { name: 'Đã đọc hết' })).toBeVisible()
})

test('a user chooses notifications by mail on the account page', async () => {
  const { username } = await accounts.buildAccount()
  await signInAs(username)
  await visit('/account')
  const choice = page.getByRole('switch', { name: /Gửi thông báo qua thư điện tử/ })
  await choice.click()
  await expect.element(choice).toBeChecked()
  await visit('/account')
  await expect.element(choice).toBeChecked()
})
