import { describe, expect, test } from 'vitest'
import {
  handledStates,
  isOpen,
  makersOf,
  moveRules,
  needsAnswer,
  nextState,
  openStates,
  type ReportMove,
  type ReportState,
  rejectReasons,
  reportMoves,
  reportStates,
} from './lifecycle.ts'

/**
 * The table of docs/domain.md, move by move: from which state to which. A pair that is missing here is refused. `back`
 * is the state before, `here` the present state, `agency` the last agency or, where that has ended, the dispatchers.
 */
const lives: Record<ReportMove, Partial<Record<ReportState, ReportState | 'back' | 'here' | 'agency'>>> = {
  assign: { awaiting_intake: 'awaiting_acceptance' },
  reject: { awaiting_intake: 'rejected' },
  ask_citizen: { awaiting_intake: 'awaiting_citizen', in_progress: 'awaiting_citizen' },
  citizen_replied: { awaiting_citizen: 'back' },
  merge: {
    awaiting_intake: 'merged',
    awaiting_acceptance: 'merged',
    in_progress: 'merged',
    awaiting_citizen: 'merged',
    awaiting_approval: 'merged',
  },
  unmerge: { merged: 'back' },
  accept: { awaiting_acceptance: 'in_progress' },
  return: { awaiting_acceptance: 'awaiting_intake', in_progress: 'awaiting_intake' },
  transfer: { awaiting_acceptance: 'awaiting_acceptance', in_progress: 'awaiting_acceptance' },
  request_transfer: { awaiting_acceptance: 'here', in_progress: 'here' },
  assign_person: { in_progress: 'here' },
  request_extension: { in_progress: 'here' },
  request_pause: { in_progress: 'here' },
  resume: { in_progress: 'here' },
  submit_answer: { in_progress: 'awaiting_approval' },
  schedule_answer: { in_progress: 'here' },
  schedule_approval: { awaiting_approval: 'here' },
  reschedule_answer: { in_progress: 'here', awaiting_approval: 'here' },
  unschedule_answer: { in_progress: 'here', awaiting_approval: 'here' },
  answer: { in_progress: 'answered' },
  approve: { awaiting_approval: 'answered' },
  send_back: { awaiting_approval: 'in_progress' },
  withdraw_answer: { answered: 'back', rejected: 'back' },
  rate: { answered: 'closed', closed: 'closed' },
  follow_up: { answered: 'here', closed: 'here' },
  request_follow_up: { answered: 'here', closed: 'here' },
  close: { answered: 'closed' },
  reopen: { answered: 'agency', closed: 'agency' },
  take_back: {
    awaiting_intake: 'back',
    awaiting_acceptance: 'back',
    in_progress: 'back',
    awaiting_citizen: 'back',
    awaiting_approval: 'back',
    answered: 'back',
    closed: 'back',
  },
}

const everyMoveFromEveryState = reportMoves.flatMap((move) => reportStates.map((state) => ({ move, state })))

describe('where a move leads', () => {
  test.each(everyMoveFromEveryState)('$move from $state', ({ move, state }) => {
    const target = lives[move][state]
    const go = () => nextState(state, move, { stateBefore: 'in_progress' })
    if (target === undefined) {
      expect(go).toThrow('invalid_move')
    } else {
      const expected = target === 'here' ? state : target === 'back' || target === 'agency' ? 'in_progress' : target
      expect(go()).toBe(expected)
    }
  })

  test('a move back to the state before is refused where there was none', () => {
    for (const move of ['citizen_replied', 'unmerge', 'withdraw_answer'] as const) {
      const state = moveRules[move].from[0] as ReportState
      expect(() => nextState(state, move)).toThrow('invalid_move')
      expect(nextState(state, move, { stateBefore: 'awaiting_approval' })).toBe('awaiting_approval')
    }
  })

  test('a reopened report goes to the dispatchers when its agency has ended', () => {
    expect(nextState('answered', 'reopen', { lastAgencyEnded: true })).toBe('awaiting_intake')
    expect(nextState('closed', 'reopen', { lastAgencyEnded: true })).toBe('awaiting_intake')
    expect(nextState('closed', 'reopen', { lastAgencyEnded: false })).toBe('in_progress')
  })
})

describe('a life cycle', () => {
  test('can be ended from any open state, and every state can be reached from intake', () => {
    const reached = new Set<ReportState>(['awaiting_intake'])
    for (const _ of reportStates) {
      for (const { move, state } of everyMoveFromEveryState) {
        if (reached.has(state) && lives[move][state])
          reached.add(nextState(state, move, { stateBefore: 'in_progress' }))
      }
    }
    expect([...reached].sort()).toEqual([...reportStates].sort())
    const endings = openStates.map((state) =>
      reportMoves.some((move) => lives[move][state] && !isOpenAfter(state, move)),
    )
    expect(endings).toEqual(openStates.map(() => true))
  })

  test('counts as handled only once it is no longer open', () => {
    for (const state of handledStates) expect(isOpen(state)).toBe(false)
    expect(reportStates.filter(isOpen)).toEqual([...openStates])
  })

  test('has a separate event for each move, in the past tense of one word list', () => {
    const events = reportMoves.map((move) => moveRules[move].event)
    expect(new Set(events).size).toBe(events.length)
    for (const event of events) expect(event).toMatch(/^report\.[a-z_]+$/)
  })
})

test('a question before intake is asked by the dispatcher, during work by the agency', () => {
  expect(makersOf('ask_citizen', 'awaiting_intake')).toEqual(['dispatcher'])
  expect(makersOf('ask_citizen', 'in_progress')).toEqual(['officer', 'approver'])
})

test('every rejection requires an answer to the citizen, except spam and tests', () => {
  expect(rejectReasons.filter((reason) => !needsAnswer(reason))).toEqual(['spam', 'test'])
})

function isOpenAfter(state: ReportState, move: ReportMove): boolean {
  return isOpen(nextState(state, move, { stateBefore: 'in_progress' }))
}
