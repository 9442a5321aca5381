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
  figuresOf({ receivedAt: hanoi('2026-03-02 08:00'), events, clocks, cityCalendarId: 'test' }, () => time)

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

describe('a decision that was taken back', () => {
  /** Two agencies, a return, an answer, a reopening: whatever the figures count. */
  const life = [
    event('received', '2026-03-02 08:00'),
    event('assigned', '2026-03-02 09:00', { agency: 'a', toState: 'awaiting_acceptance' }),
    event('returned', '2026-03-02 09:30', { toState: 'awaiting_intake' }),
    event('assigned', '2026-03-02 10:00', { agency: 'b', toState: 'awaiting_acceptance' }),
    event('accepted', '2026-03-02 10:30', { toState: 'in_progress' }),
    event('citizen_asked', '2026-03-02 11:00', { toState: 'awaiting_citizen' }),
    event('citizen_replied', '2026-03-02 11:30', { toState: 'in_progress' }),
    event('answered', '2026-03-02 13:00', { toState: 'answered' }),
    event('answer_sent', '2026-03-02 13:01'),
    event('rated', '2026-03-02 14:00', { toState: 'closed', details: { ...nothing, rating: 'dissatisfied' } }),
    event('reopened', '2026-03-02 15:00', { toState: 'in_progress' }),
  ].map((one, place) => ({ ...one, version: place + 1 }))
  const decisions = [
    event('assigned', '2026-03-02 09:10', { agency: 'wrong', toState: 'awaiting_acceptance' }),
    event('transferred', '2026-03-02 10:10', { agency: 'wrong', toState: 'awaiting_acceptance' }),
    event('returned', '2026-03-02 10:20', { toState: 'awaiting_intake' }),
    event('citizen_asked', '2026-03-02 09:05', { toState: 'awaiting_citizen' }),
    event('answer_submitted', '2026-03-02 12:00', { toState: 'awaiting_approval' }),
    event('rated', '2026-03-02 14:30', { toState: 'closed', details: { ...nothing, rating: 'satisfied' } }),
    event('reopened', '2026-03-02 14:10', { toState: 'in_progress' }),
  ]

  test('leaves no trace in the figures, wherever in the life of the report and however often', () => {
    const mistakes = fc.array(fc.tuple(fc.nat(life.length), fc.constantFrom(...decisions)), { maxLength: 5 })
    fc.assert(
      fc.property(mistakes, (made) => {
        const versions = { next: 100 }
        const told = life.flatMap((one, place) => {
          const here = made
            .filter(([at]) => at === place)
            .flatMap(([, decision]) => {
              const version = versions.next++
              const back = event('taken_back', '2026-03-02 12:00', { toState: one.toState, undoes: version })
              return [
                { ...decision, version },
                { ...back, version: versions.next++ },
              ]
            })
          return [...here, one]
        })
        expect(tell(told)).toEqual(tell(life))
      }),
    )
  })

  test('and only that one: the decision that is made again counts', () => {
    const again = [
      event('assigned', '2026-03-02 09:00', { agency: 'a', version: 2 }),
      event('taken_back', '2026-03-02 09:00', { undoes: 2, version: 3 }),
      event('assigned', '2026-03-02 09:01', { agency: 'b', version: 4 }),
    ]
    expect(tell(again)).toMatchObject({ agencyId: 'b', assignedAt: hanoi('2026-03-02 09:01'), agencyChanges: 0 })
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
  const history = { receivedAt: hanoi('2026-03-02 08:00'), events, clocks: [], cityCalendarId: null }
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
