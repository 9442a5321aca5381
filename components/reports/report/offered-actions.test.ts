import { describe, expect, test } from 'vitest'
import type { ReportMove, ReportState } from '#server/reports/rules/lifecycle.ts'
import { planActions } from './offered-actions.ts'

const plan = (state: ReportState, moves: Partial<Record<ReportMove, string | null>>) =>
  planActions({
    state,
    moves: Object.entries(moves).map(([move, refusalReason]) => ({ move: move as ReportMove, refusalReason })),
    acts: [],
  })

const names = (actions: { name: string }[]) => actions.map(({ name }) => name)

describe('the actions in front', () => {
  test('begin with what the state waits for', () => {
    const { front } = plan('awaiting_intake', { merge: null, reject: null, assign: null })
    expect(names(front)).toEqual(['assign', 'reject', 'merge'])
  })

  test('are few; the rest is in the menu', () => {
    const moves = { return: null, request_extension: null, submit_answer: null, ask_citizen: null, assign_person: null }
    const { front, now } = plan('in_progress', moves)
    expect(names(front)).toEqual(['answer', 'assign_person', 'ask_citizen'])
    expect(names(now)).toEqual(['return', 'request_extension'])
  })
})

test('include nothing that the state does not wait for', () => {
  expect(plan('in_progress', { merge: null }).main).toBeNull()
  expect(plan('awaiting_intake', { merge: null, assign: null }).main).toBe('assign')
  expect(plan('in_progress', { answer: null }).main).toBe('answer')
})

test('answering is one action, whether it needs approval or not', () => {
  expect(names(plan('in_progress', { submit_answer: null, answer: 'approval_needed' }).front)).toEqual(['answer'])
  expect(names(plan('in_progress', { submit_answer: 'no_approval_needed', answer: null }).front)).toEqual(['answer'])
  const hers = [{ submit_answer: 'not_assignee' }, { submit_answer: 'no_approval_needed', answer: 'not_assignee' }]
  for (const moves of hers) expect(names(plan('in_progress', moves).front)).toEqual(['answer'])
  const elsewhere = plan('answered', { submit_answer: 'wrong_state', answer: 'wrong_state' })
  expect(elsewhere.notNow).toEqual([{ name: 'answer', refusalReason: 'wrong_state' }])
})

test('what cannot be done now is there with its reason', () => {
  expect(plan('awaiting_approval', { approve: 'own_answer' })).toMatchObject({
    front: [],
    notNow: [{ name: 'approve', refusalReason: 'own_answer' }],
  })
})
