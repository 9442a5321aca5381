import { randomUUID } from 'node:crypto'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildRequest } from '#db/factories/requests.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { settings } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { extensionInput } from '../rules/schemas.ts'
import { decideRequest } from './decide-request.ts'
import { requestExtension } from './request-extension.ts'
import { requestPause } from './request-pause.ts'
import { resumeReport } from './resume-report.ts'
import { transferReport } from './transfer-report.ts'

const reason = 'Phải chờ xe cẩu'
const decision = { approve: true, remarks: '' }

async function underWay(db: Database) {
  const team = await buildTeam(db)
  const report = await buildReport(db, { state: 'in_progress', agencyId: team.agency.id })
  return { ...team, report }
}

describe('an extension is refused', () => {
  test('without a reason, for less than an hour or more than sixty days', () => {
    const input = { reportId: 1, version: 1, minutes: 480, reason }
    expect(extensionInput.parse(input)).toEqual(input)
    for (const wrong of [{ reason: '' }, { minutes: 59 }, { minutes: 28_801 }, { minutes: 90.5 }]) {
      expect(() => extensionInput.parse({ ...input, ...wrong })).toThrow()
    }
  })

  test('once the deadline has passed: it must be requested in time', async ({ db }) => {
    const { officer, report } = await underWay(db)
    const ask = (at: string) => requestExtension(actingAt(db, officer, at), { ...seen(report), minutes: 480, reason })
    expect(report.dueAt).toEqual(hanoi('2026-03-09 09:00'))
    await expect(ask('2026-03-09 09:01')).rejects.toThrow('deadline_lapsed')
    await expect(ask('2026-03-09 09:00')).resolves.toMatchObject({ state: 'in_progress' })
  })

  test('while the clock is paused, or one is requested already', async ({ db }) => {
    const { officer, agency, report } = await underWay(db)
    const waiting = await buildReport(db, { state: 'in_progress', agencyId: agency.id, waiting: true })
    const ask = (of: typeof report) =>
      requestExtension(actingAt(db, officer, '11:00'), { ...seen(of), minutes: 480, reason })
    await expect(ask(waiting)).rejects.toThrow('clock_paused')
    await buildRequest(db, report, 'extension', { askedById: officer.id })
    await expect(ask(report)).rejects.toThrow('request_pending')
  })
})

describe('an extension', () => {
  test('sent twice under its id is one request, also once that has been granted', async ({ db }) => {
    const { officer, approver, report } = await underWay(db)
    const ask = { ...seen(report), id: randomUUID(), minutes: 480, reason }
    const first = await requestExtension(actingAt(db, officer, '11:00'), ask)
    expect(await requestExtension(actingAt(db, officer, '11:01'), ask)).toEqual(first)
    await decideRequest(actingAt(db, approver, '14:00'), { ...seen(first), ...decision, requestId: ask.id })
    await expect(requestExtension(actingAt(db, officer, '14:01'), ask)).resolves.toMatchObject({ version: 3 })
    const { requests, events } = await storyOf(db, report.id)
    expect(requests.map(({ id }) => id)).toEqual([ask.id])
    expect(events.map(({ event }) => event).slice(-2)).toEqual(['report.extension_requested', 'report.extended'])
    const another = await requestExtension(actingAt(db, officer, '15:00'), { ...ask, id: randomUUID() }).catch(String)
    expect(another).toContain('conflict')
  })

  test('granted by a superior adds its working minutes; the first promise is kept in the record', async ({ db }) => {
    const { officer, approver, report } = await underWay(db)
    const asked = await requestExtension(actingAt(db, officer, '11:00'), { ...seen(report), minutes: 480, reason })
    const pending = await storyOf(db, report.id)
    expect(pending.report.dueAt).toEqual(report.dueAt)
    expect(pending.lastEvent).toMatchObject({
      event: 'report.extension_requested',
      details: { minutes: 480, reason, dueAt: report.dueAt?.toISOString() },
    })
    const requestId = pending.requests[0]?.id ?? ''
    await decideRequest(actingAt(db, approver, '14:00'), { ...seen(asked), ...decision, requestId })
    const { report: after, resolution, lastEvent } = await storyOf(db, report.id)
    expect(after).toMatchObject({ state: 'in_progress', dueAt: hanoi('2026-03-10 09:00') })
    expect(resolution).toMatchObject({
      targetMinutes: 2880,
      extendedMinutes: 480,
      dueAt: hanoi('2026-03-10 09:00'),
      firstDueAt: hanoi('2026-03-09 09:00'),
    })
    expect(lastEvent).toMatchObject({
      event: 'report.extended',
      details: {
        minutes: 480,
        dueAt: [hanoi('2026-03-09 09:00').toISOString(), hanoi('2026-03-10 09:00').toISOString()],
        requestId,
        reason,
      },
    })
  })

  test('that was refused changes nothing, and may be requested again', async ({ db }) => {
    const { officer, approver, report } = await underWay(db)
    const { id: requestId } = await buildRequest(db, report, 'extension', { askedById: officer.id })
    const refused = { ...seen(report), requestId, approve: false, remarks: 'Còn đủ thời gian' }
    const moved = await decideRequest(actingAt(db, approver, '14:00'), refused)
    const { report: after, requests, lastEvent } = await storyOf(db, report.id)
    expect(after.dueAt).toEqual(report.dueAt)
    expect(requests).toMatchObject([{ status: 'refused', remarks: 'Còn đủ thời gian' }])
    expect(lastEvent?.event).toBe('report.extension_refused')
    const again = requestExtension(actingAt(db, officer, '15:00'), { ...seen(moved), minutes: 60, reason })
    await expect(again).resolves.toBeTruthy()
  })
})

describe('a decision is refused', () => {
  test('on a decided request, on one of another report, and on one the report has outgrown', async ({ db }) => {
    const { officer, approver, report, agency } = await underWay(db)
    const { id: decided } = await buildRequest(db, report, 'pause', {
      askedById: officer.id,
      status: 'refused',
      decidedAt: hanoi('2026-03-02 10:00'),
    })
    const stranger = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const { id: strange } = await buildRequest(db, stranger, 'pause', { askedById: officer.id })
    const ctx = actingAt(db, approver, '11:00')
    const decide = (of: typeof report, requestId: string) => decideRequest(ctx, { ...seen(of), ...decision, requestId })
    await expect(decide(report, decided)).rejects.toThrow('request_decided')
    await expect(decide(report, strange)).rejects.toThrow('not_found')
    const answered = await buildReport(db, { state: 'awaiting_approval', agencyId: agency.id })
    for (const kind of ['extension', 'pause', 'transfer'] as const) {
      const { id } = await buildRequest(db, answered, kind, {
        askedById: officer.id,
        minutes: kind === 'extension' ? 60 : null,
      })
      await expect(decide(answered, id)).rejects.toThrow('invalid_move')
    }
  })

  test('to the account that asked, unless the agency has no other', async ({ db }) => {
    const agency = await buildAgency(db)
    const alone = await buildActor(db, ['officer', 'approver'], agency)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const { id: requestId } = await buildRequest(db, report, 'extension', { askedById: alone.id })
    const decide = () => decideRequest(actingAt(db, alone, '11:00'), { ...seen(report), ...decision, requestId })
    await db.insert(settings).values({ key: 'soleAccountMayApprove', value: false })
    await expect(decide()).rejects.toThrow('own_request')
    await db.delete(settings)
    const colleague = await buildActor(db, 'officer', agency)
    await expect(decide()).rejects.toThrow('own_request')
    expect(colleague.id).not.toBe(alone.id)
  })

  test('the only account of an agency may decide what it asked for', async ({ db }) => {
    const agency = await buildAgency(db)
    const alone = await buildActor(db, ['officer', 'approver'], agency)
    const report = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    const { id: requestId } = await buildRequest(db, report, 'extension', { askedById: alone.id })
    const decided = decideRequest(actingAt(db, alone, '11:00'), { ...seen(report), ...decision, requestId })
    await expect(decided).resolves.toMatchObject({ state: 'in_progress' })
  })
})

describe('waiting for another agency', () => {
  test('is a pause that an approver grants; the state stays', async ({ db }) => {
    const { officer, approver, report } = await underWay(db)
    const other = await buildAgency(db)
    const asked = await requestPause(actingAt(db, officer, '10:00'), { ...seen(report), agencyId: other.id, reason })
    const pending = await storyOf(db, report.id)
    expect(pending.report).toMatchObject({ state: 'in_progress', pausedAt: null, dueAt: report.dueAt })
    const requestId = pending.requests[0]?.id ?? ''
    const granted = await decideRequest(actingAt(db, approver, '11:00'), { ...seen(asked), ...decision, requestId })
    const paused = await storyOf(db, report.id)
    expect(paused.report).toMatchObject({ state: 'in_progress', dueAt: null, pausedAt: hanoi('2026-03-02 11:00') })
    expect(paused.resolution?.pauses).toMatchObject([{ to: null, reason }])
    expect(paused.lastEvent).toMatchObject({
      event: 'report.paused',
      details: { agencyId: other.id, requestId, reason },
    })

    await resumeReport(actingAt(db, officer, '15:00'), { ...seen(granted), reason: 'Xe cẩu đã đến' })
    const { report: after, lastEvent } = await storyOf(db, report.id)
    expect(after).toMatchObject({ pausedAt: null, dueAt: hanoi('2026-03-09 12:00') })
    expect(lastEvent).toMatchObject({ event: 'report.resumed', details: { reason: 'Xe cẩu đã đến' } })
  })

  test('when refused leaves the clock running, and ends with a transfer', async ({ db }) => {
    const { officer, approver, report, agency } = await underWay(db)
    const { id: requestId } = await buildRequest(db, report, 'pause', { askedById: officer.id })
    await decideRequest(actingAt(db, approver, '11:00'), { ...seen(report), requestId, approve: false, remarks: '' })
    expect((await storyOf(db, report.id)).report).toMatchObject({ pausedAt: null, dueAt: report.dueAt })

    const waiting = await buildReport(db, { state: 'in_progress', agencyId: agency.id, waiting: true })
    const other = await buildAgency(db)
    const input = { ...seen(waiting), agencyId: other.id, reason }
    await transferReport(actingAt(db, approver, '11:00'), input)
    expect((await storyOf(db, waiting.id)).report).toMatchObject({ pausedAt: null, dueAt: hanoi('2026-03-09 10:00') })
  })

  test('is not requested while it lasts, and not ended where there is none', async ({ db }) => {
    const { officer, report, agency } = await underWay(db)
    const waiting = await buildReport(db, { state: 'in_progress', agencyId: agency.id, waiting: true })
    const ctx = actingAt(db, officer, '11:00')
    await expect(requestPause(ctx, { ...seen(waiting), agencyId: agency.id, reason })).rejects.toThrow('clock_paused')
    await expect(resumeReport(ctx, { ...seen(report), reason: '' })).rejects.toThrow('clock_runs')
  })
})
