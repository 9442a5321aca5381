import { expect, test } from 'vitest'
import { type DrawnCity, drawCity } from './checks/drawn-city.ts'
import type { ReportRow } from './life.ts'
import { onDuty } from './morning.ts'

/** The reports that nobody at the desk has looked at. */
function newOnes({ city, live }: DrawnCity): ReportRow[] {
  const lately = city.days.slice(-14).flatMap(live)
  return lately.flatMap(({ life: { row, events } }) =>
    row.state === 'awaiting_intake' && events.length === 1 ? [row] : [],
  )
}

const hours: [name: string, today: string, first?: string, reports?: number][] = [
  ['in the middle of a morning', '2026-11-25T09:40'],
  ['late in the afternoon', '2026-11-25T16:50'],
  ['at eleven in the evening', '2026-11-25T23:00'],
  ['just after midnight', '2026-11-26T00:10'],
  ['on a Saturday', '2026-11-21T10:15'],
  ['on a Sunday evening', '2026-11-22T23:00'],
  ['on a Monday morning', '2026-11-23T08:05'],
  ['in the middle of Tết', '2026-02-19T11:00'],
  ['on the first morning after Tết', '2026-02-23T08:20'],
  ['in a larger city', '2026-11-25T14:20', undefined, 100_000],
  ['an hour after the first opening', '2026-11-25T10:45', '2026-11-25T09:40'],
  ['two days after the first opening', '2026-11-27T10:15', '2026-11-25T09:40'],
  ['two days later, on a Sunday night', '2026-11-22T23:40', '2026-11-20T09:40'],
  ['weeks after the first opening', '2027-01-13T16:45', '2026-11-25T09:40'],
]

test.each(hours)('a morning’s work waits %s', async (_, today, first, reports = 24_000) => {
  const waiting = newOnes(await drawCity({ today, first, reports }))
  expect(waiting.length).toBeGreaterThanOrEqual(25)
  expect(waiting.length).toBeLessThanOrEqual(40)
  expect(waiting.filter(({ severity }) => severity === 'urgent').length).toBe(2)
  expect(waiting.filter(({ lon, address }) => lon === null && address !== '').length).toBeGreaterThan(1)
  expect(new Set(waiting.map(({ channel }) => channel)).size).toBeGreaterThan(3)
  expect(new Set(waiting.map(({ categoryCode }) => categoryCode.slice(0, 2))).size).toBeGreaterThan(15)
  const texts = waiting.map(({ title, body }) => `${title} ${body}`)
  expect(new Set(texts).size).toBe(texts.length)
})

test('some of them are about the same matter in the same street', async () => {
  const waiting = newOnes(await drawCity({ today: '2026-11-25T09:40', reports: 24_000 }))
  const groups = Map.groupBy(waiting, ({ categoryCode, address }) => `${categoryCode} ${address}`)
  const sizes = [...groups].filter(([, { length }]) => length > 1).map(([key, { length }]) => [key.slice(0, 5), length])
  expect(sizes.sort()).toEqual([
    ['MT-01', 3],
    ['TN-02', 2],
  ])
})

test('whoever is on duty takes reports in by day where that is possible', () => {
  const hanoi = (local: string) => new Date(`${local}:00+07:00`)
  const at = (after: string, by: string, share: number) => onDuty(hanoi(after), hanoi(by), share).toISOString()
  expect(at('2026-11-21T10:00', '2026-11-21T12:00', 0.5)).toBe(hanoi('2026-11-21T11:00').toISOString())
  expect(at('2026-11-21T20:00', '2026-11-22T08:00', 0.5)).toBe(hanoi('2026-11-21T22:00').toISOString())
  expect(at('2026-11-21T18:00', '2026-11-21T23:50', 0.9)).toBe(hanoi('2026-11-21T21:36').toISOString())
  expect(at('2026-11-22T02:00', '2026-11-22T04:00', 0.5)).toBe(hanoi('2026-11-22T03:00').toISOString())
})
