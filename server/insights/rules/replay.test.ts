import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileCalendar } from '#server/calendars/rules/compiled-calendar.ts'
import { calendarOf, hanoi, officeWeek } from '#server/calendars/rules/test-calendars.ts'
import { ageingBounds } from './ageing.ts'
import { countedStateAt } from './counted-state.ts'
import { ageBuckets } from './data-point.ts'
import { figuresOf, type LoggedEvent } from './replay.ts'

const time = compileCalendar(
  calendarOf(officeWeek([480, 720], [780, 1020])),
  hanoi('2026-02-01 00:00'),
  hanoi('2026-12-31 00:00'),
)
const nothing = { agencyId: null, reason: null, rating: null, level: null, batchId: null }
const event = (
  name: string,
  at: string,
  more: Partial<LoggedEvent> & { agency?: string; reason?: string } = {},
): LoggedEvent => {
  const { agency = null, reason = null, ...rest } = more
  return {
    at: hanoi(at),
    event: `report.${name}`,
    actorKind: 'staff',
    agencyId: null,
    toState: null,
    details: { ...nothing, agencyId: agency, reason },
    ...rest,
  }
}
const clock = (
  kind: 'intake' | 'resolution',
  startedAt: string,
  dueAt: string | null,
  stoppedAt: string | null = null,
) => ({
  kind,
  calendarId: 'test',
  startedAt: hanoi(startedAt),
  dueAt: dueAt ? hanoi(dueAt) : null,
  firstDueAt: dueAt ? hanoi(dueAt) : null,
  stoppedAt: stoppedAt ? hanoi(stoppedAt) : null,
  pauses: [],
})
const tell = (events: LoggedEvent[], clocks = [clock('intake', '2026-03-02 08:00', '2026-03-02 17:00')]) =>
  figuresOf({ receivedAt: hanoi('2026-03-02 08:00'), events, clocks }, () => time)

describe('the counted state', () => {
  test('changes by its deadline without any event, and exactly due is in time', () => {
    const { turns } = tell([event('received', '2026-03-02 08:00')])
    expect(countedStateAt(turns, hanoi('2026-03-02 07:59'))).toBeNull()
    expect(countedStateAt(turns, hanoi('2026-03-02 17:00'))).toBe('open_in_time')
    expect(countedStateAt(turns, new Date(hanoi('2026-03-02 17:00').getTime() + 1))).toBe('open_overdue')
  })

  test('ignores an answer that was withdrawn before it was sent', () => {
    const clocks = [
      clock('intake', '2026-03-02 08:00', '2026-03-02 17:00', '2026-03-02 09:00'),
      clock('resolution', '2026-03-02 09:00', '2026-03-04 09:00'),
    ]
    const told = tell(
      [
        event('assigned', '2026-03-02 09:00', { agency: 'a' }),
        event('answered', '2026-03-02 10:00'),
        event('answer_withdrawn', '2026-03-02 10:01'),
      ],
      clocks,
    )
    expect(told.closes).toEqual([])
    expect(told.holdingPeriods).toMatchObject([{ agencyId: 'a', toAt: null }])
    expect(countedStateAt(told.turns, hanoi('2026-03-02 10:00'))).toBe('open_in_time')
  })

  test('leaves the figures while it is merged, and returns', () => {
    const { turns, outSpells } = tell([event('merged', '2026-03-02 09:00'), event('unmerged', '2026-03-02 10:00')])
    expect(['09:00', '10:00'].map((hour) => countedStateAt(turns, hanoi(`2026-03-02 ${hour}`)))).toEqual([
      'merged',
      'open_in_time',
    ])
    expect(outSpells).toEqual([{ from: hanoi('2026-03-02 09:00'), to: hanoi('2026-03-02 10:00') }])
  })

  test('is out of the figures as spam, but not when rejected with an answer', () => {
    const ends = (reason: string) => tell([event('rejected', '2026-03-02 09:00', { reason })]).turns.at(-1)?.to
    expect(['spam', 'test', 'out_of_scope'].map(ends)).toEqual(['spam_or_test', 'spam_or_test', 'refused'])
  })

  test('a reopening is the citizen’s only if they did it themselves or had said that they were dissatisfied', () => {
    const reopened = (rating: 'dissatisfied' | 'satisfied', actorKind: 'staff' | 'citizen') =>
      tell([
        event('answered', '2026-03-02 10:00'),
        event('rated', '2026-03-02 11:00', { details: { ...nothing, rating } }),
        event('reopened', '2026-03-02 12:00', { actorKind }),
      ]).closes[0]?.reopenedByCitizen
    expect([
      reopened('dissatisfied', 'staff'),
      reopened('satisfied', 'staff'),
      reopened('satisfied', 'citizen'),
    ]).toEqual([true, false, true])
  })
})

test('a message to many at once is no first response to anyone', () => {
  const sent = (at: string, batchId: string | null) => event('answer_sent', at, { details: { ...nothing, batchId } })
  expect(tell([sent('2026-03-02 09:00', 'one-for-all')]).firstAnswerAt).toBeNull()
  const both = tell([sent('2026-03-02 09:00', 'one-for-all'), sent('2026-03-02 10:00', null)])
  expect(both).toMatchObject({ firstAnswerAt: hanoi('2026-03-02 10:00'), firstAnswerMinutes: 120 })
})

test('returns from a merge to the successor of its agency, or to the dispatchers, and no one passed it on', () => {
  const merged = [event('assigned', '2026-03-02 09:00', { agency: 'a' }), event('merged', '2026-03-02 10:00')]
  const back = (more: Parameters<typeof event>[2]) => tell([...merged, event('unmerged', '2026-03-03 10:00', more)])
  expect(back({ agency: 'b', toState: 'in_progress' })).toMatchObject({
    agencyId: 'b',
    agencyChanges: 0,
    holdingPeriods: [
      { agencyId: 'a', toAt: hanoi('2026-03-02 10:00') },
      { agencyId: 'b', fromAt: hanoi('2026-03-03 10:00'), toAt: null },
    ],
  })
  expect(back({ toState: 'awaiting_intake' }).holdingPeriods).toMatchObject([
    { agencyId: 'a', toAt: hanoi('2026-03-02 10:00') },
  ])
  expect(back({ toState: 'in_progress' }).holdingPeriods).toMatchObject([
    { agencyId: 'a' },
    { agencyId: 'a', toAt: null },
  ])
})

test('is handed over from an agency that has ended to its successor, and no one passed it on', () => {
  const clocks = [
    clock('intake', '2026-03-02 08:00', '2026-03-02 17:00', '2026-03-02 09:00'),
    clock('resolution', '2026-03-02 09:00', '2026-03-04 09:00'),
  ]
  const handedOver = [
    event('assigned', '2026-03-02 09:00', { agency: 'a' }),
    event('handed_over', '2026-03-03 00:00', { agency: 'b' }),
  ]
  const told = tell(handedOver, clocks)
  expect(told).toMatchObject({ agencyId: 'b', firstAgencyId: 'a', agencyChanges: 0, forwarded: false, pingPong: false })
  expect(told.promises.map(({ agencyId }) => agencyId)).toEqual(['b', 'b'])
  expect(told.holdingPeriods).toMatchObject([
    { agencyId: 'a', toAt: hanoi('2026-03-03 00:00') },
    { agencyId: 'b', toAt: null },
  ])
  const moved = tell([...handedOver, event('transferred', '2026-03-03 10:00', { agency: 'c' })], clocks)
  expect(moved).toMatchObject({ agencyId: 'c', agencyChanges: 1, forwarded: false, pingPong: false })
  const back = tell([...handedOver, event('transferred', '2026-03-03 10:00', { agency: 'a' })], clocks)
  expect(back).toMatchObject({ agencyChanges: 1, pingPong: true })
})

test('a row that bypassed intake, without a promise, counts around the clock', () => {
  const events = [event('received', '2026-03-02 08:00'), event('assigned', '2026-03-02 20:00', { agency: 'a' })]
  const history = { receivedAt: hanoi('2026-03-02 08:00'), events, clocks: [] }
  const told = figuresOf(history, () => {
    throw new Error('no calendar is asked for')
  })
  expect(told).toMatchObject({ intakeMinutes: 720, promises: [] })
})

test('the bounds of the ageing scale agree with counting working time', () => {
  const minutes = fc.integer({ min: 0, max: 60 * 24 * 60 })
  fc.assert(
    fc.property(minutes, fc.integer({ min: 0, max: 60 * 24 * 20 }), (age, later) => {
      const at = new Date(hanoi('2026-06-01 00:00').getTime() + later * 60_000)
      const received = new Date(at.getTime() - age * 60_000)
      const days = Math.floor((time.openBefore(at.getTime()) - time.openBefore(received.getTime())) / (480 * 60_000))
      const { ages } = ageingBounds(at, time)
      const found = ageBuckets.filter((bucket) => {
        const { after, upTo } = ages[bucket]
        return (!after || received > after) && (!upTo || received <= upTo)
      })
      const least = [0, 2, 4, 6, 11, 21].findLastIndex((from) => days >= from)
      expect(found).toEqual([ageBuckets[least]])
    }),
  )
})
