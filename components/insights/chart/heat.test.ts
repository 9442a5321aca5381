import { expect, test } from 'vitest'
import { heatClasses, heatStep } from './heat.ts'

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
