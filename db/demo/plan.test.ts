import { expect, test } from 'vitest'
import { isOpen } from '#server/reports/rules/lifecycle.ts'
import { undoMillis } from './chapters/answering.ts'
import { type DrawnCity, drawCity } from './checks/drawn-city.ts'
import { isOneLeft, type LivedReport } from './days.ts'
import type { ReportRow } from './life.ts'
import { cityWorkingTime } from './plan.ts'
import { pressEnd } from './press.ts'
import { type DayPlan, isWorkingDay, momentsOf, pressDay, stormDays } from './rates.ts'
import { shownAgencies } from './staff.ts'

const today = '2026-11-25T09:40'

const planOf = ({ city }: DrawnCity, day: string): DayPlan => {
  const plan = city.days.find((known) => known.day === day)
  if (!plan) throw new Error(`no plan for ${day}`)
  return plan
}
/** Everything that is written for a report, except its numbers. */
const writtenOf = ({ life, ...rest }: LivedReport) => {
  const { row, events, notes, messages, answers, requests, photos } = life
  return { ...rest, row, events, notes, messages, answers, requests, photos, clocks: life.clockRows() }
}

test.each([12_000, 24_000, 40_000, 1_000_000])('the city has exactly %i reports', async (reports) => {
  const { world, city } = await drawCity({ today, reports })
  const lived = city.days.map((plan) => momentsOf(world.seed, plan).filter(({ at }) => at <= world.today).length)
  expect(lived.reduce((sum, count) => sum + count, 0)).toBe(reports)
})

test.each(['2026-02-21T10:00', '2026-03-02T08:10', '2026-05-04T23:50'])(
  'also around the holidays, on %s',
  async (day) => {
    const { world, city } = await drawCity({ today: day })
    const lived = city.days.map((plan) => momentsOf(world.seed, plan).filter(({ at }) => at <= world.today).length)
    expect(lived.reduce((sum, count) => sum + count, 0)).toBe(12_000)
  },
)

const usual = 24_000

test.each(['2026-11-25T09:40', '2026-05-04T23:50', '2027-03-05T08:10', '2027-09-06T12:00'])(
  'the usual city has even days, with fewer reports on days off, seen from %s',
  async (day) => {
    const { world, city } = await drawCity({ today: day, reports: usual })
    const working = cityWorkingTime(world)
    const year = city.days.slice(-400)
    const [busy, quiet] = [true, false].map((wanted) =>
      year.filter((plan) => isWorkingDay(plan.day, working) === wanted).map(({ reports }) => reports),
    )
    expect(Math.min(...(busy ?? []))).toBeGreaterThanOrEqual(35)
    expect(Math.max(...(busy ?? []))).toBeLessThanOrEqual(51)
    expect(Math.min(...(quiet ?? []))).toBeGreaterThanOrEqual(13)
    expect(Math.max(...(quiet ?? []))).toBeLessThanOrEqual(23)
    expect(quiet?.length).toBeGreaterThan(110)
    const received = (from: number, to: number) => year.slice(from, to).reduce((sum, { reports }) => sum + reports, 0)
    expect(received(0, 400) / 400).toBeGreaterThan(33)
    for (let end = -1; end > -340; end -= 7) {
      const change = received(end - 30, end) / received(end - 60, end - 30) - 1
      expect(Math.abs(change), `thirty days up to ${year.at(end)?.day}`).toBeLessThan(0.25)
    }
  },
)

test('also the days after the first seeding are even', async () => {
  const { city } = await drawCity({ today: '2027-01-13T16:45', first: today, reports: usual })
  const received = (from: number, to: number) =>
    city.days.slice(from, to).reduce((sum, { reports }) => sum + reports, 0)
  expect(received(-31, -1) / received(-61, -31)).toBeGreaterThan(0.75)
  expect(received(-31, -1) / received(-61, -31)).toBeLessThan(1.25)
})

test('the shown agencies and the categories have as many reports in one month as in the month before', async () => {
  const drawn = await drawCity({ today: '2026-11-29T18:30', reports: usual })
  const [now, before] = [drawn.city.days.slice(-31, -1), drawn.city.days.slice(-61, -31)].map((days) =>
    days.flatMap(drawn.live).map(({ life }) => life.row),
  )
  const parts: ((row: ReportRow) => boolean)[] = [
    ...Object.values(shownAgencies).map((id) => (row: ReportRow) => (row.heldBy ?? []).includes(id)),
    ...['DT', 'GT', 'MT', 'CX'].map((group) => (row: ReportRow) => row.categoryCode.startsWith(group)),
  ]
  for (const [at, isIn] of parts.entries()) {
    const change = (now?.filter(isIn).length ?? 0) / (before?.filter(isIn).length ?? 1)
    expect(change, `part ${at}`).toBeGreaterThan(0.6)
    expect(change, `part ${at}`).toBeLessThan(1.6)
  }
})

test('a large city has at most 300 in the last weeks, a small one 2,600', async () => {
  const current = async (reports: number) => {
    const { city } = await drawCity({ today, reports })
    return city.days.filter(({ day, isThinned }) => day > pressDay && !isThinned)
  }
  const [small, large] = [await current(12_000), await current(1_000_000)]
  expect([small.length, large.length]).toEqual([21, 21])
  expect(small.reduce((sum, { reports }) => sum + reports, 0)).toBe(2_600)
  expect(large.filter(({ reports }) => reports > 200 && reports < 350).length).toBe(15)
})

test('the press window and the last fifteen working days are independent of the size', async () => {
  const [small, large] = [await drawCity({ today, reports: usual }), await drawCity({ today, reports: 26_000 })]
  const fixed = ({ city }: DrawnCity) => city.days.filter(({ isThinned }) => !isThinned)
  expect(fixed(small)).toEqual(fixed(large))
  expect(fixed(small).filter(({ day }) => day > pressDay).length).toBe(21)
  for (const day of [
    '2024-06-28',
    '2024-09-08',
    '2024-10-02',
    '2026-11-05',
    '2026-11-21',
    '2026-11-24',
    '2026-11-25',
  ]) {
    expect(small.live(planOf(small, day)).map(writtenOf), day).toEqual(large.live(planOf(large, day)).map(writtenOf))
  }
})

test('the same seed gives the same city, another seed another one', async () => {
  const [one, again, other] = await Promise.all([
    drawCity({ today }),
    drawCity({ today }),
    drawCity({ today, seed: 'hanoi/2' }),
  ])
  expect(one.city.days).toEqual(again.city.days)
  expect(one.city.days).not.toEqual(other.city.days)
  const written = (drawn: DrawnCity) => drawn.live(planOf(drawn, '2026-11-24')).map(writtenOf)
  expect(written(one)).toEqual(written(again))
  expect(written(one)).not.toEqual(written(other))
})

test.each(['hanoi/2', 'hanoi/19'])('the published share is also reached with the seed %s', async (seed) => {
  const drawn = await drawCity({ today, seed })
  let [received, handled, storm] = [0, 0, 0]
  for (const plan of drawn.city.days.filter(({ day }) => day <= pressDay)) {
    for (const { life } of drawn.live(plan)) {
      const events = life.events.filter(({ at }) => at < pressEnd)
      const last = events.findLast(({ toState }) => toState)
      const reason = events.find(({ event }) => event === 'report.rejected')?.details?.reason
      if (last?.toState === 'merged' || reason === 'spam' || reason === 'test') continue
      const isHandled = last?.toState === 'answered' || last?.toState === 'closed'
      received += 1
      handled += isHandled ? 1 : 0
      if (life.row.incidentId === drawn.world.incidents.yagi.id) {
        expect(isHandled).toBe(true)
        expect(stormDays).toContain(plan.day)
        storm += 1
      }
    }
  }
  expect(received).toBeGreaterThan(9_000)
  expect(Math.floor((100 * handled) / received)).toBe(75)
  expect(storm).toBe(110)
})

test('the backlog does not grow with the city: the same few reports of the thinned days are open', async () => {
  const [small, large] = [await drawCity({ today, reports: 25_000 }), await drawCity({ today, reports: 1_000_000 })]
  const left = ({ world, city }: DrawnCity) => city.days.filter((plan) => isOneLeft(world, plan)).map(({ day }) => day)
  expect(left(large)).toEqual(left(small))
  expect(left(large).length).toBeGreaterThan(10)
  const thinned = large.city.days.filter(({ isThinned }) => isThinned)
  expect(thinned.at(-1)?.reports).toBeGreaterThan(400)
  for (const plan of thinned.slice(-3)) {
    const open = large.live(plan).filter(({ life }) => isOpen(life.row.state))
    expect(open.length, plan.day).toBe(isOneLeft(large.world, plan) ? 1 : 0)
  }
})

test('a history generated up to an earlier hour is the beginning of the same history', async () => {
  const later = await drawCity({ today: '2026-11-30T15:05', first: today })
  const earlier = await drawCity({ today })
  for (const plan of earlier.city.days.filter(({ day }) => day >= '2026-11-10')) {
    const then = earlier.live(plan)
    const now = later.live(plan)
    for (const [place, { life }] of then.entries()) {
      const grown = now[place]?.life.events ?? []
      expect(grown.slice(0, life.events.length)).toEqual(life.events)
      // An answer that could not be sent yet appears a little later.
      const past = grown.filter(({ at }) => at.getTime() <= earlier.world.today.getTime() - undoMillis)
      expect(past.length).toBeLessThanOrEqual(life.events.length)
    }
  }
})

test.each(['2024-10-02T17:00', '2024-10-04T09:00', '2025-07-02T09:00'])(
  'a city that ends on %s can be drawn',
  async (day) => {
    const drawn = await drawCity({ today: day })
    const lately = drawn.city.days.slice(-6).flatMap(drawn.live)
    expect(lately.length).toBeGreaterThan(150)
    expect(lately.some(({ life }) => life.row.state === 'in_progress')).toBe(true)
  },
)
