import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ownAddress } from './own-address.ts'

const desk = 'https://desk.hanoi.example'

describe('an address from outside', () => {
  test.each([
    ['/reports', '/reports'],
    ['/reports?view=open&q=c%C3%A2y#r-1', '/reports?view=open&q=c%C3%A2y#r-1'],
    ['/reports?from=https://evil.example', '/reports?from=https://evil.example'],
    ['reports/HN-1', '/reports/HN-1'],
    ['/%09/evil.example', '/%09/evil.example'],
    ['/%2Fevil.example', '/%2Fevil.example'],
    ['/a/../reports', '/reports'],
    [`${desk}/account`, '/account'],
    ['https://desk.hanoi.example:443/account', '/account'],
    // Browsers parse these as paths.
    ['https:evil.example', '/evil.example'],
    ['https:/evil.example', '/evil.example'],
    ['https://desk.hanoi.example\\@evil.example/', '/@evil.example/'],
    ['https://someone:secret@desk.hanoi.example/account', '/account'],
  ])('%j leads to %s', (given, place) => expect(ownAddress(given, desk)).toBe(place))

  test.each([
    undefined,
    '',
    '/',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/\t\\evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/./\\evil.example',
    '/reports/..//evil.example',
    '/%2e//evil.example',
    'https://evil.example/reports',
    'http://desk.hanoi.example/reports',
    'https://desk.hanoi.example:8443/reports',
    'https://desk.hanoi.example@evil.example/',
    'https://desk.hanoi.example.evil.example/',
    '//desk.hanoi.example@evil.example/',
    'https://[::1',
    'http://%',
    'javascript:alert(1)',
    'java\tscript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'blob:https://desk.hanoi.example/01941da8',
    'file:///etc/passwd',
    'mailto:someone@evil.example',
    `/${'a'.repeat(2000)}`,
    '/sign-in',
    '/sign-in?from=/sign-in',
    '/set-password/token',
    '/api/auth/signout',
    '/reports/../api/auth/signout',
  ])('%j is refused', (given) => expect(ownAddress(given, desk)).toBeNull())

  test('without the origin of the desk, only an address without an origin is accepted', () => {
    expect(ownAddress('/account')).toBe('/account')
    expect(ownAddress(`${desk}/account`)).toBeNull()
  })

  test('every result stays on the desk', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '\t',
      '\n',
      '%09',
      '%2f',
      ':',
      '@',
      '?',
      '#',
      'evil.example',
      'https',
    )
    const made = fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 9 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(made, (given) => {
        const place = ownAddress(given, desk)
        return place === null || (place.startsWith('/') && new URL(place, desk).origin === desk)
      }),
      { numRuns: 5000 },
    )
  })
})
