import { randomUUID } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { writeGoldenLog } from '#db/factories/golden-log.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { answerBatches, events, reportClocks, reporters, reports } from '#db/schema/index.ts'
import { test as base } from '#db/testing.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { afterAction } from '#server/after-action/queries/after-action.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { answerBatch } from '#server/reports/commands/answer-batch.ts'
import { composeNotice } from '#server/reports/commands/compose-notice.ts'
import { approveBatch } from '#server/reports/commands/move-batch.ts'
import { incidentFigures } from '#server/reports/queries/incident-figures.ts'
import { previewNotice } from '#server/reports/queries/notice-preview.ts'
import { catchUp } from '../commands/catch-up.ts'
import { readBoard } from '../queries/board.ts'
import { readStorm } from '../queries/storm.ts'
import { kpiIds } from '../rules/definitions.ts'
import { noBoardFilters } from '../rules/filters.ts'

const body = 'Thành phố đã nhận phản ánh {{code}} và đang xử lý.'
const filter = { subTypes: [], areaIds: [], openOnly: false }
const period = { from: '2026-03-02', to: '2026-03-15' }
/** Many are still open then, and most of them unanswered. */
const sentAt = hanoi('2026-03-03 12:00')

/** The golden log as one storm; every reporter left a number. */
async function openStorm(db: Database) {
  await writeGoldenLog(db)
  const { id: incidentId } = await buildIncident(db)
  const rows = await db.update(reports).set({ incidentId }).returning({ id: reports.id })
  const phoneOf = (id: number) => `0912${String(id).padStart(6, '0')}`
  await db.insert(reporters).values(rows.map(({ id }) => ({ reportId: id, phone: phoneOf(id) })))
  const [lan, minh, boss] = [
    await buildActor(db, 'dispatcher'),
    await buildActor(db, 'dispatcher'),
    await buildActor(db, 'manager'),
  ]
  const manager = { db, actor: boss, now: () => hanoi('2026-03-17 10:30') }
  const figures = async () => {
    await catchUp(db)
    const { log: _, ...came } = await afterAction(manager, incidentId)
    return {
      board: await readBoard(manager, { ...noBoardFilters, period }),
      storm: await readStorm(manager, incidentId),
      came,
      desk: await incidentFigures(manager, incidentId),
    }
  }
  const kept = async () => ({
    reports: await db.select().from(reports).orderBy(asc(reports.id)),
    clocks: await db.select().from(reportClocks).orderBy(asc(reportClocks.id)),
  })
  const send = async () => {
    const ctx = { db, actor: lan, now: () => sentAt }
    const draft = { incidentId, filter, body, followsId: null }
    const { recipients: expected } = await previewNotice(ctx, draft)
    const { id, version } = await composeNotice(ctx, { ...draft, id: randomUUID(), expected, wantsSecondPerson: false })
    await approveBatch({ ...ctx, actor: minh }, { id, version })
    const later = () => new Date(sentAt.getTime() + 60_000)
    for (let go = 0; go < 50; go += 1) await answerBatch({ db, actor: robot, now: later }, id)
    const [batch] = await db.select().from(answerBatches).where(eq(answerBatches.id, id))
    return batch
  }
  return { db, figures, kept, send }
}

const test = base.extend('city', { scope: 'file' }, ({ db }) => openStorm(db))

test('a notice to all changes no figure, no state and no deadline', async ({ city: { db, figures, kept, send } }) => {
  const before = { figures: await figures(), kept: await kept() }
  const batch = await send()
  expect(batch?.state).toBe('done')
  expect(batch?.recipients).toBeGreaterThan(150)
  expect(await db.$count(events, eq(events.event, 'report.notice_sent'))).toBe(batch?.recipients)
  const after = { figures: await figures(), kept: await kept() }
  for (const id of kpiIds) expect([id, after.figures.board.kpis[id]]).toEqual([id, before.figures.board.kpis[id]])
  expect(after).toEqual(before)
})
