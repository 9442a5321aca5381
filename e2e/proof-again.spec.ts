import { expect } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { answerPhotos, reportAnswers, reportPhotos, reports } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { handIn, openReport, photoWithPlace } from './report-page.ts'
import { answerBox, fillAnswer, photosOn, submit } from './without-line.ts'

test('the photo of a sent answer is included in the next one when it is attached again, and stays with the first', async ({
  signedInAs,
  db,
}) => {
  const office = await buildOffice(db)
  const { id, code } = await buildReportAt(db, office)
  const page = await signedInAs(office.officer.username)
  await openReport(page, code)
  const box = answerBox(page)
  const begin = async () => {
    await page.keyboard.press('r')
    await fillAnswer(page)
  }
  const chosen = box.getByRole('checkbox', { name: 'Gửi kèm ảnh này' })
  const photo = await photoWithPlace()
  await begin()
  await handIn(box.getByRole('button', { name: 'Thêm ảnh minh chứng' }), photo)
  await expect(chosen).toBeChecked()

  // It was sent with an answer since, and the citizen was not satisfied.
  const [hung] = await db.select().from(reportPhotos).where(eq(reportPhotos.reportId, id))
  const moment = new Date()
  const [first] = await db
    .insert(reportAnswers)
    .values({
      reportId: id,
      status: 'sent',
      agencyId: office.agency.id,
      authorId: office.officer.id,
      what: 'Đã cắt cành gãy.',
      outcome: 'fixed',
      createdAt: moment,
      sendAt: moment,
      sentAt: moment,
    })
    .returning({ id: reportAnswers.id })
  await db.insert(answerPhotos).values({ answerId: first?.id ?? '', fileId: hung?.fileId ?? '' })
  await db.update(reports).set({ reopenCount: 1 }).where(eq(reports.id, id))
  await openReport(page, code)
  await begin()
  await expect(box.getByRole('button', { name: 'Thêm ảnh minh chứng' })).toBeVisible()
  await expect(chosen).toHaveCount(0)

  await handIn(box.getByRole('button', { name: 'Thêm ảnh minh chứng' }), photo)
  await expect(chosen).toBeChecked()
  await submit(page)
  await expect(page.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`)).toBeVisible()
  const proof = await photosOn(db, id)
  expect(proof).toHaveLength(2)
  expect(proof).toContainEqual({ kind: 'proof', answerId: first?.id })
})
