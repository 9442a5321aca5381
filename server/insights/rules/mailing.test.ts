import { describe, expect, test } from 'vitest'
import { hanoi, isWorkingDayOf2026 as isWorkingDay } from '#server/calendars/rules/test-calendars.ts'
import { isAllowedAddress } from '#server/platform/rules/mail-domain.ts'
import { latestRunAt, nextAttemptAt, nextRunAt, standingOf, unsentSince } from './mailing.ts'

const always = () => true
const monday = { edition: 'weekly', day: 1, minute: 450, onWorkingDays: false } as const
const daily = { ...monday, edition: 'daily' } as const

test.for([
  ['handed over', { state: 'sent', sentTo: ['a'] }, true, 'sent'],
  ['handed over, the server gone since', { state: 'sent', sentTo: ['a'] }, false, 'sent'],
  ['handed over to no one', { state: 'sent' }, true, 'unsent'],
  ['left out for want of a server', { state: 'skipped', leftOut: [{ why: 'no_server' }] }, true, 'unsent'],
  ['left out for want of reports', { state: 'skipped', leftOut: [{ why: 'empty' }] }, false, 'skipped'],
  ['waiting', { state: 'waiting' }, true, 'waiting'],
  ['waiting without a server', { state: 'waiting' }, false, 'unsent'],
  ['claimed before the server went', { state: 'running' }, false, 'unsent'],
  ['tried again', { state: 'waiting', error: 'refused' }, true, 'retrying'],
  ['unknown', { state: 'unsure' }, false, 'unsure'],
] as const)('a run %s is told as such', ([, run, hasServer, standing]) => {
  expect(standingOf({ error: null, sentTo: [], leftOut: [], ...run }, hasServer)).toBe(standing)
})

test('a mailing that is due without a mail server is not sent', () => {
  const due = { isActive: true, edition: 'daily', nextAt: hanoi('2026-03-02 07:00') } as const
  const now = hanoi('2026-03-02 07:00')
  expect(unsentSince(due, false, now)).toEqual(due.nextAt)
  expect(unsentSince(due, true, now)).toBeNull()
  expect(unsentSince({ ...due, isActive: false }, false, now)).toBeNull()
  expect(unsentSince(due, false, hanoi('2026-03-02 06:59'))).toBeNull()
})

describe('the next time', () => {
  test.for([
    ['a week later, at the very minute', monday, '2026-03-02 07:30', '2026-03-09 07:30'],
    ['today, a minute before', monday, '2026-03-02 07:29', '2026-03-02 07:30'],
    ['across the new year', monday, '2026-12-31 23:00', '2027-01-04 07:30'],
    ['at midnight it is the new day', { ...monday, minute: 0 }, '2026-03-01 23:59', '2026-03-02 00:00'],
    ['in the last minute of the day', { ...monday, minute: 1439 }, '2026-03-02 08:00', '2026-03-02 23:59'],
    ['a weekday beyond Sunday is Sunday', { ...monday, day: 31 }, '2026-03-02 08:00', '2026-03-08 07:30'],
    ['the summer time of other places moves nothing', monday, '2026-03-29 07:30', '2026-03-30 07:30'],
  ] as const)('%s', ([, rhythm, after, expected]) => {
    expect(nextRunAt(rhythm, hanoi(after), always)).toEqual(hanoi(expected))
  })

  test.for([
    ['2026-01-30 08:00', '2026-01-31 07:30'],
    ['2026-01-31 07:30', '2026-02-28 07:30'],
    ['2026-02-28 07:30', '2026-03-31 07:30'],
    ['2028-02-01 00:00', '2028-02-29 07:30'],
    ['2026-03-31 07:30', '2026-04-30 07:30'],
  ] as const)('of the 31st after %s is the last of the month: %s', ([after, expected]) => {
    const rhythm = { edition: 'monthly', day: 31, minute: 450, onWorkingDays: false } as const
    expect(nextRunAt(rhythm, hanoi(after), always)).toEqual(hanoi(expected))
  })

  test.for([
    ['the same day, a minute before', '2026-03-02 07:29', '2026-03-02 07:30'],
    ['the next day, at the very minute', '2026-03-02 07:30', '2026-03-03 07:30'],
    ['across the end of the year', '2026-12-31 08:00', '2027-01-01 07:30'],
    ['on a Sunday too', '2026-03-07 08:00', '2026-03-08 07:30'],
  ] as const)('of a daily one: %s', ([, after, expected]) => {
    expect(nextRunAt(daily, hanoi(after), always)).toEqual(hanoi(expected))
  })

  test('of a daily one on working days skips weekends and holidays, once', () => {
    const rhythm = { ...daily, onWorkingDays: true }
    const next = (after: string) => nextRunAt(rhythm, hanoi(after), isWorkingDay)
    expect(next('2026-03-06 07:30')).toEqual(hanoi('2026-03-09 07:30'))
    expect(next('2026-02-13 12:00')).toEqual(hanoi('2026-02-14 07:30'))
    expect(next('2026-02-14 12:00')).toEqual(hanoi('2026-02-23 07:30'))
    expect(next('2026-02-23 07:30')).toEqual(hanoi('2026-02-24 07:30'))
  })

  test('postponed over days off comes on the first working day, and is not forgotten meanwhile', () => {
    const rhythm = { ...monday, onWorkingDays: true }
    expect(nextRunAt(rhythm, hanoi('2026-02-14 12:00'), isWorkingDay)).toEqual(hanoi('2026-02-23 07:30'))
    expect(nextRunAt({ ...rhythm, day: 6 }, hanoi('2026-02-12 12:00'), isWorkingDay)).toEqual(hanoi('2026-02-14 07:30'))
    const first = { edition: 'monthly', day: 1, minute: 450, onWorkingDays: true } as const
    expect(nextRunAt(first, hanoi('2026-02-28 12:00'), isWorkingDay)).toEqual(hanoi('2026-03-02 07:30'))
    // Between the Sunday of the rhythm and the Monday to which it is postponed.
    expect(nextRunAt(first, hanoi('2026-03-01 12:00'), isWorkingDay)).toEqual(hanoi('2026-03-02 07:30'))
  })

  test('on a calendar without a working day is the day itself', () => {
    const rhythm = { ...monday, onWorkingDays: true }
    expect(nextRunAt(rhythm, hanoi('2026-03-01 12:00'), () => false)).toEqual(hanoi('2026-03-02 07:30'))
  })
})

test('after a downtime the latest time counts, and none twice', () => {
  const mailing = { ...monday, nextAt: hanoi('2026-03-02 07:30') }
  const at = (now: string) => latestRunAt(mailing, hanoi(now), always)
  expect(at('2026-03-02 07:30')).toEqual({ dueAt: hanoi('2026-03-02 07:30'), nextAt: hanoi('2026-03-09 07:30') })
  expect(at('2026-03-02 09:30').dueAt).toEqual(hanoi('2026-03-02 07:30'))
  expect(at('2026-03-25 10:00')).toEqual({ dueAt: hanoi('2026-03-23 07:30'), nextAt: hanoi('2026-03-30 07:30') })
})

test('a day that became a day off after the time was set is postponed', () => {
  const mailing = { ...monday, onWorkingDays: true, nextAt: hanoi('2026-02-16 07:30') }
  const at = (now: string) => latestRunAt(mailing, hanoi(now), isWorkingDay)
  expect(at('2026-02-16 07:30')).toEqual({ dueAt: null, nextAt: hanoi('2026-02-23 07:30') })
  expect(at('2026-02-23 08:00')).toEqual({ dueAt: hanoi('2026-02-23 07:30'), nextAt: hanoi('2026-03-02 07:30') })
  // On a calendar without working days there is nothing to wait for.
  expect(latestRunAt(mailing, hanoi('2026-02-16 07:30'), () => false).dueAt).toEqual(hanoi('2026-02-16 07:30'))
})

test('a run is tried three times, with longer intervals', () => {
  const now = hanoi('2026-03-02 07:30')
  expect([1, 2, 3].map((attempts) => nextAttemptAt(attempts, now))).toEqual([
    hanoi('2026-03-02 07:31'),
    hanoi('2026-03-02 07:35'),
    null,
  ])
})

test.for([
  ['lan@hanoi.gov.vn', true],
  ['lan@hoankiem.hanoi.gov.vn', true],
  ['LAN@HANOI.GOV.VN', true],
  ['lan@nothanoi.gov.vn', false],
  ['lan@hanoi.gov.vn.example.com', false],
  ['lan@gov.vn', false],
  ['"a@hanoi.gov.vn"@evil.example', false],
  ['x@evil.example, lan@hanoi.gov.vn', false],
  ['<x@evil.example>@hanoi.gov.vn', false],
  ['lan@hanoi.gov.vn\nBcc: x@evil.example', false],
  ['lan', false],
  ['', false],
] as const)('mail to %s is allowed: %s', ([address, expected]) => {
  expect(isAllowedAddress(address, ['hanoi.gov.vn'])).toBe(expected)
})

test('an empty list of domains allows none', () => {
  expect(isAllowedAddress('lan@hanoi.gov.vn', [])).toBe(false)
})
