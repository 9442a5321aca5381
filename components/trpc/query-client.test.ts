import { QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { makeQueryClient } from './query-client.ts'

/** A log that is read when it is asked for and handed over later. */
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

test('what is on its way for the first time shows a change made meanwhile, asked for once more', async () => {
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

test('what nobody looks at yet is asked for anew when somebody does; what no change concerns is not', async () => {
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

test('what could not be had is not asked for behind the back of whoever is told so', async () => {
  const queries = makeQueryClient()
  let asked = 0
  const fail = () => Promise.reject(new Error(`no line ${++asked}`))
  const coming = queries.fetchQuery({ queryKey, queryFn: fail, retry: false })
  await Promise.all([queries.invalidateQueries({ queryKey }), expect(coming).rejects.toThrow('no line 1')])
  expect(asked).toBe(1)
})
