import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { oneAtATime } from './one-at-a-time.ts'

/** Work that the test ends explicitly. */
function piece() {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  return { work: () => promise, end: resolve, fail: reject }
}

test('one task runs at a time, in order of arrival, even if one fails', async () => {
  const inTurn = oneAtATime({ waiting: 5, longestWaitMillis: 60_000 })
  const log: string[] = []
  let atWork = 0
  const doing = ['a', 'b', 'c'].map((name) =>
    inTurn(async () => {
      expect(++atWork).toBe(1)
      await nextTurn()
      atWork -= 1
      log.push(name)
      if (name === 'b') throw new Error('damaged')
    }),
  )
  const ends = await Promise.allSettled(doing)
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(log).toEqual(['a', 'b', 'c'])
})

test('a task that finds the queue full is refused, and the queue continues', async () => {
  const inTurn = oneAtATime({ waiting: 1, longestWaitMillis: 60_000 })
  const [first, second] = [piece(), piece()]
  const doing = [inTurn(first.work), inTurn(second.work)]
  await expect(inTurn(async () => undefined)).rejects.toMatchObject({ code: 'uploads_busy' })
  first.end()
  second.end()
  await Promise.all(doing)
  await expect(inTurn(async () => 'drawn')).resolves.toBe('drawn')
})

test('no task waits indefinitely, and a task that timed out is not run', async () => {
  const inTurn = oneAtATime({ waiting: 5, longestWaitMillis: 5 })
  const first = piece()
  const doing = inTurn(first.work)
  let wasDone = false
  const second = inTurn(async () => {
    wasDone = true
  })
  await expect(second).rejects.toMatchObject({ code: 'uploads_busy' })
  first.end()
  await doing
  await inTurn(async () => undefined)
  expect(wasDone).toBe(false)
})
