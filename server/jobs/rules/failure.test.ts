import { expect, test } from 'vitest'
import { jobFailureReasons, readJobFailure, reasonOfRefusal, writeJobFailure } from './failure.ts'

test('a stored failure is read as it was written', () => {
  for (const reason of jobFailureReasons) {
    const failure = { reason, fault: 'ABCDE23456' }
    expect(readJobFailure(writeJobFailure(failure))).toEqual(failure)
  }
})

test('texts of an older release, which may repeat a citizen’s words, are not passed on', () => {
  const said = 'Failed query: insert into reports values ($1) params: Nguyễn Thị Lan,0912345678'
  expect(readJobFailure(said)).toEqual({ reason: 'other', fault: null })
  expect(readJobFailure('Nguyễn ABCDE23456')).toEqual({ reason: 'other', fault: null })
})

test('a failed job without a text was run by a process that died', () => {
  expect(readJobFailure(null)).toEqual({ reason: 'stopped', fault: null })
})

test.for([
  ['unavailable', 'unavailable'],
  ['database_busy', 'busy'],
  ['defect', 'defect'],
  ['not_found', 'rule'],
  ['invalid_move', 'rule'],
] as const)('the refusal %s is told as %s', ([code, reason]) => {
  expect(reasonOfRefusal(code)).toBe(reason)
})
