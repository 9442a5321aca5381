import { expect, test, vi } from 'vitest'
import { type Pace, paced } from './pace.ts'
import { longestRun } from './rules/pace.ts'

/** Time that only work and rests let pass. */
function ownTime() {
  let at = 0
  const rests: number[] = []
  const pass = (millis: number) => {
    at += millis
  }
  const rest = async (millis: number) => {
    rests.push(millis)
    pass(millis)
  }
  return { clock: { now: () => at, rest }, pass, rests }
}

test('a job that takes longer than a run may is broken off and queued again, once', async () => {
  const { clock, pass } = ownTime()
  const again = vi.fn(async () => undefined)
  let done = 0
  const work = async (pace: Pace) => {
    for (; done < 1000; done += 1) {
      pass(500)
      if (!(await pace())) return
    }
  }
  await paced(work, again, clock)
  expect(again).toHaveBeenCalledOnce()
  // Of a minute it works a sixth, after its first second.
  expect(done * 500).toBeGreaterThan(longestRun / 6)
  expect(done * 500).toBeLessThan(longestRun / 6 + 2000)
})

test('daily work runs to its end without a rest, and is not queued again', async () => {
  const { clock, pass, rests } = ownTime()
  const again = vi.fn(async () => undefined)
  const work = async (pace: Pace) => {
    for (let unit = 0; unit < 9; unit += 1) {
      pass(100)
      await pace()
    }
  }
  await paced(work, again, clock)
  expect(rests.filter((millis) => millis > 0)).toEqual([])
  expect(again).not.toHaveBeenCalled()
})

test('work that fails is not queued again here, and does not make later work rest for longer', async () => {
  const { clock, pass, rests } = ownTime()
  const again = vi.fn(async () => undefined)
  const failing = async (pace: Pace) => {
    pass(1100)
    await pace()
    throw new Error('the database is away')
  }
  await expect(paced(failing, again, clock)).rejects.toThrow('the database is away')
  const later = async (pace: Pace) => {
    pass(1100)
    await pace()
  }
  await paced(later, again, clock)
  expect(rests).toEqual([5500, 5500])
  expect(again).not.toHaveBeenCalled()
})
