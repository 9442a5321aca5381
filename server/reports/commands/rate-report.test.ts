import { describe, expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { settings } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { rateInput } from '../rules/schemas.ts'
import { requestFollowUp } from './follow-up.ts'
import { rateReport } from './rate-report.ts'

const rated = { rating: 'dissatisfied' as const, channel: 'hotline' as const, words: '' }

describe('a rating is refused', () => {
  test('with a value that is not one of the three', () => {
    expect(() => rateInput.parse({ reportId: 1, version: 1, rating: 'five stars' })).toThrow()
  })

  test('before the answer was sent, and after the rating window', async ({ db }) => {
    const { agency, dispatcher } = await buildTeam(db)
    const leaving = await buildReport(db, { state: 'answered', agencyId: agency.id, answerStatus: 'queued' })
    const rateIt = (at: string, report: typeof leaving) =>
      rateReport(actingAt(db, dispatcher, at), { ...seen(report), ...rated })
    await expect(rateIt('11:00', leaving)).rejects.toThrow('answer_leaving')
    const report = await buildReport(db, { state: 'answered', agencyId: agency.id })
    await expect(rateIt('2026-03-09 11:01', report)).rejects.toThrow('window_passed')
    await db.insert(settings).values({ key: 'ratingWindowDays', value: 8 })
    await expect(rateIt('2026-03-09 11:01', report)).resolves.toMatchObject({ state: 'closed' })
    await db.delete(settings)
  })
})

test('a rating closes the report; a later one replaces it, and both stay in the log', async ({ db }) => {
  const { agency, dispatcher } = await buildTeam(db)
  const report = await buildReport(db, { state: 'answered', agencyId: agency.id })
  const closed = await rateReport(actingAt(db, dispatcher, '14:00'), { ...seen(report), ...rated, words: 'Còn cành' })
  const first = await storyOf(db, report.id)
  expect(first.report).toMatchObject({
    state: 'closed',
    rating: 'dissatisfied',
    closedAt: hanoi('2026-03-02 14:00'),
    answeredAt: hanoi('2026-03-02 11:00'),
    lastActivityBy: 'citizen',
  })
  expect(first.messages).toMatchObject([{ kind: 'added', body: 'Còn cành' }])
  await rateReport(actingAt(db, dispatcher, '2026-03-04 09:00'), {
    ...seen(closed),
    ...rated,
    rating: 'satisfied',
  })
  const { report: after, events } = await storyOf(db, report.id)
  expect(after).toMatchObject({ state: 'closed', rating: 'satisfied', closedAt: hanoi('2026-03-02 14:00') })
  expect(events.slice(-2).map(({ event, details }) => [event, details.rating, details.channel])).toEqual([
    ['report.rated', 'dissatisfied', 'hotline'],
    ['report.rated', 'satisfied', 'hotline'],
  ])
})

test('the only account of an agency records the rating of its own answer; where there is another, its author does not', async ({
  db,
}) => {
  const agency = await buildAgency(db)
  const alone = await buildActor(db, 'approver', agency)
  const answered = async () => ({
    ...seen(await buildReport(db, { state: 'answered', agencyId: agency.id, authorId: alone.id })),
    ...rated,
  })
  await expect(rateReport(actingAt(db, alone, '14:00'), await answered())).resolves.toMatchObject({ state: 'closed' })
  const colleague = await buildActor(db, 'officer', agency)
  await expect(rateReport(actingAt(db, alone, '14:00'), await answered())).rejects.toThrow('own_rating')
  await expect(rateReport(actingAt(db, colleague, '14:00'), await answered())).rejects.toThrow('rated_at_intake')
})

test('a follow-up that still waits for approval does not change whose answer is rated', async ({ db }) => {
  const { agency, dispatcher, officer } = await buildTeam(db)
  const { code: categoryCode } = await buildCategory(db, { needsApproval: true })
  const wanted = { state: 'answered', agencyId: agency.id, authorId: dispatcher.id, categoryCode } as const
  const report = await buildReport(db, wanted)
  const words = { what: 'Đã sửa xong', where: 'Số 20', when: 'Hôm nay', next: '', photoIds: [], ...fixed }
  const asked = await requestFollowUp(actingAt(db, officer, '13:00'), { ...seen(report), ...words })
  const rate = rateReport(actingAt(db, dispatcher, '14:00'), { ...seen(asked), ...rated })
  await expect(rate).rejects.toThrow('own_rating')
})
