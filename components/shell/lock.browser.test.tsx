import { expect, test } from 'vitest'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press, type } from '#app/testing/hands.ts'
import { keepDeaf, listen } from '#app/testing/line.ts'
import { answerBox, fillAnswer, openReport } from '#app/testing/report-page.ts'
import { onServer } from '#app/testing/server.ts'

const { buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { endSessions } = onServer<typeof import('./lock.scene.ts')>('components/shell/lock.scene.ts')

const lock = page.getByRole('dialog', { name: 'Phiên làm việc đã tạm khóa' })
const password = lock.getByLabelText('Mật khẩu')
const toasts = page.css('section[aria-live="polite"] > div')
/** Longer than the rest after which the lock takes keys. */
const rest = 800

test('a session that ends during an answer: nothing is sent from behind the lock, the lock takes no key of before, and no message of it stays', async () => {
  const office = await buildOffice()
  const { code } = await buildReportAt(office)
  await signInAs(office.officer.username)
  keepDeaf()
  await openReport(code)
  await press('r')
  await fillAnswer()
  await endSessions(office.officer.id)
  const sent = listen(/\/api\/trpc\/reports\.submitAnswer/)
  await press('Control+Enter')
  await expect.element(lock).toBeVisible()
  await press('Control+Enter', 'Control+Enter')
  await type('xin', 50)
  await expect.element(password).toHaveValue('')
  expect(sent.map(({ status }) => status)).toEqual([401])
  expect(toasts.elements()).toEqual([])

  // After a rest the keys are the password's, and still none acts on the page.
  await new Promise((done) => setTimeout(done, rest))
  await type('chamketnoi-2024')
  await expect.element(password).toHaveValue('chamketnoi-2024')
  await press('Control+Enter')
  expect(sent).toHaveLength(1)
  await press('Enter')
  await expect.element(lock).not.toBeInTheDocument()
  expect(toasts.elements()).toEqual([])
  await expect.element(answerBox.getByLabelText(/^Kết quả xử lý/)).toHaveValue('Đã cắt cành gãy, dọn sạch vỉa hè.')
  await press('Control+Enter')
  await expect.element(page.getByRole('region', { name: 'Dự thảo chờ phê duyệt' })).toBeVisible()
})

test('what was typed for a panel whose code is still on its way when the desk is locked is not for the password', async () => {
  const office = await buildOffice()
  await signInAs(office.officer.username)
  await visit('/reports?view=open')
  await expect.element(page.getByRole('grid')).toBeVisible()
})
