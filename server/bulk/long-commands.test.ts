import { randomUUID } from 'node:crypto'
import { eq, inArray, sql as query } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import { connect, type Database } from '#db/client.ts'
import { buildCopies } from '#db/factories/copies.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { type BuiltReport, buildReport } from '#db/factories/reports.ts'
import { actingAt, buildTeam, seen, type Team } from '#db/factories/team.ts'
import { incidentSuggestions, incidents, reports } from '#db/schema/index.ts'
import { test as plain } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { acceptReport } from '#server/reports/commands/accept-report.ts'
import { handOverReports } from '#server/reports/commands/hand-over-reports.ts'
import { recomputeDeadlines } from '#server/reports/commands/recompute-deadlines.ts'
import { suggestReports } from '#server/reports/commands/suggest-reports.ts'
import { startRun } from './commands/start-run.ts'
import { previewRun } from './queries/preview.ts'
import type { BulkAction } from './rules/actions.ts'

const test = plain.extend('other', { scope: 'file' }, ({ databaseUrl }, { onCleanup }) => {
  const client = connect(databaseUrl, { max: 4 })
  onCleanup(client.close)
  return client.db
})

type Case = { team: Team; report: BuiltReport; ids: number[] }
type Command = (db: Database, of: Case) => Promise<unknown>

const urgent: BulkAction = { name: 'change_severity', severity: 'urgent', reason: 'Bão' }
const wide = { fromId: 0, toId: Number.MAX_SAFE_INTEGER }

async function beginRun(db: Database, { team, ids }: Case): Promise<void> {
  const ctx = actingAt(db, team.dispatcher, '10:00')
  const { meant } = await previewRun(ctx, { reportIds: ids, action: urgent })
  await startRun(ctx, randomUUID(), { id: randomUUID(), reportIds: ids, action: urgent, expected: meant })
}

/** These write rows that refer to reports, in any order. */
const referring: Record<string, Command> = {
  'a search for the reports of an incident': async (db) => {
    const [incident] = await db.select().from(incidents)
    expect(await suggestReports(actingAt(db, robot, '10:00'), incident?.id ?? '')).toBeGreaterThan(0)
  },
  'the beginning of a change in bulk': beginRun,
}

/** These change the reports themselves. */
const changing: Record<string, Command> = {
  'accepting one': (db, { team, report }) =>
    acceptReport(actingAt(db, team.officer, '10:00'), { ...seen(report), assignToMe: true }),
  'computing deadlines anew': (db) =>
    recomputeDeadlines(actingAt(db, robot, '10:00'), {
      scope: { calendarId: null, incidentId: null },
      range: wide,
      at: new Date(),
    }),
  'handing over what an agency had': async (db, { team }) => {
    const { agency } = await buildTeam(db)
    expect(await handOverReports(actingAt(db, robot, '10:00'), { from: team.agency.id, to: agency.id })).toBe(202)
  },
}

async function underWay(db: Database): Promise<Case> {
  await db.delete(incidentSuggestions)
  await db.update(reports).set({ incidentId: null })
  await db.delete(incidents)
  await buildIncident(db, { keywords: ['ngập'], stormMode: true })
  const team = await buildTeam(db)
  const at = { agencyId: team.agency.id, heldBy: [team.agency.id] }
  const report = await buildReport(db, { state: 'awaiting_acceptance', severity: 'normal', title: 'Ngõ ngập', ...at })
  const ids = [report.id, ...(await buildCopies(db, report, 201))]
  return { team, report, ids }
}

describe('while a long command is running,', () => {
  for (const [long, begin] of Object.entries(referring)) {
    for (const [short, change] of Object.entries(changing)) {
      test(`${long} keeps no one from ${short}`, async ({ db, other }) => {
        const of = await underWay(db)
        await db.transaction(async (tx) => {
          await begin(tx as unknown as Database, of)
          await other.transaction(async (second) => {
            await second.execute(query`set local lock_timeout = '3s'`)
            await change(second as unknown as Database, of)
          })
        })
      })
    }
  }

  test('a storm that switches the clocks of reports and a change in bulk of the same never block each other', async ({
    db,
    other,
  }) => {
    const of = await underWay(db)
    const [incident] = await db.select().from(incidents)
    const incidentId = incident?.id ?? ''
    await db.update(reports).set({ incidentId }).where(inArray(reports.id, of.ids))
    const backwards = { ...of, ids: of.ids.toReversed() }
    const scope = { calendarId: null, incidentId }
    for (let round = 0; round < 5; round += 1) {
      const at = new Date(Date.now() + round)
      await Promise.all([
        beginRun(other, backwards),
        recomputeDeadlines(actingAt(db, robot, '10:00'), { scope, range: wide, at }),
      ])
    }
    const [after] = await db.select().from(reports).where(eq(reports.id, of.report.id))
    expect(after?.incidentId).toBe(incidentId)
  })
})
