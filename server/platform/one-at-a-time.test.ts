import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { oneAtATime } from './one-at-a-time.ts'

/** Work that ends when it is told to. */
function piece() {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  return { work: () => promise, end: resolve, fail: reject }
}

test('one piece is worked on at a time, in the order in which they came, whether or not one fails', async () => {
  const inTurn = oneAtATime({ waiting: 5, longestWaitMillis: 60_000 })
  const log: string[] = []
  let atWork = 0
  const doing = ['a', 'b', 'c'].map((name) =>
    inTurn(async () => {
      expect(++atWork).toBe(1)
      await pause(2)
      atWork -= 1
      log.push(name)
      if (name === 'b') throw new Error('damaged')
    }),
  )
  const ends = await Promise.allSettled(doing)
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(log).toEqual(['a', 'b', 'c'])
})

test('whoever finds the line full is refused, and the line goes on', async () => {
  const inTurn = oneAtATime({ waiting: 1, longestWaitMillis: 60_000 })
  const [first, second] = [piece(), piece()]
  const doing = [inTurn(first.work), inTurn(second.work)]
  await expect(inTurn(async () => undefined)).rejects.toMatchObject({ code: 'uploads_busy' })
  first.end()
  second.end()
  await Promise.all(doing)
  await expect(inTurn(async () => 'drawn')).resolves.toBe('drawn')
})

test('nobody waits for ever, and who gave up is not worked on', async () => {
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
