import { expect } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { buildReportNote } from '#db/factories/report-parts.ts'
import { answerPhotos, events, files, reportAnswers, reportPhotos } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt, hoursAgo } from './office.ts'
import { openReport } from './report-page.ts'

test.use({ viewport: { width: 1366, height: 768 } })

test('on paper a report is a sheet with letterhead, dates, words and answer, and without internal notes; that of a merged one has the answer of the other, its photo loaded before the browser prints', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db, { name: 'Ủy ban nhân dân phường Thử' })
  const reporter = { name: 'Đặng Văn Hải', phone: '0912345678' }
  const built = await buildReportAt(db, office, { state: 'answered', reporter, assigneeId: office.approver.id })
  await buildReportNote(db, { report: built, authorId: office.officer.id, body: 'Người này hay gọi, cẩn thận.' })
  const page = await signedInAs(office.officer.username)
  await openReport(page, built.code)
  await expect(page.getByText('Người này hay gọi, cẩn thận.')).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  const sheet = page.getByRole('region', { name: 'Phiếu thông tin phản ánh' })
  await expect(sheet.getByText('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')).toBeVisible()
  await expect(sheet.getByText('Độc lập - Tự do - Hạnh phúc')).toBeVisible()
  await expect(sheet.getByText('ỦY BAN NHÂN DÂN PHƯỜNG THỬ', { exact: true })).toBeVisible()
  await expect(sheet).not.toContainText('ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI')
  await expect(sheet.getByText(/^Hà Nội, ngày \d{2} tháng (0[12]|[3-9]|1[0-2]) năm \d{4}$/)).toBeVisible()
  await expect(sheet.getByRole('heading', { name: built.title })).toBeVisible()
  await expect(sheet.getByText(built.body)).toBeVisible()
  for (const name of ['Mã phản ánh', 'Tiếp nhận', 'Thời hạn', 'Trả lời'])
    await expect(sheet.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) })).toBeVisible()
  await expect(sheet.getByText('Đã cắt dọn cây đổ, thông đường.')).toBeVisible()
  await expect(sheet.getByRole('cell', { name: /^Phản ánh đến qua/ })).toBeVisible()
  await expect(sheet.getByText(/^In lúc \d{2}\/\d{2}\/\d{4} \d{2}:\d{2}, Trần Văn Hùng$/)).toBeVisible()
  await expect(sheet.getByText('Đ.V.H., ••••••••78')).toBeVisible()
  await expect(sheet.getByRole('definition').filter({ hasText: /^Đã xử lý$/ })).toBeVisible()
  await expect(sheet).not.toContainText('cẩn thận')
  await expect(sheet).not.toContainText(office.approver.name)
  await expect(page.getByRole('button')).toHaveCount(0)
  await expect(page.getByRole('navigation')).toHaveCount(0)
  const file = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(file.match(/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]/g)?.length).toBeGreaterThan(0)

  await page.emulateMedia({ media: 'screen' })
  const followed = await buildReportAt(db, office, { state: 'answered' })
  const { id, code } = await buildReportAt(db, office, { state: 'merged', mergedIntoId: followed.id })
  const [answer] = await db.select().from(reportAnswers).where(eq(reportAnswers.reportId, followed.id))
  const [photo] = await db.select({ id: files.id }).from(files).where(eq(files.purpose, 'report_photo')).limit(1)
  const [answerId, fileId] = [answer?.id ?? '', photo?.id ?? '']
  await db.insert(reportPhotos).values({ reportId: followed.id, fileId, kind: 'proof', addedAt: hoursAgo(2) })
  await db.insert(answerPhotos).values({ answerId, fileId })
  await db.insert(events).values({
    at: hoursAgo(1),
    event: 'report.answer_passed_on',
    subjectKind: 'report',
    reportId: id,
    actorKind: 'robot',
    details: { answerId, fromReportId: followed.id, fromCode: followed.code },
  })
  await openReport(page, code)
  const isFetched = (file: string) => performance.getEntriesByType('resource').some(({ name }) => name.includes(file))
  await expect.poll(() => page.evaluate(isFetched, fileId)).toBe(true)
  // The browser lays the page out as soon as this event is over: an image that comes later is not on the paper.
  const photos = await page.evaluate(async () => {
    window.dispatchEvent(new Event('beforeprint'))
    await Promise.resolve()
    const images = document.querySelectorAll<HTMLImageElement>('[aria-label="Phiếu thông tin phản ánh"] img')
    return [...images].map(({ complete, naturalWidth }) => complete && naturalWidth > 0)
  })
  expect(photos).toEqual([true])
  await page.emulateMedia({ media: 'print' })
  await expect(sheet.getByText('Đã cắt dọn cây đổ, thông đường.')).toBeVisible()
  await expect(sheet.getByText(`${office.agency.name} trả lời lúc`)).toBeVisible()
  await expect(sheet).not.toContainText(followed.code)
})
