import { expect, test } from 'vitest'
import { isOpen, requestKinds } from '#server/reports/rules/lifecycle.ts'
import { drawCity } from './checks/drawn-city.ts'
import type { Life, ReportRow } from './life.ts'
import { shownAgencies } from './staff.ts'

type Looking = { row: ReportRow; me: string; now: Date }

/** The views of the sidebar, over the open reports that an agency holds. */
const views: Record<string, (looking: Looking) => boolean> = {
  mine: ({ row, me }) => row.assigneeId === me || (row.state === 'awaiting_citizen' && row.askedById === me),
  due_soon: ({ row, now }) => !!row.dueAt && row.dueAt >= now && !!row.soonAt && row.soonAt <= now,
  overdue: ({ row, now }) => !!row.dueAt && row.dueAt < now,
  awaiting_citizen: ({ row }) => row.state === 'awaiting_citizen',
  citizen_replied: ({ row }) => row.lastActivityBy === 'citizen' && row.lastActivityAt > row.receivedAt,
  awaiting_approval: ({ row }) => row.state === 'awaiting_approval',
  reopened: ({ row }) => (row.reopenCount ?? 0) > 0,
  unassigned: ({ row }) => row.assigneeId === null,
}

const hours: [name: string, today: string, first?: string][] = [
  ['early in the morning', '2026-11-25T05:50'],
  ['as the offices open', '2026-11-25T08:01'],
  ['at noon', '2026-11-25T12:30'],
  ['late at night', '2026-11-26T23:55'],
  ['on a Saturday', '2026-11-21T10:15'],
  ['on a Sunday', '2026-11-22T16:20'],
  ['on a Monday morning', '2026-11-23T09:05'],
  ['at the lunar New Year', '2026-02-18T11:00'],
  ['on the first morning after it', '2026-02-23T08:20'],
  ['on a make-up Saturday', '2026-08-22T15:00'],
  ['days after the city was seeded', '2026-12-04T10:10', '2026-11-25T09:40'],
  ['weeks after the city was seeded', '2027-01-13T16:45', '2026-11-25T09:40'],
]

test.each(hours)('the demo accounts have current work %s', async (_, today, first) => {
  const drawn = await drawCity({ today, first })
  const lives = drawn.city.days
    .slice(-40)
    .filter(({ isThinned }) => !isThinned)
    .flatMap(drawn.live)
  const open = lives.map(({ life }) => life).filter(({ row }) => isOpen(row.state))
  const { staff, today: now } = drawn.world
  const found = (among: readonly Life[], me: string | undefined, view: string) =>
    among.filter(({ row }) => views[view]?.({ row, me: me ?? '', now })).length

  for (const agencyId of Object.values(shownAgencies)) {
    const held = open.filter(({ row }) => row.agencyId === agencyId)
    const [officer, head] = [staff.officersOf.get(agencyId)?.[0], staff.approversOf.get(agencyId)?.[0]]
    for (const view of Object.keys(views)) expect(found(held, officer, view), `${agencyId} ${view}`).toBeGreaterThan(0)
    expect(found(held, head, 'mine'), `${agencyId} mine of the head`).toBeGreaterThan(0)
    // A follow-up is asked for on a report that was answered.
    for (const kind of requestKinds.filter((each) => each !== 'follow_up')) {
      const pending = held.filter(({ requests }) =>
        requests.some((one) => one.kind === kind && one.status === 'pending'),
      )
      expect(pending.length, `${agencyId} ${kind}`).toBeGreaterThan(0)
    }
  }
  expect(found(open, staff.dispatchers[0], 'mine'), 'mine of the dispatcher').toBeGreaterThan(0)
  expect(open.filter(({ row }) => row.state === 'awaiting_intake').length, 'to take in').toBeGreaterThan(3)
  expect(open.filter(({ row }) => (row.returnCount ?? 0) >= 3).length, 'to referee').toBeGreaterThan(0)
})
