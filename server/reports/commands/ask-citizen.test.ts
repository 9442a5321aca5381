import { describe, expect } from 'vitest'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { askCitizenInput } from '../rules/schemas.ts'
import { askCitizen, recordCitizenReply } from './ask-citizen.ts'

const question = 'Cây đổ ở số nhà nào ạ?'

describe('asking the citizen is refused', () => {
  test('without a question', () => {
    expect(() => askCitizenInput.parse({ reportId: 1, version: 1, question: ' ' })).toThrow('required')
  })

  test('to the dispatcher once the agency works on the report', async ({ db }) => {
    const { agency, dispatcher } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const asked = askCitizen(actingAt(db, dispatcher, '10:00'), { ...seen(report), question })
    await expect(asked).rejects.toThrow('forbidden')
  })
})

test('the clock is paused from the question to the reply, and the due instant moves by just that time', async ({
  db,
}) => {
  const { agency, officer } = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
  const asked = await askCitizen(actingAt(db, officer, '10:00'), { ...seen(report), question })
  const waiting = await storyOf(db, report.id)
  expect(waiting.report).toMatchObject({
    state: 'awaiting_citizen',
    stateBefore: 'in_progress',
    dueAt: null,
    soonAt: null,
    pausedAt: hanoi('2026-03-02 10:00'),
    askedById: officer.id,
    lastActivityBy: 'staff',
  })
  expect(waiting.resolution?.dueAt).toBeNull()
  expect(waiting.messages).toMatchObject([{ kind: 'question', body: question, authorId: officer.id }])
  expect(waiting.lastEvent).toMatchObject({
    event: 'report.citizen_asked',
    details: { messageId: waiting.messages[0]?.id },
  })

  await recordCitizenReply(actingAt(db, officer, '2026-03-03 09:00'), { ...seen(asked), reply: 'Số 20 ạ' })
  const { report: after, resolution, messages, lastEvent } = await storyOf(db, report.id)
  // From Monday 10:00 to Tuesday 09:00 there are seven working hours.
  expect(report.dueAt).toEqual(hanoi('2026-03-09 09:00'))
  expect(after).toMatchObject({
    state: 'in_progress',
    stateBefore: null,
    pausedAt: null,
    dueAt: hanoi('2026-03-09 17:00'),
    lastActivityBy: 'citizen',
  })
  expect(resolution?.pauses).toEqual([
    {
      from: hanoi('2026-03-02 10:00').toISOString(),
      to: hanoi('2026-03-03 09:00').toISOString(),
      reason: 'awaiting_citizen',
    },
  ])
  expect(messages.map(({ kind }) => kind)).toEqual(['question', 'reply'])
  expect(lastEvent).toMatchObject({
    event: 'report.citizen_replied',
    fromState: 'awaiting_citizen',
    toState: 'in_progress',
  })
})

test('a question before intake pauses the intake clock and returns there', async ({ db }) => {
  const { dispatcher } = await buildTeam(db)
  const report = await buildReport(db)
  const asked = await askCitizen(actingAt(db, dispatcher, '09:00'), { ...seen(report), question })
  expect((await storyOf(db, report.id)).report).toMatchObject({ state: 'awaiting_citizen', dueAt: null })
  await recordCitizenReply(actingAt(db, dispatcher, '11:00'), { ...seen(asked), reply: 'Số 20 ạ' })
  const { report: after, clocks } = await storyOf(db, report.id)
  expect(after).toMatchObject({ state: 'awaiting_intake', dueAt: hanoi('2026-03-03 10:00') })
  expect(clocks).toHaveLength(1)
})

test('while another agency is waited for, the citizen’s reply does not start the clock', async ({ db }) => {
  const { agency, officer } = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, waiting: true })
  const asked = await askCitizen(actingAt(db, officer, '11:00'), { ...seen(report), question })
  await recordCitizenReply(actingAt(db, officer, '14:00'), { ...seen(asked), reply: 'Số 20 ạ' })
  const { report: after } = await storyOf(db, report.id)
  expect(after).toMatchObject({ state: 'in_progress', dueAt: null, pausedAt: hanoi('2026-03-02 10:00') })
})
