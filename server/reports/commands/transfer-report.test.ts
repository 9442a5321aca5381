import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildRequest } from '#db/factories/requests.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { test } from '#db/testing.ts'
import { transferInput } from '../rules/schemas.ts'
import { decideRequest } from './decide-request.ts'
import { requestTransfer } from './request-transfer.ts'
import { transferReport } from './transfer-report.ts'

const reason = 'Cây thuộc công ty cây xanh quản lý'

async function underWay(db: Database) {
  const team = await buildTeam(db)
  const other = await buildAgency(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: team.agency.id, assigneeId: team.officer.id })
  return { ...team, other, report, input: { ...seen(report), agencyId: other.id, reason } }
}

describe('a transfer is refused', () => {
  test('without a reason', () => {
    expect(() => transferInput.parse({ reportId: 1, version: 1, agencyId: 'a', reason: '' })).toThrow('required')
  })

  test('to the agency that has it, or one that is not in office', async ({ db }) => {
    const { approver, officer, agency, input } = await underWay(db)
    const ended = await buildAgency(db, { validTo: '2025-06-30' })
    for (const [to, code] of [
      [agency.id, 'same_agency'],
      [ended.id, 'agency_ended'],
    ] as const) {
      const there = { ...input, agencyId: to }
      await expect(transferReport(actingAt(db, approver, '10:00'), there)).rejects.toThrow(code)
      await expect(requestTransfer(actingAt(db, officer, '10:00'), there)).rejects.toThrow(code)
    }
  })

  test('to an officer, who can only request it', async ({ db }) => {
    const { officer, input } = await underWay(db)
    await expect(transferReport(actingAt(db, officer, '10:00'), input)).rejects.toThrow('forbidden')
  })
})

test.for(['approver', 'dispatcher'] as const)(
  'by an %s it happens at once, and the clock runs on',
  async (who, { db }) => {
    const { agency, other, report, input, ...people } = await underWay(db)
    const request = await buildRequest(db, report, 'pause', { askedById: people.officer.id })
    await transferReport(actingAt(db, people[who], '11:00'), input)
    const { report: after, clocks, requests, lastEvent } = await storyOf(db, report.id)
    expect(after).toMatchObject({
      state: 'awaiting_acceptance',
      agencyId: other.id,
      assigneeId: null,
      heldBy: [agency.id, other.id],
      transferCount: 1,
      returnCount: 0,
      dueAt: report.dueAt,
    })
    expect(clocks.map(({ stoppedAt }) => stoppedAt === null)).toEqual([false, true])
    expect(requests).toMatchObject([{ id: request.id, status: 'withdrawn' }])
    expect(lastEvent).toMatchObject({
      event: 'report.transferred',
      agencyId: agency.id,
      toState: 'awaiting_acceptance',
      details: { from: agency.id, agencyId: other.id, reason },
    })
  },
)

describe('requested by an officer', () => {
  test('the report stays where it is until an approver of the agency grants it', async ({ db }) => {
    const { agency, other, report, input, officer, approver } = await underWay(db)
    const asked = await requestTransfer(actingAt(db, officer, '10:00'), input)
    const pending = await storyOf(db, report.id)
    expect(pending.report).toMatchObject({ state: 'in_progress', agencyId: agency.id, version: 2 })
    expect(pending.requests).toMatchObject([{ kind: 'transfer', status: 'pending', agencyId: other.id, reason }])
    expect(pending.lastEvent).toMatchObject({
      event: 'report.transfer_requested',
      details: { agencyId: other.id, reason },
    })

    const requestId = pending.requests[0]?.id ?? ''
    const granted = { ...seen(asked), requestId, approve: true, remarks: 'Đồng ý' }
    await decideRequest(actingAt(db, approver, '10:30'), granted)
    const { report: after, requests, lastEvent } = await storyOf(db, report.id)
    expect(after).toMatchObject({ state: 'awaiting_acceptance', agencyId: other.id, transferCount: 1, version: 3 })
    expect(requests).toMatchObject([{ status: 'approved', decidedById: approver.id, remarks: 'Đồng ý' }])
    expect(lastEvent).toMatchObject({
      event: 'report.transferred',
      details: { from: agency.id, agencyId: other.id, requestId, reason, remarks: 'Đồng ý' },
    })
  })

  test('it is refused, and the report stays', async ({ db }) => {
    const { agency, report, input, officer, approver } = await underWay(db)
    const asked = await requestTransfer(actingAt(db, officer, '10:00'), input)
    const requestId = (await storyOf(db, report.id)).requests[0]?.id ?? ''
    await decideRequest(actingAt(db, approver, '10:30'), { ...seen(asked), requestId, approve: false, remarks: '' })
    const { report: after, requests, lastEvent } = await storyOf(db, report.id)
    expect(after).toMatchObject({ state: 'in_progress', agencyId: agency.id, transferCount: 0 })
    expect(requests).toMatchObject([{ status: 'refused', remarks: null }])
    expect(lastEvent?.event).toBe('report.transfer_refused')
  })

  test('it is requested once', async ({ db }) => {
    const { input, officer } = await underWay(db)
    const asked = await requestTransfer(actingAt(db, officer, '10:00'), input)
    const again = requestTransfer(actingAt(db, officer, '10:01'), { ...input, version: asked.version })
    await expect(again).rejects.toThrow('request_pending')
  })
})
