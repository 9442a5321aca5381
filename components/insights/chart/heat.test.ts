import { expect, test } from 'vitest'
import { countClasses, heatClasses, heatStep, shareClasses, stepIn } from './heat.ts'

test('the key names each number under the depth that its cell has, and each once', () => {
  for (let greatest = 1; greatest <= 400; greatest++) {
    const classes = heatClasses(greatest)
    const told = classes.flatMap(({ step, from, to }) =>
      Array.from({ length: to - from + 1 }, (_, at) => ({ value: from + at, step })),
    )
    expect(told).toEqual(
      Array.from({ length: greatest + 1 }, (_, value) => ({ value, step: heatStep(value, greatest) })),
    )
  }
})

test('classes of counts are whole numbers that follow each other, the deeper the more', () => {
  const classes = countClasses([1, 2, 2, 3, 5, 8, 9, 30, 31, 250])
  expect(classes.map(({ from, below }) => [from, (below ?? 0) - 1])).toEqual([
    [1, 2],
    [3, 3],
    [4, 8],
    [9, 30],
    [31, 250],
  ])
  expect(classes.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5])
  expect(countClasses([4, 4, 4])).toEqual([{ from: 1, below: 5, step: 5 }])
  expect(countClasses([])).toEqual([])
})

test('classes of shares break at the target, in whole percents, and are deeper the further below it', () => {
  const classes = shareClasses(0.9)
  expect(classes.map(({ from }) => from)).toEqual([null, 0.7, 0.8, 0.9, 0.95])
  const depths = [0.2, 0.7, 0.8, 0.899, 0.9, 0.95, 1].map((share) => stepIn(classes, share))
  expect(depths).toEqual([5, 4, 3, 3, 2, 1, 1])
  // A target is not rounded.
  expect(
    shareClasses(0.895)
      .map(({ from }) => from)
      .slice(3),
  ).toEqual([0.895, 0.95])
  expect([0.894, 0.895].map((share) => stepIn(shareClasses(0.895), share))).toEqual([3, 2])
  for (let perMille = 1; perMille <= 1000; perMille++) {
    const found = shareClasses(perMille / 1000)
    expect(found.filter(({ from }) => from === perMille / 1000)).toHaveLength(1)
    expect(found.slice(1).every(({ from, below }) => (from ?? 0) < (below ?? 2))).toBe(true)
  }
  // No class is empty where the target is at an end.
  expect(shareClasses(1).map(({ from }) => from)).toEqual([null, 0.8, 0.9, 1])
  expect(shareClasses(0.1).map(({ from }) => from)).toEqual([null, 0.1, 0.55])
  expect(shareClasses(null).map(({ from }) => from)).toEqual([null, 0.2, 0.4, 0.6, 0.8])
})
