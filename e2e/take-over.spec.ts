import { expect } from '@playwright/test'
import { buildAccount } from '#db/factories/accounts.ts'
import { storyOf } from '#db/factories/story.ts'
import { test } from './fixtures.ts'
import { buildEndlessHours, buildOfCity, buildOffice, buildReportAt } from './office.ts'
import { openReport, reportOn } from './report-page.ts'
import { visit } from './visit.ts'
import { answerBox, fillAnswer, submit } from './without-line.ts'

const onlyAssigneeAnswers = true
const notice = 'Nguyễn Thị Lan đang xử lý phản ánh này. Chỉ người được giao mới được trả lời.'

test('where only the assignee answers, a colleague takes the report over from the box, sends the written answer, and the assignee is notified', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const office = await buildOffice(db, { onlyAssigneeAnswers, calendarId: await buildEndlessHours(db) })
  const lan = await buildAccount(db, { agency: office.agency, name: 'Nguyễn Thị Lan' })
  // Taking over stays on the report, whatever the setting after a save.
  const preferences = { afterSave: 'next' } as const
  const minh = await buildAccount(db, { agency: office.agency, name: 'Lê Văn Minh', preferences })
  const dueSoon = { dueAt: new Date(Date.now() + 3_600_000), soonAt: null }
  const { id, code, title } = await buildReportAt(db, office, { assigneeId: lan.id, ...dueSoon })
  await buildReportAt(db, office)
  const [hers, his] = [await signedInAs(lan.username), await signedInAs(minh.username)]
  await visit(hers, '/reports?view=my_agency')
  await expect(hers.getByRole('button', { name: 'Thông báo', exact: true })).toBeVisible()

  await visit(his, '/reports?view=my_agency')
  await his.getByRole('row', { name: new RegExp(code) }).click()
  await his.keyboard.press('Enter')
  await reportOn(his, code)
  await his.keyboard.press('r')
  const box = answerBox(his)
  await expect(box.getByRole('status', { name: 'Người được giao' })).toContainText(notice)
  await fillAnswer(his)
  const send = box.getByRole('button', { name: /^Trình phê duyệt/ })
  await expect(send).toHaveAttribute('aria-disabled', 'true')
  expect(await seriousViolations(his)).toEqual([])
  await box.getByRole('button', { name: 'Nhận phụ trách' }).click()
  await expect(box.getByText(notice)).toBeHidden()
  await expect(box.getByLabel('Kết quả xử lý')).toBeFocused()
  await expect(box.getByLabel('Địa điểm')).toHaveValue('Trước số 20 phố Hàng Bài')
  await submit(his)
  await expect(his.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`)).toBeVisible()

  await hers.getByRole('button', { name: 'Thông báo, 1 chưa đọc' }).click()
  const sheet = hers.getByRole('dialog', { name: 'Thông báo' })
  await expect(sheet.getByRole('heading', { name: 'Không còn giao cho bạn' })).toBeVisible()
  await expect(sheet.getByRole('link', { name: new RegExp(title) })).toContainText('Lê Văn Minh')
  const { report, events, answers } = await storyOf(db, id)
  expect(report.assigneeId).toBe(minh.id)
  expect(events.map(({ event }) => event)).toEqual([
    'report.received',
    'report.person_assigned',
    'report.answer_submitted',
  ])
  expect(answers).toMatchObject([{ authorId: minh.id, whereDone: 'Trước số 20 phố Hàng Bài' }])
})

test('a user of an agency above sees who answers, and is offered nothing they cannot do', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db, { onlyAssigneeAnswers })
  const lan = await buildAccount(db, { agency: office.agency, name: 'Nguyễn Thị Lan' })
  const { code } = await buildReportAt(db, office, { assigneeId: lan.id })
  const page = await signedInAs((await buildOfCity(db, 'approver', 'Phạm Thị Mai')).username)
  await openReport(page, code)
  await page.keyboard.press('r')
  const told = answerBox(page).getByRole('status', { name: 'Người được giao' })
  await expect(told).toContainText(notice)
  await expect(told).toContainText('có thể giao cho cán bộ khác của đơn vị')
  await expect(told.getByRole('button')).toHaveCount(0)
})

test('an administrator sets for an agency that only the assignee answers', async ({ signedInAs, db }) => {
  const { agency } = await buildOffice(db)
  const page = await signedInAs((await buildOfCity(db, 'admin', 'Đỗ Quang Huy')).username)
  const choice = page.getByRole('checkbox', { name: /^Chỉ người được giao mới được trả lời công dân/ })
  const edit = page.getByRole('button', { name: `Sửa ${agency.name}` })
  await visit(page, '/admin/agencies')
  await edit.click()
  await choice.check()
  await page.getByRole('button', { name: 'Lưu', exact: true }).click()
  await expect(page.getByText(`Đã lưu ${agency.shortName}.`)).toBeVisible()
  await edit.click()
  await expect(choice).toBeChecked()
})
