import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { test } from '#db/testing.ts'
import { apiLimits } from '#server/platform/rules/limits.ts'
import { requestCounter } from './requests-of-minute.ts'

/** Each counter stands for one process. */
const processes = (count: number) => Array.from({ length: count }, requestCounter)

test('all processes together never exceed the limit, also for simultaneous requests', async ({ databaseUrl }) => {
  expect(databaseUrl).toBe(process.env.DATABASE_URL)
  const [client, counters] = [{ id: randomUUID(), requestsPerMinute: 50 }, processes(3)]
  const asked = Array.from({ length: 120 }, (_, at) => counters[at % 3] as (typeof counters)[number])
  const answers = await Promise.all(asked.map((count) => count(client)))
  const within = answers.filter(({ isWithin }) => isWithin).length
  // Each process may hold an unused rest of its share.
  expect(within).toBeGreaterThan(50 - 3 * Math.ceil(50 / apiLimits.client.sharesOfMinute))
  const more = await Promise.all(asked.map((count) => count(client)))
  expect(within + more.filter(({ isWithin }) => isWithin).length).toBe(50)
  expect(answers.every(({ seconds }) => seconds >= 1 && seconds <= 60)).toBe(true)
})

test('one process counts exactly, and a new limit applies at once', async ({ databaseUrl }) => {
  expect(databaseUrl).toBe(process.env.DATABASE_URL)
  const [count, id] = [requestCounter(), randomUUID()]
  const remaining: number[] = []
  for (let at = 0; at < 100; at++) remaining.push((await count({ id, requestsPerMinute: 100 })).remaining)
  expect(remaining).toEqual(Array.from({ length: 100 }, (_, at) => 99 - at))
  expect(await count({ id, requestsPerMinute: 100 })).toMatchObject({ isWithin: false, remaining: 0 })
  expect(await count({ id, requestsPerMinute: 200 })).toMatchObject({ isWithin: true, remaining: 99 })
})
