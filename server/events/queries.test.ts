import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { test } from '#db/testing.ts'
import { type Actor, robot } from '#server/accounts/rules/actor.ts'
import { recordEvent } from './commands.ts'
import { conflictOver, eventNames, listEvents, sealState } from './queries.ts'
import type { EventName } from './rules/event-names.ts'
import { type EventFilter, noEventFilter } from './rules/filters.ts'

const moment = (time: string) => new Date(`${time}+07:00`)

/** Also events of old: the log keeps those that the code no longer records. */
async function log(db: Database, actor: Actor, event: string, id: string, at: string, details = {}) {
  const ctx = { actor, now: () => moment(at) }
  await recordEvent(db, ctx, { event: event as EventName, subject: { kind: 'category', id }, details })
}

async function auditorOf(db: Database) {
  return { db, actor: await buildActor(db, 'auditor', await buildCity(db)) }
}

describe('who reads the event log', () => {
  test('officers, approvers, dispatchers and managers do not', async ({ db }) => {
    const city = await buildCity(db)
    for (const role of ['officer', 'approver', 'dispatcher', 'manager', 'editor'] as const) {
      const actor = await buildActor(db, role, city)
      await expect(listEvents({ db, actor }, noEventFilter, null)).rejects.toThrow('forbidden')
      await expect(eventNames({ db, actor })).rejects.toThrow('forbidden')
      await expect(sealState({ db, actor, now: () => moment('2026-03-02T08:00:00') })).rejects.toThrow('forbidden')
    }
  })

  test('an admin of one agency reads what happened there and what its own people did', async ({ db }) => {
    const [here, elsewhere] = [await buildAgency(db), await buildAgency(db)]
    const ours = await buildReport(db, { state: 'in_progress', agencyId: here.id })
    const theirs = await buildReport(db, { state: 'in_progress', agencyId: elsewhere.id })
    const [officer, stranger] = [await buildActor(db, 'officer', here), await buildActor(db, 'officer', elsewhere)]
    const now = () => moment('2026-04-01T08:00:00')
    const note = (report: { id: number; agencyId: string | null }) =>
      ({ event: 'report.note_added', subject: { kind: 'report', id: report.id }, agencyId: report.agencyId }) as const
    await recordEvent(db, { actor: stranger, now }, note(ours))
    await recordEvent(db, { actor: officer, now }, note(theirs))
    await recordEvent(db, { actor: stranger, now }, note(theirs))
    const admin = await buildActor(db, 'admin', here)
    const { entries } = await listEvents({ db, actor: admin }, { ...noEventFilter, event: 'report.note_added' }, null)
    expect(entries.map(({ subject, actor }) => [subject, actor?.id])).toEqual([
      [theirs.code, officer.id],
      [ours.code, stranger.id],
    ])
  })
})

describe('the event log', () => {
  test('is read newest first, page by page, without a gap or a repetition', async ({ db }) => {
    const reading = await auditorOf(db)
    for (let i = 0; i < 120; i += 1) {
      // Many at the same instant, as bulk runs write them.
      await log(db, robot, 'category.changed', `PAGE-${i}`, `2026-05-01T08:0${Math.floor(i / 40)}:00`)
    }
    const filter = { ...noEventFilter, event: 'category.changed', day: { from: '2026-05-01', to: '2026-05-01' } }
    const seen: (string | null)[] = []
    for (let cursor: Parameters<typeof listEvents>[2] = null; ; ) {
      const page = await listEvents(reading, filter, cursor)
      seen.push(...page.entries.map(({ subject }) => subject))
      cursor = page.next
      if (!cursor) break
    }
    expect(seen).toEqual(Array.from({ length: 120 }, (_, i) => `PAGE-${119 - i}`))
  })

  test('is narrowed by local day, kind, family, subject, person and agency', async ({ db }) => {
    const reading = await auditorOf(db)
    const officer = await buildActor(db, 'officer')
    await log(db, officer, 'category.added', 'ZZ-01', '2026-06-01T23:59:59')
    await log(db, robot, 'category.changed', 'ZZ-01', '2026-06-02T00:00:00', { name: ['a', 'b'] })
    await log(db, robot, 'category_group.changed', 'ZZ', '2026-06-02T10:00:00')
    const day = { from: '2026-06-01', to: '2026-06-30' }
    const names = async (filter: Partial<EventFilter>) =>
      (await listEvents(reading, { ...noEventFilter, day, ...filter }, null)).entries.map(({ event }) => event)
    expect(await names({ day: { from: '2026-06-01', to: '2026-06-01' } })).toEqual(['category.added'])
    expect(await names({ event: 'category.' })).toEqual(['category.changed', 'category.added'])
    expect(await names({ subject: 'ZZ-01', event: 'category.changed' })).toEqual(['category.changed'])
    expect(await names({ subject: 'ZZ', subjectKind: 'category' })).toEqual(['category_group.changed'])
    expect(await names({ actorId: officer.id })).toEqual(['category.added'])
    expect(await names({ actorKind: 'robot' })).toEqual(['category_group.changed', 'category.changed'])
    expect(await names({ subject: 'HN-000000-0000', subjectKind: 'report' })).toEqual([])
  })

  test('finds a report by its code, however it is typed, and marks access to personal data', async ({ db }) => {
    const reading = await auditorOf(db)
    const report = await buildReport(db, { state: 'in_progress' })
    const officer = await buildActor(db, 'officer')
    await recordEvent(
      db,
      { actor: officer, now: () => moment('2026-07-01T08:00:00'), ip: '10.1.2.3' },
      { event: 'report.reporter_revealed', subject: { kind: 'report', id: report.id }, details: { reason: 'Gọi lại' } },
    )
    const { entries } = await listEvents(reading, { ...noEventFilter, subject: report.code.toLowerCase() }, null)
    const asIncident = { ...noEventFilter, subject: report.code, subjectKind: 'incident' } as const
    expect((await listEvents(reading, asIncident, null)).entries).toEqual([])
    expect(entries[0]).toMatchObject({ subject: report.code, personal: true, ip: '10.1.2.3' })
    expect(entries.at(-1)).toMatchObject({ event: 'report.received', personal: false })
    const personal = await listEvents(reading, { ...noEventFilter, personal: true }, null)
    expect(personal.entries.every(({ personal }) => personal)).toBe(true)
  })
})

test('a report in the details is named by its code, not by its number', async ({ db }) => {
  const reading = await auditorOf(db)
  const { id, code } = await buildReport(db)
  await log(db, robot, 'category.changed', 'ZZ-09', '2026-06-20T10:00:00', { fromReportId: id, reportIds: [id] })
  const day = { from: '2026-06-20', to: '2026-06-20' }
  const { names } = await listEvents(reading, { ...noEventFilter, day }, null)
  expect(names).toMatchObject({ [`fromReportId:${id}`]: code, [`reportIds:${id}`]: code })
})

test('a conflict names who changed what last', async ({ db }) => {
  const admin = await buildActor(db, 'admin', undefined, 'Trần Văn Đức')
  const subject = { kind: 'category', id: 'CONFLICT-01' } as const
  await log(db, admin, 'category.changed', subject.id, '2026-08-01T08:00:00', { normalMinutes: [480, 960], dayId: 'x' })
  await log(db, admin, 'category.changed', subject.id, '2026-08-01T09:00:00', { normalMinutes: [960, 1440] })
  expect((await conflictOver(db, subject, 3)).details).toEqual({
    version: 3,
    by: 'Trần Văn Đức',
    at: moment('2026-08-01T09:00:00'),
    event: 'category.changed',
    changes: { normalMinutes: [960, 1440] },
  })
  const part = await conflictOver(db, subject, 3, { key: 'dayId', value: 'x' })
  expect(part.details).toMatchObject({ changes: { normalMinutes: [480, 960] } })
})
