import { describe, expect, test } from 'vitest'
import { delayAfter, signInLimits } from '#server/platform/rules/limits.ts'
import { deviceOf } from './device.ts'
import { placeOf } from './network.ts'
import { demoPassword, refusalReasonForPassword } from './password.ts'
import { expiryOf, isDueForTouch, sessionRefusal } from './session.ts'
import { usernameOf, usernamePattern } from './username.ts'

describe('a username', () => {
  test.each(['canbo.hoankiem', ' canbo.hoankiem ', 'CanBo.HoanKiem', 'ｃａｎｂｏ.hoankiem', '\u00a0canbo.hoankiem\t'])(
    'typed as %j is the same one',
    (typed) => expect(usernameOf(typed)).toBe('canbo.hoankiem'),
  )

  test.each(['a', '.canbo', 'canbo.', 'cán.bộ', 'can bo', 'x'.repeat(65)])('%j is not allowed', (name) =>
    expect(usernamePattern.test(name)).toBe(false),
  )
})

describe('a password', () => {
  test.each([
    ['mưa-rào-11-giờ', null],
    ['ngắn quá', 'password_short'],
    ['x'.repeat(200), 'password_long'],
    ['aaaabbbbaaaabbbb', 'password_repetitive'],
    ['dieuphoi.hanoi1', 'password_username'],
    [demoPassword, 'password_demo'],
    [` ${demoPassword.toUpperCase()}`, 'password_demo'],
  ])('%j: %s', (typed, refusalReason) => expect(refusalReasonForPassword(typed, 'dieuphoi.hanoi')).toBe(refusalReason))
})

describe('attempts are counted', () => {
  test.each([
    ['203.0.113.77', '203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:1:2ff::1', '2001:db8:1:2ff::/64', '2001:db8:1:200::/56'],
    ['2001:db8::9', '2001:db8:0:0::/64', '2001:db8:0:0::/56'],
    ['::1', '0:0:0:0::/64', '0:0:0:0::/56'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64', 'fe80:0:0:0::/56'],
  ])('from %s under %s and %s', (ip, address, network) => expect(placeOf(ip)).toEqual({ address, network }))

  test('with a delay that doubles up to a maximum', () => {
    const { firstSeconds, longestSeconds } = signInLimits.delay
    expect([1, 2, 3].map(delayAfter)).toEqual([firstSeconds, 2 * firstSeconds, 4 * firstSeconds])
    expect(delayAfter(50)).toBe(longestSeconds)
  })
})

describe('a sign-in', () => {
  const start = new Date('2026-09-07T01:00:00Z')
  const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000)
  const times = (seen: number) => ({ expiresAt: expiryOf(start), lastSeenAt: later(seen), revokedAt: null })

  test.each([
    ['counts while it is used', times(0), later(29), null],
    ['ends when nobody was there for half an hour', times(0), later(30), 'session_idle'],
    ['ends after twelve hours however much it is used', times(719), later(720), 'session_expired'],
    ['ends when it is revoked', { ...times(0), revokedAt: later(1) }, later(2), 'session_revoked'],
  ])('%s', (_, state, now, refusal) => expect(sessionRefusal(state, now)).toBe(refusal))

  test('records its use at most every half minute', () => {
    expect(isDueForTouch(start, new Date(start.getTime() + 29_999))).toBe(false)
    expect(isDueForTouch(start, new Date(start.getTime() + 30_000))).toBe(true)
  })
})

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36', 'Chrome', 'Windows'],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge', 'Windows'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1',
    'Safari',
    'iPhone',
  ],
  ['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36', 'Chrome', 'Android'],
  ['curl/8.0', null, null],
])('the device of %s', (userAgent, browser, system) => expect(deviceOf(userAgent)).toEqual({ browser, system }))
