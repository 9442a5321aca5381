import { describe, expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { test } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { reportByCode } from '../queries/report.ts'
import { linkReport, unlinkReport } from './link-report.ts'
import { mergeReport } from './merge-report.ts'
import { passAnswersOn } from './pass-on.ts'
import { rejectReport } from './reject-report.ts'
import { sendAnswer } from './send-answer.ts'
import { answerReport } from './submit-answer.ts'

describe('a link is refused', () => {
  test('to itself, to a rejected or following report, of one that others follow, to an invisible one', async ({
    db,
  }) => {
    const { dispatcher, agency } = await buildTeam(db)
    const [report, canonical] = [await buildReport(db), await buildReport(db)]
    const [follower, rejected] = [await buildReport(db), await buildReport(db, { state: 'rejected' })]
    const desk = actingAt(db, dispatcher, '10:00')
    const link = (one: typeof report, to: number) => linkReport(desk, { ...seen(one), toReportId: to })
    await link(follower, canonical.id)
    await expect(link(report, report.id)).rejects.toThrow('link_to_itself')
    await expect(link(report, rejected.id)).rejects.toThrow('link_unfit')
    await expect(link(report, follower.id)).rejects.toThrow('link_unfit')
    await expect(link(canonical, report.id)).rejects.toThrow('link_of_canonical')
    const merged = mergeReport(desk, { ...seen(canonical), intoReportId: report.id })
    await expect(merged).rejects.toThrow('merge_of_canonical')
    const own = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const officer = actingAt(db, await buildActor(db, 'officer', agency), '10:00')
    await expect(linkReport(officer, { ...seen(own), toReportId: canonical.id })).rejects.toThrow('not_found')
  })
})

test('undone within a day, both are as before; not later, and not once its reporter was answered through it', async ({
  db,
}) => {
  const { dispatcher } = await buildTeam(db)
  const [report, canonical] = [await buildReport(db), await buildReport(db)]
  const at = (time: string) => actingAt(db, dispatcher, time)
  const linked = await linkReport(at('10:00'), { ...seen(report), toReportId: canonical.id })
  expect((await storyOf(db, canonical.id)).report.linkedCount).toBe(1)
  await expect(unlinkReport(at('2026-03-03 10:01'), seen(linked))).rejects.toThrow('window_passed')
  await unlinkReport(at('2026-03-03 10:00'), seen(linked))
  expect((await storyOf(db, report.id)).report).toMatchObject({ state: report.state, linkedToId: null })
  expect((await storyOf(db, canonical.id)).report).toEqual(canonical)
})

test('one answer reaches the reporters of linked reports and of those merged into them', async ({ db }) => {
  const { dispatcher, agency, officer } = await buildTeam(db)
  const category = await buildCategory(db, { needsApproval: false })
  const canonical = await buildReport(db, { state: 'in_progress', agencyId: agency.id, categoryCode: category.code })
  const [linked, merged] = [await buildReport(db), await buildReport(db)]
  const desk = actingAt(db, dispatcher, '10:00')
  const { version } = await linkReport(desk, { ...seen(linked), toReportId: canonical.id })
  await mergeReport(desk, { ...seen(merged), intoReportId: linked.id })
  const words = {
    what: 'Đã lắp lại nắp hố ga.',
    where: 'Phố Hàng Bài',
    when: 'Sáng 02/3/2026',
    ...fixed,
    next: '',
    photoIds: [],
  }
  await answerReport(actingAt(db, officer, '10:05'), { ...seen(canonical), ...words })
  const [answer] = (await storyOf(db, canonical.id)).answers
  await sendAnswer(actingAt(db, robot, '10:06'), answer?.id ?? '')
  for (const { code, id } of [linked, merged]) {
    const { citizen } = await reportByCode(desk, code)
    expect(citizen.answers).toMatchObject([{ what: words.what, agencyName: agency.name }])
    expect((await storyOf(db, id)).lastEvent).toMatchObject({
      event: 'report.answer_passed_on',
      details: { fromCode: canonical.code },
    })
  }
  // The linked report still has to be handled by itself.
  expect((await storyOf(db, linked.id)).report.state).toBe('awaiting_intake')
  const unlinked = unlinkReport(actingAt(db, dispatcher, '11:00'), { reportId: linked.id, version })
  await expect(unlinked).rejects.toThrow('reporter_answered')
})

describe('for a report linked to one', () => {
  test('with a sent answer, its reporter gets that answer; after that the link stays', async ({ db }) => {
    const { dispatcher, agency } = await buildTeam(db)
    const canonical = await buildReport(db, { state: 'answered', agencyId: agency.id })
    const report = await buildReport(db)
    const desk = actingAt(db, dispatcher, '14:00')
    const linked = await linkReport(desk, { ...seen(report), toReportId: canonical.id })
    expect((await reportByCode(desk, report.code)).citizen.answers).toEqual([])
    expect(await passAnswersOn(actingAt(db, robot, '14:01'), report.id)).toBe(1)
    expect((await reportByCode(desk, report.code)).citizen.answers).toMatchObject([{ agencyName: agency.name }])
    const unlinked = unlinkReport(actingAt(db, dispatcher, '15:00'), seen(linked))
    await expect(unlinked).rejects.toThrow('reporter_answered')
  })

  test('that is rejected, its reporter gets nothing: it is handled separately, and the link can be undone', async ({
    db,
  }) => {
    const { dispatcher } = await buildTeam(db)
    const [canonical, report, merged] = [await buildReport(db), await buildReport(db), await buildReport(db)]
    const desk = actingAt(db, dispatcher, '10:00')
    const linked = await linkReport(desk, { ...seen(report), toReportId: canonical.id })
    await mergeReport(desk, { ...seen(merged), intoReportId: report.id })
    await rejectReport(desk, { ...seen(canonical), reason: 'out_of_scope', answer: 'Việc này thuộc tỉnh bạn.' })
    const [answer] = (await storyOf(db, canonical.id)).answers
    await sendAnswer(actingAt(db, robot, '10:01'), answer?.id ?? '')
    for (const { id, code } of [report, merged]) {
      const told = (await storyOf(db, id)).events.map(({ event }) => event)
      expect(told).not.toContain('report.answer_passed_on')
      expect((await reportByCode(desk, code)).citizen).toMatchObject({ answers: [], refusal: null })
    }
    await unlinkReport(actingAt(db, dispatcher, '11:00'), seen(linked))
  })
})
