import { QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { makeQueryClient } from './query-client.ts'

/** A log that is read when it is queried and returned later. */
function slowLog() {
  const entries = ['opened']
  const ways: (() => void)[] = []
  return {
    entries,
    asked: () => ways.length,
    read: () => {
      const read = [...entries]
      return new Promise<string[]>((give) => ways.push(() => give(read)))
    },
    handOver: () => {
      for (const way of ways) way()
    },
  }
}

const queryKey = ['log']

test('a query loading for the first time shows a change made meanwhile, by a second query', async () => {
  const queries = makeQueryClient()
  const log = slowLog()
  const shown = new QueryObserver(queries, { queryKey, queryFn: log.read })
  const leave = shown.subscribe(() => {})
  log.entries.push('noted')
  const refreshed = queries.invalidateQueries({ queryKey })
  log.entries.push('closed')
  const refreshedAgain = queries.invalidateQueries({ queryKey })
  log.handOver()
  await expect.poll(log.asked).toBe(2)
  log.handOver()
  await Promise.all([refreshed, refreshedAgain])
  expect(shown.getCurrentResult().data).toEqual(['opened', 'noted', 'closed'])
  expect(log.asked()).toBe(2)
  leave()
})

test('an unobserved query is loaded again when it is observed; one that no change affects is not', async () => {
  const queries = makeQueryClient()
  const [log, other] = [slowLog(), slowLog()]
  const both = [
    { queryKey, queryFn: log.read },
    { queryKey: ['other'], queryFn: other.read },
  ]
  const coming = both.map((options) => queries.fetchQuery(options))
  const refreshed = queries.invalidateQueries({ queryKey })
  for (const each of [log, other]) each.handOver()
  await Promise.all([...coming, refreshed])
  expect([log.asked(), other.asked()]).toEqual([1, 1])
  for (const options of both) void queries.fetchQuery(options)
  expect([log.asked(), other.asked()]).toEqual([2, 1])
})

test('a failed query is not repeated without the knowledge of the user who saw its error', async () => {
  const queries = makeQueryClient()
  let asked = 0
  const fail = () => Promise.reject(new Error(`no line ${++asked}`))
  const coming = queries.fetchQuery({ queryKey, queryFn: fail, retry: false })
  await Promise.all([queries.invalidateQueries({ queryKey }), expect(coming).rejects.toThrow('no line 1')])
  expect(asked).toBe(1)
})
