import { expect, test } from 'vitest'
import { type RejectReason, rejectReasons } from '#server/reports/rules/lifecycle.ts'
import type { Outcome } from '#server/reports/rules/outcome.ts'
import { type Ended, extendedStatusOf, type RequestStatus, requestStatusOf, type UpdateStatus } from './status.ts'

const ended = (outcome: Outcome | null, rejectReason: RejectReason | null = null): Ended => ({
  ...{ outcome, plannedFor: null, referredTo: '', rejectReason },
  isRejected: outcome === null,
})

test.for([
  ['fixed', 'closed', 'fixed'],
  ['temporary', 'closed', 'fixed'],
  ['planned', 'open', 'action_scheduled'],
  ['nothing_found', 'closed', 'no_further_action'],
  ['not_ours', 'closed', 'not_councils_responsibility'],
  ['not_stated', 'closed', 'closed'],
] as const satisfies [Outcome, RequestStatus, UpdateStatus][])(
  '%s is %s, extended %s',
  ([outcome, plain, extended]) => {
    const told = ended(outcome)
    expect([requestStatusOf('closed', told), extendedStatusOf(told)]).toEqual([plain, extended])
    expect(requestStatusOf('open', told)).toBe('open')
  },
)

test('no refusal is a repair', () => {
  const told = rejectReasons.map((reason) => [reason, extendedStatusOf(ended(null, reason))])
  const ofOthers = ['out_of_scope', 'complaint_or_denunciation']
  expect(told).toEqual(
    rejectReasons.map((reason) => [
      reason,
      ofOthers.includes(reason) ? 'not_councils_responsibility' : 'no_further_action',
    ]),
  )
  expect(requestStatusOf('closed', ended(null))).toBe('closed')
})
