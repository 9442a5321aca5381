import { expect, test } from 'vitest'
import { signInAs } from '#app/testing/desk.tsx'
import { type Locator, page, press } from '#app/testing/hands.ts'
import { openReport, timeline } from '#app/testing/report-page.ts'
import { onServer } from '#app/testing/server.ts'

const { buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { buildReportNote } = onServer<typeof import('#db/factories/report-parts.ts')>('db/factories/report-parts.ts')
const { buildVersions } = onServer<typeof import('./report.scene.ts')>('components/reports/report/report.scene.ts')

const screen = { width: 1366, height: 768 }

test('each version of an answer shows its own photos, in the timeline and in the review', async () => {
  const office = await buildOffice()
  const report = await buildReportAt(office, { state: 'awaiting_approval', answerStatus: 'withdrawn' })
  const [sentBack, waiting] = ['Đã cử tổ xuống kiểm tra', 'Đã dọn xong cành gãy']
  const [first, second] = await buildVersions(report, office.officer.id, sentBack, waiting)

  await signInAs(office.approver.username, screen)
  await openReport(report.code)
  const photosIn = (place: Locator) =>
    place
      .getByRole('button', { name: /^Xem ảnh/ })
      .css('img')
      .elements()
      .map((image) => new URL((image as HTMLImageElement).src).pathname.split('/')[3])
  const review = page.getByRole('region', { name: 'Dự thảo chờ phê duyệt' })
  await expect.element(review.getByText(waiting)).toBeVisible()
  expect(photosIn(review)).toEqual([second])
  const entry = timeline.getByRole('listitem').filter({ hasText: sentBack })
  expect(photosIn(entry.last())).toEqual([first])
})

test('a long note is folded: it unfolds by a key, and where the focus goes to a word in its hidden part', async () => {
  const office = await buildOffice()
  const report = await buildReportAt(office)
  const other = await buildReportAt(office)
  const lines = Array.from({ length: 14 }, (_, i) => `Dòng ${i + 1} của biên bản làm việc tại hiện trường.`)
  const body = [...lines, `Xem ${other.code}.`].join('\n')
  await buildReportNote({ report, authorId: office.officer.id, body })
  await buildReportNote({ report, authorId: office.officer.id, body: 'Ngắn gọn.' })
  await signInAs(office.officer.username, screen)
  await openReport(report.code)
  const notes = timeline.getByRole('listitem')
  const long = notes.filter({ hasText: 'Dòng 14' })
  const text = long.getByText('Dòng 14', { exact: false })
  const heightOf = () => text.element().getBoundingClientRect().height
  const more = long.getByRole('button', { name: 'Xem thêm' })
  await expect.element(more).toHaveAttribute('aria-expanded', 'false')
  await expect.element(notes.filter({ hasText: 'Ngắn gọn.' }).getByRole('button')).not.toBeInTheDocument()
  const folded = heightOf()
  more.element().focus()
  await press('Enter')
  const less = long.getByRole('button', { name: 'Thu gọn' })
  await expect.element(less).toHaveFocus()
  expect(heightOf()).toBeGreaterThan(folded * 2)
  await press('Enter')
  await expect.element(more).toBeVisible()
  long
    .getByRole('link', { name: new RegExp(other.code) })
    .element()
    .focus()
  await expect.element(less).toBeVisible()
  expect(heightOf()).toBeGreaterThan(folded * 2)
})
