import { describe, expect, test } from 'vitest'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import type { Storm } from './board.ts'
import { busiestHour, countsWithin, lengthFor, stepsOf } from './storm-steps.ts'

const cell = (local: string, category: string, area: number | null, count: number, closed = 0) => ({
  at: hanoi(local),
  category,
  area,
  count,
  closed,
})
const storm: Pick<Storm, 'hours' | 'cells'> = {
  hours: [
    { at: hanoi('2026-03-01 22:00'), count: 2, closed: 0, open: 2 },
    { at: hanoi('2026-03-02 01:00'), count: 1, closed: 1, open: 2 },
    { at: hanoi('2026-03-02 02:00'), count: 0, closed: 2, open: 0 },
  ],
  cells: [
    cell('2026-03-01 22:00', 'CX-01', 1, 1),
    cell('2026-03-01 22:00', 'TN-01', null, 1),
    cell('2026-03-02 01:00', 'CX-01', 2, 1),
    cell('2026-03-02 01:00', 'CX-01', 1, 0, 1),
    cell('2026-03-02 02:00', 'TN-01', null, 0, 1),
    cell('2026-03-02 02:00', 'CX-01', 2, 0, 1),
  ],
}

describe('the steps of a storm', () => {
  test('have no gaps, and the open count is carried over hours without events', () => {
    expect(stepsOf(storm, null, 1).map(({ count, closed, open }) => [count, closed, open])).toEqual([
      [2, 0, 2],
      [0, 0, 2],
      [0, 0, 2],
      [1, 1, 2],
      [0, 2, 0],
    ])
  })

  test('begin with the days of Hanoi and hold what the hours hold', () => {
    const days = stepsOf(storm, null, 24)
    expect(days.map(({ from, count, closed, open }) => [from, count, closed, open])).toEqual([
      [hanoi('2026-03-01 00:00'), 2, 0, 2],
      [hanoi('2026-03-02 00:00'), 1, 3, 0],
    ])
  })

  test('of a part count that part alone, and give no open count', () => {
    const steps = stepsOf(storm, null, 24, { kind: 'CX-01', area: 1 })
    expect(steps.map(({ count, closed, open }) => [count, closed, open])).toEqual([
      [1, 0, null],
      [0, 1, null],
    ])
    expect(stepsOf(storm, null, 24, { area: 'none' }).map(({ count }) => count)).toEqual([1, 0])
  })

  test('reach to the present while the storm is in progress', () => {
    expect(stepsOf(storm, hanoi('2026-03-02 04:30'), 1)).toHaveLength(7)
  })

  test('grow longer with the storm', () => {
    expect(lengthFor(storm, null, 60)).toBe(1)
    expect(lengthFor(storm, null, 60, 24)).toBe(24)
    expect(lengthFor(storm, hanoi('2026-03-06 22:00'), 60)).toBe(3)
    expect(lengthFor(storm, hanoi('2027-03-01 22:00'), 60)).toBe(168)
  })

  test('of a storm without reports are empty', () => {
    const nothing = { hours: [], cells: [] }
    expect([stepsOf(nothing, hanoi('2026-03-02 04:30'), 1), lengthFor(nothing, null, 60)]).toEqual([[], 1])
  })
})

test('counts what happened within a time range by commune and by kind', () => {
  const [from, to] = [hanoi('2026-03-01 22:00'), hanoi('2026-03-02 01:00')]
  expect([...countsWithin(storm, from, to, 'area')]).toEqual([
    [1, 1],
    [null, 1],
  ])
  expect([...countsWithin(storm, from, hanoi('2026-03-02 02:00'), 'category')]).toEqual([
    ['CX-01', 2],
    ['TN-01', 1],
  ])
})

test('finds the busiest hour', () => {
  expect(busiestHour(storm)?.count).toBe(2)
  expect(busiestHour({ hours: [], cells: [] })).toBeNull()
})
