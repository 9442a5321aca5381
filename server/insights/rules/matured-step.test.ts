import { expect, test } from 'vitest'
import type { Matured } from './board.ts'
import { maturedStep, notYetRuns } from './matured-step.ts'

test.for([
  ['all due', { handled: 15, of: 20, notYet: 0 }, { is: 'share', share: 0.75 }],
  ['four in five due', { handled: 60, of: 80, notYet: 20 }, { is: 'share', share: 0.75 }],
  ['twenty of twenty-five due', { handled: 20, of: 20, notYet: 5 }, { is: 'share', share: 1 }],
  ['just less than four in five due', { handled: 79, of: 79, notYet: 21 }, { is: 'notYet', share: null }],
  ['Monday after a holiday', { handled: 19, of: 21, notYet: 230 }, { is: 'notYet', share: null }],
  ['none due', { handled: 0, of: 0, notYet: 40 }, { is: 'notYet', share: null }],
  ['a few, none of them due', { handled: 0, of: 0, notYet: 3 }, { is: 'notYet', share: null }],
  ['nineteen due, the twentieth to come', { handled: 19, of: 19, notYet: 1 }, { is: 'notYet', share: null }],
  ['nineteen, all due', { handled: 19, of: 19, notYet: 0 }, { is: 'few', share: null }],
  ['eighteen of nineteen due', { handled: 9, of: 18, notYet: 1 }, { is: 'few', share: null }],
  ['nothing received', { handled: 0, of: 0, notYet: 0 }, { is: 'few', share: null }],
] as const)('a day with %s', ([, matured, step]) => {
  expect(maturedStep(matured)).toEqual(step)
})

test('a share that is drawn is that of the matured, and never of fewer than twenty or of less than four in five', () => {
  for (let of = 0; of <= 60; of++) {
    for (let notYet = 0; notYet <= 60; notYet++) {
      for (const handled of [0, Math.floor(of / 2), of]) {
        const { is, share } = maturedStep({ handled, of, notYet })
        const isDrawn = of >= 20 && of / (of + notYet) >= 0.8
        expect([of, notYet, is === 'share']).toEqual([of, notYet, isDrawn])
        expect(share).toBe(isDrawn ? handled / of : null)
        // What is all due is never said to wait.
        if (notYet === 0) expect(is).not.toBe('notYet')
      }
    }
  }
})

test('as a day grows older its share appears once and stays', () => {
  for (let received = 1; received <= 80; received++) {
    const course = Array.from({ length: received + 1 }, (_, of) =>
      maturedStep({ handled: 0, of, notYet: received - of }),
    )
    const first = course.findIndex(({ is }) => is === 'share')
    expect(first === -1).toBe(received < 20)
    if (first >= 0) expect(course.slice(first).every(({ is }) => is === 'share')).toBe(true)
    if (first >= 0) expect(course.slice(0, first).every(({ is }) => is === 'notYet')).toBe(true)
  }
})

test('days that are not due are one run with their neighbours', () => {
  const due: Matured = { handled: 10, of: 30, notYet: 0 }
  const young: Matured = { handled: 1, of: 2, notYet: 30 }
  const quiet: Matured = { handled: 1, of: 2, notYet: 0 }
  const runsOf = (...steps: Matured[]) => notYetRuns(steps.map((matured) => ({ matured })))
  expect(runsOf(due, young, young, due, young, quiet, young)).toEqual([
    { first: 1, last: 2 },
    { first: 4, last: 4 },
    { first: 6, last: 6 },
  ])
  expect(runsOf(due, quiet)).toEqual([])
})
