import { describe, expect, test } from 'vitest'
import { fixed } from '#db/factories/outcomes.ts'
import { isDoneAlready } from './done-already.ts'
import type { WaitingAccept, WaitingAnswer } from './outbox.ts'

const own = { id: 'w', accountId: 'hung', reportId: 1, code: 'HN-1', writtenAt: 0, isLate: true, refusal: null }
const accept: WaitingAccept = { ...own, kind: 'accept', version: 1 }
const words = { what: 'Đã dọn', where: 'Hàng Bài', when: 'Sáng nay', ...fixed, next: 'Trồng lại' }
const answer: WaitingAnswer = {
  ...own,
  ...words,
  kind: 'answer',
  way: 'submit_answer',
  version: 2,
  photoIds: [],
  without: [],
  acceptId: null,
}
const written = { ...words, round: 1, status: 'submitted' as const, author: { id: 'hung' } }
const report = {
  state: 'awaiting_approval' as const,
  assignee: { id: 'hung', name: 'Hùng' },
  reopenCount: 0,
  answers: [written],
}

describe('an acceptance whose response was lost', () => {
  test('was done where the user is the assignee, also when the report has moved on since', () => {
    for (const state of ['in_progress', 'awaiting_citizen', 'awaiting_approval', 'answered'] as const) {
      expect(isDoneAlready({ ...report, state }, accept)).toBe(true)
    }
  })

  test('was not where it still waits, or a colleague is the assignee', () => {
    expect(isDoneAlready({ ...report, state: 'awaiting_acceptance' }, accept)).toBe(false)
    expect(isDoneAlready({ ...report, assignee: { id: 'hoa', name: 'Hoa' } }, accept)).toBe(false)
  })
})

describe('an answer whose response was lost', () => {
  test('was given where its text is stored, composed and trimmed', () => {
    expect(isDoneAlready(report, answer)).toBe(true)
    expect(isDoneAlready(report, { ...answer, what: `${'Đã dọn'.normalize('NFD')} ` })).toBe(true)
  })

  test('was not where one word or the outcome differs, or it was sent back, or a colleague wrote the same', () => {
    expect(isDoneAlready(report, { ...answer, next: 'Không có gì thêm' })).toBe(false)
    expect(isDoneAlready(report, { ...answer, outcome: 'temporary' })).toBe(false)
    for (const other of [{ status: 'sent_back' as const }, { author: { id: 'hoa' } }]) {
      expect(isDoneAlready({ ...report, answers: [{ ...written, ...other }] }, answer)).toBe(false)
    }
  })

  test('was not by the same text from before the reopening', () => {
    const sent = { ...written, status: 'sent' as const }
    expect(isDoneAlready({ ...report, state: 'in_progress', reopenCount: 1, answers: [sent] }, answer)).toBe(false)
  })
})
