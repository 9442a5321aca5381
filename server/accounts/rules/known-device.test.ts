import { describe, expect, test } from 'vitest'
import { deviceLimits } from '#server/platform/rules/limits.ts'
import { knownAs, remember } from './known-device.ts'

const now = new Date('2026-09-07T01:00:00Z')
const seconds = now.getTime() / 1000
const { rememberedSeconds, accounts } = deviceLimits
const device = { accountId: 'lan', id: 'd-1', credential: 'c-1', at: seconds - rememberedSeconds + 1 }

describe('a browser is known', () => {
  test.each([
    ['to the account that signed in there', device, 'd-1'],
    ['no longer than half a year', { ...device, at: device.at - 1 }, null],
    ['to no other account', { ...device, accountId: 'hoa' }, null],
    ['no longer once the password is another', { ...device, credential: 'c-0' }, null],
  ])('%s', (_, kept, name) => expect(knownAs([kept], { id: 'lan', credential: 'c-1' }, now)).toBe(name))

  test('to the latest few accounts: one entry of each, none that is expired', () => {
    const latest = { ...device, id: 'd-2', at: seconds }
    const old = { ...device, accountId: 'old', at: device.at - 1 }
    const others = Array.from({ length: accounts }, (_, n) => ({ ...device, accountId: `colleague-${n}` }))
    const kept = remember([device, old, ...others], latest, now)
    expect(kept).toEqual([latest, ...others.slice(0, accounts - 1)])
  })
})
