import { expect, test } from 'vitest'
import { answeredSince } from './answered-since.ts'
import type { AnswerKind, AnswerStatus } from './parts.ts'

const answerOf = (id: string, by: string, status: AnswerStatus, kind: AnswerKind = 'answer') => ({
  id,
  kind,
  status,
  author: { id: by, name: by },
  createdAt: new Date('2026-03-02T03:00:00Z'),
})
const earlier = answerOf('1', 'minh', 'sent_back')

test.each([
  ['nothing new', [earlier], null],
  ['a colleague submitted', [earlier, answerOf('2', 'minh', 'submitted')], '2'],
  ['a colleague’s answer is leaving', [earlier, answerOf('2', 'minh', 'queued')], '2'],
  ['it was sent back since: its words are there to read', [earlier, answerOf('2', 'minh', 'sent_back')], '2'],
  ['the colleague took it back', [earlier, answerOf('2', 'minh', 'withdrawn')], null],
  ['my own, from another tab', [earlier, answerOf('2', 'lan', 'submitted')], null],
  ['a refusal is no answer', [earlier, answerOf('2', 'minh', 'sent', 'rejection')], null],
  ['the last of several', [earlier, answerOf('2', 'minh', 'sent_back'), answerOf('3', 'hoa', 'submitted')], '3'],
] as const)('%s', (_, answers, expected) => {
  expect(answeredSince([...answers], [earlier], 'lan')?.id ?? null).toBe(expected)
})
