import { expect, test } from 'vitest'
import type { ReportView } from '#server/reports/queries/report.ts'
import { foreseen, isForeseen, type NameBook } from './foreseen.ts'
import type { ReportActionName } from './move-names.ts'

const myself = { id: 'me', name: 'Trần Văn Hùng' }
const book: NameBook = {
  agency: (id) => ({ id, name: 'UBND phường Hoàn Kiếm', shortName: 'P. Hoàn Kiếm' }),
  category: () => undefined,
  incident: () => ({ name: 'Bão số 3', nameEn: 'Typhoon No. 3' }),
}
const report = {
  state: 'awaiting_acceptance',
  severity: 'normal',
  category: { code: 'CX-02' },
  incident: null,
  assignee: { id: 'other', name: 'Lê Thị Hoa' },
} as unknown as ReportView

const see = (name: ReportActionName, values: object, state: ReportView['state'] = report.state) =>
  foreseen(name, { ...report, state }, { values: { ...values }, names: { accountId: 'Lê Thị Hoa' }, myself, book })

test.each<[string, ReportActionName, object, ReportView['state'], object]>([
  [
    'accepting takes it on for oneself',
    'accept',
    { assignToMe: true },
    'awaiting_acceptance',
    { state: 'in_progress', assignee: myself },
  ],
  [
    'returning leaves it to the dispatchers',
    'return',
    { reason: 'x' },
    'in_progress',
    { state: 'awaiting_intake', agency: null, assignee: null },
  ],
  [
    'assigning names the agency',
    'assign',
    { agencyId: 'hk', severity: 'urgent' },
    'awaiting_intake',
    { state: 'awaiting_acceptance', severity: 'urgent', agency: { shortName: 'P. Hoàn Kiếm' } },
  ],
  [
    'a person keeps the state',
    'assign_person',
    { accountId: 'other' },
    'in_progress',
    { assignee: { id: 'other', name: 'Lê Thị Hoa' } },
  ],
  ['releasing leaves no assignee', 'assign_person', { accountId: null }, 'in_progress', { assignee: null }],
  ['tags are what was typed', 'change_tags', { tags: ['bão'] }, 'in_progress', { tags: ['bão'] }],
])('%s', (_, name, values, state, expected) => {
  expect(see(name, values, state)).toMatchObject(expected)
})

test('taken over, a report that only its assignee may answer can be answered at once; given to others, the server decides', () => {
  const given = (accountId: string) => {
    const moves = [
      { move: 'submit_answer', refusalReason: 'not_assignee' },
      { move: 'answer', refusalReason: 'approval_needed' },
    ] as ReportView['moves']
    const way = { values: { accountId }, names: { accountId: 'Ai' }, myself, book }
    return foreseen('assign_person', { ...report, moves }, way)
  }
  expect(given('me')).toMatchObject({
    onlyAssignee: null,
    moves: [
      { move: 'submit_answer', refusalReason: null },
      { move: 'answer', refusalReason: 'approval_needed' },
    ],
  })
  expect(given('third')).toEqual({ assignee: { id: 'third', name: 'Ai' } })
})

test('the outcome of a merge or a reopening comes from the server', () => {
  expect(isForeseen('merge')).toBe(false)
  expect(see('reopen', { reason: 'x' }, 'closed')).toBeNull()
})
