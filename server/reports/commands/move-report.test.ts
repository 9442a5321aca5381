import { randomUUID } from 'node:crypto'
import { TRPCError } from '@trpc/server'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor, type StaffActor } from '#db/factories/accounts.ts'
import { type BuiltAgency, buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { officerAt, type ReadyCase, readyReports } from '#db/factories/ready-reports.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { DomainError } from '#server/platform/errors.ts'
import { createCallerFactory } from '#server/procedures/init.ts'
import { appRouter } from '#server/trpc/root.ts'
import { hasEnded, moveRules, type ReportMove, reportStates } from '../rules/lifecycle.ts'
import { assignPerson } from './assign-person.ts'
import { changeSeverity, changeTags, linkIncident } from './change-report.ts'
import { returnReport } from './return-report.ts'

const now = hanoi('2026-03-02 14:00')
const versioned = Object.entries(readyReports).filter(([, ready]) => ready.versioned !== false)
/** Each of these sets one field other than the tags, so it does not conflict with a colleague's change of the tags. */
const ofOtherFields = ['assignPerson', 'changeCategory', 'changeSeverity', 'changePlace', 'linkIncident']
const standingApart = versioned.filter(([path]) => ofOtherFields.includes(path))
const standingAgainst = versioned.filter(([path]) => !ofOtherFields.includes(path))
const moves = versioned.flatMap(([path, ready]) => ('move' in ready.by ? [{ path, ready, move: ready.by.move }] : []))

/** An actor who may do everything to every report: whatever is refused to them is refused by the rules. */
const everybody = async (db: Database) =>
  buildActor(db, ['dispatcher', 'officer', 'approver'], await buildCity(db), 'Phạm Văn Tám')

async function refusal(db: Database, actor: StaffActor, path: string, input: unknown): Promise<DomainError> {
  const session = { id: randomUUID(), accountId: actor.id, actor, lastSeenAt: now }
  const caller = createCallerFactory(appRouter)({ db, now: () => now, requestId: 'r', ip: null, session }).reports
  const procedure = (caller as unknown as Record<string, (input: unknown) => Promise<unknown>>)[path]
  const error = await procedure?.(input).catch((caught: unknown) => caught)
  if (error instanceof TRPCError && error.cause instanceof DomainError) return error.cause
  throw new Error(`${path} was not refused`, { cause: error })
}

async function build(db: Database, ready: ReadyCase, agency?: BuiltAgency) {
  const home = agency ?? (await buildAgency(db))
  return ready.build(db, { agency: home, officer: await officerAt(db, home), now })
}

describe('an outdated screen', () => {
  test.for(standingAgainst)('cannot %s: it learns who changed what', async ([path, ready], { db }) => {
    const actor = await everybody(db)
    const colleague = await buildActor(db, 'dispatcher', undefined, 'Nguyễn Thị Hoa')
    const { report, input } = await build(db, ready)
    const { id: reportId, version } = report
    const asColleague = { db, actor: colleague, now: () => now }
    const incidentId = (await buildIncident(db)).id
    const change = hasEnded(report.state)
      ? { event: 'report.incident_linked', details: { incidentId: [report.incidentId, incidentId] } }
      : { event: 'report.tags_changed', details: { tags: [[], ['ưu tiên']] } }
    if (hasEnded(report.state)) await linkIncident(asColleague, { reportId, version, incidentId })
    else await changeTags(asColleague, { reportId, version, tags: ['ưu tiên'] })
    const before = await storyOf(db, reportId)

    const error = await refusal(db, actor, path, { ...input, reportId, version })
    expect(error.code).toBe('conflict')
    expect(error.details).toMatchObject({
      version: version + 1,
      state: report.state,
      changes: [{ ...change, actorName: 'Nguyễn Thị Hoa' }],
    })
    expect(await storyOf(db, reportId)).toEqual(before)
  })

  test.for(standingApart)(
    'can %s: the colleague set another field, and both changes are kept',
    async ([path, ready], { db }) => {
      const actor = await everybody(db)
      const colleague = await buildActor(db, 'dispatcher')
      const { report, input } = await build(db, ready)
      const { id: reportId, version } = report
      await changeTags({ db, actor: colleague, now: () => now }, { reportId, version, tags: ['ưu tiên'] })

      const session = { id: randomUUID(), accountId: actor.id, actor, lastSeenAt: now }
      const { reports } = createCallerFactory(appRouter)({ db, now: () => now, requestId: 'r', ip: null, session })
      const change = (reports as unknown as Record<string, (input: unknown) => Promise<unknown>>)[path]
      expect(await change?.({ ...input, reportId, version })).toMatchObject({ version: version + 2 })
      const after = await storyOf(db, reportId)
      expect(after.report.tags).toEqual(['ưu tiên'])
      expect(after.lastEvent).toMatchObject({ actorId: actor.id, version: version + 2 })
    },
  )

  test('that set the same field learns by whom, and its value now', async ({ db }) => {
    const ctx = { db, actor: await everybody(db), now: () => now }
    const colleague = { ...ctx, actor: await buildActor(db, 'dispatcher', undefined, 'Nguyễn Thị Hoa') }
    const { id: reportId, version } = await buildReport(db, { state: 'in_progress' })
    await changeSeverity(colleague, { reportId, version, severity: 'urgent', reason: '' })
    await changeTags(colleague, { reportId, version: version + 1, tags: ['ưu tiên'] })
    const changed = changeSeverity(ctx, { reportId, version, severity: 'complex', reason: '' })
    await expect(changed).rejects.toMatchObject({
      code: 'conflict',
      details: { changes: [{ event: 'report.severity_changed', actorName: 'Nguyễn Thị Hoa' }] },
    })
  })

  test('cannot set a field where the state no longer allows it: the rules decide that, not the version', async ({
    db,
  }) => {
    const agency = await buildAgency(db)
    const [one, other] = [await officerAt(db, agency), await officerAt(db, agency)]
    const { id: reportId, version } = await buildReport(db, {
      state: 'in_progress',
      agencyId: agency.id,
      heldBy: [agency.id],
    })
    await returnReport({ db, actor: other, now: () => now }, { reportId, version, reason: 'Ngoài địa bàn' })
    const given = assignPerson({ db, actor: one, now: () => now }, { reportId, version, accountId: one.id })
    await expect(given).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('with a version of the future is outdated as well', async ({ db }) => {
    const { report } = await build(db, readyReports.accept as ReadyCase)
    const error = await refusal(db, await everybody(db), 'accept', { reportId: report.id, version: report.version + 1 })
    expect(error).toMatchObject({ code: 'conflict', details: { version: report.version, changes: [] } })
  })
})

describe('from a state that its table does not list', () => {
  test.for(moves)('no $path', async ({ path, ready, move }, { db }) => {
    const actor = await everybody(db)
    const { input } = await build(db, ready)
    for (const state of statesOutside(move)) {
      const report = await buildReport(db, { state })
      const error = await refusal(db, actor, path, { ...input, reportId: report.id, version: report.version })
      expect([state, error.code, error.details]).toEqual([state, 'invalid_move', { state, move }])
      expect((await storyOf(db, report.id)).report).toEqual(report)
    }
  })
})

test('an unknown report is not found, nor is one of another agency', async ({ db }) => {
  const officer = await officerAt(db, await buildAgency(db))
  const foreign = await buildReport(db, { state: 'awaiting_acceptance' })
  for (const reportId of [foreign.id, 999_999_999]) {
    const error = await refusal(db, officer, 'accept', { reportId, version: 1 })
    expect([error.code, error.details]).toEqual(['not_found', {}])
  }
})

const statesOutside = (move: ReportMove) => reportStates.filter((state) => !moveRules[move].from.includes(state))
