import { asc, eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildReport } from '#db/factories/reports.ts'
import { jobsUnder } from '#db/factories/story.ts'
import { actingAt } from '#db/factories/team.ts'
import { agencies, events, reports } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import type { AgencyFields } from '#server/agencies/rules/agency.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { followUp } from '#server/reports/commands/follow-up.ts'
import { organisationJobs } from '../jobs.ts'
import { listAgencies } from '../queries.ts'
import { endAgency } from './end-agency.ts'
import { changeAgency, createAgency } from './save-agency.ts'

const adminAt = async (db: Database, local = '10:00', name?: string) =>
  actingAt(db, await buildActor(db, 'admin', undefined, name), local)

async function fieldsFor(db: Database, more: Partial<AgencyFields> = {}): Promise<AgencyFields> {
  const city = await buildCity(db)
  return {
    name: 'Trung tâm Chiếu sáng',
    shortName: 'TTCS',
    kind: 'don_vi_dich_vu',
    parentId: city.id,
    calendarId: city.calendarId,
    areaCode: null,
    validFrom: null,
    onlyAssigneeAnswers: false,
    ...more,
  }
}

const logOf = (db: Database, id: string) =>
  db.select().from(events).where(eq(events.subjectId, id)).orderBy(asc(events.id))

describe('the tree of agencies', () => {
  test('is changed by admins of the city only', async ({ db }) => {
    const fields = await fieldsFor(db)
    const ward = await buildAgency(db)
    for (const actor of [await buildActor(db, 'manager'), await buildActor(db, 'admin', ward)]) {
      await expect(createAgency(actingAt(db, actor, '10:00'), { id: 'ttcs-0', fields })).rejects.toThrow('forbidden')
    }
  })

  test('adds, renames and moves an agency, with one event each', async ({ db }) => {
    const ctx = await adminAt(db)
    const fields = await fieldsFor(db)
    const { id, version } = await createAgency(ctx, { id: 'ttcs', fields })
    const again = createAgency(ctx, { id: 'ttcs', fields })
    await expect(again).rejects.toMatchObject({ code: 'agency_code_taken', details: { name: fields.name } })
    const above = await buildAgency(db)
    const moved = { ...fields, name: 'Trung tâm Chiếu sáng đô thị', parentId: above.id }
    const changed = await changeAgency(ctx, { id, version, fields: moved })
    expect(await changeAgency(ctx, { ...changed, fields: moved })).toEqual(changed)
    expect(await logOf(db, 'ttcs')).toMatchObject([
      { event: 'agency.created', version: 1 },
      {
        event: 'agency.changed',
        version: 2,
        details: { name: [fields.name, moved.name], parentId: [fields.parentId, above.id] },
      },
    ])
    expect((await listAgencies(db)).find((row) => row.id === 'ttcs')).toMatchObject({ parentId: above.id, version: 2 })
  })

  test('logs that only the assignee answers at an agency, with the value before', async ({ db }) => {
    const [ctx, fields] = [await adminAt(db), await fieldsFor(db)]
    const made = await createAgency(ctx, { id: 'ttcs-3', fields })
    await changeAgency(ctx, { ...made, fields: { ...fields, onlyAssigneeAnswers: true } })
    expect((await logOf(db, 'ttcs-3')).at(-1)).toMatchObject({
      event: 'agency.changed',
      details: { onlyAssigneeAnswers: [false, true] },
    })
    expect((await listAgencies(db)).find(({ id }) => id === 'ttcs-3')).toMatchObject({ onlyAssigneeAnswers: true })
  })

  test('is not saved over the edit of a colleague, who is named', async ({ db }) => {
    const [lan, duc] = [await adminAt(db), await adminAt(db, '10:00', 'Trần Văn Đức')]
    const fields = await fieldsFor(db)
    const made = await createAgency(lan, { id: 'ttcs-2', fields })
    await changeAgency(duc, { ...made, fields: { ...fields, shortName: 'CS2' } })
    const refused = changeAgency(lan, { ...made, fields })
    await expect(refused).rejects.toMatchObject({ code: 'conflict', details: { by: 'Trần Văn Đức', version: 2 } })
  })
})

describe('an agency that ends', () => {
  test('passes its open reports to its successor on the day after, once', async ({ db }) => {
    const ctx = await adminAt(db)
    const [old, next] = [await buildAgency(db), await buildAgency(db)]
    const held = await buildReport(db, { agencyId: old.id, state: 'in_progress' })
    const closed = await buildReport(db, { agencyId: old.id, state: 'closed' })
    const end = { id: old.id, version: old.version, validTo: '2026-03-31', successorId: null }
    await expect(endAgency(ctx, end)).rejects.toMatchObject({ code: 'successor_needed', details: { count: 1 } })
    await endAgency(ctx, { ...end, successorId: next.id })
    const [job] = await jobsUnder(db, `hand_over_reports:${old.id}`)
    expect(job).toMatchObject({ payload: { agencyId: old.id } })

    const run = (local: string) =>
      organisationJobs.hand_over_reports.run({ agencyId: old.id }, { ...ctx, ...at(local) })
    const at = (local: string) => ({ now: actingAt(db, null, local).now })
    await run('2026-03-31 23:00')
    const agencyOf = async (id: number) => (await db.select().from(reports).where(eq(reports.id, id)))[0]
    expect(await agencyOf(held.id)).toMatchObject({ agencyId: old.id })
    for (const moment of ['2026-04-01 00:00', '2026-04-01 00:01']) await run(moment)
    expect(await agencyOf(held.id)).toMatchObject({
      agencyId: next.id,
      state: 'in_progress',
      heldBy: [old.id, next.id],
    })
    expect(await agencyOf(closed.id)).toMatchObject({ agencyId: old.id })
    const told = await db.select().from(events).where(eq(events.event, 'report.handed_over')).orderBy(events.id)
    expect(told.filter(({ reportId }) => reportId === held.id)).toMatchObject([
      { agencyId: old.id, details: { from: old.id, agencyId: next.id } },
    ])
  })

  test('passes what it has planned for a day as well, so that the successor follows it up', async ({ db }) => {
    const ctx = await adminAt(db)
    const [old, next] = [await buildAgency(db), await buildAgency(db)]
    const { code: categoryCode } = await buildCategory(db, { needsApproval: false })
    const commitmentDueAt = hanoi('2026-05-20 23:59')
    const planned = await buildReport(db, { agencyId: old.id, state: 'closed', categoryCode, commitmentDueAt })
    const row = (await listAgencies(db)).find(({ id }) => id === old.id)
    expect(row).toMatchObject({ openReports: 0, planned: 1 })
    const end = { id: old.id, version: 1, validTo: '2026-03-31' }
    const alone = endAgency(ctx, { ...end, successorId: null })
    await expect(alone).rejects.toMatchObject({ code: 'successor_needed', details: { count: 1 } })
    await endAgency(ctx, { ...end, successorId: next.id })
    const { now } = actingAt(db, null, '2026-04-01 00:00')
    await organisationJobs.hand_over_reports.run({ agencyId: old.id }, { ...ctx, now })
    const [moved] = await db.select().from(reports).where(eq(reports.id, planned.id))
    expect(moved).toMatchObject({ agencyId: next.id, state: 'closed', commitmentDueAt, heldBy: [old.id, next.id] })
    const officer = await buildActor(db, 'officer', next)
    const words = { what: 'Đã thay tấm đan', where: 'Số 20', when: 'Sáng nay', next: '', photoIds: [], ...fixed }
    const again = { reportId: planned.id, version: planned.version + 1, ...words }
    await expect(followUp(actingAt(db, officer, '2026-05-19 09:00'), again)).resolves.toMatchObject({ state: 'closed' })
  })

  test('skips a successor that has itself ended in the meantime', async ({ db }) => {
    const ctx = await adminAt(db)
    const [old, next, last] = [await buildAgency(db), await buildAgency(db), await buildAgency(db)]
    const held = await buildReport(db, { agencyId: old.id, state: 'in_progress' })
    await endAgency(ctx, { id: old.id, version: 1, validTo: '2026-03-31', successorId: next.id })
    await endAgency(ctx, { id: next.id, version: 1, validTo: '2026-03-15', successorId: last.id })
    for (const [agencyId, local] of [
      [next.id, '2026-03-16 00:00'],
      [old.id, '2026-04-01 00:00'],
    ] as const) {
      await organisationJobs.hand_over_reports.run({ agencyId }, { ...ctx, now: actingAt(db, null, local).now })
    }
    const [row] = await db.select().from(reports).where(eq(reports.id, held.id))
    expect(row).toMatchObject({ agencyId: last.id, heldBy: [old.id, last.id] })
  })

  test('continues when its end is undone, and passes nothing', async ({ db }) => {
    const ctx = await adminAt(db)
    const [old, next] = [await buildAgency(db), await buildAgency(db)]
    const ended = await endAgency(ctx, { id: old.id, version: 1, validTo: '2026-03-31', successorId: next.id })
    await endAgency(ctx, { ...ended, validTo: null, successorId: next.id })
    expect(await jobsUnder(db, `hand_over_reports:${old.id}`)).toEqual([])
    const [row] = await db.select().from(agencies).where(eq(agencies.id, old.id))
    expect(row).toMatchObject({ validTo: null, successorId: null, version: 3 })
    expect((await logOf(db, old.id)).map(({ event }) => event)).toEqual(['agency.ended', 'agency.end_taken_back'])
  })
})
