import { describe, expect, test } from 'vitest'
import { keepDraftInput } from './drafts.ts'
import { type Reconciled, reconcile } from './reconcile-drafts.ts'

const [nine, ten, noon] = [2, 3, 5].map((hour) => new Date(Date.UTC(2026, 2, 2, hour))) as [Date, Date, Date]
const here = (what: string, base: Date | null, isAhead: boolean) => ({ value: { what, next: '' }, base, isAhead })
const there = (what: string, savedAt: Date) => ({ value: { next: '', what }, savedAt })

describe('local text and server text', () => {
  const cases: [string, Parameters<typeof reconcile>[0], Parameters<typeof reconcile>[1], Reconciled][] = [
    ['none and none', null, null, 'keep'],
    ['none here, on another machine', null, there('Đã', nine), 'adopt'],
    ['typed here and never heard of there', here('Đã', null, true), null, 'send'],
    ['kept here since before the server kept any', here('Đã', null, false), null, 'send'],
    ['the same state, nothing typed since', here('Đã', nine, false), there('Đã', nine), 'keep'],
    ['the same state, typed on', here('Đã cắt', nine, true), there('Đã', nine), 'send'],
    ['written on elsewhere only', here('Đã', nine, false), there('Đã cắt', ten), 'adopt'],
    ['written on in both places', here('Đã dọn', nine, true), there('Đã cắt', ten), 'ask'],
    ['begun in both places', here('Đã dọn', null, true), there('Đã cắt', ten), 'ask'],
    ['the same words in both places', here('Đã cắt', nine, true), there('Đã cắt', ten), 'adopt'],
    ['sent or thrown away elsewhere', here('Đã', nine, false), null, 'drop'],
    ['sent elsewhere, typed on here', here('Đã cắt', nine, true), null, 'send'],
  ]
  test.each(cases)('%s', (_, local, server, expected) => {
    expect(reconcile(local, server, noon)).toBe(expected)
  })

  test('a server state from before this text was saved is ignored', () => {
    expect(reconcile(here('Đã cắt', ten, false), null, nine)).toBe('keep')
    expect(reconcile(here('Đã cắt', ten, false), there('Đã', nine), nine)).toBe('keep')
    expect(reconcile(here('Đã cắt', ten, true), null, nine)).toBe('send')
  })
})

test('incomplete fields are kept as they are; what is no text is not', () => {
  const draft = { reportId: 1, kind: 'answer', base: null }
  expect(keepDraftInput.safeParse({ ...draft, value: { what: '', without: [] } }).success).toBe(true)
  expect(keepDraftInput.safeParse({ ...draft, value: { what: { html: '<b>' } } }).success).toBe(false)
  expect(keepDraftInput.safeParse({ ...draft, value: { what: 'x'.repeat(20_001) } }).success).toBe(false)
})
