import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Clock,
  continueClock,
  deadlineOf,
  deadlineStateOf,
  dueOf,
  elapsedMinutes,
  extendClock,
  firstDueOf,
  pauseClock,
  remainingMinutes,
  reopenedClock,
  resolutionMinutes,
  resumeClock,
  retargetClock,
  soonAt,
  startClock,
  stopClock,
  switchTime,
} from './deadlines.ts'
import { calendarOf, compiled, hanoi, splitWeek, worked } from './test-calendars.ts'
import { alwaysOpen, dueAt, openMinutesBetween } from './working-time.ts'

// 08:00–12:00 and 13:30–17:30, with one make-up Saturday the week after.
const working = compiled(calendarOf(splitWeek, [worked('2026-09-12')]))
const friday = (time: string) => hanoi(`2026-09-04 ${time}`)
const saturday = (time: string) => hanoi(`2026-09-05 ${time}`)
const monday = (time: string) => hanoi(`2026-09-07 ${time}`)
const tuesday = (time: string) => hanoi(`2026-09-08 ${time}`)

const clock = startClock('resolution', friday('14:30'), 480)

describe('a clock that simply runs', () => {
  test('is due when its target has passed and soon when a quarter is left', () => {
    expect(dueOf(clock, working)).toEqual(monday('14:30'))
    expect(soonAt(clock, working)).toEqual(monday('11:00'))
  })

  test('returns what is left, negative once overdue', () => {
    expect(remainingMinutes(clock, friday('14:30'), working)).toBe(480)
    expect(remainingMinutes(clock, saturday('10:00'), working)).toBe(300)
    expect(remainingMinutes(clock, monday('14:30'), working)).toBe(0)
    expect(remainingMinutes(clock, tuesday('09:30'), working)).toBe(-270)
  })

  test('counts day and night if set to `always`', () => {
    expect(dueOf({ ...clock, time: 'always' }, working)).toEqual(friday('22:30'))
  })

  test('a transfer does not change it: the time at the first agency is spent', () => {
    expect(remainingMinutes(clock, monday('09:00'), working)).toBe(240)
  })
})

describe('pausing', () => {
  const paused = pauseClock(clock, friday('16:30'), 'awaiting_citizen')

  test('a paused clock has no due instant and keeps what was left', () => {
    expect(dueOf(paused, working)).toBeNull()
    expect(soonAt(paused, working)).toBeNull()
    expect(remainingMinutes(paused, tuesday('17:00'), working)).toBe(360)
    expect(deadlineOf(paused, working)).toEqual({ dueAt: null, soonAt: null, pausedAt: friday('16:30') })
  })

  test('resumed, it is due later by the working time of the pause', () => {
    const resumed = resumeClock(paused, monday('10:00'))
    expect(dueOf(resumed, working)).toEqual(monday('17:30'))
    expect(resumed.pauses).toEqual([{ from: friday('16:30'), to: monday('10:00'), reason: 'awaiting_citizen' }])
  })

  test('a pause over closed time only moves nothing', () => {
    const overnight = resumeClock(pauseClock(clock, friday('18:00'), 'x'), monday('07:00'))
    expect(dueOf(overnight, working)).toEqual(dueOf(clock, working))
  })

  test('several pauses add up', () => {
    const twice = pauseClock(resumeClock(paused, friday('17:00')), monday('08:00'), 'other agency')
    expect(dueOf(resumeClock(twice, monday('09:00')), working)).toEqual(monday('16:00'))
  })

  test('a pause granted after the due instant does not reduce the lateness', () => {
    const late = resumeClock(pauseClock(clock, tuesday('08:00'), 'x'), tuesday('10:00'))
    expect(dueOf(late, working)).toEqual(monday('14:30'))
    expect(remainingMinutes(late, tuesday('11:00'), working)).toBe(-360)
  })

  test('only a running clock is paused, only a paused one resumed', () => {
    expect(() => pauseClock(paused, monday('08:00'), 'x')).toThrow('clock_paused')
    expect(() => resumeClock(clock, monday('08:00'))).toThrow('clock_not_paused')
    expect(() => resumeClock(resumeClock(paused, monday('08:00')), monday('09:00'))).toThrow('clock_not_paused')
  })

  test('an instant slightly before the last one counts as that one', () => {
    const resumed = resumeClock(paused, new Date(friday('16:30').getTime() - 1))
    expect(dueOf(resumed, working)).toEqual(dueOf(clock, working))
  })

  test('a pause of some working minutes moves the due instant by exactly these', () => {
    const minute = (max: number) => fc.integer({ min: 1, max })
    fc.assert(
      fc.property(minute(5000), minute(5000), minute(20_000), minute(20_000), (target, start, until, length) => {
        const startedAt = new Date(hanoi('2026-09-01 00:00').getTime() + start * 60_000)
        const running = startClock('resolution', startedAt, target)
        const due = dueAt(startedAt, target, working)
        const from = new Date(startedAt.getTime() + until * 60_000)
        fc.pre(from < due)
        const to = new Date(from.getTime() + length * 60_000)
        const moved = openMinutesBetween(from, to, working)
        const later = dueOf(resumeClock(pauseClock(running, from, 'x'), to), working)
        expect(later).toEqual(moved === 0 ? due : dueAt(due, moved, working))
        expect(later && openMinutesBetween(due, later, working)).toBe(moved)
      }),
    )
  })
})

describe('extension and a new target', () => {
  const extended = extendClock(clock, 120)

  test('an extension is added to the target; the first promise is kept', () => {
    expect(dueOf(extended, working)).toEqual(monday('16:30'))
    expect(firstDueOf(extended, working)).toEqual(monday('14:30'))
    expect(soonAt(extended, working)).toEqual(dueAt(friday('14:30'), 450, working))
  })

  test('an extension granted once overdue makes the report timely again', () => {
    expect(remainingMinutes(extendClock(clock, 480), tuesday('09:30'), working)).toBe(210)
  })

  test('a graver severity is due earlier, the time spent stays spent', () => {
    const urgent = retargetClock(clock, 240)
    expect(dueOf(urgent, working)).toEqual(monday('09:00'))
    expect(remainingMinutes(urgent, monday('08:30'), working)).toBe(30)
  })

  test('if more is spent than the new target, it fell due in the past', () => {
    const urgent = retargetClock(clock, 60)
    expect(dueOf(urgent, working)).toEqual(friday('15:30'))
    expect(remainingMinutes(urgent, monday('09:00'), working)).toBe(-180)
  })

  test('a new target keeps the extensions granted', () => {
    expect(retargetClock(extended, 960).targetMinutes).toBe(1080)
    expect(firstDueOf(retargetClock(extended, 240), working)).toEqual(monday('09:00'))
  })
})

describe('emergency mode', () => {
  test('from the switch on the minutes left run day and night', () => {
    const storm = switchTime(clock, 'always', saturday('10:00'))
    expect(remainingMinutes(storm, saturday('10:00'), working)).toBe(300)
    expect(dueOf(storm, working)).toEqual(saturday('15:00'))
    expect(soonAt(storm, working)).toEqual(saturday('13:00'))
  })

  test('switched off, the nights that ran under it stay spent', () => {
    const storm = switchTime(clock, 'always', friday('20:00'))
    const calm = switchTime(storm, 'working', friday('22:00'))
    expect(remainingMinutes(calm, friday('22:00'), working)).toBe(180)
    expect(dueOf(calm, working)).toEqual(monday('11:00'))
  })

  test('an overdue clock keeps its due instant', () => {
    const storm = switchTime(clock, 'always', tuesday('09:00'))
    expect(dueOf(storm, working)).toEqual(monday('14:30'))
    expect(remainingMinutes(storm, tuesday('09:30'), working)).toBe(-19 * 60)
  })

  test('a pause continues through the switch', () => {
    const paused = pauseClock(clock, friday('16:30'), 'x')
    const resumed = resumeClock(switchTime(paused, 'always', saturday('10:00')), saturday('12:00'))
    expect(dueOf(resumed, working)).toEqual(saturday('18:00'))
  })

  test('switching twice, or a clock that has stopped, changes nothing', () => {
    const storm = switchTime(clock, 'always', saturday('10:00'))
    expect(switchTime(storm, 'always', saturday('11:00'))).toBe(storm)
    const stopped = stopClock(clock, friday('15:00'))
    expect(switchTime(stopped, 'always', saturday('11:00'))).toBe(stopped)
  })

  test('a clock started in emergency mode runs day and night from the start', () => {
    expect(switchTime(clock, 'always', clock.startedAt)).toEqual({ ...clock, time: 'always' })
  })

  test('however often it is switched, the target is used up exactly at the due instant', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 6000 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 4000 }),
        (cuts, target) => {
          const switched = cuts
            .toSorted((a, b) => a - b)
            .reduce<Clock>(
              (current, minute) =>
                switchTime(
                  current,
                  current.time === 'working' ? 'always' : 'working',
                  new Date(current.startedAt.getTime() + minute * 60_000),
                ),
              startClock('resolution', friday('14:30'), target),
            )
          const due = dueOf(switched, working) ?? new Date(Number.NaN)
          expect(elapsedMinutes(switched, due, working)).toBe(target)
          expect(due >= dueAt(friday('14:30'), target, alwaysOpen)).toBe(true)
          expect(due <= dueAt(friday('14:30'), target, working)).toBe(true)
        },
      ),
    )
  })
})

describe('stopping and reopening', () => {
  test('a stopped clock keeps its due instant and what was left', () => {
    const stopped = stopClock(clock, monday('09:00'))
    expect(dueOf(stopped, working)).toEqual(monday('14:30'))
    expect(soonAt(stopped, working)).toBeNull()
    expect(remainingMinutes(stopped, tuesday('09:00'), working)).toBe(240)
    expect(deadlineOf(stopped, working)).toEqual({ dueAt: null, soonAt: null, pausedAt: null })
  })

  test('nothing more happens to a stopped clock', () => {
    const stopped = stopClock(clock, monday('09:00'))
    expect(() => stopClock(stopped, monday('10:00'))).toThrow('clock_stopped')
    expect(() => pauseClock(stopped, monday('10:00'), 'x')).toThrow('clock_stopped')
    expect(() => resumeClock(stopped, monday('10:00'))).toThrow('clock_stopped')
    expect(() => extendClock(stopped, 60)).toThrow('clock_stopped')
    expect(() => retargetClock(stopped, 60)).toThrow('clock_stopped')
  })

  test('stopped while paused, the pause counts up to the stop; continued, it is paused as before', () => {
    const paused = pauseClock(clock, friday('16:30'), 'x')
    const stopped = stopClock(paused, monday('10:00'))
    expect(dueOf(stopped, working)).toEqual(monday('17:30'))
    expect(remainingMinutes(stopped, tuesday('09:00'), working)).toBe(360)
    expect(continueClock(stopped)).toEqual(paused)
  })

  test('an answer withdrawn before it was sent never stopped the clock', () => {
    expect(continueClock(stopClock(clock, monday('09:00')))).toEqual(clock)
  })

  test('reopened with much left, the rest is the new target', () => {
    const long = stopClock(startClock('resolution', friday('14:30'), 2400), monday('09:00'))
    expect(reopenedClock(long, tuesday('09:00'), working, 480)).toEqual(
      startClock('resolution', tuesday('09:00'), 2160),
    )
  })

  test.each([
    ['little left', monday('09:00')],
    ['overdue', tuesday('17:00')],
  ])('reopened with %s, there is a whole working day', (_name, stoppedAt) => {
    const again = reopenedClock(stopClock(clock, stoppedAt), hanoi('2026-09-11 16:30'), working, 480)
    expect(again.targetMinutes).toBe(480)
    // Saturday the 12th is a make-up day.
    expect(dueOf(again, working)).toEqual(hanoi('2026-09-12 16:30'))
  })
})

describe('the deadline state of a report', () => {
  const standing = (at: Date, of: Clock = clock) => deadlineStateOf(deadlineOf(of, working), at, working)

  test.each([
    ['in time with more than a quarter left', monday('10:59'), { kind: 'in_time', minutes: 121 }],
    ['soon with exactly a quarter left', monday('11:00'), { kind: 'soon', minutes: 120 }],
    ['not late at the due instant itself', monday('14:30'), { kind: 'soon', minutes: 0 }],
    ['overdue a minute later', monday('14:31'), { kind: 'overdue', minutes: 1 }],
    ['overdue by working minutes only', tuesday('08:30'), { kind: 'overdue', minutes: 210 }],
  ])('%s', (_name, at, expected) => {
    expect(standing(at)).toEqual(expected)
    expect(Math.abs(remainingMinutes(clock, at, working))).toBe(expected.minutes)
  })

  test('due at closing time, it is overdue that evening by zero minutes', () => {
    expect(standing(friday('18:00'), startClock('intake', friday('09:30'), 390))).toEqual({
      kind: 'overdue',
      minutes: 0,
    })
  })

  test('paused, and stopped', () => {
    expect(standing(monday('09:00'), pauseClock(clock, friday('16:30'), 'x')).kind).toBe('paused')
    expect(standing(monday('09:00'), stopClock(clock, friday('16:30'))).kind).toBe('none')
  })
})

test.each([
  ['urgent', { normalMinutes: 2400, urgentMinutes: 240, complexMinutes: null }, 240],
  ['urgent', { normalMinutes: 2400, urgentMinutes: null, complexMinutes: null }, 240],
  ['normal', { normalMinutes: 1440, urgentMinutes: 120, complexMinutes: null }, 1440],
  ['complex', { normalMinutes: 1440, urgentMinutes: 120, complexMinutes: null }, 2880],
  ['complex', { normalMinutes: 1440, urgentMinutes: 120, complexMinutes: 4800 }, 4800],
] as const)('the limit of a category for %s reports', (severity, limits, minutes) => {
  expect(resolutionMinutes(limits, severity)).toBe(minutes)
})
