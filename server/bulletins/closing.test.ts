import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { buildArea } from '#db/factories/areas.ts'
import { alertPanelOf, buildBulletin, buildNewsroom, contentOf } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { actingAt } from '#db/factories/team.ts'
import { bulletinAlerts, bulletins, events, incidents } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { closeIncidentInSight } from './commands/close-incident.ts'
import { withdrawBulletin } from './commands/correct-bulletin.ts'
import { publishBulletin, scheduleBulletin } from './commands/publish-bulletin.ts'
import { leftByClosing } from './queries/closing.ts'

test('closing an incident lists what is in force, scheduled and unfinished, and ends none of it', async ({ db }) => {
  const { editor, chief } = await buildNewsroom(db)
  const { actor: dispatcher } = await buildAccount(db, { agency: await buildCity(db), roles: ['dispatcher'] })
  const [incident, other] = [await buildIncident(db), await buildIncident(db)]
  const { id: areaId } = await buildArea(db, { lon: 105.88, lat: 21.04 })
  const alert = alertPanelOf({ expires: hanoi('2026-03-02 20:00').toISOString() })
  const build = (title: string, state: 'approved' | 'draft', incidentId = incident.id) =>
    buildBulletin(db, {
      state,
      content: contentOf(title, { areaIds: [areaId], alert }),
      incidentId,
      authorId: editor.id,
      ...(state === 'approved' && { approvedById: chief.id }),
    })
  const at = actingAt(db, chief, '09:00')
  const out = async (title: string, incidentId?: string) => {
    const { id } = await build(title, 'approved', incidentId)
    return publishBulletin(at, { id, version: 1, acknowledged: [] })
  }
  const [danger, gone] = [await out('Nước lên nhanh'), await out('Cây đổ chắn đường')]
  await out('Bản tin của sự kiện khác', other.id)
  await withdrawBulletin(at, { ...gone, notice: 'Đã dọn.', noticeEn: 'Cleared.', alertEnding: 'over' })
  const waiting = await build('Sáng mai học sinh nghỉ', 'approved')
  await scheduleBulletin(at, { id: waiting.id, version: 1, at: hanoi('2026-03-02 15:00'), acknowledged: [] })
  const draft = await build('Chưa viết xong', 'draft')

  const closing = actingAt(db, dispatcher, '10:00')
  const until = hanoi('2026-03-02 20:00')
  const left = {
    alerts: [{ id: danger.id, title: 'Nước lên nhanh', until, mayEnd: false }],
    scheduled: [{ id: waiting.id, title: 'Sáng mai học sinh nghỉ', at: hanoi('2026-03-02 15:00'), isAlert: true }],
    drafts: [{ id: draft.id, title: 'Chưa viết xong', state: 'draft' }],
  }
  expect(await leftByClosing(closing, incident.id)).toEqual(left)
  const asChief = await leftByClosing(actingAt(db, chief, '10:00'), incident.id)
  expect(asChief.alerts.map(({ mayEnd }) => mayEnd)).toEqual([true])

  const close = { id: incident.id, version: 1, remarks: '' }
  for (const alertsLeft of [[], [gone.id]]) {
    await expect(closeIncidentInSight(closing, { ...close, alertsLeft })).rejects.toThrow('incident_alerts_in_force')
  }
  const [open] = await db.select().from(incidents).where(eq(incidents.id, incident.id))
  expect(open?.closedAt).toBeNull()

  const before = await db.select().from(bulletinAlerts)
  await closeIncidentInSight(closing, { ...close, alertsLeft: [danger.id, gone.id] })
  expect(await db.select().from(bulletinAlerts)).toEqual(before)
  expect(await leftByClosing(closing, incident.id)).toEqual(left)
  const states = await db.select({ state: bulletins.state }).from(bulletins).where(eq(bulletins.id, waiting.id))
  expect(states).toEqual([{ state: 'scheduled' }])
  const [told] = await db.select().from(events).where(eq(events.event, 'incident.closed'))
  expect(told?.details).toMatchObject({ alertsLeft: [danger.id] })
})

test('an incident whose alerts have ended is closed without a prompt', async ({ db }) => {
  const { actor: dispatcher } = await buildAccount(db, { agency: await buildCity(db), roles: ['dispatcher'] })
  const incident = await buildIncident(db)
  const closing = actingAt(db, dispatcher, '10:00')
  expect(await leftByClosing(closing, incident.id)).toEqual({ alerts: [], scheduled: [], drafts: [] })
  const closed = await closeIncidentInSight(closing, { id: incident.id, version: 1, remarks: '', alertsLeft: [] })
  expect(closed.version).toBe(2)
})
