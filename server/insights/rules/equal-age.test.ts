import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileCalendar } from '#server/calendars/rules/compiled-calendar.ts'
import { calendarOf, hanoi, officeWeek } from '#server/calendars/rules/test-calendars.ts'
import { equalAgesOf } from './equal-age.ts'
import type { Holder } from './holders.ts'
import type { Phase } from './phases.ts'

const time = compileCalendar(
  calendarOf(officeWeek([480, 720], [780, 1020])),
  hanoi('2026-02-01 00:00'),
  hanoi('2026-12-31 00:00'),
)
/** A Thursday: three working days end on Monday evening, five on Wednesday evening. */
const receivedAt = hanoi('2026-03-05 08:00')
const closedAt = (at: string): Phase => ({
  at: hanoi(at),
  phase: 'answered',
  agencyId: 'a',
  reopened: null,
  rating: null,
  outcomes: [],
})
const open = (at: string): Phase => ({ at: hanoi(at), phase: 'open' })
const holders: Holder[] = []
const told = (phases: Phase[], firstAnswerAt: string | null = null) =>
  equalAgesOf(
    {
      receivedAt,
      firstAnswerAt: firstAnswerAt ? hanoi(firstAnswerAt) : null,
      phases: [{ at: receivedAt, phase: 'open' }, ...phases],
      holders,
    },
    time,
  )

test('weekends are no working days, and the last minute of the age counts', () => {
  const [answered, closed] = told([closedAt('2026-03-11 17:00')], '2026-03-09 17:00')
  expect(answered).toMatchObject({ kind: 'answer_age', dueAt: hanoi('2026-03-09 17:00') })
  expect(closed).toMatchObject({ kind: 'close_age', dueAt: hanoi('2026-03-11 17:00') })
  expect([answered?.doneAt, closed?.doneAt]).toEqual([hanoi('2026-03-09 17:00'), hanoi('2026-03-11 17:00')])
})

test.each<[string, Phase[], string | null]>([
  [
    'closed and opened again before the age is not closed',
    [closedAt('2026-03-05 10:00'), open('2026-03-06 08:00')],
    null,
  ],
  [
    'closed again by then is closed',
    [closedAt('2026-03-05 10:00'), open('2026-03-06 08:00'), closedAt('2026-03-10 08:00')],
    '2026-03-10 08:00',
  ],
  [
    'what happens after the age changes nothing',
    [closedAt('2026-03-05 10:00'), open('2026-03-12 08:00')],
    '2026-03-05 10:00',
  ],
  ['closed after the age is not closed', [closedAt('2026-03-12 08:00')], null],
])('%s', (_, phases, at) => {
  expect(told(phases)[1]?.doneAt ?? null).toEqual(at && hanoi(at))
})

test('whatever is answered or closed later, an older or younger report says the same', () => {
  const minutes = fc.integer({ min: 1, max: 60 * 24 * 20 })
  fc.assert(
    fc.property(minutes, (after) => {
      const at = new Date(hanoi('2026-03-11 17:00').getTime() + after * 60_000)
      const late: Phase = { ...closedAt('2026-03-12 08:00'), at }
      expect(told([late]).map(({ doneAt }) => doneAt)).toEqual([null, null])
    }),
  )
})
