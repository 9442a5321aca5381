import { describe, expect, test } from 'vitest'
import { type Actor, citizenOf, onCitizensBehalf, type Role, robot, roles } from '#server/accounts/rules/actor.ts'
import { moveRules, type ReportMove, type ReportState, reportMoves, reportStates } from './lifecycle.ts'
import {
  mayAct,
  mayMove,
  offeredMoves,
  type ReportAct,
  refusalReasonForAct,
  refusalReasonTo,
  reportActNames,
  reportActs,
  type Subject,
  unmergeUntil,
} from './policy.ts'

/** The makers of docs/domain.md: the roles that make a move in the agency that holds the report, and in the city. */
const makers: Record<ReportMove, readonly Role[]> = {
  assign: ['dispatcher'],
  reject: ['dispatcher'],
  ask_citizen: ['dispatcher', 'officer', 'approver'],
  citizen_replied: ['dispatcher', 'officer', 'approver'],
  merge: ['dispatcher'],
  unmerge: ['dispatcher'],
  accept: ['officer', 'approver'],
  return: ['officer', 'approver'],
  transfer: ['dispatcher', 'approver'],
  request_transfer: ['officer'],
  assign_person: ['officer', 'approver'],
  request_extension: ['officer', 'approver'],
  request_pause: ['officer', 'approver'],
  resume: ['officer', 'approver'],
  submit_answer: ['officer', 'approver'],
  schedule_answer: ['officer', 'approver'],
  schedule_approval: ['approver'],
  reschedule_answer: ['officer', 'approver'],
  unschedule_answer: ['officer', 'approver'],
  answer: ['officer', 'approver'],
  approve: ['approver'],
  send_back: ['approver'],
  withdraw_answer: ['dispatcher', 'officer', 'approver'],
  rate: ['dispatcher', 'officer', 'approver'],
  follow_up: ['officer', 'approver'],
  request_follow_up: ['officer', 'approver'],
  close: [],
  reopen: ['dispatcher', 'officer', 'approver'],
  // Whoever decided, in whatever role: below.
  take_back: [],
}

/** States in which fewer roles may make the move. */
const narrowed: Partial<Record<ReportMove, Partial<Record<ReportState, readonly Role[]>>>> = {
  ask_citizen: { awaiting_intake: ['dispatcher'], in_progress: ['officer', 'approver'] },
  reschedule_answer: { awaiting_approval: ['approver'] },
  unschedule_answer: { awaiting_approval: ['approver'] },
}

const actors: Record<ReportAct, readonly (Role | 'reporter')[]> = {
  add_note: ['dispatcher', 'officer', 'approver'],
  add_photo: ['dispatcher', 'officer', 'approver'],
  remove_photo: ['dispatcher', 'officer', 'approver'],
  add_information: ['dispatcher', 'officer', 'approver', 'reporter'],
  change_category: ['dispatcher', 'officer', 'approver'],
  change_severity: ['dispatcher', 'approver'],
  change_place: ['dispatcher', 'officer', 'approver'],
  change_tags: ['dispatcher', 'officer', 'approver'],
  link_incident: ['dispatcher'],
  link_report: ['dispatcher', 'officer', 'approver'],
  unlink_report: ['dispatcher', 'officer', 'approver'],
  split_report: ['dispatcher', 'approver'],
  decide_request: ['approver'],
  reveal_reporter: ['dispatcher', 'officer', 'approver', 'auditor'],
  review_copy: ['dispatcher', 'approver'],
  give_citizen_link: ['dispatcher'],
}

const now = new Date('2026-03-02T09:00:00Z')
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const windows = { undoSeconds: 15, ratingWindowDays: 7, reopenWindowDays: 7 }

const someone = (role: Role, agencyIds: string[] = ['ward', 'ward-depot'], cityWide = false): Actor => ({
  kind: 'staff',
  id: `${role}-1`,
  name: role,
  grants: [{ role, agencyId: agencyIds[0] ?? 'ward', agencyIds, cityWide }],
})

const subject = (over: Partial<Subject> = {}): Subject => ({
  state: 'in_progress',
  stateBefore: null,
  agencyId: 'ward',
  assigneeId: null,
  onlyAssigneeAnswers: false,
  pausedAt: null,
  needsApproval: true,
  answer: null,
  sentBy: null,
  soleAccount: false,
  onlyAccountId: null,
  pendingRequests: [],
  isScheduled: false,
  answeredAt: null,
  closedAt: null,
  mergedAt: null,
  answeredSinceMerge: false,
  decidedById: null,
  releasedAt: null,
  ...over,
})

const rows = reportMoves.flatMap((move) => roles.map((role) => ({ move, role })))

describe('who makes a move', () => {
  test.each(rows)('$move by a $role', ({ move, role }) => {
    for (const state of reportStates) {
      const mine = (narrowed[move]?.[state] ?? makers[move]).includes(role)
      const here = { state, agencyId: 'ward' }
      expect(mayMove(someone(role), move, here)).toBe(mine)
      expect(mayMove(someone(role), move, { state, agencyId: 'ward-depot' })).toBe(mine)
      expect(mayMove(someone(role, ['city'], true), move, here)).toBe(mine)
      expect(mayMove(someone(role, ['city'], true), move, { state, agencyId: null })).toBe(mine)
      expect(mayMove(someone(role, ['elsewhere']), move, here)).toBe(false)
      expect(mayMove(someone(role), move, { state, agencyId: null })).toBe(false)
    }
  })

  test('the system closes, and makes no other move', () => {
    const made = reportMoves.filter((move) => mayMove(robot, move, { state: 'answered', agencyId: 'ward' }))
    expect(made).toEqual(['close'])
  })

  test.each([
    ['who sent it', citizenOf(1)],
    ['for whom a program speaks', onCitizensBehalf({ kind: 'api_client', id: 'app', name: 'App', grants: [] }, 1)],
  ])('the citizen %s replies, rates and reopens, adds information, and does nothing else', (_, citizen) => {
    const made = reportMoves.filter((move) =>
      reportStates.some((state) => mayMove(citizen, move, { state, agencyId: 'ward' })),
    )
    expect(made).toEqual(['citizen_replied', 'rate', 'reopen'])
    expect(reportActNames.filter((act) => mayAct(citizen, act, 'ward'))).toEqual(['add_information'])
    const answer = { authorId: 'officer-1', status: 'sent', sendAt: hoursAgo(1) } as const
    const answered = subject({ state: 'answered', answer, answeredAt: hoursAgo(1) })
    expect(refusalReasonTo(citizen, 'rate', answered, now, windows)).toBeNull()
    const longAgo = { ...answered, answeredAt: hoursAgo(24 * 7 + 1) }
    expect(refusalReasonTo(citizen, 'rate', longAgo, now, windows)).toBe('window_passed')
    expect(refusalReasonTo(citizen, 'reopen', longAgo, now, windows)).toBe('window_passed')
  })

  test('a program that acts for no reporter may do nothing', () => {
    const program: Actor = { kind: 'api_client', id: 'app', name: 'App', grants: [] }
    expect(reportMoves.filter((move) => mayMove(program, move, { state: 'answered', agencyId: 'ward' }))).toEqual([])
  })
})

describe('who acts on a report without moving it', () => {
  test.each(reportActNames)('%s', (act) => {
    expect(reportActs[act]).toEqual(actors[act])
    for (const role of roles) {
      const mine = actors[act].includes(role)
      expect(mayAct(someone(role), act, 'ward')).toBe(mine)
      expect(mayAct(someone(role, ['city'], true), act, null)).toBe(mine)
      expect(mayAct(someone(role, ['elsewhere']), act, 'ward')).toBe(false)
    }
  })
})

/**
 * An ended report can only be reopened, or its rejection or merge undone; what describes it stays fixed
 * (docs/domain.md).
 */
const fixed: Record<ReportState, readonly ReportAct[]> = {
  awaiting_intake: [],
  awaiting_acceptance: [],
  in_progress: [],
  awaiting_citizen: [],
  awaiting_approval: [],
  answered: [],
  closed: ['change_category', 'change_severity', 'change_place', 'change_tags'],
  rejected: ['change_category', 'change_severity', 'change_place', 'change_tags', 'split_report'],
  merged: ['change_category', 'change_severity', 'change_place', 'change_tags', 'split_report'],
}

describe('which acts are allowed on a report in each state', () => {
  test.each(reportStates)('%s', (state) => {
    for (const act of reportActNames) {
      for (const role of roles) {
        const mine = actors[act].includes(role)
        const expected = !mine ? 'forbidden' : fixed[state].includes(act) ? 'wrong_state' : null
        expect([act, role, refusalReasonForAct(someone(role), act, { state, agencyId: 'ward' })]).toEqual([
          act,
          role,
          expected,
        ])
        expect(refusalReasonForAct(someone(role, ['elsewhere']), act, { state, agencyId: 'ward' })).toBe('forbidden')
      }
    }
  })
})

describe('refusal reasons', () => {
  const refusalReason = (role: Role, move: ReportMove, over: Partial<Subject> = {}) =>
    refusalReasonTo(someone(role), move, subject(over), now, windows)

  test.each(reportMoves)('a state that the table does not list: %s', (move) => {
    const actor: Actor = { ...someone('approver'), grants: roles.flatMap((role) => someone(role).grants) }
    const maker = move === 'close' ? robot : actor
    for (const state of reportStates.filter((other) => !moveRules[move].from.includes(other))) {
      const own = subject({ state, decidedById: actor.id })
      expect(refusalReasonTo(maker, move, own, now, windows)).toBe('wrong_state')
    }
  })

  const written = (authorId: string, over = {}) => ({ authorId, status: 'submitted' as const, sendAt: null, ...over })

  test('no one approves their own answer, except the only account of an agency', () => {
    const mine = { state: 'awaiting_approval' as const, answer: written('approver-1') }
    expect(refusalReason('approver', 'approve', mine)).toBe('own_answer')
    expect(refusalReason('approver', 'approve', { ...mine, soleAccount: true })).toBeNull()
    expect(refusalReason('approver', 'approve', { ...mine, answer: written('officer-1') })).toBeNull()
    expect(refusalReason('approver', 'send_back', mine)).toBeNull()
  })

  test('an answer is scheduled by those who could give it now, and only one of a report', () => {
    expect(refusalReason('officer', 'schedule_answer')).toBe('approval_needed')
    expect(refusalReason('officer', 'schedule_answer', { needsApproval: false })).toBeNull()
    const anothers = { needsApproval: false, assigneeId: 'lan', onlyAssigneeAnswers: true }
    expect(refusalReason('officer', 'schedule_answer', anothers)).toBe('not_assignee')
    expect(refusalReason('officer', 'schedule_answer', { needsApproval: false, isScheduled: true })).toBe(
      'already_scheduled',
    )
    const mine = { state: 'awaiting_approval' as const, answer: written('approver-1') }
    expect(refusalReason('approver', 'schedule_approval', mine)).toBe('own_answer')
    expect(refusalReason('approver', 'schedule_approval', { ...mine, answer: written('officer-1') })).toBeNull()
    const waiting = { ...anothers, isScheduled: true }
    expect(refusalReason('officer', 'reschedule_answer', waiting)).toBe('not_assignee')
    expect(refusalReason('officer', 'unschedule_answer', waiting)).toBeNull()
    expect(refusalReason('approver', 'reschedule_answer', { ...mine, isScheduled: true })).toBe('own_answer')
    for (const move of ['reschedule_answer', 'unschedule_answer'] as const) {
      expect(refusalReason('officer', move)).toBe('nothing_scheduled')
      expect(refusalReason('officer', move, { isScheduled: true })).toBeNull()
    }
  })

  test('an answer goes through the approver where its category requires it, and only there', () => {
    expect(refusalReason('officer', 'answer')).toBe('approval_needed')
    expect(refusalReason('officer', 'submit_answer')).toBeNull()
    expect(refusalReason('officer', 'answer', { needsApproval: false })).toBeNull()
    expect(refusalReason('officer', 'submit_answer', { needsApproval: false })).toBe('no_approval_needed')
  })

  test('where only the assignee answers, a colleague may do neither; approval and other moves are not affected', () => {
    const hers = { assigneeId: 'lan', onlyAssigneeAnswers: true }
    for (const role of ['officer', 'approver'] as const) {
      expect(refusalReason(role, 'submit_answer', hers)).toBe('not_assignee')
      expect(refusalReason(role, 'answer', { ...hers, needsApproval: false })).toBe('not_assignee')
      expect(refusalReason(role, 'submit_answer', { ...hers, assigneeId: `${role}-1` })).toBeNull()
      for (const move of ['assign_person', 'ask_citizen', 'return', 'request_extension'] as const)
        expect(refusalReason(role, move, hers)).toBeNull()
    }
    const submitted = { ...hers, state: 'awaiting_approval' as const, answer: written('lan') }
    for (const move of ['approve', 'send_back'] as const) expect(refusalReason('approver', move, submitted)).toBeNull()
  })

  test('an answer can be withdrawn until the moment it is sent, but not at that moment', () => {
    const leaving = (sendAt: Date | null, status: 'queued' | 'sent' = 'queued') =>
      refusalReason('officer', 'withdraw_answer', {
        state: 'answered',
        answer: written('officer-1', { status, sendAt }),
      })
    expect(leaving(new Date(now.getTime() + 1))).toBeNull()
    expect(leaving(now)).toBe('answer_left')
    expect(leaving(new Date(now.getTime() + 1), 'sent')).toBe('answer_left')
    expect(refusalReason('officer', 'withdraw_answer', { state: 'answered' })).toBe('answer_left')
  })

  test('a rejection without an answer can be withdrawn for as long as one with an answer', () => {
    const earlier = written('dispatcher-1', { status: 'sent', sendAt: new Date(now.getTime() - 3_600_000) })
    const rejected = (seconds: number, answer: Subject['answer'] = null) =>
      refusalReason('dispatcher', 'withdraw_answer', {
        state: 'rejected',
        answeredAt: new Date(now.getTime() - seconds * 1000),
        answer,
      })
    expect(rejected(14)).toBeNull()
    expect(rejected(14, earlier)).toBeNull()
    expect(rejected(15)).toBe('answer_left')
    expect(rejected(14, written('dispatcher-1', { status: 'sent', sendAt: now }))).toBe('answer_left')
  })

  test('a decision is taken back by whoever made it, wherever the report is now, until its time has passed', () => {
    const decided = (releasedAt: Date) => ({ decidedById: 'approver-1', agencyId: 'elsewhere', releasedAt })
    const soon = decided(new Date(now.getTime() + 1))
    expect(refusalReason('approver', 'take_back', soon)).toBeNull()
    expect(refusalReason('approver', 'take_back', decided(now))).toBe('undo_too_late')
    expect(refusalReason('officer', 'take_back', soon)).toBe('forbidden')
    expect(refusalReason('approver', 'take_back')).toBe('forbidden')
  })

  test('a request of a kind is made once, and not while the clock is paused', () => {
    expect(refusalReason('officer', 'request_transfer', { pendingRequests: ['transfer'] })).toBe('request_pending')
    expect(refusalReason('officer', 'request_transfer', { pendingRequests: ['pause'], pausedAt: now })).toBeNull()
    expect(refusalReason('officer', 'request_extension', { pendingRequests: ['extension'] })).toBe('request_pending')
    expect(refusalReason('officer', 'request_extension', { pausedAt: now })).toBe('clock_paused')
    expect(refusalReason('officer', 'request_pause', { pendingRequests: ['pause'] })).toBe('request_pending')
    expect(refusalReason('officer', 'request_pause', { pausedAt: now })).toBe('clock_paused')
    expect(refusalReason('officer', 'resume')).toBe('clock_runs')
    expect(refusalReason('officer', 'resume', { pausedAt: now })).toBeNull()
  })

  test('a merge can be undone within 24 hours, unless the reporter was answered', () => {
    const merged = (mergedAt: Date | null, answeredSinceMerge = false) =>
      refusalReason('dispatcher', 'unmerge', { state: 'merged', mergedAt, answeredSinceMerge })
    expect(unmergeUntil(hoursAgo(24))).toEqual(now)
    expect(merged(hoursAgo(24))).toBeNull()
    expect(merged(new Date(hoursAgo(24).getTime() - 1))).toBe('window_passed')
    expect(merged(hoursAgo(1), true)).toBe('reporter_answered')
    expect(merged(null)).toBe('window_passed')
  })

  test('rating and reopening have their windows, and wait until the answer was sent', () => {
    const answered = (days: number, over: Partial<Subject> = {}) => ({
      state: 'answered' as const,
      answeredAt: hoursAgo(24 * days),
      ...over,
    })
    for (const move of ['rate', 'reopen'] as const) {
      expect(refusalReason('dispatcher', move, answered(7))).toBeNull()
      expect(refusalReason('dispatcher', move, answered(7.01))).toBe('window_passed')
      const queued = { answer: written('officer-1', { status: 'queued', sendAt: now }) }
      expect(refusalReason('dispatcher', move, answered(0, queued))).toBe('answer_leaving')
    }
    const closedLater = answered(10, { state: 'closed', closedAt: hoursAgo(24 * 3) })
    expect(refusalReason('officer', 'reopen', closedLater)).toBeNull()
    expect(refusalReason('dispatcher', 'rate', closedLater)).toBe('window_passed')
    expect(refusalReasonTo(robot, 'close', subject(answered(6.9)), now, windows)).toBe('window_open')
    expect(refusalReasonTo(robot, 'close', subject(answered(7.1)), now, windows)).toBeNull()
  })
})

describe('who records the rating of the citizen', () => {
  const hung = { id: 'hung', onlyAccountId: null }
  test.each<[string, Role, { id: string; onBehalfOf?: string; author: string; onlyAccountId: string | null }, unknown]>(
    [
      ['intake staff', 'dispatcher', { ...hung, author: 'minh' }, null],
      ['not the handling agency', 'officer', { ...hung, author: 'minh' }, 'rated_at_intake'],
      ['nor whoever approved the answer', 'approver', { ...hung, author: 'minh' }, 'rated_at_intake'],
      ['not the author of the answer', 'officer', { ...hung, author: 'hung' }, 'own_rating'],
      ['not the author, even as intake staff', 'dispatcher', { ...hung, author: 'hung' }, 'own_rating'],
      ['not on behalf of the author', 'dispatcher', { ...hung, onBehalfOf: 'minh', author: 'minh' }, 'own_rating'],
      ['the only account of an agency', 'officer', { ...hung, author: 'minh', onlyAccountId: 'hung' }, null],
      ['also of its own answer', 'approver', { ...hung, author: 'hung', onlyAccountId: 'hung' }, null],
      [
        'not the only account of another agency',
        'officer',
        { ...hung, author: 'minh', onlyAccountId: 'lan' },
        'rated_at_intake',
      ],
    ],
  )('%s', (_, role, { id, onBehalfOf, author, onlyAccountId }, expected) => {
    const actor = { ...someone(role), id, ...(onBehalfOf && { onBehalfOf }) }
    const answered = { state: 'answered', answeredAt: hoursAgo(24), sentBy: { id: author } } as const
    expect(refusalReasonTo(actor, 'rate', subject({ ...answered, onlyAccountId }), now, windows)).toBe(expected)
  })
})

test('a user is offered the moves of their roles, each with its refusal reason', () => {
  const offered = offeredMoves(someone('approver'), subject({ state: 'awaiting_approval' }), now, windows)
  const open = offered.filter(({ refusalReason }) => refusalReason === null).map(({ move }) => move)
  expect(open).toEqual(['schedule_approval', 'approve', 'send_back'])
  expect(offered.map(({ move }) => move)).toEqual(reportMoves.filter((move) => makers[move].includes('approver')))
  expect(offeredMoves(someone('manager'), subject(), now, windows)).toEqual([])
})
