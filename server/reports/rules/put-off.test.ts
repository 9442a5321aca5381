import { describe, expect, test } from 'vitest'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { putOffChoices, putOffOf, refusalReasonToPutOff } from './put-off.ts'

test.each([
  ['2026-03-02 09:10', { hour: '2026-03-02 10:10', afternoon: '2026-03-02 13:00', tomorrow: '2026-03-03 08:00' }],
  ['2026-03-02 12:00', { hour: '2026-03-02 13:00', tomorrow: '2026-03-03 08:00' }],
  ['2026-12-31 23:30', { hour: '2027-01-01 00:30', tomorrow: '2027-01-01 08:00' }],
])('at %s the choices are %j', (now, expected) => {
  const offered = Object.fromEntries(putOffChoices(hanoi(now)).map(({ id, until }) => [id, until]))
  expect(offered).toEqual(Object.fromEntries(Object.entries(expected).map(([id, until]) => [id, hanoi(until)])))
})

test.each([
  ['2026-03-02 10:00', 'later_passed'],
  ['2026-03-02 10:01', null],
  ['2026-04-01 10:00', null],
  ['2026-04-03 10:00', 'later_too_far'],
])('on 2 March at ten, until %s: %s', (until, expected) => {
  expect(refusalReasonToPutOff(hanoi(until), hanoi('2026-03-02 10:00'))).toBe(expected)
})

describe('a report put off until eleven', () => {
  const until = hanoi('2026-03-02 11:00')
  const at = (now: string, wokenAt: string | null = null) =>
    putOffOf({ until, wokenAt: wokenAt ? hanoi(wokenAt) : null }, hanoi(now))
  test('is away before, and back at that moment', () => {
    expect(at('2026-03-02 10:59').returnedAt).toBeNull()
    expect(at('2026-03-02 11:00')).toEqual({ until, returnedAt: until, byCitizen: false })
  })
  test('is back when the citizen writes before; what they write later changes nothing', () => {
    const wokenAt = hanoi('2026-03-02 10:20')
    expect(at('2026-03-02 10:30', '2026-03-02 10:20')).toEqual({ until, returnedAt: wokenAt, byCitizen: true })
    expect(at('2026-03-02 12:00', '2026-03-02 11:30').byCitizen).toBe(false)
  })
})
