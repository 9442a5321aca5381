import { expect, test } from 'vitest'
import { runTimes } from './run-times.ts'

test('a run says what each of its parts took, and what it would take on the machine of reference', () => {
  const parts = [
    { title: 'Checks', seconds: 150, busy: 270 },
    { title: 'Journeys', seconds: 1650, busy: 3240 },
  ]
  const table = [
    'Part                             Time  Processors',
    'Checks                        2.5 min     4.5 min',
    'Journeys                     27.5 min    54.0 min',
    'Together                     30.0 min    58.5 min',
  ]
  expect(runTimes(parts, undefined).split('\n')).toEqual(table)
  expect(runTimes(parts, 3.9).split('\n')).toEqual([
    ...table,
    'The queue page of the floor takes 3.9 ms: where it takes 1.3 ms, the run takes 10.0 min',
  ])
})
