import { expect, type Page } from '@playwright/test'
import { buildCategory } from '#db/factories/categories.ts'
import { storyOf } from '#db/factories/story.ts'
import { dayAfter, localDayOf } from '#server/platform/rules/local-day.ts'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { openReport } from './report-page.ts'
import { typeDay } from './type-day.ts'
import { awake, visit } from './visit.ts'

const answerBox = (page: Page) => page.getByRole('region', { name: 'Trả lời công dân' })
const written = (day: string) => day.split('-').reverse().join('/')

async function write(page: Page, what: string): Promise<void> {
  await page.keyboard.press('r')
  const box = answerBox(page)
  await box.getByLabel('Kết quả xử lý').fill(what)
  await box.getByLabel('Địa điểm').fill('Trước cổng trường')
  await box.getByLabel('Thời gian').fill('Chiều qua')
}

test('an answer is sent only with its outcome; what is planned commits to a day, and a follow-up keeps it', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { code: categoryCode } = await buildCategory(db, { needsApproval: false, needsPhoto: false })
  const { id, code } = await buildReportAt(db, office, { categoryCode })
  const page = await signedInAs(office.officer.username)
  await openReport(page, code)
  await write(page, 'Đã khảo sát, đưa vào kế hoạch thay tấm đan trong tháng.')
  const box = answerBox(page)
  await page.keyboard.press('Control+Enter')
  await expect(box.getByRole('radio', { name: 'Đã khắc phục' })).toBeFocused()
  expect((await storyOf(db, id)).answers).toEqual([])
  await box.getByRole('radio', { name: 'Có kế hoạch, hẹn ngày' }).check()
  const day = dayAfter(localDayOf(new Date()), 20)
  await typeDay(box, page, 'Hẹn ngày', written(day))
  await page.keyboard.press('Control+Enter')
  const article = page.getByRole('article')
  await expect(article.getByText(`Có kế hoạch, hẹn ngày ${written(day)}`).first()).toBeVisible()
  await expect
    .poll(async () => (await storyOf(db, id)).answers)
    .toMatchObject([{ outcome: 'planned', plannedFor: day }])
  await expect.poll(async () => (await storyOf(db, id)).answers[0]?.status, { timeout: 40_000 }).toBe('sent')

  await visit(page, '/reports?view=my_agency')
  await page
    .getByRole('navigation', { name: 'Danh sách' })
    .getByRole('link', { name: /^Hẹn ngày ?1$/ })
    .click()
  await expect(page).toHaveURL('/reports?view=committed')
  await expect(page.getByRole('row').filter({ hasText: `hẹn ${written(day).slice(0, 5)}` })).toHaveCount(1)

  await openReport(page, code)
  await expect(article.getByText(`Có kế hoạch, hẹn ngày ${written(day)}`).first()).toBeVisible()
  await write(page, 'Đã thay tấm đan mới, mặt vỉa hè bằng phẳng.')
  await box.getByRole('radio', { name: 'Đã khắc phục' }).check()
  await page.keyboard.press('Control+Enter')
  await expect(article.getByText('Trả lời bổ sung').first()).toBeVisible()
  await expect
    .poll(async () => (await storyOf(db, id)).events)
    .toContainEqual(
      expect.objectContaining({ event: 'report.followed_up', details: expect.objectContaining({ outcome: 'fixed' }) }),
    )
  const { report } = await storyOf(db, id)
  expect(report).toMatchObject({ state: 'answered', commitmentDueAt: null })
  await page.goto('/reports?view=committed')
  await expect(page.getByText('Không có phản ánh nào hẹn ngày')).toBeVisible()
})

test('where approval is needed another reads the whole follow-up, sends it back with remarks, and grants it', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { id, code } = await buildReportAt(db, office, { state: 'closed' })
  const page = await signedInAs(office.officer.username)
  await openReport(page, code)
  await write(page, 'Đã chằng chống lại cây sau đợt gió mùa.')
  await answerBox(page).getByRole('radio', { name: 'Khắc phục tạm thời' }).check()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`)).toBeVisible()
  const head = await signedInAs(office.approver.username)
  await openReport(head, code)
  const card = head.getByRole('region', { name: 'Đề nghị chờ duyệt' })
  await expect(card.getByText('Trả lời bổ sung cho công dân')).toBeVisible()
  for (const told of ['Khắc phục tạm thời', 'Trước cổng trường', 'Chiều qua'])
    await expect(card.getByText(told)).toBeVisible()
  await card.getByRole('button', { name: 'Không đồng ý' }).click()
  await head.getByRole('dialog').getByLabel('Ý kiến').fill('Nêu rõ số nhà')
  await head.getByRole('dialog').getByRole('button', { name: 'Không đồng ý' }).click()
  await expect(card).toBeHidden()

  await page.reload()
  await awake(page)
  await expect(page.getByRole('region', { name: 'Trả lại để hoàn thiện' }).getByText('Nêu rõ số nhà')).toBeVisible()
  await page.keyboard.press('r')
  await expect(answerBox(page).getByLabel('Kết quả xử lý')).toHaveValue('Đã chằng chống lại cây sau đợt gió mùa.')
  await answerBox(page).getByLabel('Địa điểm').fill('Số 12, trước cổng trường')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`)).toBeVisible()
  await openReport(head, code)
  await expect(card.getByText('Số 12, trước cổng trường')).toBeVisible()
  await card.getByRole('button', { name: 'Đồng ý', exact: true }).click()
  // It is sent when the time to take the approval back has passed, by a job.
  await expect
    .poll(async () => (await storyOf(db, id)).events, { timeout: 60_000 })
    .toContainEqual(
      expect.objectContaining({
        event: 'report.followed_up',
        details: expect.objectContaining({ outcome: 'temporary' }),
      }),
    )
  expect((await storyOf(db, id)).report.state).toBe('closed')
})
