import { describe, expect, test } from 'vitest'
import { compileCalendar } from '#server/calendars/rules/compiled-calendar.ts'
import type { WorkingCalendar } from '#server/calendars/rules/working-time.ts'
import { minuteMillis } from '#server/calendars/rules/zoned-days.ts'
import { startOfDay } from '#server/platform/rules/local-day.ts'
import { seeded } from './chance.ts'
import { finishesOf } from './desk.ts'
import { fitDesk, type LoggedReport, weekMillis } from './model.ts'
import { parseWhatIf, presentScenario, type Scenario, simulatorOf, whatIfAddress } from './scenario.ts'
import { type AgencyLog, leastDays, whatIfOf } from './what-if.ts'

const officeDay: [number, number][] = [
  [480, 720],
  [780, 1020],
]
const calendar: WorkingCalendar = {
  id: 'office',
  zone: 'Asia/Ho_Chi_Minh',
  versions: [
    {
      validFrom: '2025-01-01',
      validTo: null,
      weekly: { 1: officeDay, 2: officeDay, 3: officeDay, 4: officeDay, 5: officeDay },
    },
  ],
  days: [{ date: '2026-02-17', kind: 'closed', intervals: null }],
}
const until = startOfDay('2026-03-02')
const time = compileCalendar(calendar, new Date('2025-01-01'), until)
const openFrom = (from: number) => time.openBefore(from) / minuteMillis
const instant = (minutes: number) => time.reach(minutes * minuteMillis)

type City = {
  weeks?: number
  perDay?: number
  people?: number
  work?: number
  limits?: readonly number[]
  seed?: number
}

/** A log of people who work on one report after another, what is due first first, for an exponential time each. */
function deskLog(city: City = {}): AgencyLog {
  const { weeks = 52, perDay = 8, people = 2, work = 100, limits = [480, 960], seed = 7 } = city
  const random = seeded(seed)
  const exponential = (mean: number) => -mean * Math.log(1 - random())
  const end = openFrom(until.getTime())
  let at = openFrom(until.getTime() - weeks * weekMillis)
  const items: { at: number; limit: number; length: number }[] = []
  for (at += exponential(480 / perDay); at < end; at += exponential(480 / perDay)) {
    items.push({ at, limit: limits[Math.floor(random() * limits.length)] as number, length: exponential(work) })
  }
  const finishes = finishesOf(
    {
      arrivals: Float64Array.from(items, (item) => item.at),
      due: Float64Array.from(items, (item) => item.at + item.limit),
      lengths: Float64Array.from(items, (item) => item.length),
    },
    people,
  )
  return logOf(
    items.map((item, nth) => ({ ...item, finish: finishes[nth] as number })),
    people,
  )
}

function logOf(items: readonly { at: number; limit: number; finish: number }[], people: number): AgencyLog {
  const reports = items.map(({ at, limit, finish }): LoggedReport => {
    const doneAt = instant(finish)
    return { beganAt: instant(at), dueAt: instant(at + limit), doneAt: doneAt < until.getTime() ? doneAt : null }
  })
  return { reports, workBefore: () => ({ people, minutes: null }) }
}

/** A log in which every report takes as long as chance has it, however many there are. */
function elsewhereLog(): AgencyLog {
  const random = seeded(3)
  const begin = openFrom(until.getTime() - 52 * weekMillis)
  const items = Array.from({ length: 1500 }, (_, nth) => {
    const at = begin + nth * 83
    return { at, limit: 960, finish: at + 1500 * random() ** 2 }
  })
  return logOf(items, 4)
}

const answerOf = (log: AgencyLog) => whatIfOf({ log, calendar, until, isCut: false })
function readyOf(log: AgencyLog) {
  const answer = answerOf(log)
  if (answer.state !== 'ready') throw new Error(answer.state)
  return answer
}

describe('the desk that is found in a log', () => {
  test.each([
    [2, 8, 100],
    [3, 14, 92],
    [1, 4, 108],
  ])('of %i people and %i reports a day is as busy as the one that wrote it', (people, perDay, work) => {
    const { reports, workBefore } = deskLog({ people, perDay, work })
    const from = until.getTime() - 52 * weekMillis
    const model = fitDesk({ reports, work: workBefore(0), from, until: until.getTime(), time })
    expect(model.followsLoad).toBe(true)
    expect(Math.abs(model.busy - (perDay * work) / 480 / people)).toBeLessThanOrEqual(0.1)
  })

  test('is not busy with waiting that does not follow what there is to do', () => {
    const { model } = readyOf(elsewhereLog())
    expect(model.followsLoad).toBe(false)
    const answer = simulatorOf(readyOf(elsewhereLog()))
    const [now, more] = [answer(presentScenario(4)), answer(presentScenario(8))]
    expect(Math.abs((now?.share ?? 0) - (more?.share ?? 1))).toBeLessThan(0.02)
  })
})

describe('held against its last quarter', () => {
  test.each([1, 2, 3, 4, 5])('the simulation of a steady desk (%i) expects about what came', (seed) => {
    const { check } = readyOf(deskLog({ seed, perDay: 8, work: 80 }))
    expect(check.until).toEqual(until)
    expect((until.getTime() - check.from.getTime()) / weekMillis).toBe(13)
    expect(Math.abs(check.predicted.share - check.late / check.due)).toBeLessThan(0.1)
  })

  test('the simulation of a desk that has changed says that it does not fit', () => {
    const { reports, workBefore } = deskLog({ perDay: 7, work: 80 })
    const split = until.getTime() - 13 * weekMillis
    const slower = reports.map((each) => ({ ...each, doneAt: each.beganAt < split ? each.doneAt : null }))
    expect(readyOf({ reports, workBefore }).check.result).toBe('fits')
    expect(readyOf({ reports: slower, workBefore }).check).toMatchObject({ result: 'fails' })
  })

  test('the first three quarters are fitted without knowing the last', () => {
    const log = deskLog()
    const split = until.getTime() - 13 * weekMillis
    const asKnown = log.reports.map((each) =>
      each.doneAt !== null && each.doneAt >= split && each.beganAt < split ? { ...each, doneAt: null } : each,
    )
    expect(readyOf({ ...log, reports: asKnown }).check.predicted).toEqual(readyOf(log).check.predicted)
  })
})

describe('a scenario', () => {
  const ready = readyOf(deskLog({ perDay: 9, people: 2, work: 100, limits: [240, 960] }))
  const answer = simulatorOf(ready)
  const present = presentScenario(2)
  const shareOf = (change: Partial<Scenario>) => answer({ ...present, ...change })?.share ?? Number.NaN

  test('is answered equally each time', () => {
    expect(answer(present)).toEqual(simulatorOf(ready)(present))
  })

  test.each([
    ['more people', [1, 2, 3, 4, 6].map((people) => ({ people }))],
    ['longer limits', [50, 75, 100, 125, 150, 200].map((limits) => ({ limits }))],
    ['longer days', [-120, -60, 0, 60, 120, 240].map((hours) => ({ hours }))],
    ['Saturdays', [{ saturdays: false }, { saturdays: true }]],
  ] as const)('with %s is never later', (_, changes) => {
    const shares = changes.map(shareOf)
    for (const [nth, share] of shares.slice(1).entries()) expect(share).toBeLessThanOrEqual(shares[nth] as number)
    expect(shares.at(-1)).toBeLessThan(shares[0] as number)
  })

  test('has a range around its share, and tells how busy people are', () => {
    const { low, high, share, busy, due } = answer(present) ?? { low: 1, high: 0, share: 0, busy: 0, due: 0 }
    expect(low).toBeLessThan(share)
    expect(high).toBeGreaterThan(share)
    expect(busy).toBeCloseTo(0.93, 0)
    expect(due / 13 / 5).toBeCloseTo(9, -0.5)
    expect(answer({ ...present, people: 4 })?.busy).toBeCloseTo(busy / 2, 5)
  })

  test('that leaves too little time for the work grows late without end', () => {
    expect(answer({ ...present, people: 1 })?.busy).toBeGreaterThan(1)
    expect(shareOf({ people: 1 })).toBeGreaterThan(0.8)
  })

  test('is in its address, and what is out of reach is as it is at present', () => {
    const scenario = { agency: 'so-xay-dung', people: 5, limits: 125, hours: -60, saturdays: true }
    const address = whatIfAddress(scenario)
    expect(address).toBe('/insights/what-if?agency=so-xay-dung&people=5&limits=125&hours=-60&saturdays=yes')
    expect(parseWhatIf(Object.fromEntries(new URLSearchParams(address.split('?')[1])))).toEqual(scenario)
    const untouched = { agency: null, people: null, limits: 100, hours: 0, saturdays: false }
    expect(parseWhatIf({ people: '0', limits: '101', hours: '9999', saturdays: 'maybe', agency: '../' })).toEqual(
      untouched,
    )
    expect(whatIfAddress(untouched)).toBe('/insights/what-if')
  })
})

test('a log that begins with a trickle is taken from when reports came as they do now', () => {
  const steady = deskLog({ weeks: 30 })
  const since = until.getTime() - 52 * weekMillis
  const trickle = Array.from({ length: 20 }, (_, week): LoggedReport => {
    const beganAt = since + week * weekMillis
    return { beganAt, dueAt: beganAt + weekMillis, doneAt: beganAt }
  })
  expect(readyOf({ ...steady, reports: [...trickle, ...steady.reports] }).weeks).toBeLessThanOrEqual(33)
  expect(readyOf(deskLog({ weeks: 52 })).weeks).toBeGreaterThanOrEqual(51)
})

describe('no simulation', () => {
  test(`of fewer than ${leastDays} days`, () => {
    expect(answerOf(deskLog({ weeks: 17 }))).toEqual({ state: 'short', days: expect.any(Number) })
    expect(answerOf(deskLog({ weeks: 18 })).state).toBe('ready')
    expect(answerOf({ reports: [], workBefore: () => ({ people: 1, minutes: null }) })).toEqual({
      state: 'short',
      days: 0,
    })
  })

  test('of more reports than are read, unless they cover the days needed', () => {
    const log = deskLog({ weeks: 10 })
    expect(whatIfOf({ log, calendar, until, isCut: true })).toEqual({ state: 'crowded' })
  })

  test('of too few reports', () => {
    expect(answerOf(deskLog({ perDay: 0.2 }))).toMatchObject({ state: 'few' })
  })
})
