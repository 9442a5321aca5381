import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildFile } from '#db/factories/photos.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { reportByCode } from '../queries/report.ts'
import { addPhoto } from './add-photo.ts'
import { approveAnswer, sendBackAnswer } from './approve-answer.ts'
import { removePhoto } from './remove-photo.ts'
import { reopenReport } from './reopen-report.ts'
import { sendAnswer } from './send-answer.ts'
import { answerReport, submitAnswer } from './submit-answer.ts'
import { withdrawAnswer } from './withdraw-answer.ts'

const words = { what: 'Đã cắt dọn cây đổ', where: 'Trước số 20', when: 'Sáng 02/3', ...fixed, next: '' }

/** A report whose answer was sent with a photo, and which the citizen reopened. */
async function reopened(db: Database) {
  const team = await buildTeam(db)
  const { code: categoryCode } = await buildCategory(db, { needsApproval: false })
  const report = await buildReport(db, { state: 'in_progress', agencyId: team.agency.id, categoryCode })
  const at = (time: string) => actingAt(db, team.officer, time)
  const fileId = await buildFile(db, { ownerId: team.officer.id })
  const photo = { reportId: report.id, fileId, kind: 'proof' as const, name: 'cay-do.jpg' }
  await addPhoto(at('10:00'), photo)
  const answered = await answerReport(at('10:05'), { ...seen(report), ...words, photoIds: [fileId] })
  const answer = (await storyOf(db, report.id)).answers[0]
  await sendAnswer(actingAt(db, robot, '10:06'), answer?.id ?? '')
  const again = await reopenReport(at('11:00'), { ...seen(answered), reason: 'Cây vẫn nằm đó' })
  const view = async () => reportByCode(at('13:00'), report.code)
  return { ...team, report, again, photo, fileId, at, view }
}

describe('the proof of an answer that was sent', () => {
  test('stays with it when the same picture is attached to the next one: both have it', async ({ db }) => {
    const { again, photo, fileId, at, view } = await reopened(db)
    await addPhoto(at('12:00'), photo)
    const second = { ...seen(again), ...words, what: 'Đã dọn nốt phần còn lại', photoIds: [fileId] }
    await answerReport(at('12:05'), second)
    const { answers, photos, citizen } = await view()
    expect(answers.map(({ status, photoIds }) => [status, photoIds])).toEqual([
      ['sent', [fileId]],
      ['queued', [fileId]],
    ])
    expect(citizen.answers).toMatchObject([{ what: words.what, photoIds: [fileId] }])
    expect(photos.map((each) => each.fileId)).toEqual([fileId])
  })

  test('is uploaded again for the next answer, with one more event; twice makes no second event', async ({ db }) => {
    const { report, photo, at, view } = await reopened(db)
    const told = async () =>
      (await storyOf(db, report.id)).events.filter(({ event }) => event === 'report.photo_added').length
    expect(await told()).toBe(1)
    for (let i = 0; i < 2; i++) await addPhoto(at('12:00'), photo)
    expect(await told()).toBe(2)
    const { photos } = await view()
    expect(photos).toMatchObject([{ addedAt: at('12:00').now(), isInAnswer: true }])
    expect((await storyOf(db, report.id)).report.photoCount).toBe(1)
  })

  test('cannot be removed through the second attachment', async ({ db }) => {
    const { report, photo, fileId, at } = await reopened(db)
    await addPhoto(at('12:00'), photo)
    await expect(removePhoto(at('12:01'), { reportId: report.id, fileId })).rejects.toThrow('photo_bound')
  })
})

test('a photo of an answer that was sent back goes with the next one as well', async ({ db }) => {
  const { agency, officer, approver } = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
  const at = (time: string) => actingAt(db, officer, time)
  const fileId = await buildFile(db, { ownerId: officer.id })
  await addPhoto(at('10:00'), { reportId: report.id, fileId, kind: 'proof', name: '' })
  const submitted = await submitAnswer(at('10:05'), { ...seen(report), ...words, photoIds: [fileId] })
  const sentBack = await sendBackAnswer(actingAt(db, approver, '10:06'), { ...seen(submitted), remarks: 'Ở đâu?' })
  await submitAnswer(at('10:10'), { ...seen(sentBack), ...words, photoIds: [fileId] })
  const { answers } = await reportByCode(at('10:11'), report.code)
  expect(answers.map(({ status, photoIds }) => [status, photoIds])).toEqual([
    ['sent_back', [fileId]],
    ['submitted', [fileId]],
  ])
})

test('each version of an answer keeps its own photos; one added later belongs to none of them', async ({ db }) => {
  const { agency, officer, approver } = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
  const at = (time: string) => actingAt(db, officer, time)
  const add = async (time: string) => {
    const fileId = await buildFile(db, { ownerId: officer.id })
    await addPhoto(at(time), { reportId: report.id, fileId, kind: 'proof', name: '' })
    return fileId
  }
  const versions = async () => {
    const { answers, photos, timeline } = await reportByCode(at('12:00'), report.code)
    const told = timeline.flatMap(({ answerId }) => answers.filter(({ id }) => id === answerId))
    expect(told.length).toBeGreaterThan(0)
    return { photos: photos.length, answers: answers.map(({ status, photoIds }) => [status, photoIds]) }
  }
  const first = await add('10:00')
  const submitted = await submitAnswer(at('10:05'), { ...seen(report), ...words, photoIds: [first] })
  const second = await add('10:06')
  expect(await versions()).toEqual({ photos: 2, answers: [['submitted', [first]]] })
  const sentBack = await sendBackAnswer(actingAt(db, approver, '10:07'), { ...seen(submitted), remarks: 'Ảnh mờ' })
  const again = await submitAnswer(at('10:10'), { ...seen(sentBack), ...words, photoIds: [second] })
  const approved = await approveAnswer(actingAt(db, approver, '10:11'), seen(again))
  const withdrawn = await withdrawAnswer(actingAt(db, approver, '10:11'), seen(approved))
  const third = await add('10:12')
  expect(await versions()).toEqual({
    photos: 3,
    answers: [
      ['sent_back', [first]],
      ['submitted', [second]],
    ],
  })
  await expect(removePhoto(at('10:13'), { reportId: report.id, fileId: first })).rejects.toThrow('photo_bound')
  await removePhoto(at('10:13'), { reportId: report.id, fileId: third })
  expect(withdrawn.state).toBe('awaiting_approval')
})
