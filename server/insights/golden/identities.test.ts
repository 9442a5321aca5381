import fc from 'fast-check'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { writeGoldenLog } from '#db/factories/golden-log.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildReport } from '#db/factories/reports.ts'
import { storyOf } from '#db/factories/story.ts'
import { actingAt, buildTeam } from '#db/factories/team.ts'
import { test as base } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { type Actor, robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { dayAfter } from '#server/platform/rules/local-day.ts'
import { acceptReport } from '#server/reports/commands/accept-report.ts'
import { assignReport } from '#server/reports/commands/assign-report.ts'
import { reopenReport } from '#server/reports/commands/reopen-report.ts'
import { sendAnswer } from '#server/reports/commands/send-answer.ts'
import { answerReport } from '#server/reports/commands/submit-answer.ts'
import { transferReport } from '#server/reports/commands/transfer-report.ts'
import { catchUp } from '../commands/catch-up.ts'
import { readBoard } from '../queries/board.ts'
import { explainChange } from '../queries/explain.ts'
import type { Board, Share } from '../rules/board.ts'
import { explainDimensions } from '../rules/board.ts'
import { headlineKpis } from '../rules/definitions.ts'
import { receivedOf } from '../rules/figures.ts'
import { type BoardFilters, noBoardFilters } from '../rules/filters.ts'

async function openCity(db: Database): Promise<Context> {
  await writeGoldenLog(db)
  await catchUp(db)
  return { db, actor: await buildActor(db, 'manager'), now: () => new Date('2026-05-01T03:00:00Z') }
}

const test = base.extend('city', { scope: 'file' }, ({ db }) => openCity(db))

const words = { what: 'Đã dọn xong', where: 'Phố Lò Đúc', when: '05/03/2026', ...fixed, next: '', photoIds: [] }
const narrowed = fc.constantFrom<Partial<BoardFilters>>({}, { category: 'GL-01' }, { area: 2 }, { channel: 'app' })
const filtersOf = fc
  .tuple(fc.nat(40), fc.integer({ min: 1, max: 30 }), narrowed)
  .map(([start, length, more]): BoardFilters => {
    const from = dayAfter('2026-02-20', start)
    return { ...noBoardFilters, ...more, period: { from, to: dayAfter(from, length - 1) } }
  })
const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0)
const flows = ({ charts }: Board, name: 'received' | 'closed' | 'reopened') =>
  sum(charts.flow.map((step) => step[name]))

test('whatever the days and the filters, the figures add up', { timeout: 240_000 }, async ({ city }) => {
  await fc.assert(
    fc.asyncProperty(filtersOf, async (filters) => {
      const { kpis, parts, charts, header } = await readBoard(city, filters)
      const board = { kpis, parts, charts, header } as Board
      const before = kpis.backlog.previous?.value ?? 0
      // In this log nothing that was open at midnight left the figures later.
      expect(before + flows(board, 'received') + flows(board, 'reopened') - flows(board, 'closed')).toBe(
        kpis.backlog.value,
      )
      expect(flows(board, 'received')).toBe(kpis.received.value)
      expect(charts.flow.at(-1)?.backlog).toBe(kpis.backlog.value)
      expect(receivedOf(parts.now)).toBe(kpis.received.value)
      expect(sum(charts.hours)).toBe(kpis.received.value)
      for (const rows of [charts.agencies, charts.categories, charts.areas, charts.channels] as Share[][]) {
        const all = (name: 'received' | 'due' | 'kept' | 'open') => sum(rows.map((row) => row[name]))
        expect([all('received'), all('due'), all('kept'), all('open')]).toEqual([
          kpis.received.value,
          kpis.on_time.denominator,
          kpis.on_time.numerator,
          kpis.backlog.value,
        ])
      }
      for (const buckets of [charts.ageing.byAge, charts.ageing.byDeadline]) {
        expect(sum(buckets.map(({ count }) => count))).toBe(kpis.backlog.value)
      }
    }),
    { numRuns: 25 },
  )
})

test('what is explained sums to the change of the card', { timeout: 240_000 }, async ({ city }) => {
  for (const period of [
    { from: '2026-03-02', to: '2026-03-08' },
    { from: '2026-03-05', to: '2026-03-06' },
    { from: '2026-03-03', to: '2026-03-03' },
  ]) {
    await expectToSum(city, period)
  }
})

test('and also where two agencies closed the same report', { timeout: 240_000 }, async ({ db, sql, city }) => {
  await sql`select setval(pg_get_serial_sequence('reports', 'id'), (select max(id) from reports))`
  const [one, other] = [await buildTeam(db), await buildTeam(db)]
  const category = await buildCategory(db, { needsApproval: false, needsPhoto: false })
  const { id } = await buildReport(db, { categoryCode: category.code, receivedAt: hanoi('2026-03-05 08:00') })
  const at = (actor: Actor, local: string) => actingAt(db, actor, local)
  const last = async () => ({ reportId: id, version: (await storyOf(db, id)).report.version })
  const answer = async (officer: Actor, local: string) => {
    await acceptReport(at(officer, local), { ...(await last()), assignToMe: true })
    await answerReport(at(officer, local), { ...(await last()), ...words })
    const { answers } = await storyOf(db, id)
    const due = new Date(hanoi(local).getTime() + 60_000)
    for (const each of answers) await sendAnswer({ ...at(robot, local), now: () => due }, each.id)
  }
  await assignReport(at(one.dispatcher, '2026-03-05 08:30'), { ...(await last()), agencyId: one.agency.id })
  await answer(one.officer, '2026-03-05 10:00')
  await reopenReport(at(one.dispatcher, '2026-03-05 11:00'), { ...(await last()), reason: 'Chưa xong' })
  const moved = { ...(await last()), agencyId: other.agency.id, reason: 'Đúng địa bàn' }
  await transferReport(at(one.dispatcher, '2026-03-05 12:00'), moved)
  await answer(other.officer, '2026-03-06 10:00')
  await expectToSum(city, { from: '2026-03-05', to: '2026-03-06' })
})

async function expectToSum(city: Context, period: { from: string; to: string }) {
  const filters: BoardFilters = { ...noBoardFilters, period }
  const { kpis, header } = await readBoard(city, filters)
  for (const kpi of headlineKpis) {
    for (const dimension of explainDimensions) {
      const { change, contributions } = await explainChange(city, { filters, kpi, dimension, asOf: header.asOf })
      if (change === null || kpis[kpi].change === null) continue
      expect([kpi, dimension, sum(contributions.map(({ total }) => total)).toFixed(9)]).toEqual([
        kpi,
        dimension,
        kpis[kpi].change.toFixed(9),
      ])
    }
  }
}
