import { expect, test } from 'vitest'
import { onceAccepted } from './once-accepted.ts'

const report = {
  id: 1,
  version: 3,
  category: { needsApproval: true } as never,
  moves: [
    { move: 'accept' as const, refusalReason: null },
    { move: 'submit_answer' as const, refusalReason: 'wrong_state' },
    { move: 'answer' as const, refusalReason: 'wrong_state' },
    { move: 'approve' as const, refusalReason: 'wrong_state' },
  ],
}

test.for([
  [true, ['accept', 'submit_answer']],
  [false, ['accept', 'answer']],
] as const)('once accepted a report is answered as its category asks (approval: %s)', ([needsApproval, open]) => {
  const accepted = onceAccepted({ ...report, category: { needsApproval } as never })
  expect(accepted.version).toBe(4)
  expect(accepted.moves.filter(({ refusalReason }) => refusalReason === null).map(({ move }) => move)).toEqual(open)
})
