import { expect, test } from 'vitest'
import type { Database } from '#db/client.ts'
import { askedTogether } from './together.ts'

const db = {} as Database
const moment = (second: number) => new Date(second * 1000)

/** Queries that are answered when the test says so. */
function asking() {
  const asked: { key: string; at: number; answer: PromiseWithResolvers<string> }[] = []
  const ask = askedTogether<string, string>((_db, key, at) => {
    const answer = Promise.withResolvers<string>()
    asked.push({ key, at: at.getTime() / 1000, answer })
    return answer.promise
  })
  return { asked, ask }
}

test('many concurrent equal requests are answered by two queries, the second begun after the last of them came', async () => {
  const { asked, ask } = asking()
  const first = ask(db, 'a', moment(1))
  const others = [2, 3, 4].map((second) => ask(db, 'a', moment(second)))
  const stranger = ask(db, 'b', moment(5))
  expect(asked.map(({ key, at }) => [key, at])).toEqual([
    ['a', 1],
    ['b', 5],
  ])
  asked[0]?.answer.resolve('before')
  expect(await first).toBe('before')
  expect(asked.map(({ key, at }) => [key, at]).slice(2)).toEqual([['a', 4]])
  const late = ask(db, 'a', moment(6))
  asked[2]?.answer.resolve('after')
  expect(await Promise.all(others)).toEqual(['after', 'after', 'after'])
  await Promise.resolve()
  asked[3]?.answer.resolve('later')
  asked[1]?.answer.resolve('other')
  expect([await late, await stranger]).toEqual(['later', 'other'])
})

test('a query that fails is run again for the requests that came meanwhile', async () => {
  const { asked, ask } = asking()
  const first = ask(db, 'a', moment(1))
  const second = ask(db, 'a', moment(2))
  asked[0]?.answer.reject(new Error('away'))
  await expect(first).rejects.toThrow('away')
  asked[1]?.answer.resolve('there')
  expect(await second).toBe('there')
  const third = ask(db, 'a', moment(3))
  asked[2]?.answer.resolve('again')
  expect(await third).toBe('again')
})
