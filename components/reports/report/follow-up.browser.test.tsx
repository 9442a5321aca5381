import { expect, test } from 'vitest'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press, type } from '#app/testing/hands.ts'
import { hereNow } from '#app/testing/place.ts'
import { answerBox, openReport } from '#app/testing/report-page.ts'
import { onServer } from '#app/testing/server.ts'
import { dayAfter, localDayOf } from '#server/platform/rules/local-day.ts'

const { buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { buildCategory } = onServer<typeof import('#db/factories/categories.ts')>('db/factories/categories.ts')
const { storyOf } = onServer<typeof import('#db/factories/story.ts')>('db/factories/story.ts')
const { letUndoPass } = onServer<typeof import('./report.scene.ts')>('components/reports/report/report.scene.ts')

const what = answerBox.getByLabelText(/^Kết quả xử lý/)
const where = answerBox.getByLabelText(/^Địa điểm/)
const written = (day: string) => day.split('-').reverse().join('/')

async function write(words: string): Promise<void> {
  await press('r')
  await what.fill(words)
  await where.fill('Trước cổng trường')
  await answerBox.getByLabelText(/^Thời gian/).fill('Chiều qua')
}

test('an answer is sent only with its outcome; what is planned commits to a day, and a follow-up keeps it', async () => {
  const office = await buildOffice()
  const { code: categoryCode } = await buildCategory({ needsApproval: false, needsPhoto: false })
  const { id, code } = await buildReportAt(office, { categoryCode })
  await signInAs(office.officer.username)
  await openReport(code)
  await write('Đã khảo sát, đưa vào kế hoạch thay tấm đan trong tháng.')
  await press('Control+Enter')
  await expect.element(answerBox.getByRole('radio', { name: 'Đã khắc phục' })).toHaveFocus()
  expect((await storyOf(id)).answers).toEqual([])
  await answerBox.getByRole('radio', { name: 'Có kế hoạch, hẹn ngày' }).click()
  const day = dayAfter(localDayOf(new Date()), 20)
  await answerBox.getByRole('group', { name: 'Hẹn ngày' }).getByRole('spinbutton').first().click()
  await type(written(day).replaceAll('/', ''))
  await press('Control+Enter')
  const article = page.getByRole('article')
  const committed = article.getByText(`Có kế hoạch, hẹn ngày ${written(day)}`, { exact: false }).first()
  await expect.element(committed).toBeVisible()
  await expect.poll(async () => (await storyOf(id)).answers).toMatchObject([{ outcome: 'planned', plannedFor: day }])
  await letUndoPass(id)
  await expect.poll(async () => (await storyOf(id)).answers[0]?.status).toBe('sent')

  await visit('/reports?view=my_agency')
  await page
    .getByRole('navigation', { name: 'Danh sách' })
    .getByRole('link', { name: /^Hẹn ngày ?1$/ })
    .click()
  await expect.poll(hereNow).toBe('/reports?view=committed')
  await expect.element(page.getByRole('row').filter({ hasText: `hẹn ${written(day).slice(0, 5)}` })).toHaveLength(1)

  await openReport(code)
  await expect.element(committed).toBeVisible()
  await write('Đã thay tấm đan mới, mặt vỉa hè bằng phẳng.')
  await answerBox.getByRole('radio', { name: 'Đã khắc phục' }).click()
  await press('Control+Enter')
  await expect.element(article.getByText('Trả lời bổ sung', { exact: false }).first()).toBeVisible()
  await expect
    .poll(async () => (await storyOf(id)).events)
    .toContainEqual(
      expect.objectContaining({ event: 'report.followed_up', details: expect.objectContaining({ outcome: 'fixed' }) }),
    )
  const { report } = await storyOf(id)
  expect(report).toMatchObject({ state: 'answered', commitmentDueAt: null })
  await visit('/reports?view=committed')
  await expect.element(page.getByText('Không có phản ánh nào hẹn ngày', { exact: false })).toBeVisible()
})

test('where approval is needed another reads the whole follow-up, sends it back with remarks, and grants it', async () => {
  const office = await buildOffice()
  const { id, code } = await buildReportAt(office, { state: 'closed' })
  const submitted = page.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`, { exact: false })
  await signInAs(office.officer.username)
  await openReport(code)
  await write('Đã chằng chống lại cây sau đợt gió mùa.')
  await answerBox.getByRole('radio', { name: 'Khắc phục tạm thời' }).click()
  await press('Control+Enter')
  await expect.element(submitted).toBeVisible()

  await signInAs(office.approver.username)
  await openReport(code)
  const card = page.getByRole('region', { name: 'Đề nghị chờ duyệt' })
  await expect.element(card.getByText('Trả lời bổ sung cho công dân', { exact: false })).toBeVisible()
  for (const told of ['Khắc phục tạm thời', 'Trước cổng trường', 'Chiều qua'])
    await expect.element(card.getByText(told, { exact: false })).toBeVisible()
  await card.getByRole('button', { name: 'Không đồng ý' }).click()
  const refusing = page.getByRole('dialog')
  await refusing.getByLabelText(/^Ý kiến/).fill('Nêu rõ số nhà')
  await refusing.getByRole('button', { name: 'Không đồng ý' }).click()
  await expect.element(card).not.toBeInTheDocument()

  await signInAs(office.officer.username)
  await openReport(code)
  const remarks = page.getByRole('region', { name: 'Trả lại để hoàn thiện' })
  await expect.element(remarks.getByText('Nêu rõ số nhà', { exact: false })).toBeVisible()
  await press('r')
  await expect.element(what).toHaveValue('Đã chằng chống lại cây sau đợt gió mùa.')
  await where.fill('Số 12, trước cổng trường')
  await press('Control+Enter')
  await expect.element(submitted).toBeVisible()

  await signInAs(office.approver.username)
  await openReport(code)
  await expect.element(card.getByText('Số 12, trước cổng trường', { exact: false })).toBeVisible()
  await card.getByRole('button', { name: 'Đồng ý' }).click()
  await expect.element(card).not.toBeInTheDocument()
  // It is sent when the time to take the approval back has passed, by a job.
  await letUndoPass(id)
  await expect
    .poll(async () => (await storyOf(id)).events)
    .toContainEqual(
      expect.objectContaining({
        event: 'report.followed_up',
        details: expect.objectContaining({ outcome: 'temporary' }),
      }),
    )
  expect((await storyOf(id)).report.state).toBe('closed')
})
