import { expect, test } from 'vitest'
import { isSpent } from './proof.ts'

const at = (time: string) => new Date(`2026-03-02T${time}:00+07:00`)

test.each([
  ['of no answer', '09:00', [], false],
  ['of an answer that waits for approval', '09:00', [['submitted', '10:00']], false],
  ['of an answer sent back', '09:00', [['sent_back', '10:00']], false],
  ['of an answer withdrawn', '09:00', [['withdrawn', '10:00']], false],
  ['of an answer on its way', '09:00', [['queued', '10:00']], true],
  ['of an answer sent', '09:00', [['sent', '10:00']], true],
  ['of an answer sent, and handed in again since', '11:00', [['sent', '10:00']], false],
  [
    'handed in again, and sent again',
    '11:00',
    [
      ['sent', '10:00'],
      ['sent', '12:00'],
    ],
    true,
  ],
] as const)('proof %s', (_, addedAt, answers, expected) => {
  const withIt = answers.map(([status, createdAt]) => ({ status, createdAt: at(createdAt) }))
  expect(isSpent({ addedAt: at(addedAt) }, withIt)).toBe(expected)
})
