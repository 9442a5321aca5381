import { randomUUID } from 'node:crypto'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import type { StaffActor } from '#db/factories/accounts.ts'
import { buildReport } from '#db/factories/reports.ts'
import { actingAt, buildTeam } from '#db/factories/team.ts'
import { test } from '#db/testing.ts'
import { keepDraft, shareDraft } from '#server/reports/commands/drafts.ts'
import { recordHeartbeat } from './commands/record-heartbeat.ts'
import type { Heartbeat } from './rules/presence.ts'

const viewing = (reportId: number) => ({ reportId, doing: 'viewing' as const, isUnsaved: false, isIdle: false })

/** A tab of a user: sends a heartbeat at a time of 02/03/2026, with what it has open. */
function tabOf(db: Database, actor: StaffActor, tabId = randomUUID()) {
  return (time: string, open: Heartbeat['open'], ...about: number[]) => {
    const moment = new Date(`2026-03-02T${time.length === 5 ? `${time}:00` : time}+07:00`)
    return recordHeartbeat({ db, actor, now: () => moment }, { tabId, open, about })
  }
}

async function scene(db: Database) {
  const team = await buildTeam(db)
  const { id } = await buildReport(db, { state: 'in_progress', agencyId: team.agency.id, heldBy: [team.agency.id] })
  return { ...team, id, lan: tabOf(db, team.officer), hoa: tabOf(db, team.approver) }
}

describe('presence', () => {
  test('is shown to colleagues, with what the user does; not to the user', async ({ db }) => {
    const { id, lan, hoa } = await scene(db)
    expect(await lan('10:00', { ...viewing(id), doing: 'writing', isUnsaved: true }, id)).toEqual([])
    const person = { name: 'Trần Văn Hùng', doing: 'writing', isUnsaved: true, isIdle: false }
    expect(await hoa('10:00', null, id)).toMatchObject([{ reportId: id, people: [person] }])
  })

  test('ends at once when the report is left, and half a minute after the last heartbeat of a dead tab', async ({
    db,
  }) => {
    const { id, lan, hoa } = await scene(db)
    await lan('10:00', viewing(id))
    await lan('10:00', null)
    expect(await hoa('10:00', null, id)).toEqual([])
    await lan('10:01', viewing(id))
    expect(await hoa('10:01:29', null, id)).toHaveLength(1)
    expect(await hoa('10:01:31', null, id)).toEqual([])
  })

  test('moves with the tab to the next report', async ({ db }) => {
    const { id, agency, lan, hoa } = await scene(db)
    const { id: next } = await buildReport(db, { state: 'in_progress', agencyId: agency.id, heldBy: [agency.id] })
    await lan('10:00', viewing(id))
    await lan('10:00', viewing(next))
    expect((await hoa('10:00', null, id, next)).map(({ reportId }) => reportId)).toEqual([next])
  })

  test('is not taken over, moved or ended by another account that knows the id of the tab', async ({ db }) => {
    const { id, agency, officer, approver, hoa } = await scene(db)
    const tabId = randomUUID()
    const [lan, stranger] = [tabOf(db, officer, tabId), tabOf(db, approver, tabId)]
    const { id: other } = await buildReport(db, { state: 'in_progress', agencyId: agency.id, heldBy: [agency.id] })
    await lan('10:00', { ...viewing(id), doing: 'writing' })
    const isThere = async () => (await hoa('10:00', null, id))[0]?.people.map(({ name }) => name)
    await stranger('10:00', viewing(other))
    expect(await isThere()).toEqual([officer.name])
    await stranger('10:00', null)
    expect(await isThere()).toEqual([officer.name])
    await lan('10:00', null)
    expect(await isThere()).toBeUndefined()
  })

  test('is shown only for reports that the user may see, and cannot be claimed for others', async ({ db }) => {
    const [here, elsewhere] = [await scene(db), await scene(db)]
    await here.lan('10:00', viewing(here.id))
    expect(await elsewhere.hoa('10:00', null, here.id)).toEqual([])
    await elsewhere.lan('10:00', viewing(here.id))
    expect(await here.hoa('10:00', null, here.id)).toMatchObject([{ people: [{ name: 'Trần Văn Hùng' }] }])
    expect((await here.hoa('10:00', null, here.id))[0]?.people).toHaveLength(1)
  })
})

test('a draft that a colleague has shared on a report is shown beside it', async ({ db }) => {
  const { id, officer, hoa } = await scene(db)
  const ctx = actingAt(db, officer, '10:00')
  await keepDraft(ctx, { reportId: id, kind: 'note', value: { body: 'Đã gọi' }, base: null })
  expect(await hoa('10:00', null, id)).toEqual([])
  await shareDraft(ctx, { reportId: id, kind: 'note', isShared: true })
  expect(await hoa('10:00', null, id)).toEqual([{ reportId: id, people: [], hasSharedDraft: true }])
})
