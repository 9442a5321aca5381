import { expect } from 'vitest'
import { buildCategory } from '#db/factories/categories.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildTeam, seen, type Team } from '#db/factories/team.ts'
import { test } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { assignReport } from '#server/reports/commands/assign-report.ts'
import type { Moved } from '#server/reports/commands/move-report.ts'
import { answerReport } from '#server/reports/commands/submit-answer.ts'
import { takeBack } from '#server/reports/commands/take-back.ts'
import { withdrawAnswer } from '#server/reports/commands/withdraw-answer.ts'
import { catchUp } from '../commands/catch-up.ts'
import { momentOfIssue } from '../queries/as-issued.ts'
import { readBoard } from '../queries/board.ts'
import { noBoardFilters } from '../rules/filters.ts'

type Decided = { team: Team; as: (actor: Context['actor']) => Context; receivedAt: Date }

/** Decisions that set clocks, and how each is taken back. */
const decisions: [string, (decided: Decided) => Promise<() => Promise<Moved>>][] = [
  [
    'an assignment, which starts a clock',
    async ({ team: { agency, dispatcher }, as, receivedAt }) => {
      const report = await buildReport(as(dispatcher).db, { receivedAt })
      const moved = await assignReport(as(dispatcher), { ...seen(report), agencyId: agency.id })
      return () => takeBack(as(dispatcher), seen(moved))
    },
  ],
  [
    'an answer, which stops one',
    async ({ team: { agency, officer }, as, receivedAt }) => {
      const { db } = as(officer)
      const { code: categoryCode } = await buildCategory(db, { needsApproval: false })
      const held = { state: 'in_progress', agencyId: agency.id, categoryCode } as const
      const report = await buildReport(db, { receivedAt, ...held })
      const words = { what: 'Đã dọn cây.', where: 'Phố Hàng Bài', when: 'Sáng nay', next: '', photoIds: [], ...fixed }
      const moved = await answerReport(as(officer), { ...seen(report), ...words })
      return () => withdrawAnswer(as(officer), seen(moved))
    },
  ],
]

test.for(decisions)('what was issued between %s, and its taking back, stays as issued', async ([, decide], { db }) => {
  const team = await buildTeam(db)
  const as = (actor: Context['actor']): Context => ({ db, actor, now: () => new Date() })
  const receivedAt = new Date(Date.now() - 2 * 3_600_000)
  const takeItBack = await decide({ team, as, receivedAt })
  await catchUp(db)
  const at = (await momentOfIssue(db)).toISOString()
  const read = async (way: 'issued' | 'known') => {
    const board = await readBoard(as(team.dispatcher), { ...noBoardFilters, asked: { way, at } })
    return [board.kpis, board.parts, board.charts]
  }
  const issued = await read('issued')
  expect(await read('known')).toEqual(issued)
  await takeItBack()
  await catchUp(db)
  expect(await read('issued')).toEqual(issued)
  expect(await read('known')).not.toEqual(issued)
})
