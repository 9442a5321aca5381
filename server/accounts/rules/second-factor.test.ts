import { describe, expect, test } from 'vitest'
import {
  isSecondFactorShown,
  recoveryCodeOf,
  relyingPartyOf,
  shownRecoveryCode,
  stepOwed,
  totpCodeOf,
} from './second-factor.ts'

const owing = { shownAt: null, hasFactor: false, roles: ['officer', 'admin'], askedRoles: [] } as const

describe('the outstanding step of a sign-in', () => {
  test.each([
    ['nothing where nobody asks', {}, null],
    ['nothing where another role is asked', { askedRoles: ['manager'] }, null],
    ['to set one up where a role of the account is asked', { askedRoles: ['admin'] }, 'enrol'],
    ['to show the one it has, asked or not', { hasFactor: true }, 'show'],
    ['to show the one it has before anything is set up', { hasFactor: true, askedRoles: ['admin'] }, 'show'],
    ['nothing once it was shown', { hasFactor: true, askedRoles: ['admin'], shownAt: new Date(0) }, null],
  ] as const)('%s', (_, more, step) => expect(stepOwed({ ...owing, ...more })).toBe(step))
})

describe('what the city’s own sign-in says', () => {
  test.each([
    [{ amr: ['pwd', 'otp'] }, [], true],
    [{ amr: ['mfa'] }, [], true],
    [{ amr: ['hwk'] }, [], false],
    [{ amr: ['otp', 'otp'] }, [], false],
    [{ amr: ['pin', 'hwk'] }, [], true],
    [{ amr: ['pwd'] }, [], false],
    [{ amr: ['pwd', 'sms'] }, [], false],
    [{ amr: 'mfa' }, [], false],
    [{}, [], false],
    [{ acr: 'urn:hanoi:loa:3' }, [], false],
    [{ acr: 'urn:hanoi:loa:3' }, ['urn:hanoi:loa:3'], true],
    [{ acr: 'urn:hanoi:loa:2' }, ['urn:hanoi:loa:3'], false],
    [{ acr: ['urn:hanoi:loa:3'] }, ['urn:hanoi:loa:3'], false],
  ])('%j with %j counts: %s', (claims, levels, counts) => expect(isSecondFactorShown(claims, levels)).toBe(counts))
})

test('codes are accepted regardless of their grouping', () => {
  expect(totpCodeOf(' 123 456 ')).toBe('123456')
  expect(totpCodeOf('１２３-456')).toBe('123456')
  expect(recoveryCodeOf(' ABCDE - 23456 ')).toBe('abcde23456')
  expect(shownRecoveryCode('abcde23456')).toBe('abcde-23456')
})

test('authenticators identify the desk by its host, and sign for its origin', () => {
  expect(relyingPartyOf({ home: 'https://desk.hanoi.gov.vn' })).toEqual({
    id: 'desk.hanoi.gov.vn',
    origin: 'https://desk.hanoi.gov.vn',
  })
  expect(relyingPartyOf({ home: 'http://localhost:3000' })).toEqual({
    id: 'localhost',
    origin: 'http://localhost:3000',
  })
})
