import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { buildCategory } from '#db/factories/categories.ts'
import { buildPhoto } from '#db/factories/photos.ts'
import { buildReport } from '#db/factories/reports.ts'
import { jobsUnder, storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { files, reportPhotos } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { answerInput } from '../rules/schemas.ts'
import { answerReport, submitAnswer } from './submit-answer.ts'

const words = { what: 'Đã cắt dọn', where: 'Trước số 20', when: 'Sáng 02/3', next: '', photoIds: [] as string[] }

describe('an answer is refused', () => {
  test('that does not say what was done, where and when', () => {
    for (const part of ['what', 'where', 'when']) {
      expect(() => answerInput.parse({ reportId: 1, version: 1, ...words, [part]: '' })).toThrow('required')
    }
  })

  test('past the approver where one is asked for, and to him where none is', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const strict = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const { code: categoryCode } = await buildCategory(db, { needsApproval: false })
    const free = await buildReport(db, { state: 'in_progress', agencyId: agency.id, categoryCode })
    const ctx = actingAt(db, officer, '10:00')
    await expect(answerReport(ctx, { ...seen(strict), ...words })).rejects.toThrow('approval_needed')
    await expect(submitAnswer(ctx, { ...seen(free), ...words })).rejects.toThrow('no_approval_needed')
  })
})

test('an answer is not written without a photo that is to go with it', async ({ db }) => {
  const { agency, officer } = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
  const hanging = await buildPhoto(db, report.id, { kind: 'proof' })
  const before = await storyOf(db, report.id)
  for (const missing of [randomUUID(), await buildPhoto(db, report.id, { kind: 'staff' })]) {
    const answer = { ...seen(report), ...words, photoIds: [hanging, missing] }
    await expect(submitAnswer(actingAt(db, officer, '14:00'), answer)).rejects.toThrow('photo_missing')
  }
  expect((await storyOf(db, report.id)).answers).toEqual(before.answers)
  const twice = { ...seen(report), ...words, photoIds: [hanging, hanging] }
  await expect(submitAnswer(actingAt(db, officer, '14:00'), twice)).resolves.toMatchObject({
    state: 'awaiting_approval',
  })
})

test('a submitted answer waits for the approver while the clock runs on; its proof hangs on it', async ({ db }) => {
  const { agency, officer } = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
  const [file] = await db
    .insert(files)
    .values({
      sha256: randomUUID(),
      mime: 'image/jpeg',
      bytes: 1,
      width: 1,
      height: 1,
      originalKey: 'o',
      publicKey: 'p',
      thumbKey: 't',
    })
    .returning()
  const fileId = file?.id ?? ''
  await db.insert(reportPhotos).values({ reportId: report.id, fileId, kind: 'proof', addedAt: new Date() })
  await submitAnswer(actingAt(db, officer, '14:00'), { ...seen(report), ...words, photoIds: [fileId] })
  const { report: after, resolution, answers, lastEvent } = await storyOf(db, report.id)
  expect(after).toMatchObject({ state: 'awaiting_approval', dueAt: report.dueAt, answeredAt: null })
  expect(resolution?.stoppedAt).toBeNull()
  expect(answers).toMatchObject([
    {
      status: 'submitted',
      kind: 'answer',
      round: 1,
      authorId: officer.id,
      agencyId: agency.id,
      what: 'Đã cắt dọn',
      whereDone: 'Trước số 20',
      whenDone: 'Sáng 02/3',
      sendAt: null,
      reviewerId: null,
    },
  ])
  expect(lastEvent).toMatchObject({ event: 'report.answer_submitted', details: { answerId: answers[0]?.id } })
  const [photo] = await db.select().from(reportPhotos).where(eq(reportPhotos.fileId, fileId))
  expect(photo?.answerId).toBe(answers[0]?.id)
  expect(await jobsUnder(db, `send_answer:${answers[0]?.id}`)).toEqual([])
})

test('a wait for another agency ends with the answer, so that the approver works against a running clock', async ({
  db,
}) => {
  const { agency, officer } = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, waiting: true })
  await submitAnswer(actingAt(db, officer, '14:00'), { ...seen(report), ...words })
  const { report: after } = await storyOf(db, report.id)
  expect(after).toMatchObject({ state: 'awaiting_approval', pausedAt: null, dueAt: hanoi('2026-03-09 12:00') })
})

test('where no approval is asked for, the answer stops the clock at once and leaves after the undo time', async ({
  db,
}) => {
  const { agency, officer } = await buildTeam(db)
  const { code: categoryCode } = await buildCategory(db, { needsApproval: false })
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, categoryCode })
  await answerReport(actingAt(db, officer, '14:00'), { ...seen(report), ...words })
  const { report: after, resolution, answers, lastEvent } = await storyOf(db, report.id)
  const sendAt = new Date(hanoi('2026-03-02 14:00').getTime() + 15_000)
  expect(after).toMatchObject({
    state: 'answered',
    stateBefore: 'in_progress',
    dueAt: null,
    answeredAt: hanoi('2026-03-02 14:00'),
  })
  expect(resolution?.stoppedAt).toEqual(hanoi('2026-03-02 14:00'))
  expect(answers).toMatchObject([{ status: 'queued', sendAt }])
  expect(lastEvent).toMatchObject({ event: 'report.answered', toState: 'answered' })
  expect(await jobsUnder(db, `send_answer:${answers[0]?.id}`)).toMatchObject([{ runAt: sendAt }])
})
