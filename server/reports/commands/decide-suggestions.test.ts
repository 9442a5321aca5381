import { and, eq } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { incidentAreas, incidentSuggestions, incidents } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { importer, robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { suggestionsOf } from '../queries/incident-suggestions.ts'
import { intakeSchema } from '../rules/schemas.ts'
import { assignReport } from './assign-report.ts'
import { linkIncident } from './change-report.ts'
import { confirmSuggestions, dismissSuggestions, reviveSuggestions } from './decide-suggestions.ts'
import { receiveReport } from './receive-report.ts'
import { suggestReports } from './suggest-reports.ts'

const suggestion = (db: Database, reportId: number, incidentId: string) =>
  db
    .select()
    .from(incidentSuggestions)
    .where(and(eq(incidentSuggestions.reportId, reportId), eq(incidentSuggestions.incidentId, incidentId)))
    .then(([row]) => row)

const flooded = { title: 'Ngõ 12 ngập sâu', body: 'Nuoc ngap den dau goi, xe chet may.' }

async function receive(db: Database, key: string, more: object = {}) {
  await buildCity(db)
  const category = await buildCategory(db)
  const intake = intakeSchema.parse({
    ...flooded,
    channel: 'app',
    source: 'test',
    sourceKey: key,
    categoryCode: category.code,
    ...more,
  })
  return receiveReport(actingAt(db, importer, '10:00'), intake)
}

describe('a new report', () => {
  test('is suggested to the open incident it may belong to, not linked', async ({ db }) => {
    const incident = await buildIncident(db, { keywords: ['ngập'] })
    const { id } = await receive(db, 'suggested')
    expect((await storyOf(db, id)).report.incidentId).toBeNull()
    expect(await suggestion(db, id, incident.id)).toMatchObject({
      status: 'pending',
      keywords: ['ngập'],
      subType: null,
    })
    await db.update(incidents).set({ keywords: [] }).where(eq(incidents.id, incident.id))
  })

  test('is not suggested where the incident is closed or elsewhere, or the report is linked already', async ({
    db,
  }) => {
    const closed = await buildIncident(db, {
      keywords: ['ngập'],
      endsAt: hanoi('2026-03-09 00:00'),
      closedAt: hanoi('2026-03-09 00:00'),
    })
    const elsewhere = await buildIncident(db, { keywords: ['ngập'] })
    const area = await buildArea(db)
    await db.insert(incidentAreas).values({ incidentId: elsewhere.id, areaId: area.id })
    const { id } = await receive(db, 'outside')
    expect(await suggestion(db, id, closed.id)).toBeUndefined()
    expect(await suggestion(db, id, elsewhere.id)).toBeUndefined()
    const own = await buildIncident(db, { keywords: ['ngập'] })
    const linked = await receive(db, 'linked', { incidentId: closed.id })
    expect(await suggestion(db, linked.id, own.id)).toBeUndefined()
    await db.update(incidents).set({ keywords: [] }).where(eq(incidents.id, own.id))
  })
})

describe('a changed incident matcher', () => {
  test('finds earlier reports; withdraws what no longer matches, keeps what was decided', async ({ db }) => {
    const { dispatcher } = await buildTeam(db)
    const incident = await buildIncident(db, { subTypes: ['flooding'] })
    const found = await buildReport(db, { categoryCode: 'TN-01' })
    const dismissed = await buildReport(db, { categoryCode: 'TN-02' })
    await buildReport(db, { categoryCode: 'TN-01', receivedAt: hanoi('2026-02-27 08:00') })
    await buildReport(db, { categoryCode: 'TN-01', state: 'rejected' })
    const ctx = actingAt(db, robot, '12:00')
    expect(await suggestReports(ctx, incident.id)).toBe(2)
    await dismissSuggestions(actingAt(db, dispatcher, '12:00'), { incidentId: incident.id, reports: [seen(dismissed)] })
    expect(await suggestReports(ctx, incident.id)).toBe(0)
    await db
      .update(incidents)
      .set({ subTypes: ['roof'] })
      .where(eq(incidents.id, incident.id))
    expect(await suggestReports(ctx, incident.id)).toBe(0)
    expect(await suggestion(db, found.id, incident.id)).toBeUndefined()
    expect(await suggestion(db, dismissed.id, incident.id)).toMatchObject({ status: 'dismissed' })
  })

  test('leaves alone what is suggested during its search', async ({ db, sql }) => {
    const incident = await buildIncident(db, { keywords: ['ngập'] })
    const before = await buildReport(db, flooded)
    const held = { reportId: before.id, incidentId: incident.id, keywords: ['ngập'], suggestedAt: new Date() }
    const looking = await db.transaction(async (tx) => {
      // As long as this transaction is open, a search of the reports waits for it.
      await tx.insert(incidentSuggestions).values(held)
      const search = suggestReports(actingAt(db, robot, '12:00'), incident.id)
      const isWaiting = () => sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      await expect.poll(async () => (await isWaiting()).length, { timeout: 10_000, interval: 20 }).toBe(1)
      const { id } = await receive(db, 'meanwhile')
      return { id, search }
    })
    await looking.search
    expect(await suggestion(db, looking.id, incident.id)).toMatchObject({ status: 'pending' })
    await db.update(incidents).set({ keywords: [] }).where(eq(incidents.id, incident.id))
  })
})

describe('a suggestion', () => {
  async function waiting(db: Database, wanted: Parameters<typeof buildReport>[1] = {}) {
    const team = await buildTeam(db)
    const incident = await buildIncident(db, { stormMode: true })
    const report = await buildReport(db, { state: 'in_progress', agencyId: team.agency.id, ...wanted })
    await db
      .insert(incidentSuggestions)
      .values({ reportId: report.id, incidentId: incident.id, subType: 'flooding', suggestedAt: report.receivedAt })
    const choice = { incidentId: incident.id, reports: [seen(report)] }
    return { ...team, incident, report, choice, ctx: actingAt(db, team.dispatcher, '10:00') }
  }

  test('when confirmed links the report with one event, and its urgent clock switches to storm time', async ({
    db,
  }) => {
    const { report, incident, choice, ctx } = await waiting(db, { severity: 'urgent' })
    const before = (await storyOf(db, report.id)).events.length
    const [decided] = await confirmSuggestions(ctx, choice)
    expect(decided).toMatchObject({ reportId: report.id, refusal: null, moved: { version: report.version + 1 } })
    const story = await storyOf(db, report.id)
    expect(story.report.incidentId).toBe(incident.id)
    expect(story.resolution?.time).toBe('always')
    expect(story.events.slice(before).map(({ event }) => event)).toEqual(['report.incident_linked'])
    expect(await suggestion(db, report.id, incident.id)).toMatchObject({
      status: 'confirmed',
      decidedById: ctx.actor.id,
    })
    expect((await suggestionsOf(ctx, incident.id)).total).toBe(0)
  })

  test('that one report refuses leaves the others alone, and says why', async ({ db }) => {
    const { report, choice, ctx } = await waiting(db)
    const other = await buildReport(db)
    const stale = { reportId: other.id, version: other.version + 1 }
    const decided = await confirmSuggestions(ctx, { ...choice, reports: [stale, ...choice.reports] })
    expect(decided.map(({ refusal }) => refusal)).toEqual(['conflict', null])
    expect((await storyOf(db, report.id)).report.incidentId).not.toBeNull()
  })

  test('that fails with a defect undoes no earlier one and stops no later one', async ({ db }) => {
    const { report, choice, ctx } = await waiting(db)
    const other = await buildReport(db)
    // No report can have this id: the database itself throws.
    const broken = { reportId: 0.5, version: 1 }
    const decided = await confirmSuggestions(ctx, { ...choice, reports: [...choice.reports, broken, seen(other)] })
    expect(decided.map(({ refusal }) => refusal)).toEqual([null, 'defect', null])
    for (const { id } of [report, other]) expect((await storyOf(db, id)).report.incidentId).toBe(choice.incidentId)
  })

  test('when dismissed leaves the list with one event; for a short time this can be undone', async ({ db }) => {
    const { report, incident, choice, ctx } = await waiting(db)
    expect((await suggestionsOf(ctx, incident.id)).rows).toMatchObject([{ code: report.code, subType: 'flooding' }])
    const [dismissed] = await dismissSuggestions(ctx, choice)
    expect((await suggestionsOf(ctx, incident.id)).total).toBe(0)
    expect((await storyOf(db, report.id)).lastEvent).toMatchObject({
      event: 'report.suggestion_dismissed',
      details: { incidentId: incident.id },
    })
    const version = dismissed?.moved?.version ?? 0
    const [revived] = await reviveSuggestions(ctx, { ...choice, reports: [{ reportId: report.id, version }] })
    expect(revived?.refusal).toBeNull()
    expect((await suggestionsOf(ctx, incident.id)).total).toBe(1)
  })

  test('of a manually linked report is confirmed with it, and dismissed when it is unlinked', async ({ db }) => {
    const { report, incident, ctx } = await waiting(db)
    const linked = await linkIncident(ctx, { ...seen(report), incidentId: incident.id })
    expect(await suggestion(db, report.id, incident.id)).toMatchObject({ status: 'confirmed' })
    await linkIncident(ctx, { reportId: report.id, version: linked.version, incidentId: null })
    expect(await suggestion(db, report.id, incident.id)).toMatchObject({ status: 'dismissed' })
  })

  test('of a report that is linked as it is assigned is confirmed with it', async ({ db }) => {
    const { report, incident, ctx, agency } = await waiting(db, { state: 'awaiting_intake', agencyId: undefined })
    await assignReport(ctx, { ...seen(report), agencyId: agency.id, incidentId: incident.id })
    expect(await suggestion(db, report.id, incident.id)).toMatchObject({
      status: 'confirmed',
      decidedById: ctx.actor.id,
    })
  })

  test('is decided only by dispatchers', async ({ db }) => {
    const { choice, officer, approver } = await waiting(db)
    const manager = await buildActor(db, 'manager')
    for (const actor of [officer, approver, manager]) {
      const ctx = actingAt(db, actor, '10:00')
      for (const decide of [confirmSuggestions, dismissSuggestions, reviveSuggestions]) {
        expect((await decide(ctx, choice)).map(({ refusal }) => refusal)).toEqual(['forbidden'])
      }
    }
  })
})
