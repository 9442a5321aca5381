import process from 'node:process'
import { useQuery } from '@tanstack/react-query'
import { jsx } from 'react/jsx-runtime'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { useQueueList } from '#components/reports/queue/use-queue-list.ts'
import type { QueuePage } from '#server/reports/queries/queue.ts'
import { parseQueue } from '#server/reports/rules/queue-address.ts'
import { TrpcProvider, useTRPC } from './TrpcProvider.tsx'

const queue = parseQueue({}, 'open')
const page: QueuePage = {
  rows: [],
  total: { count: 0, capped: false },
  search: null,
  nextCursor: null,
  asOf: new Date(),
} as never

/** A list that came with the page, a query of its own, and one whose result may be cached for a day. */
function Screen() {
  const trpc = useTRPC()
  useQueueList(queue, { queue, page })
  useQuery(trpc.reports.viewCounts.queryOptions())
  useQuery({ queryKey: ['outlines'], queryFn: () => [], gcTime: 24 * 3_600_000 })
  return 'drawn'
}

const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length

test('a page rendered on the server leaves no timer behind, however long its results may be cached in the browser', () => {
  const before = timers()
  for (let drawn = 0; drawn < 200; drawn += 1) {
    const tree = jsx(TrpcProvider, { accountId: 'a', children: jsx(Screen, {}) })
    expect(renderToString(tree)).toBe('drawn')
  }
  expect(timers() - before).toBe(0)
})
