import { expect, test } from 'vitest'
import {
  labelledSteps,
  niceTicks,
  placeMarks,
  placeWords,
  type TimeMark,
  type TimeStep,
  targetRuns,
} from './time-series.ts'

const step = (from: string, to = from): TimeStep => ({
  key: from,
  label: from,
  long: from,
  from,
  to,
  isPartial: false,
  values: {},
})
const mark = (key: string, from: string, to: string, kind: TimeMark['kind'] = 'incident'): TimeMark => ({
  key,
  kind,
  from,
  to,
  words: 'Bão số 3',
})
const days = ['2024-09-05', '2024-09-06', '2024-09-07', '2024-09-08'].map((day) => step(day))

test('marks are placed on the steps they touch, cut to the chart', () => {
  const marks = [
    mark('yagi', '2024-09-06', '2024-09-11'),
    mark('before', '2024-09-01', '2024-09-04'),
    mark('after', '2024-09-09', '2024-09-09'),
    mark('moment', '2024-09-05', '2024-09-05'),
  ]
  expect(placeMarks(marks, days)).toMatchObject([
    { key: 'yagi', first: 1, last: 3 },
    { key: 'moment', first: 0, last: 0 },
  ])
  expect(placeMarks(marks, [step('2024-09-02', '2024-09-08')])).toMatchObject([
    { key: 'yagi' },
    { key: 'before' },
    { key: 'moment' },
  ])
})

test('texts of marks that begin together take two lines, and no third', () => {
  const placed = placeMarks(
    [
      mark('a', '2024-09-06', '2024-09-07'),
      mark('b', '2024-09-06', '2024-09-08'),
      mark('c', '2024-09-06', '2024-09-06'),
    ],
    days,
  )
  expect([...placeWords(placed, days.length, 640)].map(([key, { row }]) => [key, row])).toEqual([
    ['a', 0],
    ['b', 1],
  ])
})

test('near the edge the text ends where its mark ends', () => {
  const placed = placeMarks([{ ...mark('a', '2024-09-08', '2024-09-08'), words: 'Mưa lớn, ngập úng diện rộng' }], days)
  expect(placeWords(placed, days.length, 200).get('a')).toMatchObject({ side: 'right', row: 0 })
})

test.each([
  [51, [0, 20, 40, 60]],
  [0.97, [0, 0.5, 1]],
  [3, [0, 1, 2, 3]],
  [0, [0, 1]],
  [9051, [0, 5000, 10000]],
])('an axis up to %d has the ticks %o', (greatest, ticks) => {
  expect(niceTicks(greatest)).toEqual(ticks)
})

test('labels leave room for each other', () => {
  expect(labelledSteps(30, 8)).toEqual([0, 4, 8, 12, 16, 20, 24, 28])
  expect(labelledSteps(3, 8)).toEqual([0, 1, 2])
})

test('a target line is level while the target applies, steps where another begins, and ends where there is none', () => {
  const aims = [null, 0.8, 0.8, 0.85, null, 0.85].map((target) => ({ target, band: target === 0.8 ? 0.02 : null }))
  expect(targetRuns(aims)).toEqual([
    { first: 1, last: 2, value: 0.8, band: 0.02 },
    { first: 3, last: 3, value: 0.85, band: 0 },
    { first: 5, last: 5, value: 0.85, band: 0 },
  ])
})
