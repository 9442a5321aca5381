import { describe, expect, test } from 'vitest'
import { wayOn } from './way-on.ts'

describe('after an action was done', () => {
  test.each([
    ['stay', 'closed', 'stay'],
    ['next', 'in_progress', 'next'],
    ['back', 'in_progress', 'back'],
    ['next_if_closed', 'in_progress', 'stay'],
    ['next_if_closed', 'awaiting_approval', 'stay'],
    ['next_if_closed', 'answered', 'next'],
    ['next_if_closed', 'rejected', 'next'],
  ] as const)('who chose %s of a report that is %s then: %s', (afterSave, state, way) => {
    expect(wayOn(afterSave, { state })).toBe(way)
  })

  test.each(['stay', 'back', 'next_if_closed'] as const)(
    'who chose %s goes on where that is asked for',
    (afterSave) => {
      expect(wayOn(afterSave, { state: 'in_progress', isOnward: true })).toBe('next')
    },
  )
})
