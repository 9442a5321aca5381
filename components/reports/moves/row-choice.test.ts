import { expect, test } from 'vitest'
import type { ReportMove } from '#server/reports/rules/lifecycle.ts'
import type { ReportAct } from '#server/reports/rules/policy.ts'
import { type RowCommand, rowChoice } from './row-choice.ts'

const me = { id: 'me', name: 'Trần Văn Hùng' }
type Report = Parameters<typeof rowChoice>[1]

function report(moves: Partial<Record<ReportMove, string | null>>, acts: ReportAct[] = [], assignee?: string): Report {
  return {
    moves: Object.entries(moves).map(([move, refusalReason]) => ({ move: move as ReportMove, refusalReason })),
    acts,
    endedActs: ['change_tags'],
    findings: [],
    assignee: assignee ? { id: assignee, name: assignee } : null,
  }
}

test.each<[string, RowCommand, Report, object]>([
  ['a new report goes to an agency', 'row.assign', report({ assign: null }), { open: 'assign' }],
  [
    'one in hand goes to a colleague',
    'row.assign',
    report({ assign: 'wrong_state', assign_person: null }),
    { open: 'assign_person' },
  ],
  ['an officer asks for a transfer', 'row.transfer', report({ request_transfer: null }), { open: 'request_transfer' }],
  ['an approver transfers', 'row.transfer', report({ transfer: null, request_transfer: null }), { open: 'transfer' }],
  [
    'a pending request stands in the way',
    'row.transfer',
    report({ request_transfer: 'request_pending' }),
    { refuse: 'request_pending' },
  ],
  ['a dispatcher sets the severity', 'row.severity', report({}, ['change_severity']), { open: 'change_severity' }],
  ['an officer does not', 'row.severity', report({}), { refuse: 'forbidden' }],
  ['an ended report gets no labels', 'row.tags', report({}), { refuse: 'wrong_state' }],
  ['a dispatcher rejects', 'row.reject', report({ reject: null }), { open: 'reject' }],
  ['a dispatcher merges a report in progress', 'row.merge', report({ merge: null }), { open: 'merge' }],
  ['an answer is approved at once', 'row.approve', report({ approve: null, send_back: null }), { run: 'approve' }],
  [
    'one without the proof it needs is asked about first',
    'row.approve',
    { ...report({ approve: null }), findings: ['no_photo'] },
    { open: 'approve' },
  ],
  ['or sent back with remarks', 'row.sendBack', report({ approve: null, send_back: null }), { open: 'send_back' }],
  ['the user’s own answer is not approved', 'row.approve', report({ approve: 'own_answer' }), { refuse: 'own_answer' }],
  ['a waiting report is accepted', 'row.takeOrRelease', report({ accept: null }), { run: 'accept' }],
  [
    'a report without an assignee is taken',
    'row.takeOrRelease',
    report({ assign_person: null }),
    { values: { accountId: 'me' } },
  ],
  [
    'what a colleague has is taken over',
    'row.takeOrRelease',
    report({ assign_person: null }, [], 'other'),
    { values: { accountId: 'me' } },
  ],
  [
    'what is mine is let go',
    'row.takeOrRelease',
    report({ assign_person: null }, [], 'me'),
    { values: { accountId: null } },
  ],
])('%s', (_, command, subject, expected) => {
  expect(rowChoice(command, subject, me)).toMatchObject(expected)
})
