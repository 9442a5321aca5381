import { describe, expect } from 'vitest'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildRequest } from '#db/factories/requests.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { returnInput } from '../rules/schemas.ts'
import { acceptReport } from './accept-report.ts'
import { returnReport } from './return-report.ts'

const reason = 'Đường này do thành phố quản lý'

describe('returning is refused', () => {
  test('without a reason', () => {
    expect(() => returnInput.parse({ reportId: 1, version: 1 })).toThrow()
    expect(() => returnInput.parse({ reportId: 1, version: 1, reason: '  ' })).toThrow('required')
  })

  test('with a suggested agency that does not exist', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const input = { ...seen(report), reason, suggestedAgencyId: 'nobody' }
    await expect(returnReport(actingAt(db, officer, '10:00'), input)).rejects.toThrow('not_found')
  })
})

test('a returned report is at the dispatchers again; intake is not restarted, the resolution clock runs on', async ({
  db,
}) => {
  const { agency, officer } = await buildTeam(db)
  const suggested = await buildAgency(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, assigneeId: officer.id })
  const request = await buildRequest(db, report, 'extension', { askedById: officer.id })
  await returnReport(actingAt(db, officer, '14:00'), { ...seen(report), reason, suggestedAgencyId: suggested.id })
  const { report: after, intake, resolution, clocks, requests, lastEvent } = await storyOf(db, report.id)
  expect(after).toMatchObject({
    state: 'awaiting_intake',
    agencyId: null,
    assigneeId: null,
    heldBy: [agency.id],
    returnCount: 1,
    dueAt: report.dueAt,
  })
  expect(clocks).toHaveLength(2)
  expect(intake?.stoppedAt).toEqual(hanoi('2026-03-02 09:00'))
  expect(resolution).toMatchObject({ stoppedAt: null, dueAt: report.dueAt })
  expect(requests).toMatchObject([{ id: request.id, status: 'withdrawn', decidedAt: hanoi('2026-03-02 14:00') }])
  expect(lastEvent).toMatchObject({
    event: 'report.returned',
    agencyId: agency.id,
    fromState: 'in_progress',
    toState: 'awaiting_intake',
    details: { agencyId: agency.id, reason, suggestedAgencyId: suggested.id },
  })
})

test('the agency that returned a report can still see it, but not move it', async ({ db }) => {
  const { agency, officer } = await buildTeam(db)
  const report = await buildReport(db, { state: 'awaiting_acceptance', agencyId: agency.id })
  const back = await returnReport(actingAt(db, officer, '10:00'), { ...seen(report), reason })
  const again = acceptReport(actingAt(db, officer, '10:01'), { ...seen(back), assignToMe: true })
  await expect(again).rejects.toThrow('forbidden')
})

test('a wait for another agency ends with the return', async ({ db }) => {
  const { agency, officer } = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id, waiting: true })
  await returnReport(actingAt(db, officer, '11:00'), { ...seen(report), reason })
  const { report: after } = await storyOf(db, report.id)
  expect(after).toMatchObject({ pausedAt: null, dueAt: hanoi('2026-03-09 10:00') })
})
