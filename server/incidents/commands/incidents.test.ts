import { eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildArea } from '#db/factories/areas.ts'
import { type BuiltIncident, buildIncident } from '#db/factories/incidents.ts'
import { jobsUnder } from '#db/factories/story.ts'
import { events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { activeStorms, incidentById, incidentChoices, listIncidents } from '../queries.ts'
import { type IncidentFilter, noIncidentFilter } from '../rules/filters.ts'
import type { SubType } from '../rules/sub-types.ts'
import { addIncidentNote } from './add-incident-note.ts'
import { changeIncident } from './change-incident.ts'
import { closeIncident, reopenIncident } from './close-incident.ts'
import { createIncident } from './create-incident.ts'
import { switchStormMode } from './switch-storm-mode.ts'

const noon = hanoi('2026-09-07 12:00')
const now = () => noon

const typhoon = {
  name: 'Bão số 3 – Yagi',
  nameEn: '',
  kind: 'storm' as const,
  startsAt: hanoi('2026-09-06 00:00'),
  endsAt: null,
  areaIds: [] as number[],
  leadAgencyId: null,
  note: '',
  subTypes: [] as SubType[],
  keywords: [] as string[],
  stormMode: false,
}

async function dispatcherAt(db: Database, name?: string) {
  return { db, actor: await buildActor(db, 'dispatcher', undefined, name), now }
}

const fieldsOf = ({ stormMode: _, ...fields }: typeof typhoon) => fields

const logOf = (db: Database, id: string) => db.select().from(events).where(eq(events.subjectId, id)).orderBy(events.id)

describe('an incident', () => {
  test('is written by dispatchers only', async ({ db }) => {
    const { id, version } = await createIncident(await dispatcherAt(db), typhoon)
    for (const role of ['officer', 'approver', 'manager', 'admin', 'auditor'] as const) {
      const ctx = { db, actor: await buildActor(db, role), now }
      await expect(createIncident(ctx, typhoon)).rejects.toThrow('forbidden')
      await expect(changeIncident(ctx, { ...fieldsOf(typhoon), id, version })).rejects.toThrow('forbidden')
      await expect(switchStormMode(ctx, { id, version, stormMode: true })).rejects.toThrow('forbidden')
    }
  })

  test('is opened with its areas and lead agency, and logged once', async ({ db }) => {
    const [west, east, agency] = [
      await buildArea(db, { shortName: 'Đống Đa' }),
      await buildArea(db, { shortName: 'Ba Đình' }),
      await buildAgency(db),
    ]
    const ctx = await dispatcherAt(db)
    const { id } = await createIncident(ctx, { ...typhoon, areaIds: [west.id, east.id], leadAgencyId: agency.id })
    const incident = await incidentById(db, id, noon)
    expect(incident).toMatchObject({ underWay: true, stormMode: false, leadAgency: { name: agency.name } })
    expect(incident.areas.map(({ id }) => id)).toEqual([east.id, west.id])
    expect((await logOf(db, id)).map(({ event }) => event)).toEqual(['incident.created'])
  })

  test('is led by an active agency, in areas that exist', async ({ db }) => {
    const ctx = await dispatcherAt(db)
    const ended = await buildAgency(db, { validTo: '2025-02-28' })
    await expect(createIncident(ctx, { ...typhoon, leadAgencyId: ended.id })).rejects.toThrow('agency_ended')
    await expect(createIncident(ctx, { ...typhoon, areaIds: [987_654] })).rejects.toThrow('not_found')
  })

  test('stores what was changed, field by field', async ({ db }) => {
    const area = await buildArea(db)
    const ctx = await dispatcherAt(db)
    const { id, version } = await createIncident(ctx, typhoon)
    const fields = { ...fieldsOf(typhoon), name: 'Bão Yagi', areaIds: [area.id, area.id] }
    const changed = await changeIncident(ctx, { ...fields, id, version })
    expect(changed).toEqual({ id, version: 2 })
    expect((await logOf(db, id)).at(-1)).toMatchObject({
      event: 'incident.changed',
      version: 2,
      details: { name: ['Bão số 3 – Yagi', 'Bão Yagi'], areaIds: [[], [area.id]] },
    })
    expect(await changeIncident(ctx, { ...fields, id, version: 2 })).toEqual(changed)
    expect(await logOf(db, id)).toHaveLength(2)
  })

  test('is not saved over the edit of a colleague, who is named', async ({ db }) => {
    const [lan, minh] = [await dispatcherAt(db), await dispatcherAt(db, 'Lê Minh')]
    const { id, version } = await createIncident(lan, typhoon)
    await changeIncident(minh, { ...fieldsOf(typhoon), id, version, note: 'Mưa lớn ở phía tây' })
    const refusal = await changeIncident(lan, { ...fieldsOf(typhoon), id, version, name: 'Yagi' }).catch(
      (error) => error,
    )
    expect(refusal).toMatchObject({ code: 'conflict', details: { by: 'Lê Minh', version: 2 } })
    await expect(switchStormMode(lan, { id, version, stormMode: true })).rejects.toThrow('conflict')
  })
})

describe('emergency mode', () => {
  test('is switched on and off, each with an event and a recomputation of its deadlines', async ({ db }) => {
    const ctx = await dispatcherAt(db)
    const { id, version } = await createIncident(ctx, typhoon)
    const on = await switchStormMode(ctx, { id, version, stormMode: true })
    expect(await activeStorms(db, noon)).toMatchObject([{ id, name: typhoon.name }])
    const key = `recompute_deadlines:incident:${id}`
    expect(await jobsUnder(db, key)).toMatchObject([
      { task: 'recompute_deadlines', payload: { calendarId: null, incidentId: id, at: noon.toISOString() } },
    ])
    expect(await switchStormMode(ctx, { ...on, stormMode: true })).toEqual(on)
    await switchStormMode(ctx, { ...on, stormMode: false })
    expect((await logOf(db, id)).map(({ event }) => event)).toEqual([
      'incident.created',
      'incident.storm_mode_on',
      'incident.storm_mode_off',
    ])
  })

  test('is only for an incident that is under way', async ({ db }) => {
    const ctx = await dispatcherAt(db)
    const over = { ...typhoon, endsAt: hanoi('2026-09-07 12:00') }
    await expect(createIncident(ctx, { ...over, stormMode: true })).rejects.toThrow('incident_not_under_way')
    const { id, version } = await createIncident(ctx, over)
    await expect(switchStormMode(ctx, { id, version, stormMode: true })).rejects.toThrow('incident_not_under_way')
  })

  test('ends with its incident: the deadlines are recomputed then too', async ({ db }) => {
    const ctx = await dispatcherAt(db)
    const endsAt = hanoi('2026-09-08 18:00')
    const { id } = await createIncident(ctx, { ...typhoon, endsAt, stormMode: true })
    const [job] = await jobsUnder(db, `recompute_deadlines:incident:${id}:end`)
    expect(job).toMatchObject({ payload: { at: endsAt.toISOString() } })
    expect(new Date(job?.runAt ?? 0)).toEqual(endsAt)
    expect(await activeStorms(db, noon)).toContainEqual(expect.objectContaining({ id }))
    expect(await activeStorms(db, endsAt)).not.toContainEqual(expect.objectContaining({ id }))
  })

  test('of several incidents at once is listed for each, the newest first', async ({ db }) => {
    const ctx = await dispatcherAt(db)
    const flood = { ...typhoon, name: 'Lũ sông Bùi', startsAt: hanoi('2026-09-07 06:00') }
    const yagi = await createIncident(ctx, { ...typhoon, stormMode: true })
    const bui = await createIncident(ctx, { ...flood, stormMode: true })
    const ids = (await activeStorms(db, noon)).map(({ id }) => id)
    expect(ids.filter((id) => id === yagi.id || id === bui.id)).toEqual([bui.id, yagi.id])
  })
})

test('incidents are listed newest first, and those under way are offered first', async ({ db }) => {
  const ctx = await dispatcherAt(db)
  const old = await createIncident(ctx, { ...typhoon, name: 'Ngập 2024', startsAt: hanoi('2024-09-06 00:00') })
  const over = await createIncident(ctx, {
    ...typhoon,
    name: 'Nắng nóng',
    startsAt: hanoi('2026-09-06 12:00'),
    endsAt: hanoi('2026-09-06 18:00'),
  })
  const listed = (await listIncidents(db, noon)).map(({ id }) => id)
  expect(listed.indexOf(over.id)).toBeLessThan(listed.indexOf(old.id))
  const offered = (await incidentChoices(db, noon)).map(({ id }) => id)
  expect(offered.indexOf(old.id)).toBeLessThan(offered.indexOf(over.id))
})

test('incidents are filtered by state, kind and words', async ({ db }) => {
  const word = `Hồ${Date.now().toString(36)}`
  const build = (name: string, startsAt: string, endsAt: string | null, fields: Partial<BuiltIncident> = {}) =>
    buildIncident(db, {
      ...fields,
      name: `${name} ${word}`,
      startsAt: hanoi(startsAt),
      endsAt: endsAt === null ? null : hanoi(endsAt),
    })
  const planned = await build('Lễ hội', '2026-09-08 00:00', null, { kind: 'event' })
  const underWay = await build('Bão', '2026-09-07 00:00', null, { note: 'Trực bơm 100%', keywords: ['cây đổ'] })
  const untilLater = await build('Úng', '2026-09-06 00:00', '2026-09-07 12:01', { kind: 'flood' })
  const ended = await build('Nóng', '2026-09-05 00:00', '2026-09-07 12:00', { kind: 'heat' })
  const closed = await build('Cháy', '2026-09-04 00:00', '2026-09-05 00:00', { kind: 'fire', closedAt: noon })
  const names = new Map(Object.entries({ planned, underWay, untilLater, ended, closed }).map(([k, { id }]) => [id, k]))
  const found = async (filter: Partial<IncidentFilter>) =>
    (await listIncidents(db, noon, { ...noIncidentFilter, words: word, ...filter })).map(({ id }) => names.get(id))
  expect(await found({})).toEqual(['planned', 'underWay', 'untilLater', 'ended', 'closed'])
  expect(await found({ states: ['planned'] })).toEqual(['planned'])
  expect(await found({ states: ['under_way'] })).toEqual(['underWay', 'untilLater'])
  expect(await found({ states: ['ended', 'closed'] })).toEqual(['ended', 'closed'])
  expect(await found({ kinds: ['fire', 'event'] })).toEqual(['planned', 'closed'])
  expect(await found({ words: `${word} ung` })).toEqual(['untilLater'])
  expect(await found({ words: `${word} 100% CAY` })).toEqual(['underWay'])
  expect(await found({ words: `${word} 1%0` })).toEqual([])
})

describe('the incident matcher', () => {
  test('is stored with the incident and logged, and has earlier reports searched', async ({ db }) => {
    const ctx = await dispatcherAt(db)
    const { id, version } = await createIncident(ctx, typhoon)
    const fields = { ...fieldsOf(typhoon), subTypes: ['flooding' as const], keywords: ['ngập', 'ngập'] }
    await changeIncident(ctx, { ...fields, id, version })
    expect(await incidentById(db, id, noon)).toMatchObject({ subTypes: ['flooding'], keywords: ['ngập'] })
    expect((await logOf(db, id)).at(-1)).toMatchObject({
      event: 'incident.changed',
      details: { subTypes: [[], ['flooding']], keywords: [[], ['ngập']] },
    })
    expect(await jobsUnder(db, `suggest_reports:${id}`)).toMatchObject([{ payload: { incidentId: id } }])
  })
})

describe('a closed incident', () => {
  test('is over, not in emergency mode, and not changed until it is reopened', async ({ db }) => {
    const ctx = await dispatcherAt(db)
    const { id, version } = await createIncident(ctx, { ...typhoon, stormMode: true })
    const closed = await closeIncident(ctx, { id, version, remarks: 'Nước đã rút.' })
    expect(await incidentById(db, id, noon)).toMatchObject({
      closedAt: noon,
      endsAt: noon,
      stormMode: false,
      underWay: false,
    })
    expect(await jobsUnder(db, `recompute_deadlines:incident:${id}`)).toHaveLength(1)
    await expect(closeIncident(ctx, { ...closed, remarks: '' })).rejects.toThrow('incident_closed')
    await expect(changeIncident(ctx, { ...fieldsOf(typhoon), ...closed })).rejects.toThrow('incident_closed')
    await expect(switchStormMode(ctx, { ...closed, stormMode: true })).rejects.toThrow('incident_closed')
    const open = await reopenIncident(ctx, { ...closed, reason: 'Mưa trở lại.' })
    expect(await incidentById(db, id, noon)).toMatchObject({ closedAt: null, endsAt: null, underWay: true, ...open })
    await expect(reopenIncident(ctx, { ...open, reason: 'x' })).rejects.toThrow('incident_open')
    expect((await logOf(db, id)).map(({ event }) => event)).toEqual([
      'incident.created',
      'incident.closed',
      'incident.reopened',
    ])
  })

  test('is closed and reopened by dispatchers only, from the version they saw', async ({ db }) => {
    const ctx = await dispatcherAt(db)
    const { id, version } = await createIncident(ctx, typhoon)
    const officer = { db, actor: await buildActor(db, 'officer'), now }
    await expect(closeIncident(officer, { id, version, remarks: '' })).rejects.toThrow('forbidden')
    await expect(reopenIncident(officer, { id, version, reason: 'x' })).rejects.toThrow('forbidden')
    await expect(closeIncident(ctx, { id, version: version + 1, remarks: '' })).rejects.toThrow('conflict')
    const planned = await createIncident(ctx, { ...typhoon, startsAt: hanoi('2026-09-09 00:00') })
    await expect(closeIncident(ctx, { ...planned, remarks: '' })).rejects.toThrow('incident_not_begun')
  })
})

test('a note is written once and permanently, with an event that names it', async ({ db, sql }) => {
  const ctx = await dispatcherAt(db)
  const { id: incidentId } = await createIncident(ctx, typhoon)
  const id = '0199aa00-0000-7000-8000-000000000001'
  for (let i = 0; i < 2; i++) await addIncidentNote(ctx, { incidentId, id, body: 'Cho trực bơm Yên Nghĩa.' })
  expect((await logOf(db, incidentId)).slice(1)).toMatchObject([
    { event: 'incident.note_added', details: { noteId: id } },
  ])
  await expect(sql`update incident_notes set body = '' where id = ${id}`).rejects.toThrow('append-only')
  await expect(sql`delete from incident_notes where id = ${id}`).rejects.toThrow('append-only')
  const auditor = { db, actor: await buildActor(db, 'auditor'), now }
  await expect(addIncidentNote(auditor, { incidentId, id, body: 'x' })).rejects.toThrow('forbidden')
})
