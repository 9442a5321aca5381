import { parse } from 'csv-parse/sync'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildReport } from '#db/factories/reports.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { annotations, events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { addIncidentNote } from '#server/incidents/commands/add-incident-note.ts'
import { closeIncident } from '#server/incidents/commands/close-incident.ts'
import { linkIncident } from '#server/reports/commands/change-report.ts'
import { mergeReport } from '#server/reports/commands/merge-report.ts'
import { rejectReport } from '#server/reports/commands/reject-report.ts'
import { afterAction } from './queries/after-action.ts'
import { exportedReports } from './queries/exported-reports.ts'
import { incidentLog } from './queries/incident-log.ts'
import { reportsCsv } from './reports-csv.ts'

const noteId = '0199cc00-0000-7000-8000-000000000001'

async function storm(db: Database) {
  const team = await buildTeam(db)
  const incident = await buildIncident(db)
  const area = await buildArea(db, { name: 'Phường Cửa Nam' })
  const base = { incidentId: incident.id, areaId: area.id }
  const at = (hour: string) => actingAt(db, team.dispatcher, hour)
  return { ...team, incident, area, base, at }
}

describe('the after-action of an incident', () => {
  test('is counted from its reports and their log', async ({ db }) => {
    const { incident, base, at, area } = await storm(db)
    const tree = { ...base, categoryCode: 'CX-01', severity: 'urgent' as const }
    // Urgent: made safe after 30, 60 and 180 minutes; one is open.
    for (const minutes of [30, 60, 180]) {
      const answeredAt = new Date(hanoi('2026-03-02 08:00').getTime() + minutes * 60_000)
      await buildReport(db, { ...tree, state: 'answered', answeredAt })
    }
    await buildReport(db, { ...tree, state: 'in_progress' })
    const canonical = await buildReport(db, {
      ...base,
      categoryCode: 'TN-01',
      severity: 'normal',
      state: 'in_progress',
    })
    const double = await buildReport(db, { ...base, categoryCode: 'TN-01', severity: 'normal' })
    const refused = await buildReport(db, { ...base, categoryCode: 'GD-01', severity: 'normal' })
    const spam = await buildReport(db, { ...base, categoryCode: 'GD-01', severity: 'normal' })
    await rejectReport(at('09:20'), { ...seen(spam), reason: 'spam', answer: '' })
    await mergeReport(at('09:30'), { ...seen(double), intoReportId: canonical.id })
    await rejectReport(at('09:40'), { ...seen(refused), reason: 'out_of_scope', answer: 'Ngoài phạm vi.' })
    const came = await afterAction(at('12:00'), incident.id)
    expect(came).toMatchObject({
      figures: { total: 7, open: 2, handled: 3, rejected: 2 },
      citizens: 7,
      urgent: 4,
      medianMinutesToAnswer: 60,
      peak: { open: 6, at: hanoi('2026-03-02 08:00') },
      bulletins: 0,
    })
    expect(came.breakdown.map(({ subType, area, reports, open }) => [subType, area, reports, open]).sort()).toEqual([
      ['fallen_tree', area.name, 4, 1],
      ['flooding', area.name, 1, 1],
      ['other', area.name, 2, 0],
    ])
    expect(came.hours).toMatchObject([
      { at: hanoi('2026-03-02 08:00'), received: 6, closed: 1 },
      { at: hanoi('2026-03-02 09:00'), received: 0, closed: 2 },
      { at: hanoi('2026-03-02 11:00'), received: 0, closed: 1 },
    ])
  })

  test('says so where the median is not reached, and where there is nothing', async ({ db }) => {
    const { incident, base, at } = await storm(db)
    expect(await afterAction(at('12:00'), incident.id)).toMatchObject({
      figures: null,
      citizens: 0,
      medianMinutesToAnswer: null,
      peak: null,
    })
    await buildReport(db, { ...base, severity: 'urgent', state: 'answered' })
    for (let i = 0; i < 2; i++) await buildReport(db, { ...base, severity: 'urgent', state: 'in_progress' })
    expect((await afterAction(at('12:00'), incident.id)).medianMinutesToAnswer).toBeNull()
  })

  test('covers the reports that the reader may see', async ({ db }) => {
    const { incident, base } = await storm(db)
    const other = await buildTeam(db)
    const strange = await buildReport(db, { ...base, state: 'in_progress' })
    await buildReport(db, { state: 'merged', mergedIntoId: strange.id })
    await buildReport(db, { ...base, state: 'in_progress', agencyId: other.agency.id, heldBy: [other.agency.id] })
    expect((await afterAction(actingAt(db, other.officer, '12:00'), incident.id)).citizens).toBe(1)
  })
})

test('the log has what was decided, noted and linked, in order', async ({ db }) => {
  const { incident, at, dispatcher } = await storm(db)
  const report = await buildReport(db, { receivedAt: hanoi('2026-03-02 08:00') })
  await addIncidentNote(at('09:00'), { incidentId: incident.id, id: noteId, body: 'Huy động 12 xe bơm.' })
  await linkIncident(at('09:30'), { ...seen(report), incidentId: incident.id })
  await closeIncident(at('2026-03-03 10:00'), { id: incident.id, version: 1, remarks: 'Nước đã rút.' })
  expect(await incidentLog(at('2026-03-03 11:00'), incident.id)).toMatchObject([
    { kind: 'note', words: 'Huy động 12 xe bơm.', who: dispatcher.name },
    { kind: 'linked', reports: 1, at: new Date(hanoi('2026-03-03 00:00').getTime() - 1) },
    { kind: 'event', event: 'incident.closed', details: { remarks: 'Nước đã rút.' } },
  ])
})

test('the log says that an answer to all was refused, without the remarks', async ({ db }) => {
  const { incident, at, dispatcher } = await storm(db)
  await db.insert(events).values({
    at: hanoi('2026-03-02 10:00'),
    event: 'incident.answers_refused',
    subjectKind: 'incident',
    subjectId: incident.id,
    actorKind: 'staff',
    actorId: dispatcher.id,
    details: { batchId: noteId, remarks: 'Ngõ 7 chưa hút nước' },
  })
  const log = await incidentLog(at('11:00'), incident.id)
  expect(log).toMatchObject([{ kind: 'event', event: 'incident.answers_refused', details: { batchId: noteId } }])
  expect(JSON.stringify(log)).not.toContain('Ngõ 7')
})

test('the log also includes the chart annotations of about that time, as far as the reader may see them', async ({
  db,
}) => {
  const { incident, at } = await storm(db)
  const [mine, theirs] = [await buildTeam(db), await buildTeam(db)]
  const startsAt = hanoi('2026-03-02 06:00')
  await db.insert(annotations).values([
    { startsAt, tag: 'weather', words: 'Mưa 180 mm trong sáu giờ' },
    { startsAt, tag: 'outage', words: 'Mất điện trạm bơm', agencyId: theirs.agency.id },
    { startsAt: hanoi('2025-03-02 06:00'), tag: 'other', words: 'Năm trước' },
  ])
  const wordsOf = async (ctx: Context) =>
    (await afterAction(ctx, incident.id)).log.flatMap((entry) => (entry.kind === 'annotation' ? [entry.words] : []))
  expect(await wordsOf(at('2026-03-02 12:00'))).toEqual(['Mưa 180 mm trong sáu giờ', 'Mất điện trạm bơm'])
  expect(await wordsOf(actingAt(db, mine.officer, '12:00'))).toEqual(['Mưa 180 mm trong sáu giờ'])
})

test.for(['=1+1', '+84', '-2', '@sum(a1)', '\tx', '\rx'])(
  'in the table of reports %j is no formula',
  async (title, { db }) => {
    const { incident, base } = await storm(db)
    await buildReport(db, { ...base, categoryCode: 'TN-01', title })
    const actor = await buildActor(db, 'manager')
    const csv = reportsCsv(await exportedReports(actingAt(db, actor, '12:00'), incident.id), 'vi')
    expect(csv.startsWith('\uFEFF')).toBe(true)
    const [row] = parse(csv, { bom: true, columns: true }) as Record<string, string>[]
    expect(row?.['Tiêu đề']).toBe(`\t${title}`)
    expect(row).toMatchObject({
      'Loại phản ánh': 'Ngập úng',
      'Địa bàn': 'Phường Cửa Nam',
      'Nhận lúc': '2026-03-02 08:00',
    })
  },
)
