import { expect } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { buildAnswerVersion, buildReportNote } from '#db/factories/report-parts.ts'
import { files, reportPhotos } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt, hoursAgo } from './office.ts'
import { openReport, timelineOf } from './report-page.ts'

test.use({ viewport: { width: 1366, height: 768 } })

test('each version of an answer shows its own photos, in the timeline and in the review', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const authorId = office.officer.id
  const report = await buildReportAt(db, office, { state: 'awaiting_approval', answerStatus: 'withdrawn' })
  const stored = await db.select({ id: files.id }).from(files).where(eq(files.purpose, 'report_photo')).limit(3)
  const [first, second, later] = stored.map(({ id }) => id) as [string, string, string]
  for (const [position, fileId] of [first, second, later].entries())
    await db.insert(reportPhotos).values({ reportId: report.id, fileId, kind: 'proof', position, addedAt: hoursAgo(4) })
  const by = { report, authorId }
  const [sentBack, waiting] = ['Đã cử tổ xuống kiểm tra', 'Đã dọn xong cành gãy']
  await buildAnswerVersion(db, { ...by, what: sentBack, status: 'sent_back', photoIds: [first], at: hoursAgo(1.5) })
  await buildAnswerVersion(db, { ...by, what: waiting, status: 'submitted', photoIds: [second], at: hoursAgo(1) })

  const page = await signedInAs(office.approver.username)
  await openReport(page, report.code)
  const photosIn = (place: ReturnType<typeof timelineOf>) =>
    place
      .getByRole('button', { name: /^Xem ảnh/ })
      .locator('img')
      .evaluateAll((images) => images.map((image) => new URL((image as HTMLImageElement).src).pathname.split('/')[3]))
  const review = page.getByRole('region', { name: 'Dự thảo chờ phê duyệt' })
  await expect(review.getByText(waiting)).toBeVisible()
  expect(await photosIn(review)).toEqual([second])
  const entry = timelineOf(page).getByRole('listitem').filter({ hasText: sentBack })
  expect(await photosIn(entry.last())).toEqual([first])
})

test('a long note is folded: it unfolds by a key, and where the focus goes to a word in its hidden part', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const report = await buildReportAt(db, office)
  const other = await buildReportAt(db, office)
  const lines = Array.from({ length: 14 }, (_, i) => `Dòng ${i + 1} của biên bản làm việc tại hiện trường.`)
  const body = [...lines, `Xem ${other.code}.`].join('\n')
  await buildReportNote(db, { report, authorId: office.officer.id, body })
  await buildReportNote(db, { report, authorId: office.officer.id, body: 'Ngắn gọn.' })
  const page = await signedInAs(office.officer.username)
  await openReport(page, report.code)
  const notes = timelineOf(page).getByRole('listitem')
  const long = notes.filter({ hasText: 'Dòng 14' })
  const text = long.getByText('Dòng 14')
  const heightOf = async () => (await text.boundingBox())?.height ?? 0
  const more = long.getByRole('button', { name: 'Xem thêm' })
  await expect(more).toHaveAttribute('aria-expanded', 'false')
  await expect(notes.filter({ hasText: 'Ngắn gọn.' }).getByRole('button')).toHaveCount(0)
  const folded = await heightOf()
  await more.press('Enter')
  const less = long.getByRole('button', { name: 'Thu gọn' })
  await expect(less).toBeFocused()
  expect(await heightOf()).toBeGreaterThan(folded * 2)
  await less.press('Enter')
  await expect(more).toBeVisible()
  await long.getByRole('link', { name: other.code }).focus()
  await expect(less).toBeVisible()
  expect(await heightOf()).toBeGreaterThan(folded * 2)
})
