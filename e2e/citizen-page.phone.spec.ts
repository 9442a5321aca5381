import { eq } from 'drizzle-orm'
import { buildCitizenLink } from '#db/factories/citizen-links.ts'
import { buildPhoto } from '#db/factories/photos.ts'
import { storyOf } from '#db/factories/story.ts'
import { answerPhotos, reportAnswers } from '#db/schema/index.ts'
import { expect, test } from './fixtures.ts'
import { buildOffice, buildReportAt, hoursAgo } from './office.ts'
import { overhang, untranslated } from './routes.ts'

test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 }, hasTouch: true })

test('a citizen reads the answer on a phone by the link, says that it is not done, and later “hài lòng”', async ({
  page,
  db,
}) => {
  const office = await buildOffice(db, { name: 'UBND phường Trang Công Dân' })
  const report = await buildReportAt(db, office, {
    state: 'answered',
    title: 'Cây đổ chắn ngang vỉa hè trước cổng trường tiểu học',
    endedAt: hoursAgo(1),
  })
  const [answer] = await db.select().from(reportAnswers).where(eq(reportAnswers.reportId, report.id))
  const fileId = await buildPhoto(db, report.id, { kind: 'proof' })
  await db.insert(answerPhotos).values({ answerId: answer?.id as string, fileId })
  const opened = await page.goto(await buildCitizenLink(db, report.id))
  expect(opened?.headers()['referrer-policy']).toBe('same-origin')
  await expect(page).toHaveURL(new RegExp(`/phan-anh/${report.code}$`))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(report.title)
  await expect(page.getByText('Đã xử lý', { exact: true })).toBeVisible()
  await expect(page.getByText(answer?.what as string)).toBeVisible()

  await page.getByText('Vẫn chưa được xử lý?').click()
  await page.getByLabel('Điều chưa được xử lý').fill('Cành to vẫn nằm trên vỉa hè')
  await page.getByRole('button', { name: 'Gửi, đề nghị xử lý tiếp' }).click()
  await expect(page.getByRole('status')).toContainText('Đã mở lại phản ánh')
  await expect(page.getByText('Đang xử lý', { exact: true })).toBeVisible()
  expect((await storyOf(db, report.id)).lastEvent).toMatchObject({ event: 'report.reopened', actorKind: 'citizen' })

  const other = await buildReportAt(db, office, { state: 'answered', endedAt: hoursAgo(1) })
  await page.goto(await buildCitizenLink(db, other.id))
  await page.getByLabel('Lý do (không bắt buộc)').fill('Làm nhanh')
  await page.getByText('Hài lòng', { exact: true }).click()
  await page.getByRole('button', { name: 'Gửi đánh giá' }).click()
  await expect(page.getByRole('status')).toContainText('Đã ghi nhận đánh giá của bạn')
  await expect(page.getByText('Đánh giá của bạn: Hài lòng')).toBeVisible()
  const { report: rated, lastEvent } = await storyOf(db, other.id)
  expect(rated).toMatchObject({ state: 'closed', rating: 'satisfied' })
  expect(lastEvent).toMatchObject({ event: 'report.rated', actorKind: 'citizen' })
})

test.describe('the page', () => {
  test.use({ javaScriptEnabled: true })

  test('fits every screen, has large targets, passes axe and is translated', async ({
    page,
    db,
    seriousViolations,
  }) => {
    const office = await buildOffice(db, { name: 'UBND phường Màn Hẹp' })
    const answered = await buildReportAt(db, office, { state: 'answered', endedAt: hoursAgo(1) })
    await page.goto(await buildCitizenLink(db, answered.id))
    const address = page.url()
    for (const [scheme, width, shown] of [
      ['light', 320, address],
      ['dark', 390, `${address}?lang=en`],
      ['light', 1440, address],
      ['dark', 320, address.replace(answered.code, 'HN-000000-0000')],
    ] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      await page.setViewportSize({ width, height: 800 })
      await page.goto(shown)
      for (const fold of await page.locator('summary').all()) await fold.click()
      expect(await overhang(page)).toBeLessThanOrEqual(0)
      expect(await seriousViolations(page)).toEqual([])
      expect(await untranslated(page)).toEqual([])
      const low = await page
        .locator('a:visible, button:visible, summary:visible, .choice:visible, input[type=file]:visible')
        .evaluateAll((targets) =>
          targets
            .filter((target) => !target.matches('.skip') && target.getBoundingClientRect().height < 44)
            .map((target) => target.outerHTML.slice(0, 80)),
        )
      expect(low).toEqual([])
    }
  })
})
