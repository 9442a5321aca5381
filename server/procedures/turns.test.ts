import { expect, test } from 'vitest'
import { Turns } from './turns.ts'

test('a limited number of tasks runs per account, the rest in order of arrival; other accounts do not wait', async () => {
  const turns = new Turns({ atOnce: 2, waiting: 3 })
  const [begun, ends]: [string[], (() => void)[]] = [[], []]
  const work = (name: string) => () => {
    begun.push(name)
    return new Promise<string>((end) => ends.push(() => end(name)))
  }
  const asked = ['1', '2', '3', '4', '5'].map((name) => turns.take('hoa', work(name)))
  await expect(turns.take('hoa', work('6'))).rejects.toThrow('busy')
  asked.push(turns.take('hung', work('7')))
  expect(begun).toEqual(['1', '2', '7'])
  ends[0]?.()
  await asked[0]
  await expect.poll(() => begun).toEqual(['1', '2', '7', '3'])
  for (let place = 1; place < 6; place++)
    await expect
      .poll(() => ends.length)
      .toBeGreaterThan(place)
      .then(() => ends[place]?.())
  expect(await Promise.all(asked)).toEqual(['1', '2', '3', '4', '5', '7'])
})

test('a failed task frees its place as well', async () => {
  const turns = new Turns({ atOnce: 1, waiting: 1 })
  const failing = turns.take('hoa', () => Promise.reject(new Error('no')))
  const next = turns.take('hoa', async () => 'done')
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe('done')
})
