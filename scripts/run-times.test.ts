import { expect, test } from 'vitest'
import { runTimes } from './run-times.ts'

test('a run says what each of its parts took, and what it would take on the machine of reference', () => {
  const parts = [
    { title: 'Checks', seconds: 150 },
    { title: 'Journeys in the browser', seconds: 1650 },
  ]
  const together = [
    'Checks                        2.5 min',
    'Journeys in the browser      27.5 min',
    'Together                     30.0 min',
  ]
  expect(runTimes(parts, undefined).split('\n')).toEqual(together)
  expect(runTimes(parts, 3.9).split('\n')).toEqual([
    ...together,
    'The queue page of the floor takes 3.9 ms: where it takes 1.3 ms, the run takes 10.0 min',
  ])
})
