import { describe, expect, test } from 'vitest'
import { secondsOfRetryAfter, waitAfter } from './backoff.ts'
import { failureOfStatus } from './call-result.ts'

describe('the wait after a failure', () => {
  const backoff = { seconds: [10, 60, 600], jitter: 0.2 }
  const wait = (tries: number, chance: number, retryAfterSeconds?: number | null) =>
    waitAfter({ tries, chance, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) }, backoff)

  test('follows the schedule, spread to both sides, and ends with it', () => {
    expect([wait(1, 0), wait(1, 0.5), wait(1, 1)]).toEqual([8000, 10_000, 12_000])
    expect([wait(2, 0.5), wait(3, 0.5), wait(4, 0.5)]).toEqual([60_000, 600_000, null])
  })

  test('is longer where the receiver asks for it, within the longest of the schedule, and never shorter', () => {
    expect([wait(1, 0.5, 90), wait(1, 0.5, 1), wait(1, 0.5, 1e9), wait(1, 0.5, null)]).toEqual([
      90_000, 10_000, 600_000, 10_000,
    ])
    expect(wait(4, 0.5, 90)).toBeNull()
  })

  test('is read from seconds and from a date, and from nothing else', () => {
    const now = new Date('2026-03-02T02:00:00Z')
    const read = (header?: string) => secondsOfRetryAfter(header, now)
    expect([read('120'), read(' 0 '), read('Mon, 02 Mar 2026 02:01:30 GMT')]).toEqual([120, 0, 90])
    expect(read('Mon, 02 Mar 2026 01:00:00 GMT')).toBe(0)
    for (const wrong of ['soon', '-5', '1.5', '2026-03-02', '99999999999', '', undefined]) {
      expect([wrong, read(wrong)]).toEqual([wrong, null])
    }
  })
})

test('a status says what went wrong', () => {
  const told = [200, 204, 301, 308, 400, 401, 403, 404, 405, 410, 422, 429, 500, 503].map((status) => [
    status,
    failureOfStatus(status),
  ])
  expect(told).toEqual([
    [200, null],
    [204, null],
    [301, 'redirected'],
    [308, 'redirected'],
    [400, 'not_understood'],
    [401, 'not_accepted'],
    [403, 'not_accepted'],
    [404, 'not_found'],
    [405, 'not_found'],
    [410, 'gone'],
    [422, 'not_understood'],
    [429, 'too_many'],
    [500, 'server_failed'],
    [503, 'server_failed'],
  ])
})
