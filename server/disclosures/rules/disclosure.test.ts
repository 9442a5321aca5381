import { expect, test } from 'vitest'
import { disclosureLimits } from '#server/platform/rules/limits.ts'
import { isReason, refusalReasonForDisclosure } from './disclosure.ts'

const { budget, ceiling } = disclosureLimits.persons

test.for([
  [budget, false, null],
  [budget + 1, false, 'step_up_needed'],
  [budget + 1, true, null],
  [ceiling, true, null],
  [ceiling + 1, true, 'too_many_persons'],
  [ceiling + 1, false, 'too_many_persons'],
] as const)('%d persons within the hour, identity confirmed: %s', ([persons, isConfirmed, refusalReason]) => {
  expect(refusalReasonForDisclosure({ persons, isConfirmed })).toBe(refusalReason)
})

test.for([
  ['', false],
  ['gọi', false],
  ['          .', false],
  ['Gọi hỏi vị trí', true],
  ['x'.repeat(disclosureLimits.reason.longest), true],
  ['x'.repeat(disclosureLimits.reason.longest + 1), false],
] as const)('“%s” is a reason: %s', ([text, expected]) => expect(isReason(text)).toBe(expected))
