import { expect, test } from 'vitest'
import { reaches, standingAnswer } from './following.ts'
import type { AnswerKind, AnswerStatus } from './parts.ts'

test.each([
  ['answer', 'merged', true],
  ['answer', 'linked', true],
  ['rejection', 'merged', true],
  ['rejection', 'linked', false],
] as const)('an %s reaches the reporter of a %s report: %s', (kind, way, expected) =>
  expect(reaches(kind, way)).toBe(expected),
)

const answers = (...statuses: AnswerStatus[]) =>
  statuses.map((status, id) => ({ id, kind: 'answer' as AnswerKind, status }))

test.each([
  ['answered', answers('sent'), 0],
  ['closed', answers('sent'), 0],
  ['closed', answers('sent', 'sent'), 1],
  ['answered', answers('sent', 'withdrawn'), 0],
  ['answered', answers('queued'), null],
  ['answered', answers('sent', 'queued'), null],
  ['in_progress', answers('sent'), null],
  ['awaiting_approval', answers('sent', 'submitted'), null],
  ['awaiting_intake', answers(), null],
  ['rejected', [{ id: 0, kind: 'rejection' as AnswerKind, status: 'sent' as AnswerStatus }], null],
] as const)('for a report %s with %o, answer %s is valid', (state, known, expected) => {
  expect(standingAnswer({ state }, known)?.id ?? null).toBe(expected)
})
