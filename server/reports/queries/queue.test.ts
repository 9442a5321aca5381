import { sql } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { type BuiltAgency, buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildCalendar } from '#db/factories/calendars.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildReport } from '#db/factories/reports.ts'
import { test } from '#db/testing.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { openStates, reportStates, type Severity, severities } from '../rules/lifecycle.ts'
import { type Queue, type QueueCursor, type QueueView, queueOf, sortsFor, viewsFor } from '../rules/queue.ts'
import type { QueueFilters } from '../rules/queue-filters.ts'
import { queuePage } from './queue.ts'
import { queueChanges } from './queue-changes.ts'
import { viewCounts } from './view-counts.ts'

const now = () => hanoi('2026-03-02 15:00')

/** All rows of a queue, page by page. */
async function wholeQueue(db: Database, actor: Actor, queue: Queue) {
  const first = await queuePage({ db, actor, now }, { queue })
  const rows = [...first.rows]
  let cursor = first.nextCursor
  while (cursor) {
    const page = await queuePage({ db, actor, now }, { queue, cursor })
    rows.push(...page.rows)
    cursor = page.nextCursor
  }
  return { rows, total: first.total }
}

const codesOf = async (db: Database, actor: Actor, view: QueueView, filters: Partial<QueueFilters> = {}) =>
  (await wholeQueue(db, actor, queueOf(view, filters))).rows.map(({ code }) => code)

/** Reports of every kind, so that each condition matches some and excludes some. */
async function mixedReports(db: Database, agencies: readonly BuiltAgency[], count: number) {
  const [category, other, area] = [await buildCategory(db), await buildCategory(db), await buildArea(db)]
  const officers = await Promise.all(agencies.map((agency) => buildActor(db, 'officer', agency)))
  for (let i = 0; i < count; i++) {
    const state = reportStates[i % 8] ?? 'closed'
    await buildReport(db, {
      state,
      severity: severities[i % 3],
      categoryCode: (i % 4 === 0 ? category : other).code,
      areaId: i % 5 === 0 ? null : area.id,
      agencyId: agencies[i % agencies.length]?.id,
      assigneeId: state === 'in_progress' && i % 3 === 0 ? officers[i % agencies.length]?.id : null,
      receivedAt: hanoi(`2026-0${1 + (i % 3)}-02 ${i % 2 === 0 ? '08:00' : '14:30'}`),
      lastActivityBy: i % 4 === 0 ? 'citizen' : 'staff',
      lastActivityAt: hanoi(`2026-03-02 ${10 + (i % 3)}:00`),
      returnCount: i % 9 === 0 ? 3 : 0,
      reopenCount: i % 7 === 0 ? 1 : 0,
      transferCount: i % 3,
      mergedCount: i % 2,
      commitmentDueAt: i % 3 === 0 ? hanoi(`2026-03-1${i % 10} 23:59`) : null,
    })
  }
}

describe('scope', () => {
  test('an invisible report is in no view, no count and no change', async ({ db }) => {
    const [own, foreign] = [await buildAgency(db), await buildAgency(db)]
    const officer = await buildActor(db, ['officer', 'approver'], own)
    for (const state of openStates)
      await buildReport(db, { state, agencyId: foreign.id, returnCount: 3, reopenCount: 1 })
    await buildReport(db, { state: 'awaiting_intake' })
    const mine = await buildReport(db, { state: 'in_progress', agencyId: own.id })
    for (const view of viewsFor(officer)) {
      const { rows, total } = await wholeQueue(db, officer, queueOf(view))
      expect(rows.every(({ code }) => code === mine.code)).toBe(true)
      expect(total?.count).toBe(rows.length)
    }
    const { counts } = await viewCounts({ db, actor: officer, now })
    expect(Math.max(...Object.values(counts))).toBe(1)
    const { changes } = await queueChanges({ db, actor: officer, now }, { queue: queueOf('open'), since: new Date(0) })
    expect(changes.map(({ code }) => code)).toEqual([mine.code])
  })

  test('an agency still sees what it held, and so do the agencies above it', async ({ db }) => {
    const above = await buildAgency(db)
    const below = await buildAgency(db, { parentId: above.id })
    const now = await buildAgency(db)
    const report = await buildReport(db, { state: 'in_progress', agencyId: now.id, heldBy: [below.id, now.id] })
    for (const agency of [above, below, now]) {
      const actor = await buildActor(db, 'officer', agency)
      expect(await codesOf(db, actor, 'open')).toContain(report.code)
      expect((await codesOf(db, actor, 'my_agency')).includes(report.code)).toBe(agency === now)
    }
  })

  test('what another agency holds now is neither overdue nor to approve for the one that held it', async ({ db }) => {
    const [before, holder] = [await buildAgency(db), await buildAgency(db)]
    const dueAt = hanoi('2026-03-01 09:00')
    const heldBy = [before.id, holder.id]
    const report = await buildReport(db, { state: 'awaiting_approval', agencyId: holder.id, heldBy, dueAt })
    for (const agency of [before, holder]) {
      const actor = await buildActor(db, 'approver', agency)
      for (const view of ['overdue', 'awaiting_approval'] as const)
        expect([view, (await codesOf(db, actor, view)).includes(report.code)]).toEqual([view, agency === holder])
    }
  })

  test('an account without a reading role sees nothing', async ({ db }) => {
    await buildReport(db, { state: 'in_progress' })
    const editor = await buildActor(db, 'editor')
    expect(await codesOf(db, editor, 'all')).toEqual([])
    expect((await viewCounts({ db, actor: editor, now })).counts).toEqual({})
  })
})

describe('views, totals and pages agree', () => {
  test('for every role the count beside a view is the length of its list', async ({ db }) => {
    const agencies = [await buildAgency(db), await buildAgency(db)]
    await mixedReports(db, agencies, 72)
    const actors = [
      await buildActor(db, 'dispatcher'),
      await buildActor(db, 'manager'),
      await buildActor(db, ['officer', 'approver'], agencies[0]),
    ]
    for (const actor of actors) {
      const { counts } = await viewCounts({ db, actor, now })
      for (const view of viewsFor(actor).filter((each) => each !== 'all')) {
        const { rows, total } = await wholeQueue(db, actor, queueOf(view))
        expect([view, rows.length, total]).toEqual([view, counts[view], { count: counts[view], capped: false }])
      }
    }
  })

  test('paging through any order, in both directions, yields each report once', async ({ db }) => {
    const agency = await buildAgency(db)
    const actor = await buildActor(db, 'officer', agency)
    await mixedReports(db, [agency], 120)
    for (const view of ['open', 'all', 'committed'] as const) {
      const expected = (await codesOf(db, actor, view)).sort()
      expect(new Set(expected).size).toBe(expected.length)
      expect(expected.length).toBeGreaterThan(view === 'committed' ? 5 : 50)
      for (const sort of sortsFor(queueOf(view))) {
        for (const dir of ['asc', 'desc'] as const) {
          const { rows } = await wholeQueue(db, actor, { ...queueOf(view), sort, dir })
          expect([sort, dir, rows.map(({ code }) => code).sort()]).toEqual([sort, dir, expected])
        }
      }
    }
  })

  test('an order reversed is the same list backwards', async ({ db }) => {
    const agency = await buildAgency(db)
    const actor = await buildActor(db, 'officer', agency)
    await mixedReports(db, [agency], 24)
    for (const sort of sortsFor(queueOf('open'))) {
      const up = await wholeQueue(db, actor, { ...queueOf('open'), sort, dir: 'asc' })
      const down = await wholeQueue(db, actor, { ...queueOf('open'), sort, dir: 'desc' })
      expect([sort, down.rows.map(({ id }) => id)]).toEqual([sort, up.rows.map(({ id }) => id).reverse()])
    }
  })

  test('open reports are sorted by deadline, those without one last, then by receipt', async ({ db }) => {
    const agency = await buildAgency(db)
    const held = { agencyId: agency.id, state: 'in_progress' as const }
    const receivedAt = (time: string) => ({ receivedAt: hanoi(`2026-03-02 ${time}`) })
    const paused = await buildReport(db, { ...held, dueAt: null, ...receivedAt('08:00') })
    const later = await buildReport(db, { ...held, dueAt: hanoi('2026-03-04 10:00'), ...receivedAt('08:00') })
    const second = await buildReport(db, { ...held, dueAt: hanoi('2026-03-03 10:00'), ...receivedAt('09:00') })
    const first = await buildReport(db, { ...held, dueAt: hanoi('2026-03-03 10:00'), ...receivedAt('08:30') })
    expect(await codesOf(db, await buildActor(db, 'officer', agency), 'open')).toEqual(
      [first, second, later, paused].map(({ code }) => code),
    )
  })

  test('urgent reports that await intake come first, each part by deadline, page by page', async ({ db }) => {
    const dispatcher = await buildActor(db, 'dispatcher')
    const waiting = (severity: Severity, due: string) =>
      buildReport(db, { state: 'awaiting_intake', severity, dueAt: hanoi(`2026-03-0${due}`), tags: ['waiting'] })
    const codes = () => codesOf(db, dispatcher, 'awaiting_intake', { tags: ['waiting'] })
    const urgentLater = await waiting('urgent', '4 10:00')
    const complex = await waiting('complex', '3 09:00')
    const normal = await waiting('normal', '3 10:00')
    const urgentSooner = await waiting('urgent', '3 16:00')
    const expected = [urgentSooner, urgentLater, complex, normal].map(({ code }) => code)
    expect(await codes()).toEqual(expected)
    const later: { urgent: string[]; normal: string[] } = { urgent: [], normal: [] }
    for (let i = 0; i < 52; i++) {
      const severity = i % 2 === 0 ? 'urgent' : 'normal'
      later[severity].push((await waiting(severity, '5 10:00')).code)
    }
    expect(await codes()).toEqual([...expected.slice(0, 2), ...later.urgent, ...expected.slice(2), ...later.normal])
  })

  test('what answers plan is listed by its day, the earliest first, at the agency that holds it', async ({ db }) => {
    const [agency, other] = [await buildAgency(db), await buildAgency(db)]
    const heldBy = [agency.id, other.id]
    const plannedFor = (day: string, held: Parameters<typeof buildReport>[1] = {}) =>
      buildReport(db, {
        state: 'answered',
        agencyId: agency.id,
        heldBy,
        commitmentDueAt: hanoi(`${day} 23:59`),
        ...held,
      })
    const later = await plannedFor('2026-03-20')
    const passed = await plannedFor('2026-02-27')
    const closed = await plannedFor('2026-03-05', { state: 'closed' })
    await plannedFor('2026-03-06', { state: 'in_progress' })
    await plannedFor('2026-03-07', { agencyId: other.id })
    await buildReport(db, { state: 'answered', agencyId: agency.id })
    for (const role of ['officer', 'approver'] as const) {
      const actor = await buildActor(db, role, agency)
      const { rows } = await wholeQueue(db, actor, queueOf('committed'))
      expect(rows.map(({ code }) => code)).toEqual([passed, closed, later].map(({ code }) => code))
      expect(rows[0]?.committedTo).toEqual(hanoi('2026-02-27 23:59'))
      expect((await viewCounts({ db, actor, now })).counts.committed).toBe(3)
      const planned = { from: '2026-03-01', to: '2026-03-10' }
      expect(await codesOf(db, actor, 'committed', { planned })).toEqual([closed.code])
      expect(await codesOf(db, actor, 'committed', { states: ['closed', 'in_progress'] })).toEqual([closed.code])
    }
  })

  test('an unbounded list is counted to the cap and no further', async ({ db, sql: run }) => {
    const agency = await buildAgency(db)
    const { id } = await buildReport(db, { state: 'closed', agencyId: agency.id })
    await run`
      insert into reports (code, state, severity, channel, category_code, title, body, received_at, matures_at, agency_id, held_by,
        last_activity_at, last_activity_by, source, source_key)
      select 'MANY-' || n, 'closed', severity, channel, category_code, title, body, received_at, matures_at, agency_id, held_by,
        last_activity_at, last_activity_by, source, 'many-' || n
      from reports, generate_series(1, 1005) n where id = ${id}`
    const actor = await buildActor(db, 'officer', agency)
    const page = await queuePage({ db, actor, now }, { queue: queueOf('all') })
    expect(page.total).toEqual({ count: 1001, capped: true })
    expect(page.rows).toHaveLength(50)
  })
})

describe('filters', () => {
  test('each keeps what it names and drops the rest', async ({ db }) => {
    const above = await buildAgency(db)
    const below = await buildAgency(db, { parentId: above.id })
    const [other, former] = [await buildAgency(db), await buildAgency(db)]
    const partner = await buildAgency(db, { parentId: former.id })
    const [officer, dispatcher] = [await buildActor(db, 'officer', below), await buildActor(db, 'dispatcher')]
    const group = await buildCategory(db, { parentCode: null })
    const leaf = await buildCategory(db, { parentCode: group.code })
    const [area, incident] = [await buildArea(db), await buildIncident(db)]
    const wanted = await buildReport(db, {
      state: 'in_progress',
      severity: 'urgent',
      channel: 'hotline',
      categoryCode: leaf.code,
      areaId: area.id,
      agencyId: below.id,
      heldBy: [former.id, below.id, partner.id],
      assigneeId: officer.id,
      incidentId: incident.id,
      tags: ['yagi', 'sau bão'],
      photoCount: 2,
      receivedAt: hanoi('2026-02-27 23:30'),
      dueAt: hanoi('2026-03-01 09:00'),
      commitmentDueAt: hanoi('2026-03-05 23:59'),
    })
    const unwanted = await buildReport(db, {
      state: 'awaiting_acceptance',
      severity: 'normal',
      agencyId: other.id,
      tags: ['test'],
      receivedAt: hanoi('2026-02-28 00:00'),
      dueAt: hanoi('2026-03-09 09:00'),
      soonAt: hanoi('2026-03-06 09:00'),
    })
    const filters: Partial<QueueFilters>[] = [
      { states: ['in_progress', 'closed'] },
      { severities: ['urgent'] },
      { channels: ['hotline'] },
      { categories: [leaf.code] },
      { categories: [group.code] },
      { areas: [area.id] },
      { agencies: [below.id] },
      { agencies: [above.id] },
      { partners: [partner.id] },
      { partners: [former.id] },
      { partners: [below.id, partner.id, other.id] },
      { assignee: officer.id },
      { incident: incident.id },
      { tags: ['yagi', 'sau bão'] },
      { tags: ['-test'] },
      { photo: true },
      { deadlines: ['overdue'] },
      { received: { from: '2026-02-27', to: '2026-02-27' } },
      { received: { from: null, to: '2026-02-27' } },
      { due: { from: '2026-03-01', to: '2026-03-01' } },
      { planned: { from: '2026-03-05', to: '2026-03-05' } },
    ]
    for (const filter of filters) {
      const codes = await codesOf(db, dispatcher, 'open', filter)
      expect([filter, codes.includes(wanted.code), codes.includes(unwanted.code)]).toEqual([filter, true, false])
    }
    expect(await codesOf(db, officer, 'open', { assignee: 'me' })).toEqual([wanted.code])
    expect(await codesOf(db, dispatcher, 'open', { partners: [below.id, other.id] })).toEqual([])
    const others = await codesOf(db, dispatcher, 'open', {
      assignee: 'none',
      deadlines: ['soon', 'in_time'],
      photo: false,
    })
    expect([others.includes(wanted.code), others.includes(unwanted.code)]).toEqual([false, true])
  })

  test('what awaits the citizen stays with the account that asked', async ({ db }) => {
    const dispatcher = await buildActor(db, 'dispatcher')
    const asked = await buildReport(db, {
      state: 'awaiting_citizen',
      stateBefore: 'awaiting_intake',
      agencyId: null,
      askedById: dispatcher.id,
    })
    expect(await codesOf(db, dispatcher, 'mine')).toEqual([asked.code])
  })
})

test('a row shows what it is, where, whose and how late, in working time', async ({ db }) => {
  const agency = await buildAgency(db, { shortName: 'CVCX' })
  const area = await buildArea(db, { shortName: 'P. Hoàn Kiếm' })
  const officer = await buildActor(db, 'officer', agency, 'Nguyễn Văn Hùng')
  const incident = await buildIncident(db)
  const report = await buildReport(db, {
    state: 'in_progress',
    agencyId: agency.id,
    areaId: area.id,
    assigneeId: officer.id,
    incidentId: incident.id,
    body: 'Dòng một\n\ndòng hai',
    dueAt: hanoi('2026-03-03 09:00'),
    soonAt: hanoi('2026-03-02 16:00'),
    tags: ['sau bão', 'a,b'],
  })
  const page = await queuePage({ db, actor: officer, now }, { queue: queueOf('mine') })
  expect(page.rows).toMatchObject([
    {
      id: report.id,
      code: report.code,
      version: 1,
      excerpt: 'Dòng một dòng hai',
      categoryCode: report.categoryCode,
      areaName: 'P. Hoàn Kiếm',
      agencyName: 'CVCX',
      assigneeName: 'Nguyễn Văn Hùng',
      incident: { name: 'Bão số 3', nameEn: '' },
      // Two hours until 17:00, one hour from 08:00.
      deadline: { kind: 'in_time', minutes: 180, minutesPerDay: 480, dueAt: hanoi('2026-03-03 09:00') },
      tags: ['sau bão', 'a,b'],
    },
  ])
  const row = page.rows[0]
  const later = { db, actor: officer, now: () => hanoi('2026-03-02 18:00') }
  const { openTime } = await queueChanges(later, { queue: queueOf('mine'), since: page.asOf })
  const passed = (openTime[row?.clockTime ?? ''] ?? 0) - (page.openTime[row?.clockTime ?? ''] ?? 0)
  expect(passed).toBe(120)
})

test('what is overdue is counted by the city’s calendar, whichever agency’s clock it is', async ({ db }) => {
  const city = await buildCity(db)
  const calendarId = await buildCalendar(db, {
    id: 'half-days',
    weekly: { 1: [[480, 720]], 2: [[480, 720]], 3: [[480, 720]], 4: [[480, 720]], 5: [[480, 720]] },
  })
  const company = await buildAgency(db, { calendarId })
  const { code: categoryCode } = await buildCategory(db)
  const dispatcher = await buildActor(db, 'dispatcher', city)
  const due = async (agencyId: string, day: string) =>
    buildReport(db, {
      state: 'in_progress',
      agencyId,
      categoryCode,
      dueAt: hanoi(`2026-02-${day} 11:00`),
      soonAt: null,
    })
  for (const [agency, day] of [
    [city, '24'],
    [company, '25'],
    [city, '26'],
  ] as const)
    await due(agency.id, day)
  // Other tests of this file have left reports to the city.
  const queue = queueOf('open', { categories: [categoryCode] })
  const { rows } = await queuePage({ db, actor: dispatcher, now }, { queue })
  // Now it is Monday, 2 March, 15:00.
  expect(rows.map(({ deadline }) => [deadline.kind, deadline.minutes / 60, deadline.minutesPerDay])).toEqual([
    ['overdue', 35, 480],
    ['overdue', 27, 480],
    ['overdue', 19, 480],
  ])
})

test('changes distinguish what came among the loaded rows from what is further down', async ({ db }) => {
  const agency = await buildAgency(db)
  const actor = await buildActor(db, 'officer', agency)
  const ids: number[] = []
  for (const hour of ['08:00', '09:00', '10:00']) {
    const receivedAt = hanoi(`2026-03-02 ${hour}`)
    ids.push((await buildReport(db, { state: 'in_progress', agencyId: agency.id, receivedAt })).id)
  }
  const since = new Date()
  for (const id of ids) {
    await db.execute(sql`
      insert into events (at, event, subject_kind, report_id, actor_kind, actor_id, version)
      values (${new Date(since.getTime() + 1000).toISOString()}::timestamptz, 'report.tags_changed', 'report', ${id}, 'staff', ${actor.id}, 2)`)
  }
  const queue: Queue = { ...queueOf('my_agency'), sort: 'received', dir: 'asc' }
  const end = [hanoi('2026-03-02 09:00').toISOString(), ids[1] as number]
  const furtherDown = async (dir: 'asc' | 'desc', to: QueueCursor | null) => {
    const { changes } = await queueChanges({ db, actor, now }, { queue: { ...queue, dir }, since, end: to })
    return changes.filter(({ isFurtherDown }) => isFurtherDown).map(({ id }) => ids.indexOf(id))
  }
  expect(await furtherDown('asc', end)).toEqual([2])
  expect(await furtherDown('desc', end)).toEqual([0])
  expect(await furtherDown('asc', null)).toEqual([])
})

test('changes distinguish new reports from those that left the list, and name who moved them', async ({ db }) => {
  const agency = await buildAgency(db)
  const actor = await buildActor(db, 'officer', agency)
  const colleague = await buildActor(db, 'officer', agency, 'Trần Thị Mai')
  const since = now()
  const at = new Date(since.getTime() + 1000)
  const arrived = await buildReport(db, { state: 'in_progress', agencyId: agency.id, receivedAt: at })
  const left = await buildReport(db, { state: 'answered', agencyId: agency.id, version: 4 })
  await db.execute(sql`
    insert into events (at, event, subject_kind, report_id, actor_kind, actor_id, version)
    values (${at.toISOString()}::timestamptz, 'report.answered', 'report', ${left.id}, 'staff', ${colleague.id}, 4)`)
  const { changes, tooMany } = await queueChanges({ db, actor, now }, { queue: queueOf('my_agency'), since })
  expect(tooMany).toBe(false)
  expect(changes.sort((a, b) => a.id - b.id)).toMatchObject([
    { code: arrived.code, isNew: true, inView: true, byMe: false },
    {
      code: left.code,
      isNew: false,
      inView: false,
      by: 'Trần Thị Mai',
      byMe: false,
      event: 'report.answered',
      version: 4,
    },
  ])
})
