import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press } from '#app/testing/hands.ts'
import { answerBox, fillAnswer, openReport, reportOn } from '#app/testing/report-page.ts'
import { onServer } from '#app/testing/server.ts'

const { buildEndlessHours, buildOfCity, buildOffice, buildReportAt } =
  onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { buildAccount } = onServer<typeof import('#db/factories/accounts.ts')>('db/factories/accounts.ts')
const { storyOf } = onServer<typeof import('#db/factories/story.ts')>('db/factories/story.ts')

const onlyAssigneeAnswers = true
const notice = 'Nguyễn Thị Lan đang xử lý phản ánh này. Chỉ người được giao mới được trả lời.'

test('where only the assignee answers, a colleague takes the report over from the box, sends the written answer, and the assignee is notified', async () => {
  const office = await buildOffice({ onlyAssigneeAnswers, calendarId: await buildEndlessHours() })
  const lan = await buildAccount({ agency: office.agency, name: 'Nguyễn Thị Lan' })
  // Taking over stays on the report, whatever the setting after a save.
  const preferences = { afterSave: 'next' } as const
  const minh = await buildAccount({ agency: office.agency, name: 'Lê Văn Minh', preferences })
  const dueSoon = { dueAt: new Date(Date.now() + 3_600_000), soonAt: null }
  const { id, code, title } = await buildReportAt(office, { assigneeId: lan.id, ...dueSoon })
  await buildReportAt(office)
  await signInAs(minh.username)
  await visit('/reports?view=my_agency')
  await page.getByRole('row', { name: new RegExp(code) }).click()
  await press('Enter')
  await reportOn(code)
  await press('r')
  await expect.element(answerBox.getByRole('status', { name: 'Người được giao' })).toContainText(notice)
  await fillAnswer()
  const send = answerBox.getByRole('button', { name: /^Trình phê duyệt/ })
  await expect.element(send).toHaveAttribute('aria-disabled', 'true')
  expect(await seriousViolations()).toEqual([])
  await answerBox.getByRole('button', { name: 'Nhận phụ trách' }).click()
  await expect.element(answerBox.getByText(notice, { exact: false })).not.toBeInTheDocument()
  await expect.element(answerBox.getByLabelText(/^Kết quả xử lý/)).toHaveFocus()
  await expect.element(answerBox.getByLabelText(/^Địa điểm/)).toHaveValue('Trước số 20 phố Hàng Bài')
  await answerBox.getByRole('button', { name: /^Trình phê duyệt/ }).click()
  await expect.element(page.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`, { exact: false })).toBeVisible()

  await signInAs(lan.username)
  await visit('/reports?view=my_agency')
  await page.getByRole('button', { name: 'Thông báo, 1 chưa đọc' }).click()
  const sheet = page.getByRole('dialog', { name: 'Thông báo' })
  await expect.element(sheet.getByRole('heading', { name: 'Không còn giao cho bạn' })).toBeVisible()
  await expect.element(sheet.getByRole('link', { name: new RegExp(title) })).toContainText('Lê Văn Minh')
  const { report, events, answers } = await storyOf(id)
  expect(report.assigneeId).toBe(minh.id)
  expect(events.map(({ event }) => event)).toEqual([
    'report.received',
    'report.person_assigned',
    'report.answer_submitted',
  ])
  expect(answers).toMatchObject([{ authorId: minh.id, whereDone: 'Trước số 20 phố Hàng Bài' }])
})

test('a user of an agency above sees who answers, and is offered nothing they cannot do', async () => {
  const office = await buildOffice({ onlyAssigneeAnswers })
  const lan = await buildAccount({ agency: office.agency, name: 'Nguyễn Thị Lan' })
  const { code } = await buildReportAt(office, { assigneeId: lan.id })
  await signInAs((await buildOfCity('approver', 'Phạm Thị Mai')).username)
  await openReport(code)
  await press('r')
  const told = answerBox.getByRole('status', { name: 'Người được giao' })
  await expect.element(told).toContainText(notice)
  await expect.element(told).toContainText('có thể giao cho cán bộ khác của đơn vị')
  await expect.element(told.getByRole('button')).not.toBeInTheDocument()
})

test('an administrator sets for an agency that only the assignee answers', async () => {
  const { agency } = await buildOffice()
  await signInAs((await buildOfCity('admin', 'Đỗ Quang Huy')).username)
  const choice = page.getByRole('checkbox', { name: /^Chỉ người được giao mới được trả lời công dân/ })
  const edit = page.getByRole('button', { name: `Sửa ${agency.name}` })
  await visit('/admin/agencies')
  await edit.click()
  await choice.click()
  await page.getByRole('button', { name: 'Lưu' }).click()
  await expect.element(page.getByText(`Đã lưu ${agency.shortName}.`, { exact: false })).toBeVisible()
  await edit.click()
  await expect.element(choice).toBeChecked()
})
